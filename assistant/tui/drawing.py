"""Draws a view as blocks of conversation: what was said, the question, the result.

Every sentence is complete without its colour, its place or the marks before it.
"""

from collections.abc import Iterator

from assistant.engine.explain import certainty_words, says
from assistant.engine.verdict import Verdict
from assistant.engine.walk import UNSURE, at_most
from assistant.engine.wording import headline
from assistant.interview.view import View
from assistant.tui.result import result_parts
from assistant.tui.text import Marker, Part, joined, plain
from assistant.tui.widgets.conversation import Block

WELCOME = (
    "Answer for one child and one service: press a number, or arrows and Enter.\n"
    "“Not sure” is an answer too. Press ? to see why a question is asked."
)
"""What a first look needs to know, in two lines."""

_ASIDE = {
    "picking": "Which answer do you want to change?",
    "assuming": "Go on as if which of these were so? The record will say that it was assumed.",
}


def conversation(view: View) -> tuple[list[Block], int]:
    """Give the blocks of the conversation, and which of them must be in sight."""
    mark = Marker(view.glossary)
    blocks = [Block("hint", plain(WELCOME))] if not view.answers else []
    blocks += _turns(view)
    start = len(blocks)
    if view.mode in _ASIDE:
        blocks.append(Block("question", plain(_ASIDE[view.mode], "bold")))
    elif view.question:
        blocks.append(_question(view, view.question, mark))
    elif view.verdict:
        blocks += _result(view, view.verdict, mark)
    return blocks, min(start, len(blocks) - 1)


def progress(view: View) -> str:
    """Give where the interview stands, in words."""
    if view.standing.asking is None:
        count = len(view.standing.trail)
        return f"Finished after {count} question{'s' * (count != 1)}"
    number = len(view.standing.trail) + 1
    return f"Question {number} of at most {at_most(view.guide, view.standing)}"


def _turns(view: View) -> Iterator[Block]:
    for fact, answer in view.standing.trail:
        question = view.guide.questions[fact]
        said = "Not sure" if answer == UNSURE else question.options[answer].label
        as_if = " (taken as if it were so)" if fact in view.assumed else ""
        yield Block("asked", plain(question.ask))
        yield Block("answered", plain(said + as_if))


def _question(view: View, fact: str, mark: Marker) -> Block:
    question = view.guide.questions[fact]
    parts: list[Part] = [("Change your answer. ", "bold")] if view.mode == "changing" else []
    parts += mark.parts(question.ask, "bold")
    parts.append(("\n", ""))
    parts += mark.parts(question.hint)
    return Block("question", joined(parts))


def _result(view: View, result: Verdict, mark: Marker) -> Iterator[Block]:
    parts: list[Part] = [(headline(view.guide, result), "bold")]
    words = {certainty_words(view.guide, name): None for name in result.outcomes}
    if result.certainty and len(words) == 1:
        parts.append((f"\n{next(iter(words))}", ""))
    elif result.certainty:
        parts.append((f"\n{view.guide.about.certainties[result.certainty]}", ""))
    taken = [fact for fact, _ in view.standing.trail if fact in view.assumed]
    if taken:
        as_if = ", and ".join(says(view.guide, fact, view.answers[fact]) for fact in taken)
        parts.append((f"\nOnly if it is so: {as_if}.", "bold"))
    if view.standing.unsure and result.certainty:
        rest = ", only how sure the documents are" if len(result.details) > 1 else ""
        parts.append((f"\nWhat you are not sure of does not change this{rest}.", ""))
    yield Block("verdict" if result.group else "refer", joined(parts))
    for body in result_parts(view, result, mark):
        yield Block("body", joined(body))
