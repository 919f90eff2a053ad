"""Records go along between a store on this computer and one on a server, both ways."""

import pytest

from assistant.errors import RecordsError
from assistant.records.entry import EntryFilter
from assistant.records.store import open_store
from assistant.records.transfer import Imported, as_json
from tests.builders import shipped
from tests.entries import ADOPTION, HOME, correcting, entry_of, withdrawing

BACKENDS = ("sqlite", "postgresql")


@pytest.fixture
def made():
    first, gone = (
        entry_of(HOME, service="Familie in Not: “ü” \N{SLIGHTLY SMILING FACE}"),
        entry_of(ADOPTION),
    )
    return [first, gone, correcting(first), withdrawing(gone), entry_of(ADOPTION)]


def lines_of(store, wanted=None):
    text = "".join(as_json(store.records(wanted or EntryFilter()), store.rules))
    return text.encode().splitlines(keepends=True)


def test_there_and_back(store, made, tmp_path):
    """Nothing is lost on the way, nor there twice."""
    one = open_store(tmp_path / "one", rules=shipped().decision, patience=0)
    back = open_store(tmp_path / "back", patience=0)
    for record in made:
        one.add(record)
    assert store.take_in(lines_of(one)) == Imported(new=5)
    assert store.take_in(lines_of(one)) == Imported(known=5)
    assert back.take_in(lines_of(store)) == Imported(new=5)
    assert [recorded.record for recorded in back.records()] == made
    assert back.rules(shipped().meaning_hash) == shipped().decision
    assert list(store.faults()) == list(back.faults()) == []


def test_a_damaged_file_leaves_the_store_as_it_was(store, made, tmp_path):
    """Though the damage is at its very end."""
    one = open_store(tmp_path / "one", patience=0)
    for record in made:
        one.add(record)
    before = store.head()
    with pytest.raises(RecordsError, match="its end is missing"):
        store.take_in(lines_of(one)[:-1])
    assert store.head() == before


def test_a_part_is_taken_along(store, made):
    """With its history."""
    for record in made:
        store.add(record)
    found = list(store.records(EntryFilter(group="reunification")))
    assert [recorded.seq for recorded in found] == [1, 3]
