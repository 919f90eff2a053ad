"""Finds text that looks like a personal detail, so that it can be refused before it is kept.

It leans towards finding: a false alarm costs a worker a rewording, a miss keeps what the law says
must not be kept. Case numbers, money, dates of service and citations are the text workers do
write, and pass. Patterns are bounded or possessive, so long text costs no more than its length.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.records.guard.address_patterns import ADDRESSES, EMAILS
from assistant.records.guard.birth_patterns import (
    AFTER_BIRTH_WORD,
    BEFORE_BIRTH_WORD,
    BIRTH_WORD,
    DATE,
)
from assistant.records.guard.patterns import AMOUNT_AFTER, LABEL_BEFORE, NUMBERS

_NEAR = 45
"""How far from a date its birth words may stand, in characters."""

_PAST_A_WORD = 2
"""How far past a birth word's end its pattern looks, in characters."""

_LABEL_REACH = 60
"""How far back a label such as "case number" is looked for, in characters."""


@dataclass(frozen=True, slots=True)
class PersonalDetail:
    """Words that look like a personal detail: which kind (with its article), and what shows it."""

    kind: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class _Find:
    start: int
    end: int
    kind: str
    why: str


def personal_details(text: str) -> list[PersonalDetail]:
    """List what looks like a personal detail, in reading order; no words are reported twice."""
    kept: list[_Find] = []
    for find in _finds(text):
        if all(find.end <= other.start or other.end <= find.start for other in kept):
            kept.append(find)
    kept.sort(key=lambda find: find.start)
    return [PersonalDetail(find.kind, text[find.start : find.end], find.why) for find in kept]


def _finds(text: str) -> Iterator[_Find]:
    """Give every find, the surest kinds first, so that those keep words that two could claim."""
    yield from _spelled(EMAILS, text, "an e-mail address", "a name, an @ and a domain")
    yield from _birth_dates(text)
    yield from _numbers(text)
    yield from _spelled(
        ADDRESSES, text, "a street address", "a house number and a street, or a box"
    )


def _spelled(
    patterns: Iterable[re.Pattern[str]], text: str, kind: str, why: str
) -> Iterator[_Find]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield _Find(match.start(), match.end(), kind, why)


def _numbers(text: str) -> Iterator[_Find]:
    """Give numbers shaped like a social security or phone number, save those labelled otherwise."""
    for number in NUMBERS:
        for match in number.pattern.finditer(text):
            if not (number.excusable and _is_excused(text, match)):
                yield _Find(match.start(), match.end(), number.kind, number.why)


def _is_excused(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _LABEL_REACH) : match.start()]
    return bool(LABEL_BEFORE.search(before) or AMOUNT_AFTER.match(text, match.end()))


def _birth_dates(text: str) -> Iterator[_Find]:
    """Give dates that birth words stand beside; a date alone is a date of service."""
    for date in DATE.finditer(text):
        start = _birth_word_before(text, date.start())
        end = _birth_word_after(text, date.end())
        if start is not None or end is not None:
            first = date.start() if start is None else start
            yield _Find(first, end or date.end(), "a birth date", "a date beside a word for birth")


def _birth_word_before(text: str, place: int) -> int | None:
    """Give where the nearest birth word before a date starts, if nothing between parts the two."""
    words = list(BIRTH_WORD.finditer(text, max(0, place - _NEAR), place + _PAST_A_WORD))
    near = [word for word in words if word.end() <= place]
    if near and AFTER_BIRTH_WORD.fullmatch(text, near[-1].end(), place):
        return near[-1].start()
    return None


def _birth_word_after(text: str, place: int) -> int | None:
    """Give where the birth word that follows a date ends, if hardly anything stands between."""
    window = text[place : place + _NEAR]
    word = BIRTH_WORD.search(window)
    if word and BEFORE_BIRTH_WORD.fullmatch(window, 0, word.start()):
        return place + word.end()
    return None
