"""The store as a SQLite file: opening, locking, failures."""

import os
import sqlite3
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import uniform
from time import monotonic, sleep
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from assistant.errors import (
    RecordsBusyError,
    RecordsDamagedError,
    RecordsError,
    RecordsNewerError,
    RecordsUnavailableError,
)
from assistant.private import FILE_MODE, create_private, private_folder, tighten
from assistant.records.chain import RememberedHead
from assistant.records.database import (
    NOTHING_ADDED,
    Database,
    Size,
    begin_anew,
    explain,
    explain_os,
    plain_words,
)
from assistant.records.schema import REVISIONS
from assistant.text import counted

APPLICATION_ID = 0x53474131
"""Marks a file as this assistant's records ("SGA1"), in the place SQLite keeps for that."""

_MARK_ENDS = 72
"""Where that place ends in the file, by SQLite's description of its format."""

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
        if path.stat().st_size and not _has_journal(path) and not _is_ours(path):
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


def _is_ours(path: Path) -> bool:
    """Tell by the file's first bytes, which stay the same while another copy writes the rest.

    Anything further, read without a lock, may be half of an old state and half of a new one.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_MARK_ENDS)
    except OSError:
        return False  # what SQLite says of it tells more
    mark = APPLICATION_ID.to_bytes(4, "big")
    return header.startswith(b"SQLite format 3\0") and header.endswith(mark)


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


_BETWEEN_TRIES = 0.001, 0.004
"""Seconds between two tries for the write lock: about as long as another one's save takes."""


def sqlite_engine(path: Path, *, patience: float) -> tuple[Engine, Engine]:
    """Give two views of one engine, for reading and for writing; neither opens the file yet.

    Each use opens the file anew, which costs about a millisecond: a file that was moved, replaced or
    damaged is met as it is, threads share nothing, and no handle blocks a backup. Writing takes
    the write lock at once, and `patience` is how many seconds both wait for another process.
    """
    reader = create_engine(
        "sqlite://",
        creator=lambda: connect(path, patience),
        poolclass=NullPool,
        hide_parameters=True,
    )
    event.listen(reader, "begin", partial(_begin, patience))
    return reader, reader.execution_options(assistant_writes=True)


def _begin(patience: float, connection: Connection) -> None:
    if connection.get_execution_options().get("assistant_writes"):
        _take_the_lock(connection, patience)
    else:
        connection.exec_driver_sql("BEGIN")


def _take_the_lock(connection: Connection, patience: float) -> None:
    """Take the write lock, or fail after `patience` seconds.

    SQLite itself asks less and less often the longer it has waited, so that in a crowd whoever
    waited longest waits on; here all ask alike, at odd moments.
    """
    end = monotonic() + patience
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    while not _locked(connection, last_try=monotonic() >= end):
        sleep(uniform(*_BETWEEN_TRIES))  # noqa: S311 - a moment, not a secret
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(patience * 1000)}")


def _locked(connection: Connection, *, last_try: bool) -> bool:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0)
        if last_try or code & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


FILE_NAME = "records.sqlite3"
"""Name of the store's file in the data folder."""

HEAD_NAME = "records.head"
"""Name of the file beside it that remembers the end of the chain."""


def sqlite_database(folder: Path, *, patience: float) -> Database:
    """Give the database in a data folder, made if it is missing.

    `patience` is how many seconds a write waits for another copy of the assistant. Raises a
    `RecordsError`; a file that is not the assistant's own is left untouched.
    """
    path = folder / FILE_NAME
    say = partial(explain, where=str(path))
    with plain_words(say, str(path)):
        private_folder(folder)
        _refuse_where_gone(path, folder / HEAD_NAME)
        claim(path)
    reader, writer = sqlite_engine(path, patience=patience)
    return Database(
        reader=reader,
        writer=writer,
        where=str(path),
        head_file=folder / HEAD_NAME,
        explain=say,
        begin_changing_tables=_nothing_more,
        mark=mark,
        back_up=partial(_back_up, path),
        forget=partial(_forget, path, patience),
        nothing_added=f"{NOTHING_ADDED}{begin_anew(path)}",
        begin_anew=begin_anew(path),
    )


def copies_in(folder: Path) -> list[Path]:
    """Return the older copies of the records: from before an upgrade, or renamed by a person."""
    ours = {FILE_NAME, f"{FILE_NAME}-journal"}
    return sorted(path for path in folder.glob("*records*.sqlite3*") if path.name not in ours)


def mark(connection: Connection) -> None:
    """Write the assistant's mark into a new file."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _refuse_where_gone(path: Path, head_file: Path) -> None:
    """Make no new records where this computer remembers some that are not there any more."""
    remembered = RememberedHead(head_file).get()
    if not remembered or not remembered.count or (path.exists() and path.stat().st_size):
        return
    had = counted(remembered.count, "line")
    raise RecordsUnavailableError(
        f"The records file is not there any more, or is empty; its chain had {had}.",
        where=str(path),
        mend=f"Put it back.{begin_anew(path)}",
    )


def _nothing_more(_connection: Connection) -> None:
    """Leave it: SQLite's write lock, taken at the beginning, keeps every other writer out."""


def _back_up(path: Path, _connection: Connection, revision: str) -> None:
    """Copy the whole file, as it was before the transaction that is about to change it."""
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    copy = path.with_name(f"records.before-upgrade-from-{revision}-{stamp}.sqlite3")
    os.close(create_private(str(copy), os.O_RDWR | os.O_CREAT | os.O_TRUNC))
    with ExitStack() as stack:
        stack.callback(copy.unlink, missing_ok=True)
        with (
            closing(open_as(path, "mode=ro", 0.0)) as old,
            closing(open_as(copy, "mode=rw", 0.0)) as new,
        ):
            old.backup(new)
        stack.pop_all()


def _forget(path: Path, patience: float) -> None:
    """Write the file anew: SQLite overwrites what it deletes, and not what it once moved elsewhere."""
    with closing(connect(path, patience)) as connection:
        connection.execute("VACUUM")


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
        cut_short = header and _health_has_journal(path)
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


def _health_has_journal(path: Path) -> bool:
    journal = path.with_name(f"{path.name}-journal")
    return journal.exists() and journal.stat().st_size > 0


def _counted(path: Path, header: bytes) -> Size:
    if int.from_bytes(header[68:72]) != APPLICATION_ID or not header.startswith(b"SQLite format 3"):
        raise RecordsDamagedError(
            "The file where the records belong is damaged, or another program's.",
            where=str(path),
            mend="Keep it. Put back a copy made before, or choose another folder."
            f"{begin_anew(path)}",
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
