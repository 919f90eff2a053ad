"""A trainee to test with: the shipped guide and stories, and a clock that only moves when told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product

from assistant.training.attempts import Attempt, Mode, SessionHeader
from assistant.training.content import load_practice
from assistant.training.judging import Answer, judge
from assistant.training.stories import Story, made_story
from assistant.training.syllabus import CasePath, Syllabus
from tests.builders import CONTENT, shipped

NOW = datetime(2026, 10, 3, 14, 5, tzinfo=UTC)


@cache
def syllabus() -> Syllabus:
    """Return the shipped guide with what is practised with it, read once."""
    return Syllabus(shipped(), load_practice(CONTENT, shipped().guide))


def story_of(way: CasePath, seed: int = 1) -> Story:
    return made_story(syllabus().guide, syllabus().practice, way.facts, seed)


def every_answer() -> tuple[Answer, ...]:
    return (*syllabus().guide.groups, None)


def every_pairing() -> Iterator[tuple[Story, Answer]]:
    """Yield a story of every way through the tree, with every answer."""
    stories = [story_of(way) for way in syllabus().paths]
    yield from product(stories, every_answer())


def header(alias: str = "Robin", mode: Mode = "drill", class_id: str = "") -> SessionHeader:
    meaning = shipped().meaning_hash
    return SessionHeader(
        alias=alias, session="5" * 32, mode=mode, meaning_hash=meaning, class_id=class_id
    )


def attempt(
    story: Story,
    chosen: Answer,
    number: int = 1,
    *,
    alias: str = "Robin",
    mode: Mode = "drill",
) -> Attempt:
    """Return the attempt of picking a group, `number` minutes after the clock's start."""
    found = judge(syllabus().guide, story, chosen)
    when = NOW + timedelta(minutes=number)
    return header(alias, mode).attempt(f"{number:032x}", when, story, found)
