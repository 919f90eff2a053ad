"""What was answered in practice is kept once, in the order of time, beside the entries."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from assistant.records.entry import PracticeLine

FIRST = PracticeLine(
    id="1" * 32,
    when=datetime(2026, 10, 3, 14, 5, tzinfo=UTC),
    alias="blue-heron",
    class_id="",
    text="one",
)


def line(number: int, **changed: object) -> PracticeLine:
    then = FIRST.when + timedelta(minutes=number)
    changes = {"id": f"{number:032x}", "when": then, "text": f"line {number}", **changed}
    return replace(FIRST, **changes)  # type: ignore[arg-type]


def test_lines_come_back_in_the_order_of_time(store):
    """However they were collected."""
    assert store.practice.add([line(3), line(1)]) == 2
    assert store.practice.add([line(2)]) == 1
    assert list(store.practice.texts()) == ["line 1", "line 2", "line 3"]


def test_a_line_given_twice_is_kept_once(store):
    """Results collected again by file add nothing, within one file or over several."""
    assert store.practice.add([line(1), line(1)]) == 1
    assert store.practice.add([line(1), line(2)]) == 1
    assert list(store.practice.texts()) == ["line 1", "line 2"]


def test_more_lines_than_one_question_can_ask_for(store):
    """Whole classes are collected at once."""
    lines = [line(number) for number in range(1, 2502)]
    assert store.practice.add(lines) == 2501
    assert store.practice.add(lines) == 0


def test_one_alias_or_one_class(store):
    """A trainee sees their own lines, a trainer those of a class."""
    store.practice.add([line(1), line(2, alias="otter"), line(3, alias="otter", class_id="c1")])
    assert list(store.practice.texts(alias="otter")) == ["line 2", "line 3"]
    assert list(store.practice.texts(class_id="c1")) == ["line 3"]
    assert list(store.practice.texts(alias="nobody")) == []


def test_practice_is_no_part_of_the_chain(store, entry):
    """Entries are numbered and verified as if nothing lay beside them."""
    store.practice.add([line(1)])
    assert store.add(entry()) == 1
    assert (store.count(), list(store.faults())) == (1, [])
