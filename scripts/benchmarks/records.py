"""How long an entry takes to be safe on the disk, and a page of a large store to be read."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from environment.checkout import Checkout

from assistant.cases.drafts import Draft, DraftBox
from assistant.records.entry import EVERYTHING, EntryFilter
from assistant.records.store import RecordStore, open_store
from benchmarks.figures import Row, beside_aim, in_turns, timed
from benchmarks.made_store import COMMON, GROUPS, RARE, fill, made_entry

SETTINGS = ("journal_mode = TRUNCATE", "synchronous = FULL", "fullfsync = ON")
"""What the store asks of SQLite, so that a recorded entry outlives a power cut."""

COLUMNS = 14
"""As many as the store's table of entries had in the first release."""

LARGE, FULL, PAGE = 50_000, 1_000_000, 50
"""How many entries are listed, by default and where all of it is asked for; rows of a page."""

AIM = 50.0
"""The most ms that a page may take."""

FILTERS = {
    "all": EVERYTHING,
    "one group": EntryFilter(group=GROUPS[0]),
    "overridden": EntryFilter(overridden=True),
    "a year long past": EntryFilter(since=date(2018, 1, 1), until=date(2018, 12, 31)),
    "a common word": EntryFilter(text=COMMON),
    "a rare word": EntryFilter(text=RARE),
}


def save_rows(checkout: Checkout, *, quick: bool) -> list[Row]:
    """Measure on the checkout's own disk: what a temporary folder is on may know no syncing."""
    with TemporaryDirectory(prefix=".bench-", dir=checkout.venv) as folder:
        store, drafts = open_store(Path(folder) / "ours"), DraftBox(Path(folder) / "ours")
        with closing(_raw_file(Path(folder) / "raw.sqlite3")) as raw:
            saved, drafted, inserted = in_turns(
                lambda: timed(lambda: store.add(replace(made_entry(1, 1), id=uuid4().hex))),
                lambda: timed(lambda: drafts.save(_draft())),
                lambda: timed(lambda: _insert(raw)),
                times=3 if quick else 60,
            )
        store.close()
    return [
        Row("durable save of an entry", saved, "ms", "raw sqlite3 insert", inserted),
        Row("draft saved at an answer", drafted, "ms", "raw sqlite3 insert", inserted),
    ]


def list_rows(checkout: Checkout, *, quick: bool, full: bool) -> list[Row]:
    """Measure pages and counts in a store of many entries, after one use of each."""
    size = 1_000 if quick else FULL if full else LARGE
    with TemporaryDirectory(prefix=".bench-", dir=checkout.venv) as folder:
        fill(Path(folder), size)
        store = open_store(Path(folder))
        rows = [row for name in FILTERS for row in _rows_of(store, name, 2 if quick else 15)]
        store.close()
    return [replace(row, what=f"{row.what}, of {size:,}") for row in rows]


def _rows_of(store: RecordStore, name: str, times: int) -> list[Row]:
    wanted = FILTERS[name]
    page, count = partial(store.page, None, PAGE, wanted), partial(store.count, wanted)
    page(), count()
    paged, counted = in_turns(lambda: timed(page), lambda: timed(count), times=times)
    return [
        beside_aim(f"first page: {name}", paged, AIM),
        beside_aim(f"count: {name}", counted, AIM),
    ]


def _draft() -> Draft:
    return Draft(
        id="0" * 32,
        saved_at=datetime.now(UTC),
        answers={f"fact{number}": "value" for number in range(5)},
        meaning_hash="0" * 64,
        content_version="1",
    )


def _raw_file(path: Path) -> sqlite3.Connection:
    """Open a new file with the store's own settings, and a plain table of as many columns."""
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    columns = ", ".join(f"c{number} TEXT NOT NULL" for number in range(1, COLUMNS))
    connection.execute(f"CREATE TABLE e (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, {columns})")
    return connection


def _insert(connection: sqlite3.Connection) -> None:
    values = [uuid4().hex, *["some text"] * (COLUMNS - 1)]
    marks = ", ".join("?" * COLUMNS)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"INSERT INTO e VALUES (NULL, {marks})", values)  # noqa: S608 - only marks
    connection.execute("COMMIT")
