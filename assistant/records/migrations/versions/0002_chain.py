"""Chain the entries: each keeps its content as text, and carries the hash of the one before."""

import secrets
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

from assistant.records.entry import NOTHING_BEFORE, Entry, Head, next_link, written
from assistant.records.finding import put_up, row_of, shelf_of

revision = "0002"
down_revision = "0001"

_OLD_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "seq": sa.Integer(),
    "when_utc": sa.DateTime(),
    "answers": sa.JSON(),
    "assumed": sa.JSON(),
    **dict.fromkeys(("id", "case_number", "whom", "service", "outcome", "recommended"), sa.Text()),
    **dict.fromkeys(("certainty", "chosen", "reason"), sa.Text()),
    **dict.fromkeys(("content_version", "raw_hash", "meaning_hash"), sa.Text()),
}
OLD = sa.table("entries_0001", *(sa.column(name, kind) for name, kind in _OLD_TYPES.items()))
"""The table as it was, by the columns that are read; SQLite, where it was, keeps UTC with no zone."""


def upgrade() -> None:
    """Make the new tables, and carry every entry over under its own number."""
    op.rename_table("entries", "entries_0001")
    entries, chain = _make_tables()
    _make_indexes_of_lists()
    connection = op.get_bind()
    head = Head(secrets.token_hex(16), 0, NOTHING_BEFORE)
    for row in connection.execute(sa.select(OLD).order_by(OLD.c.seq)).mappings():
        entry = _entry(dict(row))
        text = written(entry)
        link = next_link(Head(head.store_id, row["seq"] - 1, head.hash), text)
        values = row_of(entry, text, link) | {"shelf": shelf_of(connection, entry)}
        known = {name: value for name, value in values.items() if name in entries.c}
        connection.execute(sa.insert(entries).values(known))
        put_up(connection, link.seq, entry, values)
        head = Head(head.store_id, link.seq, link.hash)
    op.bulk_insert(chain, [{"store_id": head.store_id, "count": head.count, "hash": head.hash}])
    op.drop_table("entries_0001")


def _entry(row: dict[str, Any]) -> Entry:
    when = row.pop("when_utc").replace(tzinfo=UTC)
    return Entry(when=when, **{name: value for name, value in row.items() if name != "seq"})


def _make_tables() -> tuple[sa.Table, sa.Table]:
    entries = op.create_table(
        "entries",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("of_id", sa.String(32)),
        sa.Column("at", sa.String(32)),
        sa.Column("day", sa.String(10)),
        sa.Column("outcome", sa.Text()),
        sa.Column("recommended", sa.Text()),
        sa.Column("certainty", sa.Text()),
        sa.Column("chosen", sa.Text()),
        sa.Column("overridden", sa.Integer()),
        sa.Column("reason_code", sa.Text()),
        sa.Column("shelf", sa.Integer()),
        sa.Column("content", sa.Text()),
        sa.Column("salt", sa.String(32)),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("of_id"),
    )
    op.create_index("entries_by_shelf", "entries", ["shelf", "seq", "day"])
    erases = sa.text("kind = 'erasure'")
    op.create_index(
        "entries_that_erase", "entries", ["seq"], sqlite_where=erases, postgresql_where=erases
    )
    chain = op.create_table(
        "chain",
        sa.Column("store_id", sa.String(32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("store_id"),
    )
    op.create_table(
        "rules",
        sa.Column("meaning_hash", sa.String(64), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("meaning_hash"),
    )
    return entries, chain


def _make_indexes_of_lists() -> None:
    op.create_table(
        "shelves",
        sa.Column("shelf", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chosen", sa.Text()),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("overridden", sa.Integer()),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("shelf"),
    )
    op.create_table(
        "days",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    in_code_order = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
    op.create_table(
        "words",
        sa.Column("word", in_code_order, nullable=False),
        sa.Column("shelf", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("word", "shelf", "seq"),
        sqlite_with_rowid=False,
    )
    op.create_index("words_by_seq", "words", ["seq"])
