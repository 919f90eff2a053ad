"""What is kept on this computer, as a session asks for it: records read, memos given and saved."""

from collections.abc import Iterator

from assistant.bootstrap import Services
from assistant.errors import RecordsError
from assistant.interview.view import View
from assistant.plain.entries import NONE_YET, listed, whole

FEW = 10
"""How many entries are given at a time."""


def records(services: Services, number: str = "") -> Iterator[str]:
    """Give the newest entries, or the whole of the one with a number; or why that cannot be."""
    try:
        yield from _one(services, int(number)) if number else _newest(services)
    except RecordsError as error:
        yield str(error)


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
    entries = services.open_records().page(None, FEW)
    yield from listed(services.loaded.guide, entries)
    if entries:
        yield f"Newest first. Type r and a number, such as r {entries[0].seq}, for a whole entry."
    else:
        yield NONE_YET


def _one(services: Services, number: int) -> Iterator[str]:
    return whole(services.loaded.guide, number, services.open_records().get(number))
