"""A store of the first release opens, after a copy of it was made, and says the same as before."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.errors import RecordsError, RecordsNewerError
from assistant.records import sqlite as sqlite_file
from assistant.records.entry import Entry, EntryFilter, written
from assistant.records.sqlite import FILE_NAME
from assistant.records.store import open_store
from tests.records.conftest import any_entry
from tests.records.first_release import first_release_store, kept_facts, kept_store

ROOT = Path(__file__).parents[2]
OLD = (
    any_entry(when=datetime(2026, 8, 1, 14, 5, 6, 789, tzinfo=UTC)),
    any_entry(chosen="preventive", reason="our supervisor's rule"),
    any_entry(
        outcome=None, recommended=None, chosen=None, certainty="refer", answers={"goal": "unsure"}
    ),
    any_entry(chosen=None, reason="left to the supervisor", assumed=("goal",)),
    any_entry(whom="👩‍👧 İpek; ß", service='line\nbreak "quoted" [/x] \u202e', reason="Ⅷ ﬁ"),
    any_entry(case_number="0" * 60),
)


@pytest.fixture
def old_file(data_folder: Path) -> Path:
    return first_release_store(data_folder, OLD)


def copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("records.before-upgrade-*.sqlite3"))


def rows(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM entries ORDER BY seq").fetchall()


def test_every_entry_says_the_same_after_the_upgrade(old_file: Path) -> None:
    """Each keeps its number and every field; the chain has no fault and lists find them."""
    store = open_store(old_file.parent)
    assert [store.get(seq) for seq in range(1, len(OLD) + 1)] == list(OLD)
    assert list(store.faults()) == []
    assert [row.seq for row in store.page(None, 50)] == list(range(len(OLD), 0, -1))
    assert [row.seq for row in store.page(None, 50, EntryFilter(overridden=True))] == [4, 2]
    for text in ("ipek", "\u0130PEK", "quoted", "VIII fi"):
        assert [row.seq for row in store.page(None, 50, EntryFilter(text=text))] == [5]
    assert store.add(any_entry()) == len(OLD) + 1


def test_a_copy_is_made_before_the_upgrade(old_file: Path) -> None:
    """The copy holds what the store held, opens by itself, and is closed to others."""
    before = rows(old_file)
    open_store(old_file.parent)
    (copy,) = copies(old_file.parent)
    assert rows(copy) == before
    assert "from-0001" in copy.name
    assert os.name == "nt" or stat.S_IMODE(copy.stat().st_mode) == 0o600
    open_store(old_file.parent)
    assert copies(old_file.parent) == [copy]


@pytest.mark.parametrize("revision", ["0002", "0003"])
def test_a_whole_store_of_the_first_release_says_the_same(data_folder: Path, revision: str) -> None:
    """Corrected, withdrawn and erased entries, the chain's end, rules and practice are as before."""
    old, facts = rows(kept_store(data_folder, revision)), kept_facts()
    store = open_store(data_folder)
    listed = [[row.seq, row.withdrawn, written(entry)] for row, entry in store.entries()]
    assert listed == facts["entries"]
    assert [[one.seq, written(one.record)] for one in store.records()] == facts["records"]
    assert [[one.seq, written(one.record)] for one in store.history(8)] == facts["history"]
    assert list(astuple(store.head())) == facts["head"]
    assert list(store.faults()) == []
    assert store.rules(json.loads(facts["entries"][0][2])["meaning_hash"]) == facts["rules"]
    assert list(store.practice.texts()) == (facts["practice"] if revision == "0003" else [])
    (copy,) = copies(data_folder)
    assert (rows(copy), f"from-{revision}" in copy.name) == (old, True)
    assert store.add(any_entry()) == len(old) + 1
    assert [row.seq for row in store.page(None, 50, EntryFilter(standing="withdrawn"))] == [9]
    assert [row.seq for row in store.page(None, 50, EntryFilter(text="heron"))] == []
    assert [row.seq for row in store.page(None, 50, EntryFilter(text="mentoring"))] == [8]


def test_an_empty_old_store_is_upgraded(data_folder: Path) -> None:
    """A first release in which nothing was recorded yet becomes a store like any new one."""
    first_release_store(data_folder, [])
    store = open_store(data_folder)
    assert (store.add(any_entry()), list(store.faults())) == (1, [])


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
@pytest.mark.parametrize("moment", ["create_table", "bulk_insert", "drop_table"])
def test_an_upgrade_cut_short_leaves_the_old_store(old_file: Path, moment: str) -> None:
    """A kill in the middle costs nothing: the next start finds the old store and upgrades it."""
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from alembic import op\n"
        f"op.{moment} = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from assistant.records.store import open_store\n"
        "open_store(Path(sys.argv[1]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(old_file.parent)], cwd=ROOT, check=False
    )
    assert done.returncode == -9
    assert len(rows(old_file)) == len(OLD)
    store = open_store(old_file.parent)
    assert ([store.get(seq) for seq in range(1, len(OLD) + 1)], list(store.faults())) == (
        list(OLD),
        [],
    )


def test_two_copies_of_the_assistant_upgrade_one_store_once(old_file: Path) -> None:
    """Started together, one upgrades and the other waits; every entry is there once."""
    script = (
        "import sys; from pathlib import Path; from assistant.records.store import open_store\n"
        "print(open_store(Path(sys.argv[1])).head().hash)\n"
    )
    command = [sys.executable, "-c", script, str(old_file.parent)]
    both = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    said = {process.communicate()[0] for process in both}
    assert {process.returncode for process in both} == {0}
    assert len(said) == 1
    assert len(copies(old_file.parent)) == 1
    assert open_store(old_file.parent).count() == len(OLD)


def test_without_room_for_the_copy_nothing_is_upgraded(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the copy cannot be made the store stays as it is, and no half of a copy is left."""
    before = old_file.read_bytes()

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sqlite_file, "create_private", full)
    with pytest.raises(RecordsError, match="No space left"):
        open_store(old_file.parent)
    assert old_file.read_bytes() == before


def test_a_newer_store_is_refused_and_left(old_file: Path) -> None:
    """A revision from the future is neither copied nor changed."""
    with closing(sqlite3.connect(old_file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
        connection.commit()
    before = old_file.read_bytes()
    with pytest.raises(RecordsNewerError, match="newer version"):
        open_store(old_file.parent)
    assert (old_file.read_bytes(), copies(old_file.parent)) == (before, [])


def test_what_no_entry_can_be_stops_the_upgrade(data_folder: Path) -> None:
    """An old row that cannot be an entry is said to be damage; the old store is still there."""
    path = first_release_store(data_folder, OLD)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE entries SET case_number = 'none' WHERE seq = 2")
        connection.commit()
    with pytest.raises(RecordsError) as caught:
        open_store(data_folder)
    assert "ValueError" not in str(caught.value)
    assert len(rows(data_folder / FILE_NAME)) == len(OLD)


def test_the_old_entries_are_those_of_the_first_release() -> None:
    """The example covers an override, an unresolved one, and letters that are more than one in small."""
    assert {entry.overrides for entry in OLD} == {True, False}
    assert any(entry.recommended is None for entry in OLD)
    assert all(isinstance(entry, Entry) for entry in OLD)
