"""What a class report holds: counts, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.training.judging import Answer
from assistant.training.naming import Named
from assistant.training.percent import percent

LEECH_SEEN = 3
"""Trainees who must have answered a story before it is said to need rewriting."""


HARDEST_MOST = 10
"""How many of the hardest stories are listed."""


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
    def counted(self) -> int:
        """How many count towards a pass mark: the right and the acceptable ones."""
        return self.right + self.acceptable

    @property
    def percent(self) -> int:
        """The share that counts towards a pass mark, right or acceptable, in whole per cent."""
        return percent(self.counted, self.count)


@dataclass(frozen=True)
class TraineeLine:
    """One trainee: groups picked, stories learned from, and the misreading to speak about, if any.

    Of the stories learned from, `smooth` were gone through without a question answered wrongly.
    """

    alias: str
    picked: Tally
    learned: int
    misreads: Named | None
    smooth: int = 0


@dataclass(frozen=True)
class ForkLine:
    """One fork: how often it was misread, by the class and by each trainee who did."""

    fact: str
    misread: int
    by_trainee: Mapping[str, int]


@dataclass(frozen=True)
class StoryLine:
    """One story: its right group, who picked a group for it, and whose first pick was wrong.

    `told` are its paragraphs, where it is one of the hardest and can still be told.
    """

    story: str
    right: Answer
    seen_by: int
    missed_by: int
    told: tuple[str, ...] = ()

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

    `acceptable` counts those of the picks that were acceptable. Learning names no group, so it counts
    only for the forks and as stories learned from.
    """

    answers: tuple[Answer, ...]
    picked: Tally
    trainees: tuple[TraineeLine, ...]
    grid: Mapping[tuple[Answer, Answer], int]
    forks: tuple[ForkLine, ...]
    stories: tuple[StoryLine, ...]
    days: tuple[DayLine, ...]
    acceptable: Mapping[tuple[Answer, Answer], int] = field(default_factory=dict)

    @property
    def hardest(self) -> tuple[StoryLine, ...]:
        """The stories that were missed, hardest first, as many as are listed."""
        return tuple(line for line in self.stories if line.missed_by)[:HARDEST_MOST]

    @property
    def learned(self) -> int:
        """How often a story was gone through with the interview."""
        return sum(line.learned for line in self.trainees)
