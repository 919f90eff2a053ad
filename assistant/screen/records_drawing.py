"""What lists of entries and an entry show: rows that fit, and paragraphs."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions
from rich.text import Text

from assistant.cases.entries import (
    NONE_YET,
    NOT_THE_RECORD,
    EntryLine,
    entry_answers,
    entry_fields,
    history_lines,
)
from assistant.cases.summary import HOW_WORDS_ARE_FOUND
from assistant.commands import Choice, Command
from assistant.engine.statements import Statement
from assistant.guide.loading import LoadedGuide
from assistant.records.entry import Entry
from assistant.screen.column import QUIET, Paragraph, Part, plain
from assistant.tables import Table, as_columns
from assistant.text import counted

_FIRST = (
    *("Group recorded", "Recommended", "Your reason", "How sure", "Why"),
    *("Case number", "For", "Service", "Recorded"),
)
"""What is said of an entry before its menu, by label; the rest is read further down."""


def entry_head(loaded: LoadedGuide, line: EntryLine) -> Iterator[Paragraph]:
    """Return what matters most of the last version of an entry, with its reason."""
    now, said = line.now, {one.about: one.says for one in _fields(loaded, line)}
    yield Paragraph(plain(f"Entry {now.seq}", "bold $accent"), gap=True)
    became = line.became(now.seq) or _instead(now.entry)
    if became:
        yield Paragraph(plain(became, "bold"))
    rows = [(label, said[label]) for label in _FIRST if label in said]
    for number, (label, words) in enumerate(rows):
        yield Paragraph(plain(words), plain(label, QUIET), gap=not number, indent=_LABEL)


_LABEL = 16
"""Columns of a label of an entry."""

TALL = 36
"""Rows from which on an entry and its answers are on one page."""


def _instead(entry: Entry) -> str:
    if entry.restores:
        return "This restores an entry that was withdrawn. See its history."
    return "This replaces an earlier entry. See its history." if entry.corrects else ""


def entry_rest(loaded: LoadedGuide, line: EntryLine) -> Iterator[Paragraph]:
    """Return the answers of the last version of an entry, and the rest of what it holds."""
    yield Paragraph(plain("Answers", "bold"), gap=True)
    for answer in entry_answers(loaded, line.now.entry):
        yield Paragraph(plain(answer.about, QUIET))
        yield Paragraph(plain(answer.says))
    yield Paragraph(plain("More about the entry", "bold"), gap=True)
    for one in _fields(loaded, line):
        if one.about not in {*_FIRST, "Entry"}:
            yield Paragraph(plain(one.says), plain(one.about, QUIET), indent=_LABEL)
    yield Paragraph(plain(NOT_THE_RECORD, QUIET), gap=True)


def _fields(loaded: LoadedGuide, line: EntryLine) -> Iterator[Statement]:
    return entry_fields(loaded, line.now.seq, line.now.entry)


def history_parts(loaded: LoadedGuide, line: EntryLine) -> Iterator[Part]:
    """Return every version of an entry with why it was made, oldest first."""
    for one, words in zip(line.history, history_lines(line.history, loaded.guide), strict=True):
        yield f"{words}\n", "bold"
        if isinstance(one.record, Entry):
            for field in entry_fields(loaded, one.seq, one.record):
                yield f"  {field.line}\n", ""
        yield "\n", ""


def entry_choices(line: EntryLine) -> Iterator[Choice]:
    """Return what can be done with an entry; what is offered for both kinds has the same number."""
    yield Choice(Command.HISTORY, "History")
    yield Choice(Command.COPY_MEMO, "Copy the memo")
    yield Choice(Command.SAVE_MEMO, "Save the memo as a file")
    yield Choice(Command.SAVE_LONG_MEMO, "Save the long memo")
    if not line.stands:
        yield Choice(Command.RESTORE, "Restore it")
        return
    yield Choice(Command.WITHDRAW, "Withdraw it")
    yield Choice(Command.CORRECT, "Correct it")
    yield Choice(Command.GO_ON, "Continue from its answers")


MOST_COUNTED = 1_000
"""Entries beyond these are not counted: that there are more is enough."""


def list_words(shown: int, count: int, narrowed: str) -> str:
    """Say how many entries a list shows, and in one line which; `narrowed` is "" where it shows any."""
    if not count:
        how = f"Press f to change the filter, Bksp to show all. {HOW_WORDS_ARE_FOUND}"
        return f"No entry matches: {narrowed}. {how}" if narrowed else NONE_YET
    of = f"more than {MOST_COUNTED:,}" if count > MOST_COUNTED else f"{count:,}"
    every = counted(count, "entry", "entries")
    some = f"{shown:,} of {of} entries" if shown != count else every
    only = f"\nFilter: {narrowed}" if narrowed else ""
    notes = "Your own notes, not the official record."
    return f"{some}, newest first. {notes}{only}"


class TableText:
    """A table of counts in columns, as wide as the widget that shows it."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[Text]:
        yield from map(Text, as_columns(self._table, options.max_width))
