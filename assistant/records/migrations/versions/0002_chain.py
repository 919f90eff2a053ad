"""Chain the entries: each keeps its content as text, and carries the hash of the one before.

What the entries, the chain and the lists were at this revision is written down here once more, so
that no later change of theirs changes it.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

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

_NOTHING_BEFORE = "0" * 64
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def upgrade() -> None:
    """Make the new tables, and carry every entry over under its own number."""
    op.rename_table("entries", "entries_0001")
    entries, chain = _make_tables()
    shelves, days, words = _make_indexes_of_lists()
    connection = op.get_bind()
    shelf_numbers: dict[tuple[Any, ...], int] = {}
    spans: dict[str, tuple[int, int]] = {}
    seq, previous = 0, _NOTHING_BEFORE
    for old in connection.execute(sa.select(OLD).order_by(OLD.c.seq)).mappings():
        seq, row = old["seq"], _row(old, previous)
        shelf = (row["chosen"], row["certainty"], row["overridden"], 0)
        row["shelf"] = shelf_numbers.setdefault(shelf, len(shelf_numbers) + 1)
        connection.execute(sa.insert(entries).values(row))
        found = [{"word": word, "shelf": row["shelf"], "seq": seq} for word in _words(old)]
        connection.execute(sa.insert(words), found)
        spans[row["day"]] = (spans.get(row["day"], (seq,))[0], seq)
        previous = row["hash"]
    for (chosen, certainty, overridden, withdrawn), number in shelf_numbers.items():
        values = (number, chosen, certainty, overridden, withdrawn)
        connection.execute(sa.insert(shelves).values(values))
    for day, (first, last) in spans.items():
        connection.execute(sa.insert(days).values((day, first, last)))
    end = {"store_id": secrets.token_hex(16), "count": seq, "hash": previous}
    op.bulk_insert(chain, [end])
    op.drop_table("entries_0001")


def _row(old: Mapping[Any, Any], previous: str) -> dict[str, Any]:
    """Return the row of an entry that follows the hash `previous`."""
    _check(old)
    when = old["when_utc"].replace(tzinfo=UTC)
    at, day = when.isoformat(timespec="microseconds"), f"{when.astimezone():%Y-%m-%d}"
    says = {name: value for name, value in old.items() if name not in ("seq", "when_utc")}
    says |= {"answers": [list(pair) for pair in old["answers"].items()], "kind": "choice"}
    says |= {"when": at, "day": day}
    kept = {name: value for name, value in says.items() if value not in (None, "", [])}
    content = json.dumps(kept, sort_keys=True, separators=(",", ":"))
    salt, recommended = secrets.token_hex(16), old["recommended"]
    content_hash = _hash(f"{salt} {content}")
    return {
        **{name: old[name] for name in ("seq", "id", "outcome", "recommended", "certainty")},
        "kind": "choice",
        "at": at,
        "day": day,
        "chosen": old["chosen"],
        "overridden": None if recommended is None else int(old["chosen"] != recommended),
        "content": content,
        "salt": salt,
        "content_hash": content_hash,
        "previous": previous,
        "hash": _hash(f"{old['seq']} {previous} {content_hash}"),
    }


def _check(old: Mapping[Any, Any]) -> None:
    """Refuse what no entry could be, without quoting it; raises `ValueError`."""
    number, recommended = old["case_number"], old["recommended"]
    if not re.fullmatch("[0-9a-f]{32}", old["id"]) or not (number.isascii() and number.isdigit()):
        raise ValueError("an entry has an id of its own and a case number")
    if recommended is not None and old["chosen"] != recommended and not old["reason"].strip():
        raise ValueError("a choice other than the recommended one has a reason")
    texts = [value for value in old.values() if isinstance(value, str)]
    texts += [*old["answers"], *old["answers"].values(), *old["assumed"]]
    if any(_UNSTORABLE.search(text) for text in texts):
        raise ValueError("text holds characters that cannot be kept")


def _words(old: Mapping[Any, Any]) -> list[str]:
    """Return the words that an entry could be found by."""
    text = " ".join(old[name] for name in ("case_number", "whom", "service", "reason"))
    return sorted({word[:64] for word in re.findall(r"\w+", text.casefold())})


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


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


def _make_indexes_of_lists() -> tuple[sa.Table, sa.Table, sa.Table]:
    shelves = op.create_table(
        "shelves",
        sa.Column("shelf", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chosen", sa.Text()),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("overridden", sa.Integer()),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("shelf"),
    )
    days = op.create_table(
        "days",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    in_code_order = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
    words = op.create_table(
        "words",
        sa.Column("word", in_code_order, nullable=False),
        sa.Column("shelf", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("word", "shelf", "seq"),
        sqlite_with_rowid=False,
    )
    op.create_index("words_by_seq", "words", ["seq"])
    return shelves, days, words
