"""The file a trainee hands in."""

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UsageError
from assistant.training.attempts import (
    apart,
    digest,
    from_plain,
    plain,
    read_results,
    results_text,
)
from tests.training.trainee import attempt, every_answer, story_of, syllabus

LOG = tuple(
    attempt(story_of(way), chosen, number, mode="test" if number % 2 else "drill")
    for number, (way, chosen) in enumerate(
        zip(syllabus().paths[:16], every_answer() * 2, strict=True), start=1
    )
)
TEXT = results_text(LOG)


def signed(change):
    """Return a results file with its first attempt changed, and a checksum that fits."""
    data = json.loads(TEXT)
    del data["checksum"]
    data["attempts"][0].update(change)
    return json.dumps({**data, "checksum": digest(data)})


def test_attempts_come_back_as_they_were():
    """Every field, the order of the facts and the zone of the time included."""
    back = read_results(TEXT)
    assert back == LOG
    assert [list(made.facts) for made in back] == [list(made.facts) for made in LOG]


def test_the_same_attempts_give_the_same_file():
    """In whatever order they come."""
    assert results_text(reversed(LOG)) == TEXT


@given(st.lists(st.sampled_from(LOG), max_size=30), st.lists(st.sampled_from(LOG), max_size=9))
def test_an_attempt_is_written_once(answered, again):
    """Attempts collected twice, or from two places that overlap, stand in a file once."""
    new = read_results(results_text([*answered, *again]))
    assert {made.id for made in new} == {made.id for made in (*answered, *again)}
    assert len({made.id for made in new}) == len(new)


def test_an_attempt_as_plain_data_is_one_again():
    """What a log keeps gives the attempt back."""
    for made in LOG:
        assert from_plain(json.loads(json.dumps(plain(made)))) == made


@given(st.integers(0, len(TEXT) - 1), st.sampled_from('x9"}], \n'))
def test_a_file_changed_in_any_place_is_refused_or_means_the_same(place, mark):
    """A grade bettered by hand shows."""
    with suppress(UsageError):
        assert read_results(TEXT[:place] + mark + TEXT[place + 1 :]) == LOG


@pytest.mark.parametrize(
    "change",
    [
        {"grade": "right"},
        {"grade": ["right"]},
        {"when": "yesterday"},
        {"when": "2026-01-01T00:00:00"},
        {"when": 3},
        {"facts": [["goal"]]},
        {"facts": 3},
        {"facts": [["goal", {}]]},
        {"id": None},
        {"alias": "[/x]"},
        {"alias": "\ud800"},
        {"misread": 3},
        {"more": 1},
    ],
)
def test_an_attempt_that_cannot_be_is_named_by_its_number(change):
    """Every field is held to what an attempt is; the file is refused as a whole."""
    grade = json.loads(TEXT)["attempts"][0]["grade"]
    assert grade == "wrong"
    with pytest.raises(UsageError, match="nswer 1"):
        read_results(signed(change))


def test_a_class_file_is_no_results_file():
    """The error says what was wanted."""
    with pytest.raises(UsageError, match="not a results file"):
        read_results('{"service_group_class": 1}')


def test_what_a_test_adds_makes_a_file_of_format_2():
    """How often it was left and who the trainee is; without them the file is as release 1 wrote it."""
    added = replace(LOG[0], trainee="0123456789abcdef", left=2)
    assert '"service_group_results": 1' in results_text(LOG)
    assert '"service_group_results": 2' in results_text([added])
    assert read_results(results_text([added])) == (added,)


@pytest.mark.parametrize("wrong", [{"left": -1}, {"left": True}, {"left": "1"}, {"trainee": "x"}])
def test_what_a_test_adds_is_held_to_its_kind(wrong):
    with pytest.raises(ValueError, match="trainee"):
        replace(LOG[0], **wrong)


def test_two_with_one_alias_are_told_apart_in_a_class():
    """The second gets a number, and the same one whenever a file of theirs comes again."""
    first = [replace(made, alias="kim", trainee="a" * 16) for made in LOG[:2]]
    second = [replace(made, alias="Kim", trainee="b" * 16) for made in LOG[2:4]]
    assert apart(first, []) == first
    found = apart(second, first)
    assert {made.alias for made in found} == {"Kim-2"}
    assert apart(second, [*first, *found]) == found
    assert apart(LOG, first) == list(LOG)
    longest = [replace(second[0], alias="k" * 30)]
    (made,) = apart(longest, [replace(first[0], alias="K" * 30)])
    assert (len(made.alias), made.alias[-2:]) == (29, "-2")
