"""Composes the paragraphs of a made story: an opening, a service, the facts, a harmless detail."""

from collections.abc import Mapping
from random import Random

from assistant.content.practice import Opening, Practice

_MOST_IN_A_PARAGRAPH = 4
"""Sentences beyond which a paragraph is parted in two."""


def told(practice: Practice, facts: Mapping[str, str], rng: Random) -> tuple[tuple[str, ...], str]:
    """Give the paragraphs of a story of `facts`, one sentence for each, and what is asked of it."""
    telling = practice.telling
    opening = rng.choice([some for some in telling.openings if _fits(some, facts)])
    service = rng.choice(telling.services)
    first = [opening.says, service.says]
    rng.shuffle(first)
    body = [rng.choice(practice.sounds[fact][value]) for fact, value in facts.items()]
    body += rng.sample(telling.harmless, rng.choice((1, 2)))
    rng.shuffle(body)
    parts = _parted(body)
    for part, ways in zip(parts, (telling.leads, telling.links), strict=False):
        if rng.choice((True, False)):
            part.insert(0, rng.choice(ways))
    return tuple(" ".join(part) for part in (first, *parts)), service.ask


def _fits(opening: Opening, facts: Mapping[str, str]) -> bool:
    return not any(facts.get(fact) in values for fact, values in opening.unless.items())


def _parted(sentences: list[str]) -> tuple[list[str], ...]:
    if len(sentences) <= _MOST_IN_A_PARAGRAPH:
        return (sentences,)
    middle = (len(sentences) + 1) // 2
    return sentences[:middle], sentences[middle:]
