"""What can go wrong with a store ends in plain words, and costs nothing already recorded."""

import logging
import os
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from assistant.errors import (
    RecordsBusyError,
    RecordsDamagedError,
    RecordsError,
    RecordsUnavailableError,
)
from assistant.records.entry import Entry
from assistant.records.sqlite import APPLICATION_ID, FILE_NAME, SqliteDatabase
from assistant.records.store import RecordStore, open_store

MakeEntry = Callable[..., Entry]
ROOT = Path(__file__).parents[2]
CASE = "70707070707070"


@pytest.fixture
def file(data_folder: Path) -> Path:
    return data_folder / FILE_NAME


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the write lock as another process would."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def full_disk(store: RecordStore) -> Iterator[None]:
    """Let the file grow no further, which SQLite answers as it does a full disk."""

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(store._database.reader, "connect", limit)
    yield
    event.remove(store._database.reader, "connect", limit)


def fill(store: RecordStore, make: MakeEntry) -> None:
    for _ in range(200):
        store.add(make(reason="x" * 1000, case_number=CASE))


def other_program(path: Path, application_id: int = 0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {application_id}")
        connection.execute("CREATE TABLE places (url TEXT)")
        connection.execute("INSERT INTO places VALUES ('x')")
        connection.commit()


def change(file: Path, setting: str, value: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"UPDATE entries SET {setting}", [value])  # noqa: S608 - the test's own words
        connection.commit()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    """A path that runs through a file is refused in words that name it."""
    (tmp_path / "file").touch()
    with pytest.raises(RecordsUnavailableError) as caught:
        open_store(tmp_path / "file" / "data")
    assert "file" in caught.value.where
    assert caught.value.mend


def test_a_folder_where_the_file_belongs_is_refused(file: Path) -> None:
    """A folder of the file's name is not opened as a file."""
    file.mkdir(parents=True)
    with pytest.raises(RecordsUnavailableError):
        open_store(file.parent)


def test_a_folder_that_may_not_be_written_in_is_refused(ordinary_folder: Path) -> None:
    """A folder without write permission is said to be so, and nothing is made."""
    ordinary_folder.chmod(0o500)
    with pytest.raises(RecordsUnavailableError, match="cannot be used"):
        open_store(ordinary_folder)
    assert list(ordinary_folder.iterdir()) == []


def test_a_read_only_file_is_read_and_not_written(ordinary_folder: Path, entry: MakeEntry) -> None:
    """Entries stay readable; a save says why it failed, and works once it may."""
    store = open_store(ordinary_folder)
    seq = store.add(entry())
    (ordinary_folder / FILE_NAME).chmod(0o400)
    reopened = open_store(ordinary_folder)
    assert reopened.get(seq).whom == "child 1"
    with pytest.raises(RecordsUnavailableError, match="can be read but not changed"):
        reopened.add(entry())
    (ordinary_folder / FILE_NAME).chmod(0o600)
    assert reopened.add(entry()) == seq + 1


def test_an_unreadable_file_is_refused(ordinary_folder: Path) -> None:
    """A file that this person may not read is said to be so."""
    open_store(ordinary_folder)
    (ordinary_folder / FILE_NAME).chmod(0o000)
    with pytest.raises(RecordsUnavailableError, match="cannot be opened"):
        open_store(ordinary_folder)


def test_a_full_disk_fails_one_save_and_no_other(store: RecordStore, entry: MakeEntry) -> None:
    """Nothing is half recorded; with room again, the same save succeeds."""
    store.add(entry())
    late = entry(reason="x" * 1000)
    with full_disk(store), pytest.raises(RecordsUnavailableError, match="disk is full"):
        fill(store, entry)
    before = store.count()
    assert store.add(late) > before
    assert store.count() == before + 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_file_that_may_not_grow_fails_in_words(data_folder: Path) -> None:
    """A quota met in the middle of a write leaves every earlier entry there."""
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from assistant.errors import RecordsUnavailableError\n"
        "from assistant.records.store import open_store\n"
        "from tests.records.writer import numbered\n"
        "store = open_store(Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000))\n"
        "kept = 0\n"
        "try:\n"
        "    while True: store.add(numbered(kept)); kept += 1\n"
        "except RecordsUnavailableError: print(kept, store.count())\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, str(data_folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    kept, counted = map(int, done.stdout.split())
    assert 0 < kept == counted == open_store(data_folder).count()


@pytest.mark.parametrize(
    "held_text", [b"no database", b"x" * 100_000, b"SQLite format 3\x00 broken" * 500]
)
def test_a_file_that_is_no_database_is_left_as_it_is(file: Path, held_text: bytes) -> None:
    """A foreign or broken file is refused and keeps every byte."""
    file.parent.mkdir()
    file.write_bytes(held_text)
    with pytest.raises(RecordsDamagedError, match="damaged, or it is not a records file"):
        open_store(file.parent)
    assert contents(file.parent) == {FILE_NAME: held_text}


@pytest.mark.parametrize("application_id", [0, 0x0F055112, APPLICATION_ID - 1])
def test_another_program_s_database_is_left_as_it_is(file: Path, application_id: int) -> None:
    """A healthy database that is not ours is refused; no byte, mode or side file of it changes."""
    other_program(file, application_id)
    file.chmod(0o644)
    before, mode = contents(file.parent), file.stat().st_mode
    with pytest.raises(RecordsDamagedError, match="another program"):
        open_store(file.parent)
    assert (contents(file.parent), file.stat().st_mode) == (before, mode)


def test_an_empty_file_is_a_start_cut_short(file: Path, entry: MakeEntry) -> None:
    """A file without a byte in it becomes a store."""
    file.parent.mkdir()
    file.touch()
    assert open_store(file.parent).add(entry()) == 1


@pytest.mark.parametrize("began_empty", [True, False], ids=["new", "in use"])
def test_a_write_cut_short_by_a_power_cut_is_undone(
    data_folder: Path, file: Path, entry: MakeEntry, began_empty: bool
) -> None:
    """What a write left half done is put back at the next start, in a new file as in an old one."""
    seq = 1 if began_empty else open_store(data_folder).add(entry()) + 1
    data_folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE big AS SELECT zeroblob(500000) AS x")
        left = contents(data_folder)
    for name, held_bytes in left.items():
        (data_folder / name).write_bytes(held_bytes)
    assert len(left[f"{FILE_NAME}-journal"]) > 0
    assert open_store(data_folder).add(entry()) == seq


def test_a_save_waits_for_another_copy_and_then_says_so(
    store: RecordStore, file: Path, entry: MakeEntry
) -> None:
    """While another copy writes, reading goes on; a save gives up in words and can be repeated."""
    mine = entry()
    with held(file):
        with pytest.raises(RecordsBusyError, match="Another copy"):
            store.add(mine)
        assert (store.count(), open_store(file.parent).count()) == (0, 0)
    assert store.add(mine) == 1


def test_a_file_gone_while_open_is_not_made_anew(
    store: RecordStore, file: Path, entry: MakeEntry
) -> None:
    """A store whose file was taken away says so; an empty one in its place would hide the loss."""
    file.unlink()
    with pytest.raises(RecordsUnavailableError, match="cannot be opened"):
        store.add(entry())
    assert not file.exists()


@pytest.mark.parametrize("size", [0, 1000, 4096, 5000])
def test_a_file_cut_off_while_open_is_damaged(
    store: RecordStore, file: Path, entry: MakeEntry, size: int
) -> None:
    """A file that lost its end is named as damaged, by a save as by a list."""
    for _ in range(20):
        store.add(entry(reason="x" * 1000))
    with file.open("r+b") as handle:
        handle.truncate(size)
    for use in (lambda: store.add(entry()), lambda: store.page(None, 50), store.count):
        with pytest.raises(RecordsDamagedError):
            use()
    assert file.stat().st_size == size


def test_a_file_is_not_judged_while_another_copy_writes(store: RecordStore, file: Path) -> None:
    """Whoever starts just then sees more pages counted than are there, and that is no damage."""
    size = file.stat().st_size
    os.truncate(file, size - 4096)
    SqliteDatabase(file.parent, patience=0).claim()
    assert file.stat().st_size == size - 4096


def test_a_file_replaced_while_open_is_left_as_it_is(
    store: RecordStore, file: Path, entry: MakeEntry
) -> None:
    """Another program's file in our file's place is not written to."""
    file.unlink()
    other_program(file)
    before = file.read_bytes()
    with pytest.raises(RecordsDamagedError, match="another program"):
        store.add(entry())
    assert file.read_bytes() == before


@pytest.mark.parametrize("table", ["entries", "words", "chain", "alembic_version"])
def test_a_store_without_one_of_its_tables_is_damaged(
    store: RecordStore, file: Path, entry: MakeEntry, table: str
) -> None:
    """A missing table is damage, not an empty list."""
    store.add(entry())
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"DROP TABLE {table}")
    with pytest.raises(RecordsDamagedError):
        open_store(file.parent).add(entry())


@pytest.mark.parametrize(
    "content",
    ["{", "[1]", "5", "null", "{}", '{"kind":"choice"}', '{"kind":"other","day":"2026-10-03"}'],
)
def test_an_entry_changed_by_hand_is_damaged(
    store: RecordStore, file: Path, entry: MakeEntry, content: str
) -> None:
    """What cannot be an entry is named as damage, and is not shown."""
    seq = store.add(entry(case_number=CASE))
    change(file, "content = ?", content)
    with pytest.raises(RecordsDamagedError) as caught:
        store.get(seq)
    assert CASE not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("field", ["when", "id", "case_number", "answers", "begun", "corrects"])
def test_a_field_changed_by_hand_is_damaged(
    store: RecordStore, file: Path, entry: MakeEntry, field: str
) -> None:
    """A value that cannot be what it stands for is named as damage, by a list as by a look."""
    seq = store.add(entry(case_number=CASE))
    change(file, "content = json_set(content, ?, 'yesterday')", f"$.{field}")
    with pytest.raises(RecordsDamagedError, match="cannot be read"):
        store.get(seq)
    with pytest.raises(RecordsDamagedError, match="cannot be read"):
        store.page(None, 5)


def test_no_failure_says_what_was_being_recorded(
    store: RecordStore,
    entry: MakeEntry,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Neither message, traceback, log nor output of a failed save holds a field of the entry."""
    caplog.set_level(logging.DEBUG)
    with full_disk(store), pytest.raises(RecordsError) as caught:
        fill(store, entry)
    said = (
        "".join(traceback.format_exception(caught.value))
        + caplog.text
        + "".join(capfd.readouterr())
    )
    assert CASE not in said


CODES = {value for name, value in vars(sqlite3).items() if name.startswith("SQLITE_") and value}


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_of_sqlite_has_words(code: int) -> None:
    """Whatever SQLite answers, there is a sentence, a place and something to do."""
    failure = sqlite3.OperationalError("secret")
    failure.sqlite_errorcode = code
    said = SqliteDatabase(Path("here"), patience=0).explain(failure)
    assert said.what
    assert said.mend
    assert ("rename" in said.mend) == isinstance(said, RecordsDamagedError)
    assert "secret" not in str(said)
