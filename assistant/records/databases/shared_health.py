"""Looks at a shared store without changing it: no table is made, and nothing that waits is sent."""

from pathlib import Path

from sqlalchemy import func, select

from assistant.records.databases.migrate import revision_of
from assistant.records.databases.postgres import postgres_database
from assistant.records.schema import ENTRIES

_PATIENCE = 2.0
"""Seconds to wait for others."""


def entries_at(url: str, folder: Path) -> int | None:
    """Give how many entries the store at an address holds, None where there is no store yet.

    Raises a `RecordsError` that says why they cannot be read.
    """
    database = postgres_database(url, folder, patience=_PATIENCE)
    with database.reading() as connection:
        database.refuse_foreign(connection)
        if revision_of(connection, database.where) is None:
            return None
        count = select(func.count()).where(ENTRIES.c.kind.in_(("choice", "correction")))
        return connection.scalar(count)
