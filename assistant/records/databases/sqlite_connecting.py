"""One SQLite file that holds records: told from another program's, and opened."""

import os
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import quote

from assistant.errors import RecordsDamagedError
from assistant.records.private import FILE_MODE, create_private, tighten

APPLICATION_ID = 0x53474131
"""Marks a file as this assistant's records ("SGA1"), in the place SQLite keeps for that."""

_SETTINGS = (
    # A rollback journal, and no WAL: the data folder may be on a network drive, where WAL's shared
    # memory does not reach and would lose entries. Emptying the journal is synced to the disk
    # under FULL; deleting it is not, and after a power cut a deleted journal may come back and
    # undo a recorded entry.
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = FULL",
    # macOS tells a program that a write is done before it is, unless asked this way.
    "PRAGMA fullfsync = ON",
    # What is erased is overwritten, not merely let go of.
    "PRAGMA secure_delete = ON",
)


def claim(path: Path) -> None:
    """Make the file if it is missing, else see that it is the assistant's own; then make it 0600.

    A file with nothing in it is taken as new: it is what a start cut short leaves. Raises
    `OSError`, `sqlite3.Error`, or `RecordsDamagedError` for a foreign file, which stays untouched.
    """
    try:
        os.close(create_private(str(path), os.O_RDWR | os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        if path.stat().st_size and not _has_journal(path):
            _look(path)
    tighten(path, FILE_MODE)


def connect(path: Path, patience: float) -> sqlite3.Connection:
    """Open a file that exists; SQLite is not to make an empty one where the records have gone."""
    with ExitStack() as stack:
        connection = open_as(path, "mode=rw", patience)
        stack.callback(connection.close)
        _refuse_foreign(connection, path)
        for setting in _SETTINGS:
            connection.execute(setting)
        stack.pop_all()
    return connection


def _look(path: Path) -> None:
    """Refuse a foreign file, reading it in the one way that can neither lock nor change it."""
    with closing(open_as(path, "mode=ro&immutable=1", 0.0)) as connection:
        _refuse_foreign(connection, path)


def open_as(path: Path, how: str, patience: float) -> sqlite3.Connection:
    """Open a file in one of SQLite's modes, such as `mode=ro`."""
    posix = path.absolute().as_posix()
    name = quote(os.fsencode(posix if posix.startswith("/") else f"/{posix}"))
    # Transactions begin where the engine says so; Python's sqlite3 would begin its own.
    uri = f"file://{name}?{how}"
    return sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None)


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    found = connection.execute("PRAGMA application_id").fetchone()[0]
    if found == APPLICATION_ID or not connection.execute("PRAGMA page_count").fetchone()[0]:
        return
    raise RecordsDamagedError(
        "The file where the records belong is another program's.",
        where=str(path),
        mend="It was left as it is. Move it away, or choose another folder for the records.",
    )


def _has_journal(path: Path) -> bool:
    """Tell whether a write was cut short: then SQLite must mend the file before it can be judged."""
    journal = path.with_name(f"{path.name}-journal")
    return journal.exists() and journal.stat().st_size > 0
