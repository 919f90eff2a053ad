"""The pages behind keys in practice: what to do here, and what the words of a story mean."""

from collections.abc import Iterator

from textual.content import Content

from assistant.interview.practice.helping import HOW, NONE_USED, terms_used
from assistant.interview.practice.places import Session
from assistant.training.learning import Learn
from assistant.tui.text import QUIET, Part, joined

KEYS = (
    "Press the number of a line, or move with ↑ ↓ and press Enter, or click.",
    "PgUp and PgDn read on. n or the space bar goes on where something was explained.",
    "Esc leaves; the place is kept, and Practice offers it again.",
)
"""What can be pressed in every mode."""


def how_page(session: Session) -> Content:
    """Give what the mode asks for, help for the question asked, and the keys."""
    parts: list[Part] = [(f"{HOW[session.sitting.mode]}\n\n", ""), *_about(session)]
    return joined([*parts, ("Keys\n", "bold"), ("\n".join(KEYS), "")])


def terms_page(session: Session) -> Content:
    """Give what the words of the story, and of the question asked, mean."""
    return joined(_terms(session))


def _about(session: Session) -> Iterator[Part]:
    question = session.question if isinstance(session, Learn) else None
    if question:
        yield "Why this is asked: ", "bold"
        yield f"{question.why}\n\n", ""
        yield "Where to look in a real case: ", "bold"
        yield f"{question.where_to_look}\n\n", ""
        for item in question.help:
            yield f"{item.about}\n", "bold"
            yield f"{item.say}\n\n", ""


def _terms(session: Session) -> Iterator[Part]:
    terms = terms_used(session)
    for term in terms:
        yield term.name, "bold"
        yield f" (also: {', '.join(term.also)})\n" if term.also else "\n", QUIET
        yield f"{term.means}\n\n", ""
    if not terms:
        yield NONE_USED, ""
