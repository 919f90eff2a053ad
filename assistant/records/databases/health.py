"""Looks at a record store without touching it: nothing is made, changed, mended or tightened."""

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.errors import RecordsBusyError, RecordsDamagedError, RecordsError, RecordsNewerError
from assistant.records.databases.sqlite_connecting import APPLICATION_ID
from assistant.records.databases.sqlite_failures import explain, explain_os
from assistant.records.databases.sqlite_file import FILE_NAME, HEAD_NAME
from assistant.records.schema import REVISIONS
from assistant.records.size import Size

_STANDING = (
    "SELECT count(*) FROM entries WHERE shelf IN (SELECT shelf FROM shelves WHERE withdrawn = 0)"
)

_HEADER = 100
"""Bytes at the beginning of an SQLite file that say what it is: sqlite.org, "Database File Format"."""


def size_in(folder: Path) -> Size | None:
    """Give how much the store in a data folder holds, None where there is no store yet.

    Raises a `RecordsError` that says why they cannot be read.
    """
    path = store_path(folder)
    try:
        header = _header(path)
        cut_short = header and _has_journal(path)
    except OSError as error:
        raise explain_os(error, str(path)) from None
    if not header:
        return None
    if cut_short:
        raise _cut_short(path)
    return _counted(path, header)


def holds_records(folder: Path) -> bool:
    """Tell whether a data folder holds records, or a trace of some that are gone."""
    path = store_path(folder)
    return (path.exists() and path.stat().st_size > 0) or (folder / HEAD_NAME).exists()


def store_path(folder: Path) -> Path:
    """Give the file that the store in a data folder is or would be."""
    return folder / FILE_NAME


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEADER)
    except (FileNotFoundError, NotADirectoryError):
        return b""


def _has_journal(path: Path) -> bool:
    journal = path.with_name(f"{path.name}-journal")
    return journal.exists() and journal.stat().st_size > 0


def _counted(path: Path, header: bytes) -> Size:
    if int.from_bytes(header[68:72]) != APPLICATION_ID or not header.startswith(b"SQLite format 3"):
        raise RecordsDamagedError(
            "The file where the records belong is damaged, or another program's.",
            where=str(path),
            mend="Keep it. Put back a copy made before, or choose another folder. To begin anew and"
            " keep this one beside the new ones: `service-group records set-aside`.",
        )
    # Reading a file in the write-ahead mode, which is never ours, would make files beside it.
    untouched = "&immutable=1" if header[18] == 2 else ""  # noqa: PLR2004 - the format's number for it
    uri = f"{path.absolute().as_uri()}?mode=ro{untouched}"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=2)) as connection:
            return _read(connection, path)
    except sqlite3.Error as error:
        raise explain(error, str(path)) from None


def _read(connection: sqlite3.Connection, path: Path) -> Size:
    sound = connection.execute("PRAGMA quick_check(1)").fetchone()
    if sound != ("ok",):
        raise explain(sqlite3.DatabaseError(), str(path))
    revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision is None or revision[0] not in REVISIONS:
        raise RecordsNewerError(
            "These records were made by a newer version of the assistant.",
            where=str(path),
            mend="Install the newest version of the assistant and open them with that.",
        )
    (lines,) = connection.execute("SELECT count(*) FROM entries").fetchone()
    if revision[0] == REVISIONS[0]:  # which knew neither corrections nor withdrawals
        return Size(lines, lines)
    (stand,) = connection.execute(_STANDING).fetchone()
    return Size(stand, lines)


def _cut_short(path: Path) -> RecordsError:
    return RecordsBusyError(
        "A write to the records is going on, or was cut short.",
        where=str(path),
        mend="Look again in a moment. If this stays, open the records once, which mends them.",
    )
