"""The store as a SQLite file: opening, locking, failures."""

import os
import re
import sqlite3
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from random import uniform
from time import monotonic, sleep
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from assistant.errors import (
    RecordsBusyError,
    RecordsDamagedError,
    RecordsError,
    RecordsUnavailableError,
)
from assistant.private import (
    FILE_MODE,
    create_private,
    open_foreign,
    private_folder,
    refuse_planted,
    tighten,
)
from assistant.records.chain import RememberedHead
from assistant.records.database import NOTHING_ADDED, Database, Meaning
from assistant.text import counted

FILE_NAME = "records.sqlite3"  # name of the store's file in the data folder
HEAD_NAME = "records.head"  # name of the file beside it that remembers the end of the chain

COPY_NAME = "records.before-upgrade-from-"  # how a copy made before an upgrade is named
APPLICATION_ID = 0x53474131  # marks a file as our records ("SGA1"), where SQLite keeps that

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
    # To write the file anew, SQLite would else put a copy into the system's temporary folder.
    "PRAGMA temp_store = MEMORY",
)

_OF_AN_INDEX = re.compile(r"missing from index|entries in index|^non-unique entry in index")
"""What SQLite's own check says of an index that does not go with its table."""

_BETWEEN_TRIES = 0.001, 0.004
"""Seconds between two tries for the write lock: about as long as another one's save takes."""

_HEADER, _WRITE_AHEAD_AT, _WRITE_AHEAD = 72, 18, b"\x02"
"""Bytes at the beginning of a file that end with its mark, and where and how it says that it is in
the write-ahead mode: sqlite.org, "Database File Format"."""

_BLOCK = 65_536

_BUSY = Meaning(
    RecordsBusyError,
    "Another copy of the assistant is using the records and did not finish in time.",
    "Wait a moment and try again. Everything recorded before is safe.",
)
_FULL = Meaning(
    RecordsUnavailableError,
    "The disk is full, so nothing was recorded.",
    "Free up space and try again. Everything recorded before is safe.",
)
_READ_ONLY = Meaning(
    RecordsUnavailableError,
    "The records can be read but not changed.",
    "Ask for permission to write to the file and its folder, or choose a different folder.",
)
_UNOPENED = Meaning(
    RecordsUnavailableError,
    "The records file cannot be opened.",
    "Check that the folder exists, the drive is connected, and you are allowed to write to it.",
)
_REFUSED = Meaning(
    RecordsUnavailableError,
    "The disk could not read or write the records.",
    "Check that the drive is connected and has free space. Then try again.",
)
_DAMAGED = Meaning(
    RecordsDamagedError,
    "The records file is damaged, or it is not a records file.",
    "The file was not changed. Keep it, and restore an earlier copy.",
)

_MEANINGS = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _UNOPENED,
    sqlite3.SQLITE_PERM: _UNOPENED,
    sqlite3.SQLITE_AUTH: _UNOPENED,
    sqlite3.SQLITE_IOERR: _REFUSED,
    sqlite3.SQLITE_IOERR_SHORT_READ: _DAMAGED,
    sqlite3.SQLITE_NOMEM: _REFUSED,
}
"""By extended code or its low byte; any other says that the file does not hold what it should."""


class SqliteDatabase(Database):
    """The file in a data folder that can hold a store; making one reaches nothing yet.

    Each use opens the file anew, which costs about a millisecond: a file that was moved, replaced or
    damaged is met as it is, threads share nothing, and no handle blocks a backup. Writing takes
    the write lock at once, and `patience` is how many seconds both wait for another process. Opened
    `read_only`, nothing in the folder is made, changed or mended.
    """

    failures = sqlite3.Error

    def __init__(self, folder: Path, *, patience: float, read_only: bool = False) -> None:
        self._path, self._patience, self._read_only = folder / FILE_NAME, patience, read_only
        reader = create_engine(
            "sqlite://", creator=self._connect, poolclass=NullPool, hide_parameters=True
        )
        event.listen(reader, "begin", self._begin)
        writer = reader.execution_options(assistant_writes=True)
        super().__init__(reader, writer, str(self._path), folder / HEAD_NAME)
        self.begin_anew = _begin_anew(self._path)
        self.nothing_added = f"{NOTHING_ADDED}{self.begin_anew}"

    def claim(self) -> None:
        """Make the file if it is missing, else see that it is the assistant's own; make it 0600.

        A file with nothing in it is taken as new: it is what a start cut short leaves. Raises a
        `RecordsError`; a foreign file stays untouched.
        """
        path = self._path
        with self.plain_words():
            private_folder(path.parent)
            self.refuse_planted()
            self.refuse_where_gone()
            try:
                os.close(create_private(str(path), os.O_RDWR | os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                if path.stat().st_size and not _has_journal(path) and not _is_ours(path):
                    # The one way to read a foreign file that can neither lock nor change it.
                    with closing(_open(path, "mode=ro&immutable=1", 0.0)) as connection:
                        self._refuse_foreign(connection)
            tighten(path, FILE_MODE)

    def check(self, connection: Connection) -> None:
        """Raise `RecordsDamagedError` where the file's pages or its indexes do not hold together."""
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        if any(_OF_AN_INDEX.search(line) is None for line in found if line != "ok"):
            raise self.explain(None)
        if found != ["ok"]:
            raise RecordsDamagedError(
                "An index of the records is incomplete, so lists can leave out entries. No entry is lost.",
                where=self.where,
                mend="Run `service-group records purge --before 1/1/1970`. It erases nothing, and makes"
                " every index anew.",
            )

    def explain(self, error: BaseException | None) -> RecordsError:
        """Return what a failure of SQLite means, without its own words, which can quote a case."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        meaning = _MEANINGS.get(code) or _MEANINGS.get(code & 0xFF, _DAMAGED)
        mend = f"{meaning.mend}{self.begin_anew}" if meaning is _DAMAGED else meaning.mend
        return meaning.kind(meaning.what, where=self.where, mend=mend)

    def keep_others_out(self, connection: Connection) -> None:
        """Leave it: the write lock, taken at the beginning, keeps every other writer out."""

    def refuse_foreign(self, connection: Connection) -> None:
        """Leave it: a foreign file is refused whenever it is opened."""

    def mark(self, connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")

    def back_up(self, connection: Connection, revision: str) -> None:  # noqa: ARG002 - not tables
        """Copy the whole file, as it was before the transaction that is about to change it."""
        copy = self._path.with_name(
            f"{COPY_NAME}{revision}-{datetime.now(UTC):%Y%m%d-%H%M%S}.sqlite3"
        )
        os.close(create_private(str(copy), os.O_RDWR | os.O_CREAT | os.O_TRUNC))
        with ExitStack() as stack:
            stack.callback(copy.unlink, missing_ok=True)
            with (
                closing(_open(self._path, "mode=ro", 0.0)) as old,
                closing(_open(copy, "mode=rw", 0.0)) as new,
            ):
                old.backup(new)
            stack.pop_all()

    def copies(self) -> list[str]:
        return [str(path) for path in sorted(self._path.parent.glob(f"{COPY_NAME}*.sqlite3"))]

    def erase_copies(self) -> None:
        """Overwrite those files, and remove them."""
        with self.plain_words():
            for path in map(Path, self.copies()):
                with path.open("r+b") as file:
                    for _ in range(0, path.stat().st_size, _BLOCK):
                        file.write(bytes(_BLOCK))
                    file.flush()
                    os.fsync(file.fileno())
                path.unlink()

    def overwrite_erased(self) -> None:
        """Write the file anew: SQLite overwrites what it deletes, not what it once moved elsewhere."""
        with self.plain_words(), closing(self._connect()) as connection:
            connection.execute("REINDEX")  # VACUUM copies an index with what is missing in it
            connection.execute("VACUUM")

    def _connect(self) -> sqlite3.Connection:
        """Open a file that exists; SQLite is not to make an empty one where the records have gone."""
        with ExitStack() as stack:
            connection = self._opened()
            stack.callback(connection.close)
            self._refuse_foreign(connection)
            for setting in () if self._read_only else _SETTINGS:
                connection.execute(setting)
            stack.pop_all()
        return connection

    def refuse_planted(self) -> None:
        """Refuse a file that another account put in the place of the records, or can still reach."""
        try:
            for path in (self._path, _journal(self._path)):
                refuse_planted(path)
        except OSError as error:
            raise RecordsUnavailableError(
                f"The file in the place of the records is not safe to use: {error.strerror}.",
                where=str(error.filename),
                mend="Nothing was recorded in it. Move it to a different folder, or ask the person who"
                " looks after this computer.",
            ) from None

    def _opened(self) -> sqlite3.Connection:
        self.refuse_planted()
        if not self._read_only:
            return _open(self._path, "mode=rw", self._patience)
        if _has_journal(self._path):
            raise RecordsBusyError(
                "The records are being saved right now, or a save was interrupted.",
                where=self.where,
                mend="Try again in a moment. If this continues, open the records once to repair them.",
            )
        # Reading a file in the write-ahead mode, which is never ours, would make files beside it.
        is_ahead = _header(self._path)[_WRITE_AHEAD_AT : _WRITE_AHEAD_AT + 1] == _WRITE_AHEAD
        return _open(self._path, f"mode=ro{'&immutable=1' if is_ahead else ''}", self._patience)

    def _refuse_foreign(self, connection: sqlite3.Connection) -> None:
        # In this order: a store that another copy makes in between has pages and a mark at once.
        is_new = not connection.execute("PRAGMA page_count").fetchone()[0]
        if is_new or connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
            return
        raise RecordsDamagedError(
            "The file where the records should be belongs to another program.",
            where=self.where,
            mend="The file was not changed. Move it, or choose a different folder for the records.",
        )

    def refuse_where_gone(self) -> None:
        """Make no new records where this computer remembers some that are not there any more."""
        remembered = RememberedHead(self.head_file).get()
        if not remembered or not remembered.count or _size(self._path):
            return
        had = counted(remembered.count, "line")
        raise RecordsUnavailableError(
            f"The records file is missing or empty. It had {had}.",
            where=self.where,
            mend=f"Restore the file.{self.begin_anew}",
        )

    def _begin(self, connection: Connection) -> None:
        if connection.get_execution_options().get("assistant_writes"):
            _take_the_lock(connection, self._patience)
        else:
            connection.exec_driver_sql("BEGIN")


def _open(path: Path, how: str, patience: float) -> sqlite3.Connection:
    posix = path.absolute().as_posix()
    name = quote(os.fsencode(posix if posix.startswith("/") else f"/{posix}"))
    # Transactions begin where the engine says so; Python's sqlite3 would begin its own.
    return sqlite3.connect(f"file://{name}?{how}", uri=True, timeout=patience, isolation_level=None)


def _header(path: Path) -> bytes:
    try:
        with open_foreign(path) as file:
            return file.read(_HEADER)
    except OSError:
        return b""  # what SQLite says of it tells more


def _is_ours(path: Path) -> bool:
    """Tell by the file's first bytes, which stay the same while another copy writes the rest.

    Anything further, read without a lock, may be half of an old state and half of a new one.
    """
    header = _header(path)
    mark = APPLICATION_ID.to_bytes(4, "big")
    return header.startswith(b"SQLite format 3\0") and header.endswith(mark)


def _has_journal(path: Path) -> bool:
    """Tell whether a write was cut short: then SQLite must mend the file before it can be judged."""
    return _size(_journal(path)) > 0


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


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


def holds_records(folder: Path) -> bool:
    """Tell whether a data folder holds records, or a trace of some that are gone."""
    return _size(folder / FILE_NAME) > 0 or (folder / HEAD_NAME).exists()


_COPY = re.compile(r"records.*(?:\.sqlite3|\.(?:bak|old|orig|save|tmp|swp)\b|~$)", re.IGNORECASE)
_WAITING = re.compile(r"[0-9a-f]{32}\.json|.*\.part")


def copies_in(folder: Path) -> list[Path]:
    """Return the copies of the records, and of what waits, that a person or another program made.

    Programs that synchronize or save name them in many ways, and a store is known by its first bytes.
    """
    ours = {FILE_NAME, f"{FILE_NAME}-journal", "pending"}
    found = [path for path in folder.glob("*") if path.name not in ours]
    waiting = [path for path in folder.glob("pending/*") if not _WAITING.fullmatch(path.name)]
    copies = (
        path
        for path in found
        if _COPY.search(path.name)
        or path.name.casefold().startswith("pending")
        or (path.is_file() and _is_ours(path))
    )
    return sorted((*copies, *waiting))


def _begin_anew(path: Path) -> str:
    """Return how new records can begin beside those in a file, as a sentence after another.

    The journal goes along, since it may hold the half of a write, and so does the file that
    remembers the end of the chain: left behind, it would say that records are missing.
    """
    return (
        " To start new records and keep these, close every copy of the assistant and rename these"
        f" files together in {path.parent.absolute()}: {path.name}, {path.name}-journal if it is"
        f" there, and {path.stem}.head."
    )
