"""Several unfinished interviews, in plain lines: heard, told apart, and gone on with."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.errors import RecordsUnavailableError
from tests.conftest import NOW
from tests.lines.talk import ADOPTION, ASKED, FIELDS, Talk


@pytest.fixture
def several(start):
    """Leave three interviews: the day before yesterday, yesterday and an hour ago."""
    for typed, ago in ((("2",), 48), (("1", "1"), 24), (("3", "2"), 1)):
        when = NOW - timedelta(hours=ago)
        Talk(replace(start(), now=lambda when=when: when), *typed, "q")


def kept(services):
    return [dict(draft.answers) for draft in services.drafts.waiting()]


@pytest.mark.usefixtures("several")
def test_several_are_counted_at_the_start(start):
    """With what to type to hear them."""
    said = Talk(start()).text
    last = "Investigation ended, goal stay home; "
    assert f"You have 3 unfinished interviews. The last: {last}" in said
    assert "Type u to see them." in said


@pytest.mark.usefixtures("several")
def test_u_lists_them_with_what_tells_them_apart(start):
    """Each by what is typed for it, the one left last first, with where it leads; none is begun."""
    talk = Talk(start(), "u")
    first, second, third, how, *_ = talk.said
    assert first.startswith("u 1: Investigation ended, goal stay home; ")
    assert re.search(r", \d+:\d\d [AP]M\.$", first)
    assert second.startswith("u 2: No investigation, goal return home; ")
    assert ", yesterday, " in second
    assert third.startswith("u 3: Open investigation; next: goal, Oct ")
    assert how == "To continue one, type u and its number, such as u 2."
    assert "Question 1 of up to" in talk.type("")


@pytest.mark.usefixtures("several")
def test_u_and_a_number_goes_on_with_that_one(start):
    """Heard before or not; the others wait on."""
    services = start()
    said = Talk(services, "u 2").text
    assert "Continuing the unfinished interview." in said
    assert f"Answer 2. {ASKED['goal']} Return to" in said
    assert len(kept(services)) == 3


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("typed", ["u 4", "u 0", "u 123456789"])
def test_a_number_that_is_not_there_says_which_are(start, typed):
    said = Talk(start(), typed).said
    assert said[0] == "No unfinished interview has that number. Type 1 to 3."


def test_the_only_one_can_be_named_by_its_number(services, start):
    """As it can be left out."""
    Talk(services, "1", "q")
    assert "Continuing" in Talk(start(), "u 1").text


def test_the_interview_left_for_another_waits_itself(services, start):
    """Its answers are kept, that is said, and `u` goes back to it."""
    Talk(services, "1", "q")
    talk = Talk(start(), "3", "u")
    assert talk.said[0].endswith("The interview you left is saved for later.")
    assert f"Answer 1. {ASKED['investigation']} No, it has not opened one." in talk.said
    assert kept(services) == [{"investigation": "concluded"}, {"investigation": "none"}]
    assert "Yes, and it had ended by that day." in talk.type("u")


def test_answers_that_could_not_be_kept_are_not_left(services, start, monkeypatch):
    """They would be lost, and that is said instead."""

    def refuse(_draft):
        raise RecordsUnavailableError("No room.")

    Talk(services, "1", "q")
    later = start()
    monkeypatch.setattr(later.drafts, "save", refuse)
    talk = Talk(later, "3", "u")
    assert "opening a different interview would lose them" in talk.said[0]
    assert "2. Goal" not in talk.text
    assert "Question 2 of up to" in talk.type("")


def test_after_recording_another_can_be_gone_on_with(services, start):
    """What was recorded is done with, and is not said to wait."""
    Talk(services, "1", "q")
    talk = Talk(start(), *ADOPTION, "1", *FIELDS, "yes", "u")
    assert talk.said[0] == "Continuing the unfinished interview."
    assert kept(services) == [{"investigation": "none"}]


@pytest.mark.usefixtures("several")
def test_leaving_at_once_says_that_all_still_wait(start):
    assert Talk(start(), "q").said == [
        "There was nothing to save. You still have 3 unfinished interviews."
    ]


def test_a_result_that_was_looked_up_is_done(services, start):
    """It does not wait, and a new interview begins without a question."""
    talk = Talk(services, *ADOPTION, "q")
    assert "not recorded" in talk.text
    assert kept(services) == []
    again = Talk(start(), *ADOPTION, "start again")
    assert "A new interview." in again.text
    assert again.interview.view.answers == {}


def test_a_form_that_was_begun_waits_until_it_is_saved(services, start):
    """Whatever was typed there is kept nowhere; left with nothing typed, the result is done."""
    Talk(services, *ADOPTION, "1", "back", "q")
    assert kept(services) == []
    Talk(services, *ADOPTION, "1", "0042", "back", "q")
    assert len(kept(services)) == 1
    talk = Talk(start())
    assert "; Adoption, " in talk.text
    talk.type("u", "1", *FIELDS, "yes")
    assert kept(services) == []
