"""Sentences about a view that every front end says alike."""

from assistant.engine.explain import certainty_words, says
from assistant.engine.verdict import Verdict
from assistant.engine.walk import UNSURE, at_most
from assistant.engine.wording import group_name
from assistant.interview.choice import Choice
from assistant.interview.view import View

ASIDE = {
    "picking": "Which answer do you want to change? Nothing changes until you choose another.",
    "assuming": "Go on as if which of these were so? The record will say that it was assumed.",
}
"""What the choices of a side mode are for, where they stand in place of what was shown."""

SIDE_MODES = frozenset({"picking", "changing", "assuming", "choosing_group"})
"""Modes that are left without anything changed."""

BEGIN_ANEW = "Begin another interview? What becomes of the answers so far?"
"""The question before answers are left behind."""


STAYS = "It stays among the unfinished interviews."
"""Said of an interview that is recorded and open still."""


def begin_choices(*, can_be_kept: bool) -> list[Choice]:
    """Give what can become of the answers; those that cannot be kept are not offered to be."""
    choices = [
        Choice(("drop",), "Start again: these answers are thrown away"),
        Choice(("stay",), "Go on with this one"),
        Choice(("keep",), "Keep it among the unfinished, and begin another"),
    ]
    return choices if can_be_kept else choices[:2]


def card_heading(view: View) -> str:
    """Say what the choices are for, where they stand below a result and answer another question."""
    if view.mode != "choosing_group":
        return ""
    instead = f" Recommended is {group_name(view.guide, view.recommended)}."
    return f"Which group is to be recorded?{instead if view.recommended else ''}"


def to_record(view: View) -> str:
    """Give what is being recorded, or is recorded: the group's name, or why there is none."""
    if view.chosen:
        return group_name(view.guide, view.chosen)
    return "unresolved, to finish later" if view.unresolved else "left to your supervisor"


def recommended_instead(view: View, result: Verdict) -> str:
    """Say what was recommended where something else is recorded."""
    if result.status == "depends":
        return "Nothing was recommended: it depends on what was not known."
    if result.group is None:
        return "Nothing was recommended: the documents name no group."
    return f"Recommended was: {group_name(view.guide, result.group)}"


def recorded_sentence(view: View, sentence: str) -> str:
    """Give the sentence that says that a view is recorded, and where it stays if it is open still."""
    return f"{sentence} {STAYS}" if view.is_open else sentence


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
