"""The store on a PostgreSQL server: address, failures."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

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
from assistant.records.database import Database
from assistant.records.schema import CHAIN, REVISION, TABLES
from assistant.settings import server_of


class _Meaning(NamedTuple):
    kind: type[RecordsError]
    what: str
    mend: str


_AWAY = _Meaning(
    RecordsUnreachableError,
    "The server of the shared records cannot be reached.",
    "Check that this computer is on the network, and try again later.",
)
_SHUT = _Meaning(
    RecordsUnreachableError,
    "The server of the shared records does not let this computer in.",
    "Ask whoever keeps it whether the user, the password and the database are still right.",
)
_FULL = _Meaning(
    RecordsUnreachableError,
    "The server of the shared records has no room left for more.",
    "Tell whoever keeps it, and try again later.",
)
_STANDBY = _Meaning(
    RecordsUnreachableError,
    "The shared records can be read at present, but not written.",
    "Try again later. If it stays so, tell whoever keeps the server.",
)
_BUSY = _Meaning(
    RecordsBusyError,
    "Others are using the shared records and did not finish in time.",
    "Wait a moment and try again. Everything recorded before is still there.",
)
_FORBIDDEN = _Meaning(
    RecordsUnavailableError,
    "The server of the shared records does not allow this to the user of the address.",
    "Ask whoever keeps it for permission to read, add to and change the records' tables.",
)
_MISTAKEN = _Meaning(
    RecordsUnavailableError,
    "The address of the shared records asks for something that is not known here.",
    "Correct what stands after its question mark; `service-group settings` says where it is set.",
)
_DAMAGED = _Meaning(
    RecordsDamagedError,
    "The shared records are damaged, or are no records.",
    "They were left as they are. Tell whoever keeps the server.",
)

_MEANINGS = {
    "08": _AWAY,
    "25006": _STANDBY,
    "28": _SHUT,
    "3D": _SHUT,
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


def explain(error: BaseException | None, where: str) -> RecordsError:
    """Say what a failure of PostgreSQL means, without its own words, which can quote what was written."""
    meaning = _meaning(error)
    return meaning.kind(meaning.what, where=where, mend=meaning.mend)


def _meaning(error: BaseException | None) -> _Meaning:
    state = error.sqlstate if isinstance(error, Error) else None
    if state:
        return _MEANINGS.get(state) or _MEANINGS.get(state[:2], _DAMAGED)
    return _without_code(error)


def _without_code(error: BaseException | None) -> _Meaning:
    """Tell what a failure means that the server did not answer: it was never reached, or was lost."""
    match type(error).__name__:
        case "ProgrammingError":
            return _MISTAKEN
        case "DataError" | "IntegrityError" | "NotSupportedError":
            return _DAMAGED
    connection = error.pgconn if isinstance(error, Error) else None
    return _SHUT if connection and connection.used_password else _AWAY


MARK = "Service Group Assistant: records"
"""The comment on the table of the chain's end that marks a store as the assistant's own."""

LOCK = 0x53474131
"""The number of the lock ("SGA1") that whoever makes or changes the tables holds."""

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
    "Nothing was added. Ask whoever keeps the server whether it was put back to an earlier state,"
    " and see what `service-group records verify` says. If that state is to count, move the file"
    " {} out of the data folder: this computer then forgets the later one."
)

_COMMIT = "synchronous_commit"

for _name in ("psycopg", "sqlalchemy.pool"):
    # They warn of connections that were lost, on the very screen that says so in plain words.
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def postgres_database(url: str, folder: Path, *, patience: float) -> Database:
    """Give the database at an address without a mistake; nothing is reached yet.

    `patience` is how many seconds a statement waits for others. `folder` is where this computer
    remembers the end of the chain, in a file for each database. A password that the address does
    not hold is looked for as PostgreSQL's own programs do: `PGPASSWORD`, then `~/.pgpass`.
    """
    server = server_of(url)
    engine = _engine(make_url(url).set(drivername="postgresql+psycopg"), patience)
    known_by = sha256(f"{server.host.lower()}:{server.port}/{server.name}".encode()).hexdigest()
    head_file = folder / f"records.{known_by[:8]}.head"
    return Database(
        # A list, and following the chain, see one state of the records from beginning to end.
        reader=engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        ),
        # Whoever waited for the end of the chain must see it as it is after the wait.
        writer=engine.execution_options(isolation_level="READ COMMITTED"),
        where=str(server),
        head_file=head_file,
        explain=partial(explain, where=str(server)),
        begin_changing_tables=_keep_others_out,
        mark=_mark,
        back_up=_back_up,
        failures=Error,
        refuse_foreign=partial(_refuse_foreign, where=str(server)),
        nothing_added=_NOTHING_ADDED.format(head_file.name),
    )


def _engine(address: URL, patience: float) -> Engine:
    """Give an engine that connects anew for each use: a server that went and came back is met as it is."""
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


def _keep_others_out(connection: Connection) -> None:
    connection.execute(select(func.pg_advisory_xact_lock(LOCK)))


def _mark(connection: Connection) -> None:
    connection.exec_driver_sql(f"COMMENT ON TABLE {CHAIN.name} IS '{MARK}'")


def _refuse_foreign(connection: Connection, where: str) -> None:
    """Refuse a database that holds tables and not the assistant's mark, or cannot hold every letter."""
    found = inspect(connection)
    tables = found.get_table_names()
    if not tables:
        _refuse_letters(connection, where)
    elif CHAIN.name not in tables or found.get_table_comment(CHAIN.name)["text"] != MARK:
        raise RecordsDamagedError(
            "The database of the shared records holds another program's tables.",
            where=where,
            mend="It was left as it is. Ask whoever keeps the server for a database of its own.",
        )


def _refuse_letters(connection: Connection, where: str) -> None:
    if connection.scalar(select(func.current_setting("server_encoding"))) == "UTF8":
        return
    raise RecordsUnavailableError(
        "The database for the shared records cannot hold every letter.",
        where=where,
        mend="Ask whoever keeps the server for a database with the encoding UTF8.",
    )


def _back_up(connection: Connection, revision: str) -> None:
    """Copy every table beside itself, as it was before the transaction that is about to change it."""
    stamp = f"{datetime.now(UTC):%Y%m%d%H%M%S}"
    quoted = connection.dialect.identifier_preparer.quote
    for name in _ours(connection):
        copy = f"{name}_before_upgrade_from_{revision}_{stamp}"
        connection.exec_driver_sql(f"CREATE TABLE {quoted(copy)} AS TABLE {quoted(name)}")


def _ours(connection: Connection) -> Iterator[Any]:
    known = {*TABLES.tables, REVISION.name}
    return (name for name in inspect(connection).get_table_names() if name in known)
