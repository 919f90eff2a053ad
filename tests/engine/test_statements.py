"""A statement is said once, and laid out as lines and as sections."""

import pytest

from assistant.engine import explain
from assistant.engine.interview import replay
from assistant.engine.statements import (
    Heading,
    Quote,
    Statement,
    advice,
    as_lines,
    as_sections,
    what_answers_leave,
)
from tests.builders import answers, shipped

SAID = (
    Statement("Why", "The goal is adoption.", quotes=(Quote("goal is adoption", "Groups"),)),
    Statement("Why", "Care goes on.", "If the child is at home"),
    Statement("Check first", "Is the goal the current one?"),
)


def test_lines_give_heading_condition_and_each_quotation():
    """Each line can be heard on its own."""
    assert list(as_lines(SAID)) == [
        "Why: The goal is adoption.",
        "Source: “goal is adoption” (Groups).",
        "Why, if the child is at home: Care goes on.",
        "Check first: Is the goal the current one?",
    ]


def test_sections_give_each_heading_once():
    """Statements under one heading stand together."""
    assert list(as_sections(SAID)) == [
        (
            "Why",
            [
                "The goal is adoption.",
                '"goal is adoption" (Groups)',
                "If the child is at home: Care goes on.",
            ],
        ),
        ("Check first", ["Is the goal the current one?"]),
    ]


@pytest.mark.parametrize(
    "only_if", ["Unless the child is placed", "If it is open, unless it ended"]
)
def test_a_condition_is_said_before_what_holds_under_it(only_if):
    """What holds only in some cases must not be read as if it were so."""
    assert Statement("Why", "Care continues.", only_if).words.startswith(only_if)


def test_where_a_fact_is_not_given_the_surest_case_is_said_first():
    """The rarer one is not told as if somebody had given it."""
    guide = shipped().guide
    said = advice(
        guide, explain.answer(guide, answers("investigation=concluded goal=return_home")).standing
    )
    why = [one for one in said if one.about == Heading.WHY]
    assert len(why) > 1
    assert all(one.only_if and one.words.startswith(one.only_if) for one in why)
    assert "out-of-home" in why[0].only_if
    assert why[0].only_if.startswith("If ")


def test_where_it_depends_the_exception_comes_last_as_otherwise():
    """Every other case is in the lines before it."""
    facts = "investigation=none goal=maintain_home setting=other_in_home"
    guide = shipped().guide
    said = advice(guide, replay(guide, answers("fins=unsure"), answers(facts)))
    conditions = [one.only_if for one in said if one.about == Heading.DEPENDS]
    assert len(conditions) == 2
    assert conditions[0].startswith("If ")
    assert conditions[1] == "Otherwise"


def test_answers_that_keep_the_same_groups_are_said_together():
    """Each set of groups once, with every answer that keeps it."""
    guide = shipped().guide
    given = answers("investigation=open")
    said = what_answers_leave(guide, given, replay(guide, given), "goal")
    left = [one.says for one in said if one.about == Heading.LEAVES]
    labels = [option.label for option in guide.questions["goal"].options.values()]
    assert [sum(f"“{label}”" in words for words in left) for label in labels] == [1] * len(labels)
    kept = [words.rpartition("still possible: ")[2] for words in left]
    assert len(set(kept)) == len(kept) < len(labels)
