"""What a changed answer would do is said before it is done."""

import pytest

from assistant.engine.explain import Change, what_follows
from assistant.engine.interview import UNSURE, replay, values_open, with_answer
from assistant.engine.verdict import verdict
from tests.builders import answers


@pytest.fixture(scope="session")
def changes(guide, standings):
    """Return every change of one answer that counts, at a spread of places in interviews."""
    return [
        (given, standing, fact, value, what_follows(guide, given, standing, fact, value))
        for standing in standings[:: max(1, len(standings) // 100)]
        for given in [dict(standing.trail)]
        for fact in given
        for value in (*values_open(guide, standing, fact), UNSURE)
    ]


def test_what_is_said_is_what_happens(guide, changes):
    """The counts and the verdict are those of the interview before and after the change."""
    wrong = []
    for given, standing, fact, value, change in changes:
        then = replay(guide, with_answer(given, fact, value))
        before, after = ({f for f, _ in side.trail if f != fact} for side in (standing, then))
        result = verdict(guide, then) if then.asking is None else None
        if change != Change(len(before - after), len(after - before), result):
            wrong.append((given, fact, value))
    assert wrong == []


def test_the_same_answer_changes_nothing(changes):
    """Choosing what is chosen already sets nothing aside and brings nothing back."""
    same = [(s, c) for given, s, fact, value, c in changes if given[fact] == value]
    assert same
    assert [c for _, c in same if c.sets_aside or c.brings_back] == []
    assert [s for s, c in same if (s.asking is None) != (c.after is not None)] == []


def test_answers_set_aside_come_back_when_they_apply_again(guide):
    """A change and its undoing leave the interview where it was, with nothing asked anew."""
    given = answers("investigation=none goal=maintain_home setting=out_of_home fins=other_fins")
    away = with_answer(given, "investigation", "open")
    assert tuple(replay(guide, away).set_aside) == ("setting", "fins")
    back = what_follows(guide, away, replay(guide, away), "investigation", "none")
    assert back.brings_back == len(given) - 2
    assert replay(guide, with_answer(away, "investigation", "none")) == replay(guide, given)
