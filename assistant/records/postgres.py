"""The store on a PostgreSQL server: address, failures."""

import logging
import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from psycopg import Error
from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

from assistant.errors import (
    RecordsBusyError,
    RecordsDamagedError,
    RecordsError,
    RecordsUnavailableError,
    RecordsUnreachableError,
)
from assistant.records.database import Database, Meaning
from assistant.records.schema import CHAIN, REVISION, TABLES
from assistant.settings import server_of
from assistant.text import hash_of

_AWAY = Meaning(
    RecordsUnreachableError,
    "The server of the shared records cannot be reached.",
    "Check that this computer is on the network, and try again later.",
)
_SHUT = Meaning(
    RecordsUnreachableError,
    "The server of the shared records does not let this computer in.",
    "Ask the person who runs it whether the user, the password, and the database are still right.",
)
_NO_USER = Meaning(
    RecordsUnreachableError,
    "The server of the shared records does not accept the user or the password.",
    "Check both in the records address, or ask the person who runs the server for them.",
)
_NO_DATABASE = Meaning(
    RecordsUnreachableError,
    "The server of the shared records has no database with the name in the records address.",
    "Check the name after the last slash of the address, or ask the person who runs the server for it.",
)
_CERTIFICATE = Meaning(
    RecordsUnreachableError,
    "The connection to the shared records is not safe: it is not encrypted, or the server's certificate"
    " was refused.",
    "Check sslmode and sslrootcert in the records address, or ask the person who runs the server.",
)
_FULL = Meaning(
    RecordsUnreachableError,
    "The server of the shared records is full.",
    "Tell the person who runs it, and try again later.",
)
_STANDBY = Meaning(
    RecordsUnreachableError,
    "The shared records can be read but not changed right now.",
    "Try again later. If this continues, tell the person who runs the server.",
)
_BUSY = Meaning(
    RecordsBusyError,
    "Other people are using the shared records and did not finish in time.",
    "Wait a moment and try again. Everything recorded before is safe.",
)
_FORBIDDEN = Meaning(
    RecordsUnavailableError,
    "The user in the records address is not allowed to do this on the server.",
    "Ask the person who runs it for permission to read, add to, and change the records' tables.",
)
_MISTAKEN = Meaning(
    RecordsUnavailableError,
    "The address of the shared records has an option that does not exist.",
    "Correct the part after its question mark. `service-group settings` says where it is set.",
)
_DAMAGED = Meaning(
    RecordsDamagedError,
    "The shared records are damaged, or the address leads to something else.",
    "Nothing was changed. Tell the person who runs the server.",
)

_MEANINGS = {
    "08": _AWAY,
    "25006": _STANDBY,
    "28": _NO_USER,
    "3D": _NO_DATABASE,
    "3F": _FORBIDDEN,
    "40": _BUSY,
    "42501": _FORBIDDEN,
    "53": _AWAY,
    "53100": _FULL,
    "55": _BUSY,
    "57": _AWAY,
    "57014": _BUSY,
    "58": _AWAY,
}
"""By code or its class; any other says that the tables do not hold what they should."""


def _meaning(error: BaseException | None) -> Meaning:
    state = error.sqlstate if isinstance(error, Error) else None
    if state:
        return _MEANINGS.get(state) or _MEANINGS.get(state[:2], _DAMAGED)
    return _without_code(error)


def _without_code(error: BaseException | None) -> Meaning:
    """Tell what a failure means that the server did not answer: it was never reached, or was lost."""
    match type(error).__name__:
        case "ProgrammingError":
            return _MISTAKEN
        case "DataError" | "IntegrityError" | "NotSupportedError":
            return _DAMAGED
    for words, meaning in _SAID:
        if words.search(str(error)):
            return meaning
    connection = error.pgconn if isinstance(error, Error) else None
    return _SHUT if connection and connection.used_password else _AWAY


_SAID = (
    (
        re.compile(r"certificate|SSL error|SSL, but|does not support SSL", re.IGNORECASE),
        _CERTIFICATE,
    ),
    (re.compile(r"role .* does not exist|authentication failed|no password supplied"), _NO_USER),
    (re.compile(r"database .* does not exist"), _NO_DATABASE),
    (re.compile(r"no pg_hba\.conf entry|pg_hba\.conf rejects"), _SHUT),
)
"""What a server or its library says while connecting, where it gives no code; the words are not repeated."""

MARK = "Service Group Assistant: records"  # the comment on the chain's table that says whose it is
LOCK = 0x53474131  # the number of the lock ("SGA1") that whoever makes or changes the tables holds

_CONNECTION = {
    "connect_timeout": 5,
    # A server that vanished is noticed within half a minute, and not after hours.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
    "client_encoding": "utf8",
    "application_name": "service-group-assistant",
    # Statements prepared in a session are lost behind a pooler that shares sessions out.
    "prepare_threshold": None,
}
"""How a connection is made, where its address does not say otherwise."""

_NOTHING_ADDED = (
    "Nothing was added. Run `service-group records verify`, and ask the person who runs the server"
    " whether an earlier copy was restored. If that copy is the right one, move the file {} out of"
    " the data folder. This computer then accepts the earlier records."
)

_COMMIT = "synchronous_commit"

_COPY_NAME = "_before_upgrade_from_"  # in the name of a table copied before an upgrade
_FORMER = ("shelves", "days")  # tables that earlier revisions had

for _name in ("psycopg", "sqlalchemy.pool"):
    # They warn of connections that were lost, on the screen that says so in plain words.
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class PostgresDatabase(Database):
    """The database at an address without a mistake; making one reaches nothing yet.

    `patience` is how many seconds a statement waits for others. `folder` is where this computer
    remembers the end of the chain, in a file for each database. A password that the address does
    not hold is looked for as PostgreSQL's own programs do: `PGPASSWORD`, then `~/.pgpass`.
    """

    failures = Error
    is_shared = True

    def __init__(self, url: str, folder: Path, *, patience: float) -> None:
        server = server_of(url)
        engine = _engine(make_url(url).set(drivername="postgresql+psycopg"), patience)
        named = f"{server.host.lower()}:{server.port}/{server.name}"
        head_file = folder / f"records.{hash_of(named)[:8]}.head"
        super().__init__(
            # A list, and following the chain, see one state of the records from beginning to end.
            engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True),
            # Whoever waited for the end of the chain must see it as it is after the wait.
            engine.execution_options(isolation_level="READ COMMITTED"),
            str(server),
            head_file,
        )
        self.nothing_added = _NOTHING_ADDED.format(head_file.name)

    def explain(self, error: BaseException | None) -> RecordsError:
        """Return what a failure of PostgreSQL means, without its own words, which can quote a case."""
        meaning = _meaning(error)
        return meaning.kind(meaning.what, where=self.where, mend=meaning.mend)

    def keep_others_out(self, connection: Connection) -> None:
        """Take the lock that whoever makes or changes the tables holds."""
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))

    def refuse_foreign(self, connection: Connection) -> None:
        """Refuse a database without the assistant's mark on its tables, or without every letter."""
        found = inspect(connection)
        tables = found.get_table_names()
        if not tables:
            _refuse_letters(connection, self.where)
        elif CHAIN.name not in tables or found.get_table_comment(CHAIN.name)["text"] != MARK:
            raise RecordsDamagedError(
                "The database of the shared records contains another program's tables.",
                where=self.where,
                mend="Nothing was changed. Ask the person who runs the server for a separate database.",
            )

    def mark(self, connection: Connection) -> None:
        connection.exec_driver_sql(f"COMMENT ON TABLE {CHAIN.name} IS '{MARK}'")

    def back_up(self, connection: Connection, revision: str) -> None:
        """Copy every table beside itself, as it was before the transaction that will change it."""
        stamp = f"{datetime.now(UTC):%Y%m%d%H%M%S}"
        quoted = connection.dialect.identifier_preparer.quote
        for name in inspect(connection).get_table_names():
            if name in {*TABLES.tables, *_FORMER, REVISION.name}:
                copy = f"{name}{_COPY_NAME}{revision}_{stamp}"
                connection.exec_driver_sql(f"CREATE TABLE {quoted(copy)} AS TABLE {quoted(name)}")

    def copies(self) -> list[str]:
        with self.reading() as connection:
            return _copies(connection)

    def erase_copies(self) -> None:
        with self.writing() as connection:
            quoted = connection.dialect.identifier_preparer.quote
            for name in _copies(connection):
                connection.exec_driver_sql(f"DROP TABLE {quoted(name)}")

    def overwrite_erased(self) -> None:
        """Leave it to the server, which clears up by itself."""


def _copies(connection: Connection) -> list[str]:
    return sorted(name for name in inspect(connection).get_table_names() if _COPY_NAME in name)


def _engine(address: URL, patience: float) -> Engine:
    """Return an engine that connects anew for each use: a server that went and came back is met as it is."""
    unsaid = {name: value for name, value in _CONNECTION.items() if name not in address.query}
    engine = create_engine(address, connect_args=unsaid, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", partial(_begin, patience=patience))
    return engine


def _begin(connection: Connection, patience: float) -> None:
    """Bound the wait for others, and have the server write to its disk before it says that it did."""
    bound = func.set_config("lock_timeout", f"{max(1, round(patience * 1000))}ms", True)
    kept = func.current_setting(_COMMIT)
    safe = func.set_config(_COMMIT, func.replace(kept, "off", "on"), True)
    connection.execute(select(bound, safe))


def _refuse_letters(connection: Connection, where: str) -> None:
    if connection.scalar(select(func.current_setting("server_encoding"))) == "UTF8":
        return
    raise RecordsUnavailableError(
        "The database for the shared records cannot store every letter.",
        where=where,
        mend="Ask the person who runs the server for a database with the encoding UTF8.",
    )
