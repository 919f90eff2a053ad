"""The page behind "why": what the question at hand is for, or what the result means."""

from collections.abc import Iterator

from textual.content import Content

from assistant.content.model import Cite, Question
from assistant.tui.commands import COMMANDS
from assistant.tui.text import Part, joined
from assistant.tui.view import View


def help_page(view: View) -> tuple[str, Content]:
    """Give a title and text: help for the question being asked, and the keys."""
    fact = view.question or (view.fact if view.mode == "changing" else None)
    if fact is None:
        return "What now", joined([*_after_result(view), *_keys()])
    question = view.guide.questions[fact]
    return question.name, joined([*_about(view, question), *_keys()])


def _about(view: View, question: Question) -> Iterator[Part]:
    yield f"{question.ask}\n\n", "bold"
    yield "Why this is asked: ", "bold"
    yield f"{question.why}\n\n", ""
    yield "Where to look: ", "bold"
    yield f"{question.where_to_look}\n\n", ""
    yield "Not sure? ", "bold"
    yield "Say so. Every possibility is followed, which may add a question.\n\n", ""
    for item in question.help:
        yield f"{item.about}\n", "bold"
        yield f"{item.say}\n", ""
        yield from cited(view, item.cites)
        yield "\n", ""


def _after_result(view: View) -> Iterator[Part]:
    yield "This is advice, with its reasons. ", "bold"
    yield "The agency's data system stays the record: enter the group there.\n\n", ""
    for words in view.guide.about.certainties.values():
        yield f"• {words}\n", ""
    yield "\nChange any answer with c and see what follows before you choose.\n\n", ""


def _keys() -> Iterator[Part]:
    yield "Keys\n", "bold"
    yield "1-9  choose a line      ↑ ↓ Enter  choose a line\n", ""
    yield "PgUp PgDn  read the conversation      Esc  leave what is in front\n", ""
    for command in COMMANDS:
        yield f"{command.shown_key}  {command.about}\n", ""


def cited(view: View, cites: tuple[Cite, ...]) -> Iterator[Part]:
    """Give each citation on a line: the words, then the document and section."""
    for cite in cites:
        yield f"  “{cite.words}”", "italic"
        yield f" ({view.guide.documents[cite.document].title}, {cite.section})\n", "$text-muted"
