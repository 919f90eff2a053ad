"""What a store asks of its database, and the revisions of its tables."""

import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, NamedTuple

from sqlalchemy import Connection, Engine, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from assistant.errors import (
    RecordsDamagedError,
    RecordsError,
    RecordsNewerError,
    RecordsOlderError,
    RecordsUnavailableError,
)
from assistant.private import file_among
from assistant.records.schema import (
    ACTIVE,
    CHAIN,
    ENTRIES,
    HEAD,
    NOTHING_BEFORE,
    REVISION,
    REVISIONS,
    TABLES,
)
from assistant.shapes import Frozen
from assistant.text import counted

NOTHING_ADDED = (
    "Nothing was added. Run `service-group records verify`, and show the result to the person who"
    " looks after this computer."
)
"""What to do where the store is not what this computer remembers."""


class Meaning(NamedTuple):
    """What a failure of a database means to a person."""

    kind: type[RecordsError]
    what: str
    mend: str


class Database(ABC):
    """One database that can hold a store.

    `where` names it to a person, without a password, and `head_file` is where this computer
    remembers the end of the chain. `nothing_added` says what to do where its end is not as
    remembered, and `begin_anew` how its user can begin new records and keep these, as a sentence
    after another; "" where a server holds them.
    """

    failures: ClassVar[type[Exception]]  # the kind of error its driver raises

    is_shared: ClassVar[bool] = False  # if so, its tables are changed only on request

    begin_anew = ""
    nothing_added = NOTHING_ADDED

    def __init__(self, reader: Engine, writer: Engine, where: str, head_file: Path) -> None:
        self.reader, self.writer = reader, writer
        self.where, self.head_file = where, head_file

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that sees one state of the store; failures read as `RecordsError`."""
        with self.plain_words(), self.reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a connection whose changes all come to pass, or none."""
        with self.plain_words(), self.writer.begin() as connection:
            yield connection

    @contextmanager
    def plain_words(self) -> Iterator[None]:
        """Turn a failure into a `RecordsError`, without its cause, which can carry what was being written."""
        try:
            yield
        except DBAPIError as error:
            raise self.explain(error.orig) from None
        except self.failures as error:
            raise self.explain(error) from None
        except UnicodeDecodeError:  # Python's own, where a broken file has SQLite quote no text
            raise self.explain(None) from None
        except OSError as error:
            raise explain_os(error, self.where) from None

    @contextmanager
    def readable(self) -> Iterator[None]:
        """Say plainly that a value cannot be what it stands for: only another program wrote that."""
        try:
            yield
        except (ValueError, TypeError, KeyError, AttributeError):
            raise RecordsDamagedError(
                "The records contain an entry that cannot be read.",
                where=self.where,
                mend="Nothing was changed. Run `service-group records verify` to see which one it is.",
            ) from None

    @abstractmethod
    def explain(self, error: BaseException | None) -> RecordsError:
        """Return a failure of the driver as one that a caseworker can act on."""

    def check(self, connection: Connection) -> None:  # noqa: B027 - a server sees to it by itself
        """Raise `RecordsDamagedError` where the tables and their indexes do not hold together."""

    @abstractmethod
    def keep_others_out(self, connection: Connection) -> None:
        """Keep other copies of the assistant from changing tables until the transaction ends."""

    @abstractmethod
    def refuse_foreign(self, connection: Connection) -> None:
        """Raise a `RecordsError` for what is not the assistant's own, or is broken."""

    @abstractmethod
    def mark(self, connection: Connection) -> None:
        """Mark a new store as the assistant's own."""

    @abstractmethod
    def back_up(self, connection: Connection, revision: str) -> None:
        """Copy an older store, inside the transaction that will upgrade it."""

    @abstractmethod
    def copies(self) -> list[str]:
        """Return the names of the copies made before upgrades: they hold what was erased since."""

    @abstractmethod
    def erase_copies(self) -> None:
        """Erase those copies for good."""

    @abstractmethod
    def overwrite_erased(self) -> None:
        """Overwrite what is left of erased records, where the database does not by itself."""


def explain_os(error: OSError, where: str) -> RecordsError:
    """Return what a failure of the file system means."""
    blocking = file_among(Path(where))
    if blocking:
        return RecordsUnavailableError(
            f"{blocking} is a file, not a folder.",
            where=where,
            mend="Choose a different folder for the records, or move that file.",
        )
    return RecordsUnavailableError(
        f"The folder for the records cannot be used: {error.strerror or 'it cannot be reached'}.",
        where=where,
        mend="Check that you are allowed to write to it, or choose a different folder.",
    )


def prepare(database: Database) -> None:
    """Bring a store to the newest schema, in one transaction that holds the write lock.

    A store that is there already is only read, so opening it never waits for a writer; an older
    one is copied before it is changed. Raises `RecordsNewerError` for a revision that is not known
    here, `RecordsDamagedError` for none, and `RecordsOlderError` for an older one that others share.
    """
    with database.reading() as connection:
        database.refuse_foreign(connection)
        revision = revision_of(connection, database)
    if revision == HEAD:
        return
    if revision and database.is_shared:
        raise RecordsOlderError(
            "The shared records still have the form of an older version of the assistant.",
            where=database.where,
            mend="First install this version or a newer one on every computer that uses them. Then"
            " one person runs `service-group records upgrade`.",
        )
    upgrade(database)


def upgrade(database: Database) -> None:
    """Make the tables of a new store, or copy those of an older one and change them."""
    with database.writing() as connection:
        database.keep_others_out(connection)
        database.refuse_foreign(connection)
        revision = revision_of(connection, database)
        if revision is None:
            create(connection)
            database.mark(connection)
        elif revision != HEAD:
            database.back_up(connection, revision)
            with database.readable():
                run_revisions(connection)


def create(connection: Connection) -> None:
    """Make every table at once, with an empty chain; a test holds this to what Alembic makes."""
    TABLES.create_all(connection, checkfirst=False)
    REVISION.create(connection, checkfirst=False)
    connection.execute(insert(REVISION).values(version_num=HEAD))
    connection.execute(
        insert(CHAIN).values(store_id=secrets.token_hex(16), count=0, hash=NOTHING_BEFORE)
    )


def run_revisions(connection: Connection) -> None:
    """Run Alembic up to the newest revision, inside the caller's transaction."""
    from alembic import command  # noqa: PLC0415 - 0.1 s, and only an old store needs it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "assistant.records:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def revision_of(connection: Connection, database: Database) -> str | None:
    """Return the store's revision, None where it is empty."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    query = select(REVISION.c.version_num)
    revision: str | None = connection.scalar(query) if REVISION.name in tables else None
    if revision is None:
        raise RecordsDamagedError(
            "The records file does not say which version it is.",
            where=database.where,
            mend="The file was not changed. Keep it, and restore an earlier copy."
            f"{database.begin_anew}",
        )
    if revision not in REVISIONS:
        raise RecordsNewerError(
            "These records were made by a newer version of the assistant.",
            where=database.where,
            mend="Install the newest version of the assistant.",
        )
    return revision


class EntryCount(Frozen):
    """How many entries are active, and how many lines the chain has: a correction is a line too."""

    active: int
    lines: int

    def __str__(self) -> str:
        entries = counted(self.active, "active entry", "active entries")
        return f"{entries} ({counted(self.lines, 'line')} in all)"


def count_entries(connection: Connection) -> EntryCount:
    """Count the entries that are neither corrected nor withdrawn, and all lines of the chain."""
    active = connection.scalar(select(func.count()).where(ENTRIES.c.state == ACTIVE))
    return EntryCount(active or 0, connection.scalar(select(CHAIN.c.count)) or 0)
