"""How long an entry takes to be safe on the disk, beside a raw insert that is as safe."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from environment.checkout import Checkout

from assistant.cases.drafts import Draft, DraftBox
from assistant.records.entry import Entry
from assistant.records.store import open_store
from benchmarks.figures import Row, in_turns, timed

SETTINGS = ("journal_mode = TRUNCATE", "synchronous = FULL", "fullfsync = ON")
"""What the store asks of SQLite, so that a recorded entry outlives a power cut."""

_COLUMNS = 14


def record_rows(checkout: Checkout, *, quick: bool) -> list[Row]:
    """Measure on the checkout's own disk: what a temporary folder is on may know no syncing."""
    with TemporaryDirectory(prefix=".bench-", dir=checkout.venv) as folder:
        store, raw = open_store(Path(folder) / "ours"), Path(folder) / "raw.sqlite3"
        drafts = DraftBox(Path(folder) / "ours")
        prepare_raw(raw)
        with closing(open_raw(raw)) as held:
            saved, opened, inserted, drafted = in_turns(
                lambda: timed(lambda: store.add(made_entry())),
                lambda: timed(lambda: _open_and_insert(raw)),
                lambda: timed(lambda: insert(held)),
                lambda: timed(lambda: drafts.save(_draft())),
                times=3 if quick else 60,
            )
        store.close()
    return [
        Row("durable save of an entry", saved, "ms", "raw sqlite3, file opened each time", opened),
        Row(
            "durable save of an entry", saved, "ms", "raw sqlite3 insert, file held open", inserted
        ),
        Row(
            "draft saved at an answer",
            drafted,
            "ms",
            "raw sqlite3 insert, file held open",
            inserted,
        ),
    ]


def made_entry() -> Entry:
    """Give an entry like any other, under an id of its own."""
    return Entry(
        id=uuid4().hex,
        when=datetime.now(UTC),
        case_number="12345",
        whom="child 1",
        service="parenting class",
        outcome="an_outcome",
        recommended="a_group",
        certainty="settled",
        chosen="a_group",
        reason="",
        answers={f"fact{number}": "value" for number in range(5)},
        content_version="1",
        raw_hash="0" * 64,
        meaning_hash="0" * 64,
    )


def _draft() -> Draft:
    answers = {f"fact{number}": "value" for number in range(5)}
    return Draft(
        id="0" * 32,
        saved_at=datetime.now(UTC),
        answers=answers,
        meaning_hash="0" * 64,
        content_version="1",
    )


def prepare_raw(path: Path) -> None:
    """Make a plain table of as many columns as the first release had."""
    columns = ", ".join(f"c{number} TEXT NOT NULL" for number in range(1, _COLUMNS))
    with closing(open_raw(path)) as connection:
        connection.execute(f"CREATE TABLE e (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, {columns})")


def open_raw(path: Path, *, patience: float = 5.0) -> sqlite3.Connection:
    """Open a plain file with the store's own settings."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=patience)
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    return connection


def _open_and_insert(path: Path) -> None:
    with closing(open_raw(path)) as connection:
        insert(connection)


def insert(connection: sqlite3.Connection) -> None:
    """Insert one row in a transaction of its own."""
    values = [uuid4().hex, *["some text"] * (_COLUMNS - 1)]
    marks = ", ".join("?" * _COLUMNS)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"INSERT INTO e VALUES (NULL, {marks})", values)  # noqa: S608 - only marks
    connection.execute("COMMIT")
