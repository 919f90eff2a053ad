"""What lies in the data folder already is not trusted: planted files, strange ones, copies."""

import json
import os
import sqlite3
import stat
from contextlib import closing

import pytest

from assistant.errors import RecordsError, RecordsUnavailableError
from assistant.records.entry import EntryFilter
from assistant.records.sqlite import FILE_NAME, SqliteDatabase, copies_in
from assistant.records.store import open_store
from assistant.records.verify import look
from tests.entries import ADOPTION, HOME, correcting, entry_of, withdrawing

posix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps no owners, pipes and modes so")
NOBODY = 65534


def plant(data_folder, how, name=FILE_NAME):
    """Put something in the place of a store, as another account could; return where it leads."""
    data_folder.mkdir(mode=0o777)
    path, other = data_folder / name, data_folder.parent / "other"
    if how == "a pipe":
        os.mkfifo(path)
    elif how == "a folder":
        path.mkdir()
    elif how == "another's file":
        if os.geteuid():
            pytest.skip("only root can give a file away")
        path.touch()
        path.chmod(0o666)
        os.chown(path, NOBODY, NOBODY)
    else:
        other.touch(0o666)
        path.symlink_to(other) if how == "a link" else os.link(other, path)
    return other


@posix
@pytest.mark.parametrize("name", [FILE_NAME, f"{FILE_NAME}-journal"])
@pytest.mark.parametrize("how", ["a pipe", "a link", "a second name", "another's file"])
def test_a_planted_store_is_refused(data_folder, how, name):
    """Nothing is written to it or to where it leads, and looking at it says so too."""
    other = plant(data_folder, how, name)
    with pytest.raises(RecordsUnavailableError, match="not safe to use"):
        open_store(data_folder, patience=0).add(entry_of(ADOPTION))
    if name == FILE_NAME and how != "another's file":
        with pytest.raises(RecordsError):
            open_store(data_folder, patience=0)
    assert not other.exists() or other.read_bytes() == b""
    planted = data_folder / name
    assert stat.S_ISFIFO(planted.lstat().st_mode) or planted.read_bytes() == b""


@posix
def test_looking_at_a_pipe_does_not_wait(data_folder):
    plant(data_folder, "a pipe")
    with pytest.raises(RecordsError):
        look(data_folder)


@posix
def test_a_store_that_is_replaced_while_in_use_is_refused(data_folder, tmp_path):
    """It is looked at whenever it is opened."""
    store = open_store(data_folder, patience=0)
    store.add(entry_of(ADOPTION))
    path = data_folder / FILE_NAME
    path.rename(tmp_path / "moved")
    path.symlink_to(tmp_path / "moved")
    with pytest.raises(RecordsUnavailableError, match="not safe to use"):
        store.add(entry_of(ADOPTION))
    with pytest.raises(RecordsUnavailableError, match="not safe to use"):
        store.page(None, 5)


def test_what_is_sorted_stays_in_memory(data_folder):
    """SQLite would else put it, and the whole of a store written anew, into a folder for all."""
    open_store(data_folder, patience=0)
    with closing(SqliteDatabase(data_folder, patience=0)._connect()) as connection:
        assert connection.execute("PRAGMA temp_store").fetchone() == (2,)


@pytest.mark.parametrize(
    "held",
    [
        b"", b"{", b"[]", b"7", b"\xff\xfe\x00", b"x" * 5_000,
        json.dumps({"store_id": 1, "count": "9", "hash": None}).encode(),
        json.dumps({"store_id": "x", "count": True, "hash": "0"}).encode(),
        json.dumps({"store_id": "x", "count": 1.5, "hash": "0"}).encode(),
        json.dumps({"store_id": "x", "count": 1}).encode(),
        json.dumps({"store_id": [], "count": {}, "hash": [], "more": 1}).encode(),
    ],
)  # fmt: skip
def test_a_remembered_end_that_is_none_stops_nobody_and_is_named(data_folder, held):
    """Every save goes on, `verify` says so, and the file stays as it is to be looked at."""
    store = open_store(data_folder, patience=0)
    store.add(entry_of(ADOPTION))
    head = data_folder / "records.head"
    head.write_bytes(held)
    assert store.add(entry_of(ADOPTION)) == 2
    assert open_store(data_folder, patience=0).count(EntryFilter()) == 2
    assert [fault.seq for fault in store.faults()] == [0]
    assert head.read_bytes() == held
    head.unlink()
    assert list(store.faults()) == []


COPIES = [
    "records (1).sqlite3", "records-DESKTOP-1.sqlite3", "records.sqlite3.bak", "records.bak",
    "records.sqlite3~", "records - Copy.sqlite3", "Copy of records.sqlite3", "records.sqlite3.old",
    "records.sync-conflict-20260102-030405-ABCDEF.sqlite3", "records.sqlite3.tmp", ".records.sqlite3.swp",
    "records (conflicted copy 2026-01-02).sqlite3", "Records 2.SQLITE3", "records.sqlite3.gz", "records~",
    "records (1).sqlite3-journal", "~records.sqlite3", "pending (1)", "pending - Copy", "pending.zip",
]  # fmt: skip


def test_copies_are_named_whoever_made_them(data_folder):
    """By their names, and a store under any other name by its first bytes; what is ours is no copy."""
    store = open_store(data_folder, patience=0)
    store.add(entry_of(ADOPTION))
    (data_folder / "drafts").mkdir()
    (data_folder / "pending").mkdir()
    for name in ("guide.kept.json", "practice.place", "settings.toml", "notes.txt"):
        (data_folder / name).write_text("{}", encoding="utf-8")
    (data_folder / "pending" / f"{1:032x}.json").touch()
    assert copies_in(data_folder) == []
    for name in COPIES:
        (data_folder / name).touch()
    (data_folder / "pending" / f"{1:032x} (1).json").touch()
    (data_folder / "january").write_bytes((data_folder / FILE_NAME).read_bytes())
    found = {path.name for path in copies_in(data_folder)}
    assert found == {*COPIES, "january", f"{1:032x} (1).json"}


def test_records_in_a_circle_end_and_are_named(data_folder):
    """Whoever made them: every list, history and count comes to its end, and `verify` names one."""
    store = open_store(data_folder, patience=0)
    one, two = entry_of(HOME), entry_of(ADOPTION)
    store.add(one)
    store.add(correcting(one, id=two.id))
    with closing(sqlite3.connect(data_folder / FILE_NAME)) as connection:
        connection.execute("UPDATE entries SET of_id = ? WHERE seq = 1", (two.id,))
        connection.commit()
    assert store.page(None, 9) is not None
    assert {one.seq for one in store.history(1)} == {1, 2}
    assert store.to_erase(one.when.date().replace(year=2027)) == 2
    assert 1 in [fault.seq for fault in store.faults()]


def test_a_withdrawal_of_a_withdrawal_is_named(data_folder):
    """It is no damaged file: what it says is shown, and `verify` says where it is."""
    store = open_store(data_folder, patience=0)
    one = entry_of(HOME)
    gone = withdrawing(one)
    for record in (one, entry_of(ADOPTION), gone):
        store.add(record)
    again = withdrawing(store.get(2))
    store.add(again)
    assert list(store.faults()) == []
    with closing(sqlite3.connect(data_folder / FILE_NAME)) as connection:
        connection.execute("UPDATE entries SET of_id = ? WHERE seq = 4", (gone.id,))
        connection.commit()
    assert len(store.history(4)) == 3
    assert 4 in [fault.seq for fault in store.faults()]
