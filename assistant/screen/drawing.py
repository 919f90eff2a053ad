"""What the interview says, as styled text."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from textual.content import Content

from assistant.cases.view import (
    ASIDE,
    View,
    answer_label,
    choices,
    help_on,
    recommended_instead,
    to_record,
)
from assistant.commands import Where, keys
from assistant.engine.statements import Heading, Statement, meaning
from assistant.engine.verdict import Verdict, headline
from assistant.records.entry import is_followed
from assistant.screen.widgets import Block, Marker, Part, joined, plain, quoted

IN_HEAD = (Heading.HOW_SURE, Heading.ONLY_IF, Heading.NOT_SURE)
"""What stands right below the group's name, and so needs no heading."""


def result_blocks(said: Iterable[Statement], mark: Marker) -> Iterator[Block]:
    """Return a block for each heading of a result."""
    for about, group in groupby(said, key=lambda one: one.about):
        layout = _it_depends if about == Heading.DEPENDS else _section
        yield Block("body", joined(layout(list(group), mark)).rstrip())


def _it_depends(some: list[Statement], _: Marker) -> Iterator[Part]:
    for one in some:
        yield f"{one.only_if}:\n", ""
        yield f"  {one.says}\n", "bold"


def _section(some: list[Statement], mark: Marker) -> Iterator[Part]:
    """Return one statement after its heading, or several in a list below it."""
    heading = some[0].about
    yield (f"{heading}: " if len(some) == 1 else f"{heading}:\n"), "bold"
    for one in some:
        yield "• " if len(some) > 1 else "", ""
        yield f"{one.only_if}: " if one.only_if else "", "bold"
        yield from mark.parts(f"{one.says}\n")
        yield from quoted(one.quotes)


WELCOME = (
    "Answer for one child and one service. Use numbers, or arrows and Enter.\n"
    "Not sure? Choose “Not sure”. Press ? to see why a question is asked."
)
"""What a first look needs to know, in two lines."""


def conversation(view: View) -> tuple[list[Block], int]:
    """Return the blocks of the conversation, and which of them must be in sight."""
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
    # What is said of the group that was recommended is not said of another that was recorded.
    otherwise = view.mode == "recorded" and not is_followed(result.group, view.chosen)
    for one in view.said:
        if one.about == Heading.ONLY_IF:
            parts.append((f"\n{one.line}", "bold"))
        elif one.about in IN_HEAD and not otherwise:
            parts.append((f"\n{one.words}", ""))
    is_group = view.chosen if view.mode == "recorded" else result.group
    yield Block("verdict" if is_group else "refer", joined(parts))
    yield from result_blocks([one for one in view.said if one.about not in IN_HEAD], mark)


def _headline(view: View, result: Verdict) -> Iterator[Part]:
    """Return the line that answers the interview: what is recorded, once it is, else what is advised."""
    if view.mode != "recorded":
        yield headline(view.guide, result), "bold"
        return
    yield f"Recorded: {to_record(view)}", "bold"
    if is_followed(result.group, view.chosen) is not True:
        yield f"\n{recommended_instead(view, result)}", ""


Page = tuple[str, Content]
"""A title and the text below it."""


def help_page(view: View) -> Page:
    """Return help for the question being asked, or for a result, and the keys."""
    parts: list[Part] = []
    title = "What now"
    if view.question:
        question = view.guide.questions[view.question]
        title = question.name
        parts.append((f"{question.ask}\n\n", "bold"))
    parts += sections(help_on(view, choices(view)), Marker(view.glossary))
    return title, joined([*parts, *_keys()])


def sections(said: Iterable[Statement], mark: Marker) -> Iterator[Part]:
    """Return statements under their headings, with a blank line below each."""
    for _, group in groupby(said, key=lambda one: one.about):
        yield from _section(list(group), mark)
        yield "\n", ""


def words_page(view: View, shown: Iterable[str]) -> Page:
    """Return the meaning of the terms shown now, then of all the others by name."""
    here = dict.fromkeys(term for text in shown for term in view.glossary.terms_in(text))
    others = sorted(set(view.guide.glossary) - set(here))
    parts: list[Part] = [("On the screen now\n", "bold")] if here else []
    for term in here:
        parts += _term(view, term)
    parts.append(("\nAll other words\n", "bold"))
    for term in others:
        parts += _term(view, term)
    return "Words", joined(parts)


def term_page(view: View, term: str) -> Page:
    """Return the meaning of one term."""
    return view.guide.glossary[term].name, joined(_term(view, term))


def _term(view: View, key: str) -> Iterator[Part]:
    found = meaning(view.guide, key)
    yield f"\n{found.about}\n", "bold"
    yield f"{found.says}\n", ""
    yield from quoted(found.quotes)


def _keys() -> Iterator[Part]:
    yield "Keys\n", "bold"
    yield "1-9  choose a line      ↑ ↓ Enter  choose a line\n", ""
    yield "PgUp PgDn  scroll the conversation      Esc  close what is in front\n", ""
    for key in keys(Where.INTERVIEW, Where.APP).values():
        yield f"{key.shown}  {key.about}\n", ""
