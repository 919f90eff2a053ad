"""Draws a view as blocks of conversation: what was said, the question, the result.

Every sentence is complete without its colour, its place or the marks before it.
"""

from collections.abc import Iterator

from assistant.engine.verdict import Verdict
from assistant.engine.wording import headline
from assistant.interview.saying import (
    ASIDE,
    answer_label,
    how_sure,
    only_if,
    recommended_instead,
    to_record,
    unsure_all_the_same,
)
from assistant.interview.view import View
from assistant.records.entry import is_followed
from assistant.tui.result import result_parts
from assistant.tui.text import Marker, Part, joined, plain
from assistant.tui.widgets.conversation import Block

WELCOME = (
    "Answer for one child and one service: press a number, or arrows and Enter.\n"
    "“Not sure” is an answer too. Press ? to see why a question is asked."
)
"""What a first look needs to know, in two lines."""


def conversation(view: View) -> tuple[list[Block], int]:
    """Give the blocks of the conversation, and which of them must be in sight."""
    mark = Marker(view.glossary)
    blocks = [Block("hint", plain(WELCOME))] if not view.everything_said else []
    blocks += _turns(view)
    start = len(blocks)
    if view.mode in ASIDE:
        blocks.append(Block("question", plain(ASIDE[view.mode], "bold")))
    elif view.question:
        blocks.append(_question(view, view.question, mark))
    elif view.verdict:
        blocks += _result(view, view.verdict, mark)
    return blocks, min(start, len(blocks) - 1)


def _turns(view: View) -> Iterator[Block]:
    for fact, value in view.given.items():
        option = view.guide.questions[fact].options[value]
        yield Block("asked", plain(view.guide.questions[fact].ask))
        yield Block("answered", plain(f"{option.label} (filled in from the look-up)"))
    for fact, _ in view.standing.trail:
        yield Block("asked", plain(view.guide.questions[fact].ask))
        yield Block("answered", plain(answer_label(view, fact)))


def _question(view: View, fact: str, mark: Marker) -> Block:
    question = view.guide.questions[fact]
    parts: list[Part] = [("Change your answer. ", "bold")] if view.mode == "changing" else []
    parts += mark.parts(question.ask, "bold")
    parts.append(("\n", ""))
    parts += mark.parts(question.hint)
    return Block("question", joined(parts))


def _result(view: View, result: Verdict, mark: Marker) -> Iterator[Block]:
    parts = list(_headline(view, result))
    sure, condition = how_sure(view, result), only_if(view)
    all_the_same = unsure_all_the_same(view, result)
    if view.mode == "recorded" and not is_followed(result.group, view.chosen):
        sure = all_the_same = ""  # they are of the group that was recommended
    said = [(sure, ""), (condition, "bold"), (all_the_same, "")]
    parts += [(f"\n{words}", style) for words, style in said if words]
    is_group = view.chosen if view.mode == "recorded" else result.group
    yield Block("verdict" if is_group else "refer", joined(parts))
    for body in result_parts(view, result, mark):
        text = joined(body)
        if text:
            yield Block("body", text)


def _headline(view: View, result: Verdict) -> Iterator[Part]:
    """Give the line that answers the interview: what is recorded, once it is, else what is advised."""
    if view.mode != "recorded":
        yield headline(view.guide, result), "bold"
        return
    yield f"Recorded: {to_record(view)}", "bold"
    if is_followed(result.group, view.chosen) is not True:
        yield f"\n{recommended_instead(view, result)}", ""
