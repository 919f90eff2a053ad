"""Folders that hold every kind of mistake, each with the exact list of what is said of it."""

import json
from pathlib import Path
from typing import get_args

import pytest

from assistant.guide.loading import check_quotes, load_guide
from assistant.guide.problems import REPORTERS, GuideProblemsError, Rule, problems_text

HERE = Path(__file__).parent
BAD = HERE / "bad"
GOOD = HERE / "good"
AGENCY = HERE / "agency"


def problems_in(folder):
    with pytest.raises(GuideProblemsError) as caught:
        load_guide(folder)
    return caught.value.problems


def expected(name):
    return (BAD / name / "expected.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("stage", ["everything", "names", "structure", "dead_ends", "proof"])
def test_all_mistakes_of_a_stage_are_listed_at_once(stage):
    """Reading and shape, then names, structure, dead ends and proof: each says all that it finds."""
    assert problems_text(problems_in(BAD / stage)).splitlines() == expected(stage)


@pytest.mark.parametrize("stage", ["decisions", "decisions_names", "decisions_shape"])
def test_mistakes_of_an_agency_are_listed_like_the_guides(stage, monkeypatch):
    """Its file is named as it was given, with line and column; the guide itself is not blamed."""
    monkeypatch.chdir(BAD / stage)
    with pytest.raises(GuideProblemsError) as caught:
        load_guide(GOOD, decisions=Path("decisions.yaml"))
    assert problems_text(caught.value.problems).splitlines() == expected(stage)


def test_stale_quotes_are_listed_at_once():
    """A phrase that does not stand word for word in the section named is placed in its file."""
    folder = BAD / "quotes"
    with pytest.raises(GuideProblemsError) as caught:
        check_quotes(folder, load_guide(folder).guide, AGENCY)
    assert problems_text(caught.value.problems).splitlines() == expected("quotes")


OF_OWN_STORIES = {
    "personal",
    "wrong-answer",
}  # broken with a trainer's own stories, which are no folder


def test_every_rule_is_broken_somewhere():
    """No rule that a mistake can break is missing from the bad folders."""
    lines = [line for path in BAD.glob("*/expected.txt") for line in path.read_text().splitlines()]
    shown = {line.rpartition("(")[2].removesuffix(")") for line in lines}
    assert shown | OF_OWN_STORIES == set(get_args(Rule))


def test_a_guide_without_mistakes_is_read():
    """The guide that the bad ones are made from holds together."""
    assert load_guide(GOOD).proof.faults == ()


def test_quotes_may_differ_in_white_space_and_curly_marks():
    """Line ends, repeated blanks and curly quotation marks do not make a quote stale."""
    check_quotes(GOOD, load_guide(GOOD).guide, AGENCY)


def test_the_error_says_every_problem_the_folder_and_what_to_do():
    """What a person sees holds the whole list."""
    with pytest.raises(GuideProblemsError) as caught:
        load_guide(BAD / "structure")
    assert problems_text(caught.value.problems) in str(caught.value)


def test_problems_as_json_are_the_problems():
    """The JSON form holds the same fields."""
    problems = problems_in(BAD / "proof")
    read = json.loads(REPORTERS["json"](problems))
    assert [tuple(item.values()) for item in read] == [
        (p.file, p.line, p.column, p.message, p.rule, p.level) for p in problems
    ]


def test_problems_for_github_name_the_place():
    """The form for a pull request marks the file, line and column of each problem."""
    (first,) = problems_in(BAD / "dead_ends")
    assert REPORTERS["github"]([first]).startswith(
        f"::error file={first.file},line={first.line},col={first.column},title=dead-end::"
    )
