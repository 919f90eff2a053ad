"""The interview that is gone through: the longest one of the shipped guide, and its record form."""

from dataclasses import dataclass
from pathlib import Path

from assistant.engine.interview import NOTHING, replay, values_open, with_answer
from assistant.engine.verdict import headline, verdict
from assistant.guide.loading import load_guide

FORM = (
    ("1", "Case number"),
    ("12345", "12345"),
    ("\r", "a role"),
    ("child 1", "child 1"),
    ("\r", "a few words"),
    ("parenting class", "parenting class"),
    ("\r", "Recorded as entry"),
)
"""Keys that record what was recommended, and what shows after each: the caret in the next field, too."""

_ENOUGH = 24


@dataclass(frozen=True)
class Step:
    """What the screen shows, enough of it to tell; and the key that leads on, none at the end."""

    shows: str
    key: str


def longest_interview(content: Path) -> list[Step]:
    """Give the steps of a longest interview that ends in a group, with the result as the last one."""
    loaded = load_guide(content)
    guide, witnesses = loaded.guide, loaded.proof.witnesses
    ends = [name for name, outcome in guide.outcomes.items() if outcome.group]
    given = max((witnesses[name] for name in ends), key=len)
    answers, steps = NOTHING, []
    for fact, value in given:
        standing = replay(guide, answers)
        key = str(values_open(guide, standing, fact).index(value) + 1)
        steps.append(Step(_beginning(guide.questions[fact].ask), key))
        answers = with_answer(answers, fact, value)
    result = verdict(guide, replay(guide, answers))
    return [*steps, Step(_beginning(headline(guide, result)), "")]


def _beginning(text: str) -> str:
    """Give the first words: enough to know it by, and too few to be broken over two lines."""
    return text[: text.find(" ", _ENOUGH)] if " " in text[_ENOUGH:] else text
