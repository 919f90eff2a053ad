"""A withdrawal can be undone: a new entry of the same content stands in place of the withdrawn one."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from assistant.errors import RecordsError
from assistant.records.entry import (
    Entry,
    EntryFilter,
    Recorded,
    Withdrawal,
    read_back,
    written,
)
from assistant.records.schema import ENTRIES
from assistant.records.store import RecordStore, open_store
from assistant.records.transfer import as_json
from tests.records.conftest import any_entry

MakeEntry = Callable[..., Entry]
BACKENDS = ("sqlite", "postgresql")
NOW = datetime(2026, 10, 3, 12, tzinfo=UTC)


def withdrawn(store: RecordStore, entry: Entry, when: datetime = NOW) -> Withdrawal:
    record = Withdrawal(id=any_entry().id, when=when, withdraws=entry.id, why="recorded twice")
    store.add(record)
    return record


def restored(entry: Entry, **changed: object) -> Entry:
    new = {"id": any_entry().id, "corrects": None, "why": "", "restores": entry.id, **changed}
    return replace(entry, **new)  # type: ignore[arg-type]


def line(store: RecordStore, length: int = 3) -> list[Entry]:
    """Add an entry, its withdrawal, what undoes that, and so on; return the entries."""
    entries = [any_entry(service="Respite care")]
    store.add(entries[0])
    for _ in range(length // 2):
        withdrawn(store, entries[-1])
        entries.append(restored(entries[-1]))
        store.add(entries[-1])
    return entries


def moved(store: RecordStore, folder: Path) -> RecordStore:
    """Return another store with all that an export of this one holds."""
    other = open_store(folder)
    text = "".join(as_json(store.records(), store.rules))
    other.take_in(io.BytesIO(text.encode()))
    return other


def test_a_restored_entry_is_listed_once_and_its_history_is_one_line(store: RecordStore) -> None:
    """Lists, counts and search find the new entry alone; the chain has no fault."""
    line(store)
    assert [(one.seq, one.restored, one.withdrawn) for one in store.page(None, 9)] == [
        (3, True, False)
    ]
    assert store.count() == store.count(EntryFilter(text="respite")) == store.summary().total == 1
    assert store.count(EntryFilter(standing="withdrawn")) == 0
    assert [[one.seq for one in store.history(seq)] for seq in (1, 2, 3)] == [[1, 2, 3]] * 3
    assert list(store.faults()) == []


def test_a_restored_entry_can_be_corrected_or_withdrawn_again(store: RecordStore) -> None:
    """It is an entry as any other, and a second withdrawal can be undone too."""
    *_, last = line(store, 5)
    store.add(any_entry(corrects=last.id, why="typing mistake"))
    assert [one.seq for one in store.history(1)] == [1, 2, 3, 4, 5, 6]
    assert [one.seq for one in store.page(None, 9)] == [6]
    assert list(store.faults()) == []


def test_what_is_not_withdrawn_is_not_restored(store: RecordStore) -> None:
    """An entry that stands, one restored before, a withdrawal, and what is not there are refused."""
    first, standing = line(store)
    withdrawal = store.record(2).record
    assert isinstance(withdrawal, Withdrawal)
    for target in (first.id, standing.id, withdrawal.id, "f" * 32):
        with pytest.raises(RecordsError, match="restore"):
            store.add(restored(first, restores=target))
    assert store.size().lines == 3


def test_restored_twice_with_one_id_it_is_there_once(store: RecordStore) -> None:
    """A doubtful save may be repeated."""
    entry = any_entry()
    store.add(entry)
    withdrawn(store, entry)
    again = restored(entry)
    assert store.add(again) == store.add(replace(again, when=NOW)) == 3


def test_an_export_takes_restored_entries_along(store: RecordStore, tmp_path: Path) -> None:
    """Imported, the records say the same; imported again, they are known."""
    line(store, 5)
    other = moved(store, tmp_path)
    assert [one.record for one in other.history(1)] == [one.record for one in store.history(1)]
    assert list(other.faults()) == []
    text = "".join(as_json(store.records(), store.rules))
    assert other.take_in(io.BytesIO(text.encode())).known == 5


def test_an_import_that_restores_what_stands_here_is_refused(
    store: RecordStore, tmp_path: Path
) -> None:
    """Restored elsewhere, but never withdrawn here; or restored here by another entry."""
    entry = any_entry()
    store.add(entry)
    other = moved(store, tmp_path)
    withdrawn(other, entry)
    other.add(restored(entry))
    text = "".join(as_json(other.records(), other.rules))
    lines = [row for row in text.splitlines(keepends=True) if '"kind":"withdrawal"' not in row]
    with pytest.raises(RecordsError):
        store.take_in([row.encode() for row in lines])
    withdrawn(store, entry)
    store.add(restored(entry))
    with pytest.raises(RecordsError):
        store.take_in([row.encode() for row in text.splitlines(keepends=True)])
    assert store.size().lines == 3
    assert list(store.faults()) == []


def test_what_an_erased_entry_restored_goes_with_it(store: RecordStore) -> None:
    """Even where a wrong clock made the withdrawn entry look younger; else nothing would stand for it."""
    old, young = datetime(2020, 3, 2, 12, tzinfo=UTC), datetime(2025, 3, 2, 12, tzinfo=UTC)
    entry = any_entry(when=young)
    store.add(entry)
    withdrawn(store, entry, young)
    store.add(restored(entry, when=old))
    kept = any_entry(when=young)
    store.add(kept)
    store.erase(date(2021, 1, 1), id_="e" * 32, when=NOW)
    assert [one.seq for one in store.page(None, 9)] == [4]
    assert list(store.faults()) == []


def test_a_restored_entry_is_written_and_read_back_the_same() -> None:
    """Its pointer is part of what is hashed, and an entry never both corrects and restores."""
    entry = restored(any_entry(), need_met="mental_health")
    assert read_back(written(entry)) == entry
    with pytest.raises(ValueError, match="restores"):
        replace(entry, corrects="a" * 32, why="typing mistake")
    with pytest.raises(ValueError, match="needs"):
        replace(entry, need_met="company")


def exported(*records: Entry | Withdrawal) -> list[bytes]:
    """Return an export as another program might write it, in the order given."""
    numbered = (Recorded(number, record) for number, record in enumerate(records, start=1))
    return [row.encode() for row in as_json(numbered, lambda _: None)]


def test_pointers_of_a_file_are_not_taken_on_trust(store: RecordStore) -> None:
    """What points in a circle, at something later, or at what is no entry, is refused whole."""
    one, other = any_entry(), any_entry()
    there = replace(one, corrects=other.id, why="x")
    back = replace(other, corrects=one.id, why="x")
    withdrawal = Withdrawal(id=any_entry().id, when=NOW, withdraws=one.id, why="x")
    again = Withdrawal(id=any_entry().id, when=NOW, withdraws=withdrawal.id, why="x")
    for records in (
        (there, back),
        (replace(other, restores=one.id), one),
        (one, withdrawal, again),
        (one, withdrawal, replace(other, restores=withdrawal.id)),
    ):
        with pytest.raises(RecordsError):
            store.take_in(exported(*records))
        assert store.size().lines == 0


def test_nothing_points_at_itself() -> None:
    """No entry can be made that does, so none is read from a file either."""
    one = any_entry()
    for changed in ({"corrects": one.id, "why": "x"}, {"restores": one.id}):
        with pytest.raises(ValueError, match="points"):
            replace(one, **changed)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="points"):
        Withdrawal(id=one.id, when=NOW, withdraws=one.id, why="x")


def test_a_circle_put_in_from_outside_ends_no_reader(store: RecordStore) -> None:
    """Its history is told once round, and verify names what was changed."""
    first, second = line(store)
    with store.writing() as connection:
        there = update(ENTRIES).where(ENTRIES.c.id == first.id)
        connection.execute(there.values(restores=second.id))
    assert [one.seq for one in store.history(1)] in ([1, 2, 3], [2, 3, 1], [3, 1, 2])
    assert list(store.faults())
