"""What can be logged as an attempt, and what cannot."""

from dataclasses import replace
from datetime import datetime

import pytest

from assistant.training.attempts import in_order
from tests.training.trainee import attempt, story_of, syllabus

RIGHT = attempt(story_of(syllabus().paths[0]), syllabus().right(syllabus().paths[0].outcome))
WRONG = attempt(story_of(syllabus().paths[0]), "adoption")


@pytest.mark.parametrize(
    "change",
    [
        {"id": "1"},
        {"session": "g" * 32},
        {"when": datetime(2026, 1, 1)},  # noqa: DTZ001 - the zone is what is missing
        {"alias": ""},
        {"alias": "x" * 31},
        {"alias": "a\nb"},
        {"alias": "=1+1"},
        {"mode": "exam"},
        {"grade": "good"},
        {"story": "two words"},
        {"story": ""},
        {"class_id": "a b"},
        {"outcome": "Smith family"},
        {"facts": {"goal": "Some Words"}},
        {"chosen": "adoption"},
        {"grade": "wrong"},
        {"misread": "goal"},
        {"misread": "goal", "taken": "none"},
        {"meaning_hash": ""},
    ],
)
def test_what_no_log_could_keep_is_refused_without_quoting_it(change):
    """Each field is held to its shape, and none of what was given stands in the error."""
    with pytest.raises(ValueError, match=r"^an? ") as caught:
        replace(RIGHT, **change)
    assert not any(str(v) in str(caught.value) for v in change.values() if len(str(v)) > 6)


def test_a_wrong_pick_cannot_be_logged_as_right():
    """Grade and groups must agree, so that a changed file shows."""
    with pytest.raises(ValueError, match="grade follows"):
        replace(WRONG, grade="right")
    with pytest.raises(ValueError, match="grade follows"):
        replace(WRONG, chosen=WRONG.right)


def test_the_alias_stays_out_of_what_a_crash_report_shows():
    """Nothing that a person typed stands in `repr`."""
    assert "Robin" not in repr(RIGHT)


def test_attempts_are_put_in_order_each_once():
    """However they were collected, the log reads as it was made."""
    late, early = (attempt(story_of(syllabus().paths[0]), "adoption", n) for n in (9, 2))
    assert in_order([late, early, late]) == [early, late]


@pytest.mark.parametrize("alias", ["Robin", "r2-d2", "Team 4 B", "blue heron", "Żółw", "x" * 30])
def test_answers_are_read_under_any_alias_that_release_1_could_store(alias):
    """Letters of any language, digits, spaces and a few marks, though two words are chosen no more."""
    assert replace(RIGHT, alias=alias).alias == alias
