"""Find entries by the database's own indexes, in place of shelves and days; let withdrawals be undone.

Words are spelled anew, so that one with an accent and one without find the same. How, is written down
here once more, so that no later change of theirs changes it.
"""

import json
import re
from collections.abc import Iterator
from unicodedata import category, normalize

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_KEPT = (
    *("seq", "id", "kind", "of_id", "at", "day", "outcome", "recommended", "certainty"),
    *("chosen", "overridden", "reason_code"),
)
_SEARCHED = (
    *("case_number", "whom", "service", "category", "service_type", "provider", "reason", "why"),
)
_AT_ONCE = 1_000  # entries read together
_CHAINED = ("content", "salt", "content_hash", "previous", "hash")

_STATE = """CASE
    WHEN kind NOT IN ('choice', 'correction') THEN NULL
    WHEN (SELECT later.kind FROM {table} AS later WHERE later.of_id = {table}.id) = 'correction'
        THEN 'corrected'
    WHEN (SELECT later.kind FROM {table} AS later WHERE later.of_id = {table}.id) = 'withdrawal'
        THEN 'withdrawn'
    ELSE 'active'
END"""
"""What an entry is now; each is corrected or withdrawn by one record at most."""


def upgrade() -> None:
    """Say of each entry what it is now, and spell its words anew, without a shelf."""
    if op.get_bind().dialect.name == "sqlite":
        _remake()  # SQLite adds a column at the end alone, and changes no key
    else:
        _alter()
    for name in ("chosen", "certainty", "overridden", "state", "day"):
        op.create_index(f"entries_by_{name}", "entries", [name, "seq"])
    _spell_words()
    op.drop_table("shelves")
    op.drop_table("days")


def _alter() -> None:
    op.drop_index("entries_by_shelf", "entries")
    op.drop_column("entries", "shelf")
    op.add_column("entries", sa.Column("state", sa.String(9)))
    op.add_column("entries", sa.Column("restores", sa.String(32)))
    op.create_unique_constraint("entries_restores_key", "entries", ["restores"])
    op.execute(f"UPDATE entries SET state = {_STATE.format(table='entries')}")  # noqa: S608


def _remake() -> None:
    op.rename_table("entries", "entries_0003")
    for name in ("entries_by_shelf", "entries_that_erase"):
        op.drop_index(name, "entries_0003")
    op.create_table(
        "entries",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("of_id", sa.String(32)),
        sa.Column("restores", sa.String(32)),
        sa.Column("at", sa.String(32)),
        sa.Column("day", sa.String(10)),
        sa.Column("outcome", sa.Text()),
        sa.Column("recommended", sa.Text()),
        sa.Column("certainty", sa.Text()),
        sa.Column("chosen", sa.Text()),
        sa.Column("overridden", sa.Integer()),
        sa.Column("reason_code", sa.Text()),
        sa.Column("state", sa.String(9)),
        sa.Column("content", sa.Text()),
        sa.Column("salt", sa.String(32)),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("of_id"),
        sa.UniqueConstraint("restores"),
    )
    kept, chained = ", ".join(_KEPT), ", ".join(_CHAINED)
    state = _STATE.format(table="entries_0003")
    op.execute(
        f"INSERT INTO entries ({kept}, state, {chained})"  # noqa: S608 - the names above
        f" SELECT {kept}, {state}, {chained} FROM entries_0003 ORDER BY seq"
    )
    erases = sa.text("kind = 'erasure'")
    op.create_index("entries_that_erase", "entries", ["seq"], sqlite_where=erases)
    op.drop_table("entries_0003")


def _spell_words() -> None:
    """Make the table of words anew, from what the entries that are found by them hold."""
    op.drop_index("words_by_seq", "words")
    op.drop_table("words")
    in_code_order = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
    words = op.create_table(
        "words",
        sa.Column("word", in_code_order, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("word", "seq"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    for rows in _found_by_words(connection):
        found = [{"word": word, "seq": seq} for seq, text in rows for word in _words(text)]
        if found:
            connection.execute(sa.insert(words), found)
    op.create_index("words_by_seq", "words", ["seq"])


def _found_by_words(connection: sa.Connection) -> Iterator[list[tuple[int, str]]]:
    """Yield number and content of the entries that words find, some at a time."""
    columns = sa.table("entries", *map(sa.column, ("seq", "state", "content"))).c
    query = sa.select(columns.seq, columns.content).order_by(columns.seq).limit(_AT_ONCE)
    query = query.where(columns.state.in_(("active", "withdrawn")))
    last = 0
    while rows := [tuple(row) for row in connection.execute(query.where(columns.seq > last))]:
        yield rows
        last = rows[-1][0]


def _words(content: str) -> list[str]:
    plain = json.loads(content)
    text = " ".join(plain.get(name, "") for name in _SEARCHED)
    small = normalize("NFKD", normalize("NFKD", text).casefold())
    seen = "".join(letter for letter in small if category(letter) not in {"Mn", "Me", "Cf"})
    return sorted({word[:64] for word in re.findall(r"\w+", seen)})
