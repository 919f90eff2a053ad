"""The tables of the record store, and which schema revisions this assistant knows."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

REVISIONS = ("0001",)
"""Every schema revision, oldest first; a store at any other was made by a newer assistant."""

HEAD = REVISIONS[-1]
"""The revision that these tables are."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept as UTC; SQLite drops the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy calls it so
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy calls it so
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


TABLES = MetaData()
"""Every table of the store, save Alembic's own."""

ENTRIES = Table(
    "entries",
    TABLES,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("when_utc", UtcDateTime, nullable=False, key="when"),
    Column("case_number", Text, nullable=False),
    Column("whom", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("outcome", Text),
    Column("recommended", Text),
    Column("certainty", Text, nullable=False),
    Column("chosen", Text),
    Column("reason", Text, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("assumed", JSON, nullable=False),
    Column("content_version", Text, nullable=False),
    Column("raw_hash", Text, nullable=False),
    Column("meaning_hash", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""One row an entry, added and never changed; `seq` is never given twice, even after an erasure."""

REVISION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Alembic's own table, described here so that opening a store need not load Alembic (0.1 s)."""
