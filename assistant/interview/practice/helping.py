"""What helps in a session without answering it: how its mode goes, and the words it uses."""

from collections.abc import Iterator
from types import MappingProxyType

from assistant.content.model import Guide, Term
from assistant.engine.terms import Glossary
from assistant.interview.practice.places import Session
from assistant.training.drill import Drill
from assistant.training.exam import Exam
from assistant.training.learning import Learn

HOW = MappingProxyType(
    {
        "learn": "Learn: answer the interview's questions about the story. Each answer is checked at once.",
        "drill": "Drill: read the story and pick its group. You hear at once whether it is right, and why.",
        "test": "Test: pick the group of each story. How it went is said after the last one.",
    }
)
"""What each mode asks for, by mode."""

NO_WORDS = (
    "In a test no words are explained, since that could give an answer away. Its end explains."
)
"""Said where the meaning of words is asked for in a test."""

NONE_USED = "None of the words used here are explained."
"""Said where a session uses no word that the guide explains."""


def guide_of(session: Session) -> Guide:
    """Give the guide that a session is held with."""
    return session.ground.guide if isinstance(session, Drill) else session.guide


def in_test(session: Session | None) -> bool:
    """Tell whether a test goes on, in which nothing is explained."""
    return isinstance(session, Exam) and not session.finished


def terms_used(session: Session) -> tuple[Term, ...]:
    """Give the words of the story, and of the question asked, that the guide explains."""
    guide = guide_of(session)
    names = Glossary(guide).terms_in("\n".join(_text(session)))
    return tuple(guide.glossary[name] for name in names)


def _text(session: Session) -> Iterator[str]:
    if session.story:
        yield from session.story.paragraphs
        yield session.story.ask
    if isinstance(session, Learn) and session.question:
        yield from (session.question.ask, session.question.hint)
