"""What the interview says, as styled text."""

from collections.abc import Iterable, Iterator

from textual.content import Content

from assistant.cases.view import (
    ASIDE,
    View,
    answer_label,
    choices,
    how_sure,
    line_explained,
    only_if,
    recommended_instead,
    result_explained,
    to_record,
    unsure_all_the_same,
)
from assistant.commands import Where, keys
from assistant.engine.explain import (
    GroupView,
    certainty_words,
    in_words,
    reasons,
    says,
    smallest_change,
    what_each_answer_leaves,
)
from assistant.engine.verdict import (
    Row,
    Verdict,
    condition,
    group_name,
    headline,
    row_end,
    sentence,
    source,
)
from assistant.guide.model import Cite, GroupReason, Note, Question
from assistant.records.entry import is_followed
from assistant.screen.text import QUIET, Marker, Part, joined, plain
from assistant.screen.widgets import Block


def result_parts(view: View, result: Verdict, mark: Marker) -> Iterator[Iterator[Part]]:
    """Give a result's paragraphs, most needed first."""
    if result.status == "depends":
        yield _table(view, result)
    else:
        yield _warnings(view, result, mark)
        for row in result.details:
            yield _outcome(view, row, mark)
    yield _your_answers(view)
    yield _others(view)


def cited(view: View, cites: tuple[Cite, ...]) -> Iterator[Part]:
    """Give each citation on a line: the words, then the document and section."""
    for cite in cites:
        yield f"  “{cite.words}”", "italic"
        yield f" ({source(view.guide, cite)})\n", QUIET


def _table(view: View, result: Verdict) -> Iterator[Part]:
    for row in result.rows:
        yield f"If {condition(view.guide, row)}:\n", ""
        yield f"  {row_end(view.guide, row)}\n", "bold"
    yield "\nWhere to look\n", "bold"
    for fact in dict.fromkeys(fact for row in result.rows for fact in row.assumed):
        question = view.guide.questions[fact]
        yield f"• {question.name}: {question.where_to_look}\n", ""


def _warnings(view: View, result: Verdict, mark: Marker) -> Iterator[Part]:
    """Give what is to be checked, of every end: it stands first, since it may turn the result."""
    for row in result.details:
        for warning in view.guide.outcomes[row.outcomes[0]].warnings:
            if row.assumed:
                yield f"If {condition(view.guide, row)}: ", "bold"
            yield "Check first: ", "bold"
            yield from mark.parts(f"{warning}\n")


def _outcome(view: View, row: Row, mark: Marker) -> Iterator[Part]:
    name = row.outcomes[0]
    outcome = view.guide.outcomes[name]
    if row.assumed:
        yield f"If {condition(view.guide, row)}: ", "bold"
        yield f"{certainty_words(view.guide, name)}\n", ""
    yield "Why: ", "bold"
    yield from mark.parts(f"{outcome.reason}\n")
    yield from cited(view, outcome.cites)
    yield from _beside(view, "Also fits: ", outcome.also_fits, mark)
    yield from _beside(view, "Near: ", outcome.nearest, mark)
    yield from _notes(view, outcome.next, mark)


def _beside(view: View, lead: str, groups: tuple[GroupReason, ...], mark: Marker) -> Iterator[Part]:
    for group in groups:
        yield lead, "bold"
        yield f"{group_name(view.guide, group.group)}. ", ""
        yield from mark.parts(f"{group.reason}\n")
        yield from cited(view, group.cites)


def _notes(view: View, notes: tuple[Note, ...], mark: Marker) -> Iterator[Part]:
    yield "What to do next\n", "bold"
    for note in notes:
        yield from mark.parts(f"• {note.say}\n")
        yield from cited(view, note.cites)


def _your_answers(view: View) -> Iterator[Part]:
    yield "What you answered\n", "bold"
    for reason in reasons(view.guide, view.standing):
        as_if = "Taken as if it were so: " if reason.fact in view.assumed else ""
        yield f"• {sentence(as_if + reason.says)}\n", ""
        yield from cited(view, reason.cites)
    for fact in view.standing.set_aside:
        said = says(view.guide, fact, view.answers[fact])
        yield f"• Set aside, since it does not matter here: {sentence(said)}\n", QUIET


def _others(view: View) -> Iterator[Part]:
    ruled_out = [group for group in view.groups if not group.possible]
    if ruled_out:
        yield "Why not the others\n", "bold"
    for group in ruled_out:
        yield from _other(view, group)


def _other(view: View, group: GroupView) -> Iterator[Part]:
    name = group_name(view.guide, group.group)
    yield f"{'○' if group.also_fits else '✗'} {name}", "bold"
    if group.also_fits:
        yield ": also fits, and is not preferred. See above.\n", ""
    else:
        yield f", ruled out: {sentence(group.because)} It asks for:\n", ""
        yield from cited(view, group.cites)
    need = smallest_change(view.guide, view.standing, group.group)
    if need:
        yield f"  It would be {name} if {in_words(view.guide, need)}.\n", ""


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


Page = tuple[str, Content]
"""A title and the text below it."""


def help_page(view: View) -> Page:
    """Give help for the question being asked, or for a result, and the keys."""
    if view.question is None:
        return "What now", joined([*_after_result(view), *_keys()])
    question = view.guide.questions[view.question]
    mark = Marker(view.glossary)
    parts = [
        *_about(question, mark),
        *_leaves(view, view.question),
        *_awkward(view, question, mark),
    ]
    return question.name, joined([*parts, *_keys()])


def words_page(view: View, shown: Iterable[str]) -> Page:
    """Give the meaning of the terms shown now, then of all the others by name."""
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
    """Give the meaning of one term."""
    return view.guide.glossary[term].name, joined(_term(view, term))


def _term(view: View, key: str) -> Iterator[Part]:
    term = view.guide.glossary[key]
    yield f"\n{term.name}", "bold"
    yield f" (also: {', '.join(term.also)})\n" if term.also else "\n", QUIET
    yield f"{term.means}\n", ""
    yield from cited(view, term.cites)


def _about(question: Question, mark: Marker) -> Iterator[Part]:
    yield f"{question.ask}\n\n", "bold"
    yield "Why this is asked: ", "bold"
    yield from mark.parts(f"{question.why}\n\n")
    yield "Where to look: ", "bold"
    yield from mark.parts(f"{question.where_to_look}\n\n")
    yield "Not sure? ", "bold"
    yield "Say so. Every possibility is then followed, which may add a question.\n\n", ""


def _leaves(view: View, fact: str) -> Iterator[Part]:
    """Say which groups each answer would leave possible from here."""
    yield "What each answer leaves possible here\n", "bold"
    groups = view.guide.groups
    left = what_each_answer_leaves(view.guide, view.answers, view.standing, fact)
    for value, possible in left.items():
        names = [groups[group].name.removesuffix(" Services") for group in possible]
        yield f"• {view.guide.questions[fact].options[value].label}: ", ""
        yield f"{', '.join(names) or 'no group named'}\n", ""
    if len(set(left.values())) == 1:
        yield "So the group may stay the same; the answer decides how sure the documents are.\n", ""
    yield "\n", ""


def _awkward(view: View, question: Question, mark: Marker) -> Iterator[Part]:
    yield "What people get wrong\n", "bold"
    for item in question.help:
        yield f"\n{item.about}\n", "bold"
        yield from mark.parts(f"{item.say}\n")
        yield from cited(view, item.cites)
    yield "\n", ""


def _after_result(view: View) -> Iterator[Part]:
    for words in result_explained(view):
        yield f"{words}\n\n", ""
    yield "What the lines do\n", "bold"
    for choice in choices(view):
        does = line_explained(view, choice)
        yield f"{choice.label}{': ' if does else ''}", "bold"
        yield f"{does}\n", ""
    yield "\nHow sure a result can be\n", "bold"
    for words in view.guide.about.certainties.values():
        yield f"• {words}\n", ""
    yield "\n", ""


def _keys() -> Iterator[Part]:
    yield "Keys\n", "bold"
    yield "1-9  choose a line      ↑ ↓ Enter  choose a line\n", ""
    yield "PgUp PgDn  read the conversation      Esc  leave what is in front\n", ""
    for key in keys(Where.INTERVIEW, Where.APP).values():
        yield f"{key.shown}  {key.about}\n", ""
