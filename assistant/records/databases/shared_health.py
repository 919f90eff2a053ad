"""Looks at a shared store without changing it: no table is made, and nothing that waits is sent."""

from pathlib import Path

from assistant.records.databases.migrate import revision_of
from assistant.records.databases.postgres import postgres_database
from assistant.records.size import Size, size_of

_PATIENCE = 2.0
"""Seconds to wait for others."""


def size_at(url: str, folder: Path) -> Size | None:
    """Give how much the store at an address holds, None where there is no store yet.

    Raises a `RecordsError` that says why they cannot be read.
    """
    database = postgres_database(url, folder, patience=_PATIENCE)
    with database.reading() as connection:
        database.refuse_foreign(connection)
        if revision_of(connection, database.where) is None:
            return None
        return size_of(connection)
