"""Changing answers, leaving, coming back, and starting again."""

import pytest

from assistant.errors import RecordsUnavailableError
from tests.lines.talk import ADOPTION, ASKED, FIELDS, Talk


def test_changing_lists_the_answers(services):
    """A number then opens one of them."""
    talk = Talk(services, *ADOPTION, "c")
    assert "Which answer do you want to change?" in " ".join(talk.said)
    assert "2. Goal: adoption." in talk.said
    assert "Change answer 2." in talk.type("2")


def test_each_option_says_what_would_follow(services):
    """Before anything is changed."""
    talk = Talk(services, *ADOPTION, "c 2")
    assert "Change answer 2." in talk.said
    assert "3. Adoption: your current answer." in talk.said
    assert "4. Planned permanent living arrangement: then Planned Permanent Living." in talk.text
    assert "5. Independent living: then more questions." in talk.text
    talk.type("independent living")
    changed = talk.type("out of home")
    assert "Answer 4. Setting: In out-of-home care." in changed
    assert "Recommended: Independent and Transitional Living Services." in changed


def test_a_change_can_be_left(services):
    """`b` leaves everything as it is."""
    talk = Talk(services, *ADOPTION, "c 2", "b")
    assert "Nothing was changed." in talk.said
    assert "Recommended: Adoption Services." in talk.said


@pytest.mark.parametrize("typed", ["c 4", "c 0", "c 123456789"])
def test_an_answer_that_is_not_there_cannot_be_changed(services, typed):
    """How many there are is said."""
    said = Talk(services, *ADOPTION, typed).said
    assert said[0] == "There is no answer with that number. Type 1 to 3."


def test_nothing_can_be_changed_before_an_answer(services):
    """That is said."""
    assert "There is no answer to change yet." in Talk(services, "c").said
    assert "There is no answer to change yet." in Talk(services, "c 1").said


def test_leaving_says_that_the_answers_are_kept(services, start):
    """The next start offers them, and `u` goes on where they end."""
    talk = Talk(services, "1", "3", "q")
    assert talk.session.ended
    assert talk.said == ["Your answers are saved. Next time, type u to continue."]
    later = Talk(start())
    assert "You have an unfinished interview: No investigation, goal adoption; " in later.text
    assert "Type u to continue it." in later.text
    resumed = later.type("u")
    assert f"Answer 2. {ASKED['goal']} Adoption." in resumed
    assert "Question 3 of up to 3." in resumed


def test_leaving_at_once_keeps_nothing(services, start):
    """And says so."""
    assert Talk(services, "q").said == ["There was nothing to save."]
    assert start().drafts.waiting() == []


def test_leaving_without_going_on_keeps_the_unfinished_one(services, start):
    """It waits still, and that is said."""
    Talk(services, "1", "q")
    assert Talk(start(), "q").said == [
        "There was nothing to save. You still have 1 unfinished interview."
    ]
    assert len(start().drafts.waiting()) == 1


def test_going_on_is_offered_only_where_something_waits(services):
    """Otherwise that is said."""
    assert "There is no other unfinished interview." in Talk(services, "u").said


def test_answers_that_cannot_be_kept_are_said_to_be_lost(services, monkeypatch):
    """Once at the first answer, and again on leaving; the interview goes on."""

    def refuse(_draft):
        raise RecordsUnavailableError("No room.")

    monkeypatch.setattr(services.drafts, "save", refuse)
    talk = Talk(services, "1")
    assert "Your answers are not being saved for later. No room." in talk.said
    assert "not being saved" not in talk.type("3")
    assert talk.type("q").startswith("These answers cannot be saved for later. Leave anyway?")
    assert "Question 3 of up to" in talk.type("2")
    assert "not being saved" in talk.type("q", "1")
    assert talk.session.ended


def test_a_second_quit_is_a_yes(services, monkeypatch):
    """Whoever means it need not read on; the form that was open goes too."""

    def refuse(_draft):
        raise RecordsUnavailableError("No room.")

    monkeypatch.setattr(services.drafts, "save", refuse)
    talk = Talk(services, *ADOPTION, "1", "q")
    assert "Case number" in talk.type("b")
    talk.type("q", "q")
    assert talk.session.ended


def test_starting_again_asks_first(services, start):
    """The answers are dropped only after a clear word."""
    talk = Talk(services, "1", "start again")
    assert "2. Discard these answers." in talk.said
    assert "Question 2 of up to 4." in talk.type("3")
    assert "Question 1 of up to 4." in talk.type("start again", "what?", "2")
    assert start().drafts.waiting() == []


def test_the_answers_can_be_kept_when_another_is_begun(services, start):
    """The one left then waits among the unfinished."""
    talk = Talk(services, "1", "start again", "1")
    assert (
        talk.said[0]
        == "A new interview. Your other interview is saved for later. Type u to continue it."
    )
    assert "Question 1 of up to 4." in talk.said
    assert [dict(draft.answers) for draft in start().drafts.waiting()] == [
        {"investigation": "none"}
    ]
    assert "Continuing" in talk.type("u")


def test_answers_that_cannot_be_kept_are_not_offered_to_be(services, monkeypatch):
    """Only to go on, or to throw them away."""

    def refuse(_draft):
        raise RecordsUnavailableError("No room.")

    monkeypatch.setattr(services.drafts, "save", refuse)
    assert Talk(services, "1", "start again").said[-1] == "Type 1 or 2."


@pytest.mark.parametrize("typed", ["b", "3"])
def test_starting_again_can_be_left(services, typed):
    """The interview is as it was."""
    talk = Talk(services, *ADOPTION[:2], "start again", typed)
    assert "Question 3 of up to 3." in talk.text


def test_starting_again_before_any_answer_asks_nothing(services):
    """There is nothing to lose."""
    assert "Question 1 of up to 4." in Talk(services, "start again").said


def test_a_recorded_interview_stays_as_it_is(services):
    """No command changes it; a new one is one choice away."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, "yes")
    for typed in ("b", "c", "c 1"):
        assert talk.type(typed).startswith(
            "This interview is already recorded, so you cannot change it."
        )
    talk.type("")
    assert "Question 1 of up to 4." in talk.choose("New interview")
