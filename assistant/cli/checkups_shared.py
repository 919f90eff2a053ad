"""What `service-group doctor` looks at where records are shared: the server, and what waits for it."""

from collections.abc import Iterator
from pathlib import Path

from assistant.cli.findings import Finding
from assistant.database_url import server_of
from assistant.errors import AssistantError
from assistant.problems import counted
from assistant.records.databases.pending import PendingBox


def shared_records(url: str, folder: Path) -> Finding:
    """Count the entries in a shared store; an address is named without user and password."""
    # The database is loaded last, so that everything else is said even where it cannot be.
    from assistant.records.databases.shared_health import size_at  # noqa: PLC0415

    where = str(server_of(url))
    try:
        size = size_at(url, folder)
    except AssistantError as error:
        return Finding("Records", error.what, where, error.mend)
    return Finding("Records", f"healthy, {size}" if size else "healthy, none yet", where)


def waiting(url: str, folder: Path) -> Iterator[Finding]:
    """Count what waits to be sent, where anything can; records of this computer alone never do."""
    box = PendingBox(folder)
    try:
        number, unreadable = len(box.waiting()), box.unreadable()
    except AssistantError as error:
        yield Finding("Not sent yet", error.what, error.where, error.mend)
        return
    if not (url or number or unreadable):
        return
    says = counted(number, "record") if number else "healthy, nothing waits"
    if unreadable:
        says += f", and {counted(unreadable, 'file')} that cannot be read"
    yield Finding("Not sent yet", says, str(box.folder), _what_to_do(url, number, unreadable))


def _what_to_do(url: str, number: int, unreadable: int) -> str:
    if number and not url:
        return "set records_url again, so that they are sent; or keep the folder for whoever helps."
    if number:
        return "service-group records send sends them, or says why one is refused."
    if unreadable:
        return "a newer assistant may have made them; if not, move them out of the folder."
    return ""
