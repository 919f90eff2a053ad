"""A store's tables: made at once or step by step, they are the same; a newer store is refused."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from assistant.errors import RecordsDamagedError, RecordsNewerError
from assistant.records import database as migrate
from assistant.records.entry import Entry
from assistant.records.schema import REVISIONS, TABLES
from assistant.records.sqlite import FILE_NAME
from assistant.records.store import open_store

MakeEntry = Callable[..., Entry]
ROOT = Path(__file__).parents[2]


def built(how: Callable[..., None], path: Path) -> list[tuple[object, ...]]:
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        how(connection)
    engine.dispose()
    return described(path)


def described(path: Path) -> list[tuple[object, ...]]:
    """Describe tables as SQLite holds them, with white space aside."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master ORDER BY name")
            if name != "sqlite_sequence"  # SQLite's own, and there for good once a table counted
        ]
        columns = [
            row for name in names for row in connection.execute(f"PRAGMA table_info('{name}')")
        ]
        indexes = sorted(
            row[1:] for name in names for row in connection.execute(f"PRAGMA index_list('{name}')")
        )
        texts = [
            sql
            for name, sql in connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name")
            if name in names
        ]
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return [
        *columns,
        *indexes,
        *revision,
        *(("".join((sql or "").split()),) for sql in texts),
        tuple(names),
    ]


def set_revision(folder: Path, statement: str) -> bytes:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute(statement)
        connection.commit()
    return (folder / FILE_NAME).read_bytes()


def test_a_new_store_is_what_alembic_would_have_made(tmp_path: Path) -> None:
    """Making the tables at once and running every revision give the same tables."""
    at_once = built(migrate.create, tmp_path / "at-once")
    assert at_once == built(migrate.run_revisions, tmp_path / "step-by-step")


def test_the_revisions_lead_to_the_tables_in_the_code(tmp_path: Path) -> None:
    """Alembic finds nothing left to change."""
    built(migrate.run_revisions, tmp_path / "store")
    engine = create_engine(f"sqlite:///{tmp_path / 'store'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), TABLES) == []
    engine.dispose()


def test_the_known_revisions_are_those_there_are() -> None:
    """The list that decides what is newer is the folder's own."""
    config = Config()
    config.set_main_option("script_location", "assistant.records:migrations")
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert list(REVISIONS) == found[::-1]


def test_an_older_store_is_upgraded_in_place(
    data_folder: Path, entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store at an earlier revision goes through Alembic, once, and keeps its entries."""
    open_store(data_folder).add(entry())
    set_revision(data_folder, "UPDATE alembic_version SET version_num = '0000'")
    monkeypatch.setattr(migrate, "REVISIONS", ("0000", "0001"))
    ran: list[object] = []
    monkeypatch.setattr(migrate, "run_revisions", ran.append)
    assert (open_store(data_folder).count(), len(ran)) == (1, 1)


def test_a_newer_store_is_refused_untouched(data_folder: Path) -> None:
    """A revision this assistant does not know is left for the one that does."""
    open_store(data_folder)
    before = set_revision(data_folder, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordsNewerError, match="newer version"):
        open_store(data_folder)
    assert (data_folder / FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("statement", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_a_store_without_revision_is_damaged(data_folder: Path, statement: str) -> None:
    """A store that does not say its revision is not guessed at."""
    open_store(data_folder)
    before = set_revision(data_folder, statement)
    with pytest.raises(RecordsDamagedError, match="which version"):
        open_store(data_folder)
    assert (data_folder / FILE_NAME).read_bytes() == before


def test_upgrading_says_nothing_on_the_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Alembic writes neither to stdout nor to stderr."""
    built(migrate.run_revisions, tmp_path / "store")
    assert "".join(capfd.readouterr()) == ""


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("assistant.records", "sqlite3"),
        ("assistant.records.entry", "sqlalchemy"),
        ("assistant.records.fields", "sqlalchemy"),
        ("assistant.cases.session", "sqlalchemy"),
        ("assistant.records.privacy", "sqlalchemy"),
        ("assistant.records.store", "alembic"),
    ],
)
def test_an_import_loads_only_what_it_needs(module: str, unwanted: str) -> None:
    """The database is loaded by the store alone, and Alembic only for an old one."""
    script = f"import sys, {module}; sys.exit({unwanted!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


def test_opening_a_store_never_loads_alembic(tmp_path: Path) -> None:
    """Neither a new store nor one of today's needs the migration machinery."""
    script = (
        "import sys; from pathlib import Path; from assistant.records.store import open_store\n"
        "for _ in range(2): open_store(Path(sys.argv[1]))\n"
        "sys.exit('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "data")]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
