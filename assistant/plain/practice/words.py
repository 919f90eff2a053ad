"""Words in practice: which answers typed words fit, and what the words of a story mean."""

import re
from collections.abc import Iterator, Sequence

from assistant.engine.walk import UNSURE
from assistant.engine.words import options_meant
from assistant.interview.choice import Choice
from assistant.interview.practice.helping import NO_WORDS, NONE_USED, guide_of, in_test, terms_used
from assistant.interview.practice.places import Session
from assistant.plain.helping import word_lines
from assistant.training.learning import Learn


def choices_meant(session: Session, choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Give the choices that words fit: a question's by its own words, groups by their names."""
    if isinstance(session, Learn) and session.question:
        values = options_meant(session.question, (*session.values, UNSURE), typed)
        return [choice for choice in choices if choice.does[1] in values]
    wanted = re.findall(r"\w+", typed.casefold())
    return [choice for choice in choices if wanted and _fits(wanted, choice.label)]


def word_meanings(session: Session) -> Iterator[str]:
    """Say what the words of the story, and of the question asked, mean; nothing in a test."""
    if in_test(session):
        yield NO_WORDS
        return
    terms = terms_used(session)
    for term in terms:
        yield from word_lines(guide_of(session), term.name)
    if not terms:
        yield NONE_USED


def _fits(wanted: Sequence[str], label: str) -> bool:
    words = re.findall(r"\w+", label.casefold())
    return all(any(word.startswith(begun) for word in words) for begun in wanted)
