"""A withdrawn entry is restored from every front, and told of in words."""

from dataclasses import replace
from typing import Any

import pytest

from assistant.cases.entries import history_lines, line_of
from assistant.cases.forms import PreviousEntry, restore
from assistant.errors import RecordsError
from assistant.records.entry import Entry
from assistant.records.fields import SEVERAL, is_for_several, seems_to_name
from tests.entries import ADOPTION, correcting, entry_of, withdrawing
from tests.lines.talk import ADOPTION as TYPED
from tests.lines.talk import Talk


@pytest.fixture
def store(services: Any) -> Any:
    """A store whose entry 1 was corrected by 2, which was withdrawn."""
    store = services.open_records()
    first = entry_of(ADOPTION)
    second = correcting(first)
    for record in (first, second, withdrawing(second)):
        store.add(record)
    return store


def test_restored_it_says_the_same_and_is_history_of_its_own(services, store) -> None:
    """It has the content of what was withdrawn, and points at it."""
    withdrawn = store.get(2)
    assert restore(services, PreviousEntry(2, withdrawn))[1] == 4
    entry = store.get(4)
    assert (entry.corrects, entry.restores, entry.why) == (None, withdrawn.id, "")
    same = {"id": entry.id, "when": entry.when, "corrects": None, "restores": withdrawn.id}
    assert entry == replace(withdrawn, **same, why="")
    line = line_of(store, 1)
    assert (line.now.seq, line.stands, line.refusal(4)) == (4, True, "")
    assert all(line.refusal(number) for number in (1, 2))
    said = history_lines(line.history, services.loaded.guide)
    assert [words.split(" on ")[0] for words in said[1:]] == [
        "Entry 2 replaced entry 1",
        "Entry 2 was withdrawn",
        "Entry 4 restored entry 2",
    ]


def test_what_is_restored_meanwhile_is_not_restored_twice(services, store) -> None:
    """The store says so, and nothing is added."""
    previous = PreviousEntry(2, store.get(2))
    restore(services, previous)
    with pytest.raises(RecordsError):
        restore(services, previous)
    assert store.size().lines == 4


def test_in_lines_the_word_restores_the_entry_heard_last(services, store) -> None:
    talk = Talk(services, "r 2")
    assert "Type restore" in talk.text
    talk.type("restore")
    assert isinstance(store.record(4).record, Entry)
    assert "restored)" in talk.type("r")
    assert "not withdrawn" in talk.type("restore 4")
    assert "no longer counts" in talk.type("restore 2") or "not withdrawn" in talk.text
    assert store.size().lines == 4


@pytest.mark.parametrize("whom", ["all siblings", "Siblings", "both children", "mother for all"])
def test_an_entry_for_several_brings_a_reminder(services, whom: str) -> None:
    """Before the last yes, in lines; it keeps nobody from recording."""
    talk = Talk(services, *TYPED, "1", "0042", whom, "home study")
    assert SEVERAL in talk.said
    talk.type("yes")
    assert services.open_records().get(1).whom == whom


def test_one_child_brings_none() -> None:
    assert not any(
        map(is_for_several, ("child 1", "mother for child 1", "wall, room 2", "siblingless"))
    )


def test_a_name_in_place_of_a_role_is_noticed():
    """Roles may begin with a capital, and letters that stand for words are none."""
    assert all(map(seems_to_name, ("Tyler Jones", "child 1 (Tyler)", "Tyler", "Aunt Rosa")))
    roles = ("child 1", "Mother for Child 1", "MGM", "Foster mother", "Youth", "mother")
    assert not any(map(seems_to_name, roles))
