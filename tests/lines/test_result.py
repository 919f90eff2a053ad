"""What the interview ends in, and what can be done with it."""

from pathlib import Path

import pytest

from assistant.engine.interview import NOT_ASKED
from tests.lines.talk import ADOPTION, DEPENDS, FIELDS, Talk


def test_a_recommendation_says_why_and_why_not(services):
    """What is needed first at once, the rest on a word, with numbered sources at the end."""
    talk = Talk(services, *ADOPTION)
    said = list(talk.said)
    assert not any(line.startswith(("Ruled out", "Source")) for line in said)
    talk.type("m")
    said += talk.said
    starts = [
        "Recommended: Adoption Services. Settled.",
        "Why: ",
        "What to do next: ",
        "How sure: The documents settle this.",
        "Ruled out: ",
        "Source 1: About Case Service Groups, Adoption Services: “The case plan goal is adoption”",
    ]
    places = [next(n for n, line in enumerate(said) if line.startswith(s)) for s in starts]
    assert places == sorted(places)
    assert said[places[1]].endswith(" [1]")


def test_where_two_groups_fit_both_are_named(services):
    """The other one with its reason, and what to check first."""
    talk = Talk(services, "none", "stay home", "other in-home", "fins and no report")
    assert "Recommended: Preventive Services. Judgment call." in talk.said
    talk.type("m")
    assert "Also fits: In-Home Family Preservation Services." in talk.text
    assert "Second choice: In-Home Family Preservation Services." in talk.text


def test_where_no_group_is_named_the_nearest_are(services):
    """And who decides."""
    talk = Talk(services, "none", "guardianship", "not fins")
    assert "No group is named: ask your supervisor." in talk.said
    assert "1. Record: supervisor will decide." in talk.said
    assert "Closest: Reunification Services." in talk.type("m")


def test_where_it_depends_each_case_is_a_sentence(services):
    """With where to look for what is open."""
    talk = Talk(services, *DEPENDS)
    assert "It depends on what you are not sure about." in talk.said
    wanted = "If no assessment or investigation was opened: Preventive Services"
    assert any(line.startswith(wanted) for line in talk.said)
    assert any(line.startswith("Where to look: For the investigation, ") for line in talk.said)


def test_where_it_makes_no_difference_that_is_said(services):
    """The group stands."""
    talk = Talk(services, "concluded", "return home", "s")
    assert "Recommended: Reunification Services. Judgment call." in talk.said
    assert (
        "The facts you are not sure about do not change the group. They change only"
        in talk.type("m")
    )


def test_going_on_as_if_is_marked(services):
    """The result says that it holds only if so."""
    talk = Talk(services, *DEPENDS)
    talk.choose("Choose one of these")
    assert "The record will say that it was assumed." in talk.text
    talk.choose("Assume that no assessment")
    so = "if no assessment or investigation was opened"
    assert f"Recommended {so}: Preventive Services. Judgment call in that case." in talk.said


def test_what_can_be_done_is_a_numbered_list(services):
    """A clipboard needs a screen: the memo is read or saved instead."""
    talk = Talk(services, *ADOPTION)
    assert talk.said[-10:-1] == [
        "1. Record this group.",
        "2. Record a different group.",
        "3. Change an answer.",
        "4. Read the memo.",
        "5. Save the memo as a file.",
        "6. Same answers, next child.",
        "7. New interview.",
        "8. Save the long memo, with every reason.",
        "9. Quit.",
    ]


def test_the_memo_is_printed(services):
    """Line by line, with no case number."""
    assert "Recommendation: Adoption Services." in Talk(services, *ADOPTION, "4").said


def test_the_memo_is_saved(services, data_folder: Path):
    """Where it lies is said."""
    talk = Talk(services, *ADOPTION, "5")
    (saved,) = (data_folder / "memos").iterdir()
    assert saved.name == talk.said[0].split()[1]
    assert str(data_folder / "memos") in talk.said[0]


def test_the_case_number_is_in_a_memo_only_if_asked_for(services, data_folder: Path):
    """After recording, there are two ways to save it."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, "yes")
    talk.choose("Save the memo as a file")
    assert not any("0042" in path.read_text() for path in (data_folder / "memos").iterdir())


def test_a_memo_with_the_case_number(services, data_folder: Path):
    """Asked for, it stands first."""
    talk = Talk(services, *ADOPTION, "1", *FIELDS, "yes")
    talk.choose("Save the memo with the case number in it")
    assert all("0042" in path.read_text() for path in (data_folder / "memos").iterdir())


def test_a_memo_that_cannot_be_saved_says_why(services, data_folder: Path):
    """And the choices stay."""
    talk = Talk(services, *ADOPTION)
    (data_folder / "memos").write_text("in the way")
    assert "The memo cannot be saved" in talk.type("5")
    assert "Recommended" in talk.type("")


@pytest.mark.parametrize("typed", ["yes", "record", "0", "10", "0042"])
def test_anything_else_says_how_to_choose(services, typed):
    """Nothing is done."""
    talk = Talk(services, *ADOPTION, typed)
    assert talk.said[-1].startswith("Type a number, m for more")
    assert services.open_records().count() == 0


def test_quit_is_a_choice(services):
    """As good as `q`."""
    assert Talk(services, *ADOPTION, "9").session.ended


SO_FAR = ("3", "1")


def test_a_group_is_named_as_soon_as_it_is_certain(services):
    """Before the question that is still open, with the word that takes the answer now."""
    said = Talk(services, *SO_FAR).said
    place = next(at for at, line in enumerate(said) if "Reunification Services so far." in line)
    assert "Type a to take the answer now." in said[place]
    assert "Where was the child" in said[place + 1]


def test_the_answer_is_taken_now(services):
    """The question left is not asked, and the result is as sure as the least sure one possible."""
    talk = Talk(services, *SO_FAR, "a")
    assert "Recommended: Reunification Services. Judgment call." in talk.said
    result = talk.interview.view.verdict
    assert result
    assert result.certainty == "judgement"
    assert talk.interview.view.everything_said["setting"] == NOT_ASKED
    assert "Where was the child" in talk.type("b")
    assert "took back answer" not in talk.text


def test_no_answer_is_taken_while_groups_differ(services):
    """It is said why, and the question stands."""
    talk = Talk(services, "3", "a")
    assert talk.interview.view.standing.asking == "goal"
    assert "More than one group is still possible" in talk.text


def test_the_next_child_begins_with_the_same_answers(services):
    """As an interview of its own, in the form at once."""
    talk = Talk(services, *ADOPTION)
    before = talk.interview.view
    talk.choose("Same answers, next child")
    assert talk.interview.view.id != before.id
    assert talk.interview.view.answers == before.answers
    assert talk.interview.view.chosen == before.recommended
    assert talk.said[-1].startswith("Case number")


def test_what_depends_on_much_is_said_in_short(services):
    """How many cases there are, then a line for each value of the fact that tells most; m has them all."""
    talk = Talk(services, "s", "s", "s", "s", "s")
    cases = [line for line in talk.said if line.startswith("If ")]
    assert 0 < len(cases) <= 8
    assert "no group named: ask your supervisor" in talk.text
    every = len([line for line in talk.type("m").split("\n") if line.startswith("If ")])
    assert f"To hear all {every}, type m." in "\n".join(talk.everything)


@pytest.mark.parametrize(
    "typed", [ADOPTION, DEPENDS, ("ended", "6"), (*ADOPTION, "1", *FIELDS, "yes")], ids=str
)
def test_memo_and_new_interview_keep_their_numbers(services, typed):
    """Whatever the result, and after it is recorded with a group or none."""
    talk = Talk(services, *typed)
    assert talk.number("Read the memo") == "4"
    assert talk.number("New interview") == "7"
