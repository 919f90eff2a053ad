"""One recorded entry as a page of text."""

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from assistant.content.model import Guide
from assistant.engine.walk import UNSURE
from assistant.engine.wording import group_name
from assistant.records.entry import Entry
from assistant.tui.text import Part, joined


def local_time(when: datetime) -> str:
    """Give an aware time as the worker's clock has it: `2026-01-31 16:10`."""
    return f"{when.astimezone():%Y-%m-%d %H:%M}"


def entry_page(guide: Guide, number: int, entry: Entry) -> Content:
    """Give everything an entry holds, in words."""
    return joined([*_fields(guide, number, entry), *_answers(guide, entry)])


def _fields(guide: Guide, number: int, entry: Entry) -> Iterator[Part]:
    fields = {
        "Entry": str(number),
        "Recorded": local_time(entry.when),
        "Case number": entry.case_number,
        "Whom for": entry.whom,
        "Service": entry.service,
        "Group chosen": _group(guide, entry.chosen),
        "Recommended": _group(guide, entry.recommended),
        "Certainty": guide.about.certainties.get(entry.certainty, entry.certainty),
        "Reason": entry.reason,
        "Guide": f"version {entry.content_version}, meaning {entry.meaning_hash[:12]}",
    }
    for label, value in fields.items():
        if value:
            yield f"{label}: ", "bold"
            yield f"{value}\n", ""
    yield "\nA memo of advice. The agency's data system stays the record.\n\n", ""


def _group(guide: Guide, group: str | None) -> str:
    return group_name(guide, group) if group is None or group in guide.groups else group


def _answers(guide: Guide, entry: Entry) -> Iterator[Part]:
    yield "Answers\n", "bold"
    for fact, value in entry.answers.items():
        question = guide.questions.get(fact)
        if question is None:
            yield f"{fact}: {value}\n", ""
            continue
        option = question.options.get(value)
        said = "Not sure" if value == UNSURE else option.label if option else value
        yield f"{question.ask}\n", ""
        as_if = " (taken as if it were so)" if fact in entry.assumed else ""
        yield f"  {said}{as_if}\n", "bold"
