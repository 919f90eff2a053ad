"""One recorded entry as a page of text."""

from collections.abc import Iterator

from textual.content import Content

from assistant.content.model import Guide
from assistant.interview.entries import NOT_THE_RECORD, entry_answers, entry_fields
from assistant.records.entry import Entry
from assistant.tui.text import Part, joined


def entry_page(guide: Guide, number: int, entry: Entry) -> Content:
    """Give everything an entry holds, in words."""
    return joined(_parts(guide, number, entry))


def _parts(guide: Guide, number: int, entry: Entry) -> Iterator[Part]:
    for label, value in entry_fields(guide, number, entry).items():
        yield f"{label}: ", "bold"
        yield f"{value}\n", ""
    yield f"\n{NOT_THE_RECORD}\n\n", ""
    yield "Answers\n", "bold"
    for asked, said in entry_answers(guide, entry):
        yield f"{asked}\n", ""
        yield f"  {said}\n", "bold"
