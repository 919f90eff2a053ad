"""What a store asks of its database, and the revisions of its tables."""

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from assistant.errors import (
    RecordsBusyError,
    RecordsDamagedError,
    RecordsError,
    RecordsNewerError,
    RecordsUnavailableError,
)
from assistant.private import file_among
from assistant.records.entry import NOTHING_BEFORE
from assistant.records.schema import CHAIN, ENTRIES, HEAD, REVISION, REVISIONS, SHELVES, TABLES
from assistant.text import counted


class _Meaning(NamedTuple):
    kind: type[RecordsError]
    what: str
    mend: str


_BUSY = _Meaning(
    RecordsBusyError,
    "Another copy of the assistant is using the records and did not finish in time.",
    "Wait a moment and try again. Everything recorded before is still there.",
)
_FULL = _Meaning(
    RecordsUnavailableError,
    "The disk is full, so nothing was recorded.",
    "Make room on it and try again. Everything recorded before is still there.",
)
_READ_ONLY = _Meaning(
    RecordsUnavailableError,
    "The records can be read but not written.",
    "Ask for permission to write to the file and its folder, or choose another folder.",
)
_UNOPENED = _Meaning(
    RecordsUnavailableError,
    "The records file cannot be opened.",
    "Check that its folder is there, its drive is connected, and that you may write in it.",
)
_REFUSED = _Meaning(
    RecordsUnavailableError,
    "The disk refused to read or write the records.",
    "Check that its drive is connected and has room, then try again.",
)
_DAMAGED = _Meaning(
    RecordsDamagedError,
    "The records file is damaged or is no records file.",
    "It was left as it is. Keep it, and put back a copy made before.",
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


def explain(error: BaseException | None, where: str) -> RecordsError:
    """Say what a failure of SQLite means, without its own words, which can quote what was written."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    meaning = _MEANINGS.get(code) or _MEANINGS.get(code & 0xFF, _DAMAGED)
    mend = f"{meaning.mend}{begin_anew(Path(where))}" if meaning is _DAMAGED else meaning.mend
    return meaning.kind(meaning.what, where=where, mend=mend)


def begin_anew(path: Path) -> str:
    """Return how new records can begin beside those in a file, as a sentence after another.

    The journal goes along, since it may hold the half of a write, and so does the file that
    remembers the end of the chain: left behind, it would say that records are missing.
    """
    return (
        " To begin new records and keep these, close every copy of the assistant, and rename these"
        f" files together in {path.parent.absolute()}: {path.name}, {path.name}-journal if it is"
        f" there, and {path.stem}.head."
    )


def explain_os(error: OSError, where: str) -> RecordsError:
    """Say what a failure of the file system means."""
    blocking = file_among(Path(where))
    if blocking:
        return RecordsUnavailableError(
            f"{blocking} is a file, not a folder.",
            where=where,
            mend="Choose another folder for the records, or move that file away.",
        )
    return RecordsUnavailableError(
        f"The folder for the records cannot be used: {error.strerror or 'it cannot be reached'}.",
        where=where,
        mend="Check that it is a folder that you may write in, or choose another folder.",
    )


NOTHING_ADDED = (
    "Nothing was added. Ask whoever looks after this computer, and see what"
    " `service-group records verify` says."
)
"""What to do where the store is not what this computer remembers."""


def _nothing_left() -> None:
    """Leave it to the database, which clears up by itself."""


@dataclass(frozen=True)
class Database:
    """One database that can hold a store.

    `where` names it to a person, without a password. `explain` turns its failures into ones a
    caseworker can act on. `begin_changing_tables` keeps other copies of the assistant out until
    the transaction ends, `mark` marks a new store as the assistant's own, and `back_up` makes a
    copy of an older store, inside the transaction that will upgrade it. `head_file` is where this
    computer remembers the end of the chain. `failures` is the kind of error its driver raises, and
    `refuse_foreign` raises a `RecordsError` for what is not the assistant's own; `nothing_added`
    says what to do where its end is not as remembered, and `begin_anew` how its user can begin new
    records and keep these, as a sentence after another; "" where a server holds them.
    """

    reader: Engine
    writer: Engine
    where: str
    head_file: Path
    explain: Callable[[BaseException | None], RecordsError]
    begin_changing_tables: Callable[[Connection], None]
    mark: Callable[[Connection], None]
    back_up: Callable[[Connection, str], None]
    forget: Callable[[], None] = _nothing_left
    failures: type[Exception] = sqlite3.Error
    refuse_foreign: Callable[[Connection], None] = lambda _connection: None
    nothing_added: str = NOTHING_ADDED
    begin_anew: str = ""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the store; failures read as `RecordsError`."""
        with self._plain_words(), self.reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes all come to pass, or none."""
        with self._plain_words(), self.writer.begin() as connection:
            yield connection

    def _plain_words(self) -> AbstractContextManager[None]:
        return plain_words(self.explain, self.where, self.failures)

    @contextmanager
    def readable(self) -> Iterator[None]:
        """Say plainly that a value cannot be what it stands for: only another program wrote that."""
        try:
            yield
        except (ValueError, TypeError, KeyError, AttributeError):
            raise RecordsDamagedError(
                "The records hold an entry that cannot be read.",
                where=self.where,
                mend="Nothing was changed. `service-group records verify` says which one it is.",
            ) from None


@contextmanager
def plain_words(
    explain: Callable[[BaseException | None], RecordsError],
    where: str,
    failures: type[Exception] = sqlite3.Error,
) -> Iterator[None]:
    """Turn a failure of the database or the file system into a `RecordsError`.

    The cause is not chained to it, since it can carry what was being written.
    """
    try:
        yield
    except DBAPIError as error:
        raise explain(error.orig) from None
    except failures as error:
        raise explain(error) from None
    except UnicodeDecodeError:  # Python's own, where a broken file has SQLite quote what is no text
        raise explain(None) from None
    except OSError as error:
        raise explain_os(error, where) from None


def prepare(database: Database) -> None:
    """Bring a store to the newest schema, in one transaction that holds the write lock.

    A store that is there already is only read, so opening it never waits for a writer; an older
    one is copied before it is changed. Raises `RecordsNewerError` for a revision that is not known
    here, `RecordsDamagedError` for none.
    """
    with database.reading() as connection:
        database.refuse_foreign(connection)
        if revision_of(connection, database) == HEAD:
            return
    with database.writing() as connection:
        database.begin_changing_tables(connection)
        database.refuse_foreign(connection)
        revision = revision_of(connection, database)
        if revision is None:
            create(connection)
            database.mark(connection)
        elif revision != HEAD:
            database.back_up(connection, revision)
            with database.readable():
                upgrade(connection)


def create(connection: Connection) -> None:
    """Make every table at once, with an empty chain; a test holds this to what Alembic makes."""
    TABLES.create_all(connection, checkfirst=False)
    REVISION.create(connection, checkfirst=False)
    connection.execute(insert(REVISION).values(version_num=HEAD))
    connection.execute(
        insert(CHAIN).values(store_id=secrets.token_hex(16), count=0, hash=NOTHING_BEFORE)
    )


def upgrade(connection: Connection) -> None:
    """Run Alembic up to the newest revision, inside the caller's transaction."""
    from alembic import command  # noqa: PLC0415 - 0.1 s, and only an old store needs it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "assistant.records:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def revision_of(connection: Connection, database: Database) -> str | None:
    """Give the store's revision, None where it is empty."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    query = select(REVISION.c.version_num)
    revision: str | None = connection.scalar(query) if REVISION.name in tables else None
    if revision is None:
        raise RecordsDamagedError(
            "The records file does not say which version it is.",
            where=database.where,
            mend="It was left as it is. Keep it, and put back a copy made before."
            f"{database.begin_anew}",
        )
    if revision not in REVISIONS:
        raise RecordsNewerError(
            "These records were made by a newer version of the assistant.",
            where=database.where,
            mend="Install the newest version of the assistant and open them with that.",
        )
    return revision


@dataclass(frozen=True, slots=True)
class Size:
    """How many entries stand, and how many lines the chain has: corrections and the like are lines too."""

    stand: int
    lines: int

    def __str__(self) -> str:
        """Give both in words: `3 entries stand (5 lines in the chain)`."""
        entries = counted(self.stand, "entry stands", "entries stand")
        return f"{entries} ({counted(self.lines, 'line')} in the chain)"


def size_of(connection: Connection) -> Size:
    """Count the entries that are neither corrected nor withdrawn, and all lines of the chain."""
    standing = select(SHELVES.c.shelf).where(SHELVES.c.withdrawn == 0)
    stand = connection.scalar(select(func.count()).where(ENTRIES.c.shelf.in_(standing)))
    return Size(stand or 0, connection.scalar(select(CHAIN.c.count)) or 0)
