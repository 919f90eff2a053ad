"""The engine on an SQLite file: each use opens it anew, and a write takes the lock at once."""

import sqlite3
from functools import partial
from pathlib import Path
from random import uniform
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from assistant.records.databases.sqlite_connecting import connect

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
