"""What is kept on this computer, as a session asks for it: records read, memos given and saved."""

from collections.abc import Iterator

from assistant.bootstrap import Services
from assistant.errors import RecordsError
from assistant.interview.entries import corrected_by
from assistant.interview.entries_withdrawing import refusal
from assistant.interview.entry_line import EntryLine, line_of
from assistant.interview.view import View
from assistant.interview.waiting import waiting_words
from assistant.plain.entries import NONE_YET, listed, with_history
from assistant.records.entry import Entry

FEW = 10
"""How many entries are given at a time."""


def records(services: Services, number: str = "") -> Iterator[str]:
    """Give the newest entries, or the whole of the one with a number; or why that cannot be."""
    try:
        yield from _one(services, int(number)) if number else _newest(services)
    except RecordsError as error:
        yield str(error)


def standing(services: Services, number: int) -> EntryLine:
    """Give the line of an entry that can be corrected; raises `RecordsError` for any other."""
    line = line_of(services.open_records(), number)
    refused = refusal(line, number)
    if refused:
        raise RecordsError(refused, mend=f"Type r {line.now.seq} to hear it as it now is.")
    return line


def memo_of(services: Services, number: int) -> Iterator[str]:
    """Give the memo of an entry, without its case number."""
    from assistant.interview.entries_memo import entry_memo_texts  # noqa: PLC0415 - when asked for

    store = services.open_records()
    line = line_of(store, number)
    text = entry_memo_texts(services.loaded, number, store.get(number), line=line)["txt"]
    return (line for line in text.splitlines() if line)


def memo(view: View) -> Iterator[str]:
    """Give a memo of the reasons, without a case number."""
    return (line for line in view.memo_text().splitlines() if line)


def save_memo(services: Services, view: View, case_number: str) -> Iterator[str]:
    """Save the memo as plain text and as Markdown, and say where; or why that cannot be."""
    try:
        paths = services.memos.save(services.now(), view.memo_texts(case_number))
    except RecordsError as error:
        yield str(error)
    else:
        names = " and ".join(path.name for path in paths)
        yield f"Saved {names} in {paths[0].parent}"


def _newest(services: Services) -> Iterator[str]:
    store = services.open_records()
    entries = store.page(None, FEW)
    yield from listed(services.loaded.guide, entries, corrected_by(store, entries))
    if entries:
        yield f"Newest first. Type r and a number, such as r {entries[0].seq}, for a whole entry."
    else:
        yield NONE_YET
    if waiting := waiting_words(store):
        yield waiting


def _one(services: Services, number: int) -> Iterator[str]:
    store = services.open_records()
    one = store.record(number)
    yield from with_history(services.loaded.guide, one, store.history(number))
    if isinstance(one.record, Entry):
        yield _what_can_be_done(line_of(store, number), number)


def _what_can_be_done(line: EntryLine, number: int) -> str:
    """Name the commands that an entry can still be given."""
    refused = refusal(line, number)
    if not refused:
        return f"Type correct, withdraw, go on or memo to do something with entry {number}."
    now = f", or r {line.now.seq} to hear that one" if line.now.seq != number else ""
    return f"{refused} Type memo for its memo{now}."
