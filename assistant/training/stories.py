"""Stories to practise on: cases written by hand, and cases made from any set of facts.

A made story is a function of the guide, of what is practised with, of the facts and of a seed, so
that its name is enough to tell it again.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from assistant.content.model import Guide
from assistant.content.practice import Practice, PracticeCase
from assistant.engine.walk import replay
from assistant.training.stories_paths import (
    Facts,
    every_path,
    facts_for_outcome,
    facts_through,
)
from assistant.training.stories_telling import told

__all__ = [
    "Story",
    "facts_for_outcome",
    "facts_through",
    "frame",
    "fresh_story",
    "made_story",
    "story_by_id",
    "written_stories",
]

_MADE = re.compile(r"made-(0|-?[1-9][0-9]{0,39})-([0-9a-f]{8})")
"""The name of a made story: its seed, and the start of its facts' hash."""


_TRIES = 40
"""Tellings among which the one is chosen that repeats least."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """A case as a trainee meets it, with its answer.

    `id` is a written case's name, or says how to make the story again; `facts` are those that the
    story supports, in a made one exactly those that the interview asks.
    """

    id: str
    paragraphs: tuple[str, ...]
    ask: str
    facts: Mapping[str, str]
    outcome: str
    note: str
    made: bool


def written_stories(practice: Practice) -> tuple[Story, ...]:
    """Give the stories written by hand, in the order of their files."""
    return tuple(_written(name, case) for name, case in practice.cases.items())


def made_story(guide: Guide, practice: Practice, facts: Mapping[str, str], seed: int) -> Story:
    """Compose a story of `facts`, of which those that the interview asks are told.

    `ValueError` where the interview asks for a fact that is not there or cannot be so.
    """
    standing = replay(guide, facts)
    if standing.asking or standing.unsure:
        raise ValueError(f"the facts do not say {standing.asking or standing.unsure!r}")
    asked = standing.known
    name = f"made-{seed}-{_hash(asked)}"
    paragraphs, ask = told(practice, asked, Random(name))  # noqa: S311 - the same name, the same story
    outcome = standing.branches[0].place
    return Story(
        id=name,
        paragraphs=paragraphs,
        ask=ask,
        facts=asked,
        outcome=outcome,
        note=guide.outcomes[outcome].reason,
        made=True,
    )


def fresh_story(
    ground: tuple[Guide, Practice], facts: Mapping[str, str], rng: Random, told: Iterable[Story]
) -> Story:
    """Make a story of `facts` by lot, with as little as can be that other stories told already.

    What is compared are openings and harmless details: they bear on nothing, so a trainee who meets
    one again learns to skip it.
    """
    guide, practice = ground
    used = Counter(part for story in told for part in frame(practice, story))
    best, least = None, 0
    for _ in range(_TRIES):
        story = made_story(guide, practice, facts, rng.randrange(10**9))
        again = sum(used[part] for part in frame(practice, story))
        if not again:
            return story
        if best is None or again < least:
            best, least = story, again
    return best or made_story(guide, practice, facts, rng.randrange(10**9))


def frame(practice: Practice, story: Story) -> tuple[str, ...]:
    """Give the opening and the harmless details that a made story is told with."""
    text = " ".join(story.paragraphs)
    parts = (*(opening.says for opening in practice.telling.openings), *practice.harmless)
    return tuple(part for part in parts if part in text) if story.made else ()


def story_by_id(guide: Guide, practice: Practice, story_id: str) -> Story:
    """Give the story of that name, written or made again; `KeyError` where there is none."""
    if story_id in practice.cases:
        return _written(story_id, practice.cases[story_id])
    name = _MADE.fullmatch(story_id)
    for facts, _ in every_path(guide) if name else ():
        if name and _hash(facts) == name[2]:
            return made_story(guide, practice, facts, int(name[1]))
    raise KeyError(story_id)


def _written(name: str, case: PracticeCase) -> Story:
    return Story(
        id=name,
        paragraphs=tuple(part for part in case.story.split("\n") if part.strip()),
        ask=case.ask,
        facts=case.facts,
        outcome=case.outcome,
        note=case.note,
        made=False,
    )


def _hash(facts: Facts) -> str:
    text = json.dumps(dict(facts), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
