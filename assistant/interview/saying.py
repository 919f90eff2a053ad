"""Sentences about a view that every front end says alike."""

from assistant.engine.explain import certainty_words, says
from assistant.engine.verdict import Verdict
from assistant.engine.walk import UNSURE, at_most
from assistant.interview.view import View

ASIDE = {
    "picking": "Which answer do you want to change? Nothing changes until you choose another.",
    "assuming": "Go on as if which of these were so? The record will say that it was assumed.",
}
"""What the choices of a side mode are for."""


def progress(view: View) -> str:
    """Give where the interview stands, in words."""
    if view.standing.asking is None:
        count = len(view.standing.trail)
        return f"Finished after {count} question{'s' * (count != 1)}"
    number = len(view.standing.trail) + 1
    return f"Question {number} of at most {at_most(view.guide, view.standing)}"


def answer_label(view: View, fact: str) -> str:
    """Give an answer as its option is worded, and whether it was only taken as if it were so."""
    answer = view.answers[fact]
    said = "Not sure" if answer == UNSURE else view.guide.questions[fact].options[answer].label
    return said + (" (taken as if it were so)" if fact in view.assumed else "")


def how_sure(view: View, result: Verdict) -> str:
    """Say how sure the documents are of a result as a whole; nothing where it depends."""
    if not result.certainty:
        return ""
    words = {certainty_words(view.guide, name): None for name in result.outcomes}
    return next(iter(words)) if len(words) == 1 else view.guide.about.certainties[result.certainty]


def only_if(view: View) -> str:
    """Say what a result takes as if it were so, if anything."""
    taken = [fact for fact, _ in view.standing.trail if fact in view.assumed]
    as_if = ", and ".join(says(view.guide, fact, view.answers[fact]) for fact in taken)
    return f"Only if it is so: {as_if}." if taken else ""


def unsure_all_the_same(view: View, result: Verdict) -> str:
    """Say that what the worker is not sure of makes no difference, where it makes none."""
    if not (view.standing.unsure and result.certainty):
        return ""
    rest = ", only how sure the documents are" if len(result.details) > 1 else ""
    return f"What you are not sure of does not change this{rest}."
