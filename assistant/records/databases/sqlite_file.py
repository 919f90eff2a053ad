"""The record store as one SQLite file: how it is claimed, copied, and how its failures read.

Everything that is SQLite's and nobody else's is here and in the two modules beside it, so that the
store above speaks only SQLAlchemy and can stand on another database.
"""

import os
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from assistant.errors import RecordsUnavailableError
from assistant.records.chain.witness import Witness
from assistant.records.databases.database import Database, plain_words
from assistant.records.databases.sqlite_connecting import APPLICATION_ID, claim, connect, open_as
from assistant.records.databases.sqlite_engine import sqlite_engine
from assistant.records.databases.sqlite_failures import explain
from assistant.records.private import create_private, private_folder
from assistant.records.size import lines_words

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
    )


def mark(connection: Connection) -> None:
    """Write the assistant's mark into a new file."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _refuse_where_gone(path: Path, head_file: Path) -> None:
    """Make no new records where this computer remembers some that are not there any more."""
    remembered = Witness(head_file).remembered()
    if not remembered or not remembered.count or (path.exists() and path.stat().st_size):
        return
    had = lines_words(remembered.count)
    raise RecordsUnavailableError(
        f"The records file is not there any more, or is empty; its chain had {had}.",
        where=str(path),
        mend="Put it back. To begin new records all the same: `service-group records set-aside`.",
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
