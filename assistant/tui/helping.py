"""The pages behind keys: why a question is asked, what words mean, and what a result is worth."""

from collections.abc import Iterable, Iterator

from textual.content import Content

from assistant.content.model import Question
from assistant.engine.explain import what_each_answer_leaves
from assistant.interview.after_result import line_explained, result_explained
from assistant.interview.cards import choices
from assistant.interview.view import View
from assistant.tui.commands import COMMANDS
from assistant.tui.result import cited
from assistant.tui.text import QUIET, Marker, Part, joined

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
        does = line_explained(view, choice.does)
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
    for command in COMMANDS:
        yield f"{command.shown_key}  {command.about}\n", ""
