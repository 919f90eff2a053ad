"""Help at a question is short enough to be read while a family waits."""

import re

import pytest

from tests.builders import shipped

HELP = [
    pytest.param(item, id=f"{fact}: {item.about}")
    for fact, question in shipped().guide.questions.items()
    for item in question.help
]


@pytest.mark.parametrize("item", HELP)
def test_help_is_short(item):
    """A heading fits on a line of the screen, and what is said takes three sentences at most."""
    sentences = re.findall(r"[.?!][”\"]?(?=\s|$)", item.say)
    assert len(item.about) <= 60
    assert 1 <= len(sentences) <= 3


@pytest.mark.parametrize("fact", shipped().guide.questions)
def test_no_two_headings_at_a_question_are_alike(fact):
    """A worker who scans the headings can tell which one to read."""
    headings = [item.about.casefold() for item in shipped().guide.questions[fact].help]
    assert len(set(headings)) == len(headings)
