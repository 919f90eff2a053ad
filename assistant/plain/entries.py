"""Recorded entries in lines, each of which makes sense alone."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from assistant.content.model import Guide
from assistant.interview.entries import (
    NOT_THE_RECORD,
    entry_answers,
    entry_fields,
    history_lines,
    local_time,
    marks,
    recorded_group,
    said_of_number,
)
from assistant.records.entry import Entry, EntrySummary

if TYPE_CHECKING:
    from assistant.records.entry import Recorded

NONE_YET = "Nothing is recorded yet. Finish an interview and record its group; it is listed here."
"""Said instead of an empty list."""


def listed(
    guide: Guide, entries: Iterable[EntrySummary], corrected: Mapping[int, int] | None = None
) -> Iterator[str]:
    """Give one sentence an entry; `corrected` tells by number which entry one corrects."""
    for entry in entries:
        group = recorded_group(guide, entry.chosen)
        said = marks(entry, (corrected or {}).get(entry.seq, 0))
        marked = f" ({said})" if said else ""
        yield (
            f"Entry {entry.seq}, {local_time(entry.when)}, case {entry.case_number},"
            f" {entry.service} for {entry.whom}: {group}{marked}."
        )


def whole(guide: Guide, number: int, entry: Entry) -> Iterator[str]:
    """Give everything an entry holds."""
    for label, value in entry_fields(guide, number, entry).items():
        yield f"{label}: {value}"
    answers = entry_answers(guide, entry)
    for count, (asked, said) in enumerate(answers, start=1):
        yield f"Answer {count}. {asked} {said}."
    yield NOT_THE_RECORD


def with_history(guide: Guide, one: "Recorded", line: "list[Recorded]") -> Iterator[str]:
    """Give everything an entry holds, and before it what became of it, where anything did.

    Of what is no entry, it says what that is.
    """
    if not isinstance(one.record, Entry):
        yield said_of_number(guide, one.seq, line)
        return
    if len(line) > 1:
        yield from history_lines(line, guide)
    yield from whole(guide, one.seq, one.record)
