"""Stores as the first release left them: made by its own SQL, or kept as text."""

# ruff: noqa: S608 - the names in statements are the ones below

import json
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC
from pathlib import Path
from typing import Any

from assistant.records.entry import Entry
from assistant.records.sqlite import APPLICATION_ID, FILE_NAME

KEPT = Path(__file__).with_name("release_1")
"""Holds a store with a correction, a withdrawal, an erasure and practice, at two revisions."""

_TABLES = f"""
PRAGMA application_id = {APPLICATION_ID};
CREATE TABLE entries (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id VARCHAR(32) NOT NULL,
    when_utc DATETIME NOT NULL,
    case_number TEXT NOT NULL,
    whom TEXT NOT NULL,
    service TEXT NOT NULL,
    outcome TEXT,
    recommended TEXT,
    certainty TEXT NOT NULL,
    chosen TEXT,
    reason TEXT NOT NULL,
    answers JSON NOT NULL,
    assumed JSON NOT NULL,
    content_version TEXT NOT NULL,
    raw_hash TEXT NOT NULL,
    meaning_hash TEXT NOT NULL,
    UNIQUE (id)
);
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES ('0001');
"""

_PLAIN = ("id", "case_number", "whom", "service", "outcome", "recommended", "certainty", "chosen")
_HASHES = ("content_version", "raw_hash", "meaning_hash")


def first_release_store(folder: Path, entries: Iterable[Entry]) -> Path:
    """Make the file of such a store, and give it."""
    folder.mkdir(mode=0o700, parents=True)
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_TABLES)
        for entry in entries:
            row = _row(entry)
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            connection.execute(
                f"INSERT INTO entries ({names}) VALUES ({marks})", list(row.values())
            )
        connection.commit()
    path.chmod(0o600)
    return path


def kept_store(folder: Path, revision: str) -> Path:
    """Make the file of the store kept as text at a revision, with its remembered end; return it."""
    folder.mkdir(mode=0o700, parents=True)
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((KEPT / f"{revision}.sql").read_text(encoding="utf-8"))
    path.chmod(0o600)
    shutil.copy(KEPT / "records.head", folder)
    return path


def kept_rows(revision: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the store kept as text at a revision, by table."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        connection.executescript((KEPT / f"{revision}.sql").read_text(encoding="utf-8"))
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")]
            for (name,) in map(tuple, names)
        }


def kept_facts() -> dict[str, Any]:
    """Return what the first release read in the store kept as text."""
    facts: dict[str, Any] = json.loads((KEPT / "0003.json").read_text(encoding="utf-8"))
    return facts


def _row(entry: Entry) -> dict[str, object]:
    return {
        **{name: getattr(entry, name) for name in (*_PLAIN, "reason", *_HASHES)},
        "when_utc": f"{entry.when.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}",
        "answers": json.dumps(dict(entry.answers)),
        "assumed": json.dumps(list(entry.assumed)),
    }
