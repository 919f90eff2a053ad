"""What may not stand in any text that a worker types: too much, what cannot be seen, a personal detail."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.records.guard.privacy import personal_details

_SHOWN_MOST = 60
"""Longest quotation of what a worker typed, in characters."""

_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that make text read in another order than it is stored in."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of a form, in a sentence that stands on its own."""

    field: str
    message: str


def text_problems(
    field: str, label: str, text: str, *, most: int, lines: bool = False
) -> Iterator[FieldProblem]:
    """Give what is wrong with free text of at most `most` characters, and perhaps of several lines."""
    yield from length_problems(field, label, text, most)
    yield from _character_problems(field, label, text, allowed="\n\t" if lines else "")
    yield from _privacy_problems(field, label, text)


def length_problems(field: str, label: str, text: str, most: int) -> Iterator[FieldProblem]:
    """Say by how much a text is too long."""
    if len(text) > most:
        words = f"{label}: {len(text):,} characters; at most {most:,} fit. Shorten it."
        yield FieldProblem(field, words)


def _character_problems(
    field: str, label: str, text: str, *, allowed: str
) -> Iterator[FieldProblem]:
    for place, character in enumerate(text, start=1):
        if character not in allowed and _is_control(character):
            code = f"U+{ord(character):04X}"
            words = f"{label}: character {place} is a control character ({code}); take it out."
            yield FieldProblem(field, words)
            return


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _REORDERING


def _privacy_problems(field: str, label: str, text: str) -> Iterator[FieldProblem]:
    for detail in personal_details(text):
        long = len(detail.words) > _SHOWN_MOST
        shown = f"{detail.words[: _SHOWN_MOST - 1]}…" if long else detail.words
        words = f"{label}: “{shown}” looks like {detail.kind} ({detail.why}). Leave it out."
        yield FieldProblem(field, words)
