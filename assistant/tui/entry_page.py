"""One recorded entry as a page of text, and all that it took the place of as another."""

from collections.abc import Iterator

from textual.content import Content

from assistant.content.model import Guide
from assistant.interview.entries import (
    NOT_THE_RECORD,
    entry_answers,
    entry_fields,
    history_lines,
)
from assistant.interview.entry_line import EntryLine
from assistant.records.entry import Entry
from assistant.tui.text import Part, joined


def entry_page(guide: Guide, line: EntryLine) -> Content:
    """Give everything that the last version of an entry holds, in words."""
    return joined(_parts(guide, line))


def history_page(guide: Guide, line: EntryLine) -> Content:
    """Give every version of an entry with why it was made, oldest first."""
    return joined(_history(guide, line))


def _parts(guide: Guide, line: EntryLine) -> Iterator[Part]:
    if line.words:
        yield f"{line.words}\n\n", "bold"
    yield from _fields(guide, line.now.seq, line.now.entry)
    yield f"\n{NOT_THE_RECORD}\n\n", ""
    yield "Answers\n", "bold"
    for asked, said in entry_answers(guide, line.now.entry):
        yield f"{asked}\n", ""
        yield f"  {said}\n", "bold"


def _history(guide: Guide, line: EntryLine) -> Iterator[Part]:
    for recorded, words in zip(line.history, history_lines(line.history, guide), strict=True):
        yield f"{words}\n", "bold"
        if isinstance(recorded.record, Entry):
            for label, value in entry_fields(guide, recorded.seq, recorded.record).items():
                yield f"  {label}: {value}\n", ""
        yield "\n", ""


def _fields(guide: Guide, number: int, entry: Entry) -> Iterator[Part]:
    for label, value in entry_fields(guide, number, entry).items():
        yield f"{label}: ", "bold"
        yield f"{value}\n", ""
