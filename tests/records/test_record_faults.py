"""What happens to the file while the store is open is met in words, and costs nothing acknowledged."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from assistant.errors import RecordsDamagedError, RecordsError, RecordsUnavailableError
from assistant.records.entry import Entry, EntryFilter
from assistant.records.sqlite import FILE_NAME
from assistant.records.store import RecordStore, open_store
from tests.records.conftest import any_entry

MakeEntry = Callable[..., Entry]
ENTRIES = 40
PAGE = 4_096


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store that holds some entries, to be copied."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    store = open_store(folder)
    for number in range(ENTRIES):
        text = {
            "case_number": f"88{number:06}",
            "service": f"service {number}",
            "reason": "x" * 300,
        }
        store.add(any_entry(**text))
    return folder


@pytest.fixture
def store(filled: Path, data_folder: Path) -> RecordStore:
    """Return an open store that holds some entries."""
    shutil.copytree(filled, data_folder)
    return open_store(data_folder, patience=0)


@pytest.fixture
def file(store: RecordStore) -> Path:
    return Path(store.where)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a folder on a disk of its own with room for little; only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    if (
        sys.platform != "linux"
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("no small disk can be made here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def every_use(store: RecordStore, make: MakeEntry) -> list[Callable[[], object]]:
    return [
        lambda: store.add(make()),
        lambda: store.page(None, 50),
        lambda: store.page(None, 50, EntryFilter(text="service")),
        store.count,
        lambda: store.get(1),
        lambda: store.history(1),
        lambda: list(store.entries()),
        lambda: list(store.faults()),
        lambda: store.to_erase(date(2030, 1, 1)),
        store.head,
    ]


def fill(store: RecordStore, kept: list[int], make: MakeEntry) -> None:
    while True:
        kept.append(store.add(make(reason="x" * 2_000)))


def test_a_disk_that_fills_up_loses_nothing_acknowledged(
    small_disk: Path, entry: MakeEntry
) -> None:
    """A save that finds no room says so; with room made, the same save and all others work."""
    store = open_store(small_disk / "data")
    kept: list[int] = []
    late = entry(reason="x" * 2_000)
    with pytest.raises(RecordsUnavailableError, match="disk is full"):
        fill(store, kept, entry)
    assert store.count() == len(kept) > 0
    with pytest.raises(RecordsUnavailableError, match="disk is full"):
        store.add(late)
    subprocess.run(["mount", "-o", "remount,size=2m", str(small_disk)], check=True)
    assert store.add(late) == len(kept) + 1
    assert list(store.faults()) == []


def test_a_file_gone_while_open_stays_gone_until_it_is_back(
    store: RecordStore, file: Path, entry: MakeEntry
) -> None:
    """Every use says so and makes no new file; put back, everything is there."""
    moved = file.rename(file.with_name("elsewhere"))
    for use in every_use(store, entry):
        with pytest.raises(RecordsUnavailableError):
            use()
    with pytest.raises(RecordsUnavailableError, match=f"had {ENTRIES} lines"):
        open_store(file.parent)
    assert not file.exists()
    moved.rename(file)
    assert (store.add(entry()), list(store.faults())) == (ENTRIES + 1, [])


def test_an_older_copy_put_in_place_takes_no_entry(
    store: RecordStore, file: Path, entry: MakeEntry
) -> None:
    """A file with the last entries missing is not written to, since that would hide what is lost."""
    copy = shutil.copy(file, file.with_name("copy"))
    for _ in range(3):
        store.add(entry())
    newest = shutil.copy(file, file.with_name("newest"))
    shutil.copy(copy, file)
    with pytest.raises(RecordsDamagedError, match="The last records are missing"):
        store.add(entry())
    assert [fault.seq for fault in store.faults()] == [ENTRIES + 1]
    assert store.count() == ENTRIES
    shutil.copy(newest, file)
    assert store.add(entry()) == ENTRIES + 4


def test_another_store_in_place_takes_no_entry(
    store: RecordStore, file: Path, entry: MakeEntry, tmp_path: Path
) -> None:
    """Records of another computer are not taken for one's own, however many there are."""
    other = open_store(tmp_path / "other")
    for _ in range(ENTRIES + 5):
        other.add(entry())
    shutil.copy(tmp_path / "other" / FILE_NAME, file)
    with pytest.raises(RecordsDamagedError, match="not the records that were here before"):
        store.add(entry())
    assert len(list(store.faults())) == 1
    assert open_store(tmp_path / "other").count() == ENTRIES + 5


@pytest.mark.parametrize("seed", range(40))
def test_random_bytes_are_met_in_words_and_never_written_over(
    store: RecordStore, file: Path, entry: MakeEntry, seed: int
) -> None:
    """Whatever a disk did to the file, each use works or says what is wrong; nothing else is raised."""
    random = Random(seed)  # noqa: S311 - places, not secrets
    content = bytearray(file.read_bytes())
    for _ in range(random.choice((1, 4, 40))):
        page = random.randrange(len(content) // PAGE)
        at = page * PAGE + random.randrange(PAGE - 64)
        size = random.choice((1, 8, 64))
        content[at : at + size] = random.randbytes(size)
    file.write_bytes(content)
    before = bytes(content)
    for use in every_use(store, entry)[1:]:
        with suppress(RecordsError):
            use()
    with suppress(RecordsError):
        open_store(file.parent)
    assert file.read_bytes() == before


@pytest.mark.parametrize("pages", [0, 1, 2, 5, 9])
def test_a_file_cut_off_while_open_is_met_in_words(
    store: RecordStore, file: Path, entry: MakeEntry, pages: int
) -> None:
    """A file that lost its end is damaged for every use, keeps what it has, and can be put back."""
    whole = file.read_bytes()
    os.truncate(file, pages * PAGE)
    for use in every_use(store, entry):
        with pytest.raises(RecordsError):
            use()
    assert file.stat().st_size == pages * PAGE
    file.write_bytes(whole)
    assert (store.add(entry()), list(store.faults())) == (ENTRIES + 1, [])


def test_a_clock_that_goes_back_changes_no_order(data_folder: Path, entry: MakeEntry) -> None:
    """Entries stay in the order they were recorded; a search by day goes by what the clock said."""
    store = open_store(data_folder)
    now = datetime(2026, 10, 3, 12, tzinfo=UTC)
    days = (0, 1, -400, 2, -399, 3)
    for day in days:
        store.add(entry(when=now + timedelta(days=day), service="mentoring"))
    assert [row.seq for row in store.page(None, 10)] == [6, 5, 4, 3, 2, 1]
    assert list(store.faults()) == []
    since = EntryFilter(since=date(2026, 10, 1))
    for wanted in (since, EntryFilter(since=since.since, text="mentoring")):
        assert [row.seq for row in store.page(None, 10, wanted)] == [6, 4, 2, 1]
        assert store.count(wanted) == 4
    long_ago = EntryFilter(until=date(2026, 1, 1), text="mentoring")
    assert [row.seq for row in store.page(None, 10, long_ago)] == [5, 3]


def test_permissions_lost_while_open_are_met_in_words(
    ordinary_folder: Path, entry: MakeEntry
) -> None:
    """A file that may no longer be read, or a folder no longer entered, says so until it may again."""
    store = open_store(ordinary_folder)
    kept = [store.add(entry()) for _ in range(3)]
    for path, mode, back in (
        (ordinary_folder / FILE_NAME, 0o000, 0o600),
        (ordinary_folder, 0o000, 0o700),
    ):
        path.chmod(mode)
        for use in every_use(store, entry):
            with pytest.raises(RecordsUnavailableError):
                use()
        path.chmod(back)
        kept.append(store.add(entry()))
    assert (kept, list(store.faults())) == ([1, 2, 3, 4, 5], [])


def test_a_folder_that_may_no_longer_be_written_in_keeps_what_it_holds(
    ordinary_folder: Path, entry: MakeEntry
) -> None:
    """Without a place for its journal, or for what it remembers, a save fails or works whole."""
    store = open_store(ordinary_folder)
    kept = [store.add(entry())]
    (ordinary_folder / f"{FILE_NAME}-journal").unlink(missing_ok=True)
    ordinary_folder.chmod(0o500)
    with pytest.raises(RecordsUnavailableError):
        store.add(entry())
    assert store.count() == 1
    ordinary_folder.chmod(0o700)
    kept.append(store.add(entry()))
    assert (kept, list(store.faults())) == ([1, 2], [])
