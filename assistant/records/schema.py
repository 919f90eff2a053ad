"""The tables of the store."""

from sqlalchemy import Column, Index, Integer, MetaData, PrimaryKeyConstraint, String, Table, Text

REVISIONS = ("0001", "0002", "0003", "0004")  # oldest first; any other is of a newer assistant
HEAD = REVISIONS[-1]  # the revision that these tables are

ACTIVE, CORRECTED, WITHDRAWN = "active", "corrected", "withdrawn"
"""What an entry can be; one that was corrected, or restored, is listed as the entry in its place."""

NOTHING_BEFORE = "0" * 64  # stands for the hash before the first record
TABLES = MetaData()  # every table of the store, save Alembic's own

ENTRIES = Table(
    "entries",
    TABLES,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", String(32), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("of_id", String(32), unique=True),
    Column("restores", String(32), unique=True),
    Column("at", String(32)),
    Column("day", String(10)),
    Column("outcome", Text),
    Column("recommended", Text),
    Column("certainty", Text),
    Column("chosen", Text),
    Column("overridden", Integer),
    Column("reason_code", Text),
    Column("state", String(9)),
    Column("content", Text),
    Column("salt", String(32)),
    Column("content_hash", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("entries_by_chosen", "chosen", "seq"),
    Index("entries_by_certainty", "certainty", "seq"),
    Index("entries_by_overridden", "overridden", "seq"),
    Index("entries_by_state", "state", "seq"),
    Index("entries_by_day", "day", "seq"),
)
"""One row a record, added and never changed, save that an erasure empties it.

`content` is the record as `written` gives it, and what counts; the columns before it repeat what
lists are filtered and counted by. `of_id` is the id of the entry corrected or withdrawn: at most
one may point at any entry, so that its history is one line. `restores` is the id of the withdrawn
entry that this one brings back, and no other may either. `at` is UTC, `day` the worker's own.
`state` says whether an entry is active, corrected or withdrawn, and is None for any other record.
Each index is in the order of `seq`, so that a page of a list takes as long among a million entries
as among a thousand.
"""

Index(
    "entries_that_erase",
    ENTRIES.c.seq,
    sqlite_where=ENTRIES.c.kind == "erasure",
    postgresql_where=ENTRIES.c.kind == "erasure",
)

_IN_CODE_ORDER = String(64).with_variant(String(64, collation="C"), "postgresql")
"""Sorted letter by letter, as SQLite does, so that the words with one beginning are together."""

WORDS = Table(
    "words",
    TABLES,
    Column("word", _IN_CODE_ORDER, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Index("words_by_seq", "seq"),
    sqlite_with_rowid=False,
)
"""The words that lists can be searched by, of each entry that is active or withdrawn."""

CHAIN = Table(
    "chain",
    TABLES,
    Column("store_id", String(32), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
"""One row: the end of the chain, which a writer locks before it adds to it."""

RULES = Table(
    "rules",
    TABLES,
    Column("meaning_hash", String(64), primary_key=True),
    Column("decision", Text, nullable=False),
)
"""The rules that entries were made under, as JSON, so that a later guide can be compared."""

ATTEMPTS = Table(
    "attempts",
    TABLES,
    Column("id", String(32), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("alias", Text, nullable=False),
    Column("class_id", Text, nullable=False),
    Column("content", Text, nullable=False),
    Index("attempts_by_alias", "alias", "at"),
    Index("attempts_by_class", "class_id", "at"),
)
"""One row an answer given in practice, under an alias; it has no part in the chain of entries."""

REVISION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Alembic's own table, described here so that opening a store need not load Alembic (0.1 s)."""
