"""What is old can be erased: gone from every byte of the file, and the chain stays whole."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import RecordsError, RecordsUnavailableError
from assistant.records.entry import Entry, EntryFilter, Recorded, Withdrawal
from assistant.records.store import RecordStore

MakeEntry = Callable[..., Entry]
BACKENDS = ("sqlite", "postgresql")
FIRST_DAY = datetime(2020, 3, 2, 18, tzinfo=UTC)
NOW = datetime(2026, 10, 3, 12, tzinfo=UTC)
CUT = date(2020, 6, 1)


def on(day: int) -> datetime:
    return FIRST_DAY + timedelta(days=day)


def cut(store: RecordStore, before: date = CUT) -> int:
    return store.erase(before, id_=f"{store.head().count:032x}", when=NOW)


def case(number: int) -> str:
    return f"77{number:08}"


def test_no_byte_of_what_was_erased_is_left(data_folder: Path, entry: MakeEntry) -> None:
    """Case numbers, names and notes are in no file of the folder, free pages and journal included."""
    from assistant.records.store import open_store

    store = open_store(data_folder)
    for number in range(240):
        filler = "long " * (number % 60)
        service = f"svc{number:04} {filler}"
        store.add(
            entry(
                when=on(number), case_number=case(number), whom=f"kin{number:04}", service=service
            )
        )
    gone = [number for number in range(240) if on(number).date() < CUT]
    assert cut(store) == len(gone) > 80
    held = {path.name: path.read_bytes() for path in data_folder.iterdir()}
    left = [
        (number, name)
        for number in gone
        for text in (case(number), f"kin{number:04}", f"svc{number:04}")
        for name, content in held.items()
        if text.encode() in content
    ]
    assert left == []
    assert case(239).encode() in held["records.sqlite3"]


def test_an_erasure_says_nothing_of_what_it_erased(store: RecordStore, entry: MakeEntry) -> None:
    """The record of an erasure holds numbers and a day, and is no entry itself."""
    store.add(entry(when=on(1), case_number=case(1)))
    cut(store)
    record = store.record(2).record
    assert "77000" not in repr(record)
    assert store.page(None, 5) == []
    with pytest.raises(RecordsError, match="not an entry"):
        store.get(2)
    with pytest.raises(RecordsError, match="was erased"):
        store.get(1)


def test_lists_searches_and_counts_forget_what_was_erased(
    store: RecordStore, entry: MakeEntry
) -> None:
    """Only what is young enough is listed, found and counted; the chain has no fault."""
    for number in range(0, 200, 20):
        store.add(entry(when=on(number), case_number=case(number), service="mentoring"))
    erased = cut(store)
    assert store.count() == 10 - erased == len(store.page(None, 50)) == len(list(store.entries()))
    assert store.count(EntryFilter(text="mentoring")) == 10 - erased
    assert store.count(EntryFilter(text=case(0))) == 0
    assert store.count(EntryFilter(until=date(2020, 5, 31))) == 0
    assert list(store.faults()) == []
    assert store.to_erase(CUT) == 0


def test_an_entry_whose_withdrawal_is_erased_does_not_stand_again(
    store: RecordStore, entry: MakeEntry
) -> None:
    """After a wrong clock what withdraws can look older than what it withdraws: then both go."""
    young, other = entry(when=on(300)), entry(when=on(300))
    store.add(young)
    store.add(other)
    store.add(Withdrawal(id="d" * 32, when=on(2), withdraws=young.id, why="twice"))
    assert store.to_erase(CUT) == cut(store) == 2
    assert [row.seq for row in store.page(None, 5)] == [2]
    assert list(store.faults()) == []


def test_a_young_correction_of_an_erased_entry_stays(store: RecordStore, entry: MakeEntry) -> None:
    """The entry as it now is outlives the old one that it replaced."""
    old = entry(when=on(1))
    store.add(old)
    store.add(entry(when=on(300), corrects=old.id, why="the goal"))
    cut(store)
    assert [row.seq for row in store.page(None, 5)] == [2]
    assert store.history(2) == [Recorded(2, store.get(2), orphan=True)]
    assert list(store.faults()) == []


def test_erasing_twice_and_recording_between_leaves_one_chain(
    store: RecordStore, entry: MakeEntry
) -> None:
    """Purges follow one another, each naming only what it emptied itself."""
    for year in range(3):
        store.add(entry(when=on(366 * year)))
        cut(store, date(2020 + year, 6, 1))
    assert store.head().count == 6
    assert list(store.faults()) == []
    assert cut(store, date(2025, 1, 1)) == 0
    assert store.head().count == 6


def test_an_erased_entry_recorded_again_is_refused(store: RecordStore, entry: MakeEntry) -> None:
    """What was erased does not come back under its old id, as from an import."""
    again = entry(when=on(1))
    store.add(again)
    cut(store)
    with pytest.raises(RecordsError, match="already recorded"):
        store.add(again)


def test_a_disk_too_full_to_overwrite_what_was_erased_is_told_as_that(
    store: RecordStore, entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entries are erased, and are not said to be there still; the same again overwrites the rest."""
    store.add(entry(when=on(0)))
    full = RecordsUnavailableError("The disk is full, so nothing was recorded.")

    def refuse() -> None:
        raise full

    with monkeypatch.context() as patched:
        patched.setattr(store._database, "overwrite_erased", refuse)
        with pytest.raises(RecordsUnavailableError) as error:
            cut(store)
    assert "nothing was recorded" not in str(error.value)
    assert "1 line" in error.value.what
    assert "erased" in error.value.what
    assert store.to_erase(CUT) == 0
    store.overwrite_erased()
