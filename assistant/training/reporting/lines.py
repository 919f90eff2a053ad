"""What a class report holds: counts, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.training.diagnosis import Suspect
from assistant.training.judging import Answer

LEECH_SEEN = 3
"""Trainees who must have answered a story before it is said to need rewriting."""


@dataclass(frozen=True)
class Tally:
    """Answers by grade."""

    right: int = 0
    acceptable: int = 0
    wrong: int = 0

    @property
    def count(self) -> int:
        return self.right + self.acceptable + self.wrong

    @property
    def percent(self) -> int:
        """The share answered right, in whole per cent, rounded down."""
        return self.right * 100 // self.count if self.count else 0

    @property
    def counted_percent(self) -> int:
        """The share that counts towards a pass mark: right or acceptable, rounded down."""
        return (self.right + self.acceptable) * 100 // self.count if self.count else 0


@dataclass(frozen=True)
class TraineeLine:
    """One trainee: groups picked, stories learned from, and the misreading to speak about, if any."""

    alias: str
    picked: Tally
    learned: int
    misreads: Suspect | None


@dataclass(frozen=True)
class ForkLine:
    """One fork: how often it was misread, by the class and by each trainee who did."""

    fact: str
    misread: int
    by_trainee: Mapping[str, int]


@dataclass(frozen=True)
class StoryLine:
    """One story: its right group, who picked a group for it, and whose first pick was wrong."""

    story: str
    right: Answer
    seen_by: int
    missed_by: int

    @property
    def leech(self) -> bool:
        """Tell whether it says "rewrite me": missed by most of the trainees, of whom there are enough."""
        return self.seen_by >= LEECH_SEEN and 2 * self.missed_by > self.seen_by


@dataclass(frozen=True)
class DayLine:
    """One day's picks."""

    day: date
    picked: Tally


@dataclass(frozen=True)
class ClassReport:
    """The whole class. `grid` counts picks by (right, chosen); `answers` are its rows and columns.

    Learning names no group, so it counts only for the forks and as stories learned from.
    """

    answers: tuple[Answer, ...]
    picked: Tally
    trainees: tuple[TraineeLine, ...]
    grid: Mapping[tuple[Answer, Answer], int]
    forks: tuple[ForkLine, ...]
    stories: tuple[StoryLine, ...]
    days: tuple[DayLine, ...]
