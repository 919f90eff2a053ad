"""Looks at a record store without touching it: nothing is made, changed, mended or tightened."""

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.errors import RecordsBusyError, RecordsDamagedError, RecordsError, RecordsNewerError
from assistant.records.databases.sqlite_failures import explain, explain_os
from assistant.records.databases.sqlite_file import APPLICATION_ID, FILE_NAME
from assistant.records.schema import REVISIONS

_HEADER = 100
"""Bytes at the beginning of an SQLite file that say what it is: sqlite.org, "Database File Format"."""


def entries_in(folder: Path) -> int | None:
    """Give how many entries the store in a data folder holds, None where there is no store yet.

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


def _counted(path: Path, header: bytes) -> int:
    if int.from_bytes(header[68:72]) != APPLICATION_ID or not header.startswith(b"SQLite format 3"):
        raise RecordsDamagedError(
            "The file where the records belong is damaged, or another program's.",
            where=str(path),
            mend="Keep it. Move it away and use a copy made before, or choose another folder.",
        )
    # Reading a file in the write-ahead mode, which is never ours, would make files beside it.
    untouched = "&immutable=1" if header[18] == 2 else ""  # noqa: PLR2004 - the format's number for it
    uri = f"{path.absolute().as_uri()}?mode=ro{untouched}"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=2)) as connection:
            return _read(connection, path)
    except sqlite3.Error as error:
        raise explain(error, str(path)) from None


def _read(connection: sqlite3.Connection, path: Path) -> int:
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
    query = "SELECT count(*) FROM entries WHERE kind IN ('choice', 'correction')"
    return int(connection.execute(query).fetchone()[0])


def _cut_short(path: Path) -> RecordsError:
    return RecordsBusyError(
        "A write to the records is going on, or was cut short.",
        where=str(path),
        mend="Look again in a moment. If this stays, open the records once, which mends them.",
    )
