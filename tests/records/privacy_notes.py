"""The labelled notes (privacy_notes.yaml), and how many of them the privacy guard gets right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import yaml

from assistant.records.privacy import personal_details

FILE = Path(__file__).with_name("privacy_notes.yaml")

DETAILS = MappingProxyType(
    {
        "social": "a social security number",
        "birth": "a birth date",
        "phone": "a phone number",
        "email": "an email address",
        "street": "a street address",
    }
)
"""The kinds of note that hold a personal detail, and what the guard calls each."""

ORDINARY = MappingProxyType(
    {
        "service": "names of services",
        "date": "dates of service",
        "case": "case numbers",
        "prose": "ordinary prose",
    }
)
"""The kinds of note that hold none."""


@dataclass(frozen=True)
class Note:
    """A note with its label: `words` is the detail in it, or nothing where there is none."""

    kind: str
    text: str
    words: str = ""

    @property
    def is_right(self) -> bool:
        """Tell whether the guard finds the detail as what it is, or rightly finds nothing."""
        found = personal_details(self.text)
        if not self.words:
            return not found
        return any(one.kind == DETAILS[self.kind] and self.words in one.words for one in found)


@dataclass(frozen=True)
class Rate:
    """How many notes of one kind the guard gets right, and those it does not."""

    kind: str
    of: int
    wrong: tuple[str, ...]

    @property
    def right(self) -> float:
        """The share that the guard gets right: recall, or what raises no false alarm."""
        return 1 - len(self.wrong) / self.of


def notes() -> list[Note]:
    """Read the labelled notes."""
    kinds = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [_note(kind, row) for kind, rows in kinds.items() for row in rows]


def rates(some: Iterable[Note]) -> Iterator[Rate]:
    """Yield the rate of each kind, in the order of the kinds."""
    by_kind: dict[str, list[Note]] = {kind: [] for kind in (*DETAILS, *ORDINARY)}
    for note in some:
        by_kind[note.kind].append(note)
    for kind, those in by_kind.items():
        yield Rate(kind, len(those), tuple(note.text for note in those if not note.is_right))


def together(some: Iterable[Rate]) -> Rate:
    """Return the rate of several kinds at once."""
    each = list(some)
    wrong = tuple(text for rate in each for text in rate.wrong)
    return Rate("all", sum(rate.of for rate in each), wrong)


def _note(kind: str, row: str | list[str]) -> Note:
    if isinstance(row, str):
        return Note(kind, row)
    text, words = row
    return Note(kind, text, words)
