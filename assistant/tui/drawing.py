"""Draws a view as text: the conversation, the result, the groups beside it.

Every sentence is complete without its colour, its place or the marks before it.
"""

from collections.abc import Iterator

from textual.content import Content

from assistant.content.model import GroupReason, Note
from assistant.engine.explain import groups_now, reasons, says
from assistant.engine.memo import condition, group_name, headline
from assistant.engine.verdict import Row, Verdict
from assistant.engine.walk import UNSURE, at_most
from assistant.tui.helping import cited
from assistant.tui.text import Part, joined, plain
from assistant.tui.view import View
from assistant.tui.widgets.conversation import Block

WELCOME = (
    "Answer for one child and one service: press a number, or arrows and Enter.\n"
    "“Not sure” is an answer too. Press ? to see why a question is asked."
)
"""What a first look needs to know, in two lines."""


def conversation(view: View) -> tuple[list[Block], int]:
    """Give the blocks of the conversation, and which of them must be in sight."""
    blocks = [Block("hint", plain(WELCOME))] if not view.answers else []
    blocks += _turns(view)
    start = len(blocks)
    if view.question and view.mode != "picking":
        blocks.append(_question(view, view.question))
    elif view.verdict and view.mode != "picking":
        blocks += _result(view, view.verdict)
    elif view.mode == "picking":
        blocks.append(Block("question", plain("Which answer do you want to change?", "bold")))
    return blocks, min(start, len(blocks) - 1)


def progress(view: View) -> str:
    """Give where the interview stands, in words."""
    if view.standing.asking is None:
        count = len(view.standing.trail)
        return f"Finished after {count} question{'s' * (count != 1)}"
    number = len(view.standing.trail) + 1
    return f"Question {number} of at most {at_most(view.guide, view.standing)}"


def possible_count(view: View) -> str:
    """Give how many groups are still possible: `3 of 7`."""
    possible = sum(group.possible for group in groups_now(view.guide, view.standing))
    return f"{possible} of {len(view.guide.groups)}"


def groups_drawn(view: View) -> Content:
    """Give the groups still possible, then each one ruled out with the answer that did it."""
    views = groups_now(view.guide, view.standing)
    parts: list[Part] = []
    for group in sorted(views, key=lambda group: not group.possible):
        name = group_name(view.guide, group.group).removesuffix(" Services")
        if group.possible:
            parts.append((f"● {name}\n", "bold"))
        else:
            how = "also fits, not preferred" if group.also_fits else "ruled out"
            parts += [(f"✗ {name}: {how}\n", ""), (f"  {group.because}\n", "$text-muted")]
    if not any(group.possible for group in views):
        parts.insert(0, ("No group is named for this case.\n", "bold"))
    return joined(parts)


def _turns(view: View) -> Iterator[Block]:
    for fact, answer in view.standing.trail:
        question = view.guide.questions[fact]
        said = "Not sure" if answer == UNSURE else question.options[answer].label
        yield Block("asked", plain(question.ask))
        yield Block("answered", plain(said))


def _question(view: View, fact: str) -> Block:
    question = view.guide.questions[fact]
    lead = "Change your answer. " if view.mode == "changing" else ""
    return Block("question", joined([(lead + question.ask, "bold"), (f"\n{question.hint}", "")]))


def _result(view: View, result: Verdict) -> Iterator[Block]:
    parts: list[Part] = [(headline(view.guide, result), "bold")]
    if result.certainty:
        parts.append((f"\n{view.guide.about.certainties[result.certainty]}", ""))
    yield Block("verdict" if result.group else "refer", joined(parts))
    if result.status == "depends":
        yield Block("body", joined(_table(view, result)))
    else:
        for row in result.details:
            yield Block("body", joined(_outcome(view, row)))
    yield Block("body", joined(_your_answers(view)))
    yield Block("body", joined(_others(view)))


def _table(view: View, result: Verdict) -> Iterator[Part]:
    for row in result.rows:
        group = view.guide.outcomes[row.outcomes[0]].group
        yield f"If {condition(view.guide, row)}:\n", ""
        yield f"  {group_name(view.guide, group)}\n", "bold"
    yield "\nWhere to look\n", "bold"
    for fact in dict.fromkeys(fact for row in result.rows for fact in row.assumed):
        question = view.guide.questions[fact]
        yield f"• {question.name}: {question.where_to_look}\n", ""


def _outcome(view: View, row: Row) -> Iterator[Part]:
    outcome = view.guide.outcomes[row.outcomes[0]]
    if row.assumed:
        yield f"If {condition(view.guide, row)}: ", "bold"
        yield f"{view.guide.about.certainties[outcome.certainty]}\n", ""
    yield "Why: ", "bold"
    yield f"{outcome.reason}\n", ""
    for warning in outcome.warnings:
        yield "Check first: ", "bold"
        yield f"{warning}\n", ""
    yield from cited(view, outcome.cites)
    yield from _beside(view, "Also fits: ", outcome.also_fits)
    yield from _beside(view, "Near: ", outcome.nearest)
    yield from _notes(view, outcome.next)


def _beside(view: View, lead: str, groups: tuple[GroupReason, ...]) -> Iterator[Part]:
    for group in groups:
        yield lead, "bold"
        yield f"{group_name(view.guide, group.group)}. {group.reason}\n", ""
        yield from cited(view, group.cites)


def _notes(view: View, notes: tuple[Note, ...]) -> Iterator[Part]:
    yield "What to do next\n", "bold"
    for note in notes:
        yield f"• {note.say}\n", ""
        yield from cited(view, note.cites)


def _your_answers(view: View) -> Iterator[Part]:
    yield "What you answered\n", "bold"
    for reason in reasons(view.guide, view.standing):
        yield f"• {_sentence(reason.says)}\n", ""
        yield from cited(view, reason.cites)
    for fact in view.standing.set_aside:
        said = says(view.guide, fact, view.answers[fact])
        yield f"• Set aside, since it no longer matters: {said}\n", "$text-muted"


def _others(view: View) -> Iterator[Part]:
    views = groups_now(view.guide, view.standing)
    ruled_out = [group for group in views if not group.possible and not group.also_fits]
    if ruled_out:
        yield "Why not the others\n", "bold"
    for group in ruled_out:
        yield f"✗ {group_name(view.guide, group.group)}: ", ""
        yield f"{group.because}\n", ""
        yield from cited(view, group.cites)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
