"""Entries go in, stay in, and come out as they went in."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from assistant.errors import RecordsError
from assistant.records.entry import Entry
from assistant.records.sqlite import FILE_NAME
from assistant.records.store import RecordStore, open_store
from tests.examples import examples

MakeEntry = Callable[..., Entry]
BACKENDS = ("sqlite", "postgresql")
WRITER = Path(__file__).with_name("writer.py")
ROOT = Path(__file__).parents[2]
MODES = pytest.mark.skipif(os.name == "nt", reason="Windows keeps no modes")


def start_writer(folder: Path, count: int, ending: str = "") -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(WRITER), str(folder), str(count), ending]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_entry_is_read_as_it_was_recorded(store: RecordStore, entry: MakeEntry) -> None:
    """Every field comes back, the answers in the order asked."""
    given_entry = entry(
        answers={"z": "1", "a": "unsure", "m": "yes"}, outcome=None, service="[/x] 👩‍👧"
    )
    read = store.get(store.add(given_entry))
    assert read == given_entry
    assert list(read.answers) == ["z", "a", "m"]


def test_a_time_is_read_in_utc(store: RecordStore, entry: MakeEntry) -> None:
    """A time given in another zone is the same moment, in UTC."""
    local = datetime(2026, 10, 3, 9, 0, tzinfo=timezone(timedelta(hours=-5)))
    read = store.get(store.add(entry(when=local)))
    assert (read.when, read.when.tzinfo) == (local, UTC)


@examples(50, HealthCheck.function_scoped_fixture)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_any_text_an_entry_can_hold_is_kept_verbatim(
    store: RecordStore, entry: MakeEntry, text: str
) -> None:
    """Whatever text makes an entry comes back letter for letter."""
    seq = store.add(entry(whom=text, service=text, reason=text, answers={text: text}))
    read = store.get(seq)
    assert (read.whom, read.service, read.reason, dict(read.answers)) == (
        text,
        text,
        text,
        {text: text},
    )


def test_pages_run_newest_first_without_gap_or_repeat(store: RecordStore, entry: MakeEntry) -> None:
    """Each page goes on where the one before ended, whatever the entries' own times say."""
    times = [datetime(2026, 1, 10 - day, tzinfo=UTC) for day in range(5)]
    seqs = [store.add(entry(when=when)) for when in times]
    first = store.page(None, 2)
    second = store.page(first[-1].seq, 2)
    third = store.page(second[-1].seq, 2)
    assert [row.seq for row in [*first, *second, *third]] == seqs[::-1]


def test_a_page_is_not_moved_by_entries_added_meanwhile(
    store: RecordStore, entry: MakeEntry
) -> None:
    """An entry recorded between two pages repeats no row."""
    seqs = [store.add(entry()) for _ in range(4)]
    last = store.page(None, 2)[-1].seq
    store.add(entry())
    assert [row.seq for row in store.page(last, 2)] == [seqs[1], seqs[0]]


def test_a_row_of_a_page_says_what_the_entry_says(store: RecordStore, entry: MakeEntry) -> None:
    """A summary is the entry's own words."""
    whole = entry(chosen=None, reason="supervisor to decide")
    seq = store.add(whole)
    (row,) = store.page(None, 10)
    expected = (
        seq,
        whole.when,
        whole.case_number,
        whole.whom,
        whole.service,
        whole.recommended,
        None,
    )
    read = (row.seq, row.when, row.case_number, row.whom, row.service, row.recommended, row.chosen)
    assert read == expected


def test_an_empty_store_has_no_pages(store: RecordStore) -> None:
    """A new store is empty and says so."""
    assert (store.count(), store.page(None, 10)) == (0, [])


def test_the_same_entry_twice_is_one_entry(store: RecordStore, entry: MakeEntry) -> None:
    """A save that is repeated gives the first one's number, even at a later moment."""
    first = entry(id="c" * 32)
    later = entry(id="c" * 32, when=first.when + timedelta(minutes=1))
    assert [store.add(first), store.add(first), store.add(later), store.count()] == [1, 1, 1, 1]


def test_another_entry_under_a_used_id_is_refused(store: RecordStore, entry: MakeEntry) -> None:
    """An edited form is not taken for the one recorded; what is recorded stays."""
    seq = store.add(entry(id="c" * 32, service="first"))
    with pytest.raises(
        RecordsError, match="already recorded this as entry 1, with different details"
    ):
        store.add(entry(id="c" * 32, service="second"))
    assert (store.count(), store.get(seq).service) == (1, "first")


@pytest.mark.parametrize("seq", [0, -1, 2, 2**63, 10**30])
def test_a_number_without_entry_is_said_so(store: RecordStore, entry: MakeEntry, seq: int) -> None:
    """Asking for an entry that is not there is answered in words."""
    store.add(entry())
    with pytest.raises(RecordsError, match=f"The records have no entry {seq}"):
        store.get(seq)


def test_a_store_is_found_again(data_folder: Path, entry: MakeEntry) -> None:
    """Closing and opening keeps entries and goes on counting."""
    first = open_store(data_folder)
    first.add(entry())
    first.close()
    assert open_store(data_folder).add(entry()) == 2


def test_a_store_opens_under_any_folder_name(tmp_path: Path, entry: MakeEntry) -> None:
    """Characters that mean something in a file's address are only part of its name."""
    folder = tmp_path / "a b%20?mode=memory#x" / "données 🙂"
    open_store(folder).add(entry())
    held = {path.name for path in folder.iterdir() if path.stat().st_size}
    assert held == {FILE_NAME, "records.head"}


def test_one_store_serves_several_threads(store: RecordStore, entry: MakeEntry) -> None:
    """A worker thread reads and writes through the store that the main thread opened."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        seq = pool.submit(store.add, entry()).result()
        assert pool.submit(store.page, None, 5).result()[0].seq == seq


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
def test_an_entry_survives_a_kill_right_after_it_was_recorded(data_folder: Path) -> None:
    """Once `add` has returned, killing the process loses nothing."""
    writer = start_writer(data_folder, 1, "killed")
    writer.communicate()
    assert writer.returncode == -9
    assert open_store(data_folder).count() == 1


def test_several_copies_write_at_once(data_folder: Path) -> None:
    """Copies that start together on no store at all queue, and every entry is there once."""
    writers = [start_writer(data_folder, 25) for _ in range(3)]
    errors = [writer.communicate()[1] for writer in writers]
    rows = open_store(data_folder).page(None, 1000)
    assert errors == [b"", b"", b""]
    assert [row.seq for row in rows] == list(range(75, 0, -1))
    assert len({(row.service, row.case_number) for row in rows}) == 75


@MODES
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_the_owner_can_read(tmp_path: Path, entry: MakeEntry, umask: int) -> None:
    """Folders made are 0700 and files 0600, whatever the umask."""
    before = os.umask(umask)
    try:
        open_store(tmp_path / "new" / "data").add(entry())
    finally:
        os.umask(before)
    folder = tmp_path / "new" / "data"
    assert {mode(path) for path in (folder, folder.parent)} == {0o700}
    assert {mode(path) for path in folder.iterdir()} == {0o600}


@MODES
def test_a_loosened_store_is_tightened(data_folder: Path) -> None:
    """A folder and file that others could read, as after a restore, are closed again."""
    open_store(data_folder)
    data_folder.chmod(0o755)
    (data_folder / FILE_NAME).chmod(0o644)
    open_store(data_folder)
    assert (mode(data_folder), mode(data_folder / FILE_NAME)) == (0o700, 0o600)


@MODES
def test_a_folder_that_holds_other_things_keeps_its_mode(data_folder: Path) -> None:
    """A folder in which a person keeps other files is not closed to whoever uses those."""
    data_folder.mkdir(0o755)
    (data_folder / "holiday plan.txt").touch()
    open_store(data_folder)
    assert (mode(data_folder), mode(data_folder / FILE_NAME)) == (0o755, 0o600)
