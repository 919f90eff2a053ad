"""Recorded entries in lines, each of which makes sense alone."""

from collections.abc import Iterable, Iterator

from assistant.content.model import Guide
from assistant.interview.entries import (
    NOT_THE_RECORD,
    entry_answers,
    entry_fields,
    local_time,
    recorded_group,
)
from assistant.records.entry import Entry, EntrySummary

NONE_YET = "Nothing is recorded yet. Finish an interview and record its group; it is listed here."
"""Said instead of an empty list."""


def listed(guide: Guide, entries: Iterable[EntrySummary]) -> Iterator[str]:
    """Give one sentence an entry."""
    for entry in entries:
        group = recorded_group(guide, entry.chosen)
        other = "" if entry.chosen == entry.recommended else " (not as recommended)"
        yield (
            f"Entry {entry.seq}, {local_time(entry.when)}, case {entry.case_number},"
            f" {entry.service} for {entry.whom}: {group}{other}."
        )


def whole(guide: Guide, number: int, entry: Entry) -> Iterator[str]:
    """Give everything an entry holds."""
    for label, value in entry_fields(guide, number, entry).items():
        yield f"{label}: {value}"
    answers = entry_answers(guide, entry)
    for count, (asked, said) in enumerate(answers, start=1):
        yield f"Answer {count}. {asked} {said}."
    yield NOT_THE_RECORD
