"""Which question a trainee is told to watch: named only where the counts shown beside it agree.

The counts are of answers that were not right, each put down to one question. Where a misreading is
found, the answers that it explains are put down to it, whatever each alone looked like.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.training.attempts import Attempt, in_order
from assistant.training.diagnosis import Diagnosis, Suspect
from assistant.training.ground import Ground

MANY = 4
"""Answers that one question must have to stand out by count alone."""

HALF = Fraction(1, 2)
"""What share of the misread answers a question must have to be named, and more by count alone."""


@dataclass(frozen=True)
class Named:
    """A question that stands out: `times` of the `of` answers that were misread are put down to it.

    `taken` is the value that the story is taken for, None where it is now one and now another.
    """

    fact: str
    taken: str | None
    times: int
    of: int


def attributed(ground: Ground, attempts: Iterable[Attempt]) -> list[Attempt]:
    """Give everyone's attempts in order, with what each trainee is found to misread where it explains."""
    log = in_order(attempts)
    mine: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in log:
        mine[attempt.alias].append(attempt)
    found = {alias: diagnosed(ground, made).found(ground) for alias, made in mine.items()}
    return [put_down(ground, found[attempt.alias], attempt) for attempt in log]


def diagnosed(ground: Ground, attempts: Iterable[Attempt]) -> Diagnosis:
    """Fold one trainee's attempts, in the order made."""
    diagnosis = Diagnosis()
    for attempt in attempts:
        diagnosis = diagnosis.after(ground, attempt)
    return diagnosis


def put_down(ground: Ground, found: Suspect | None, attempt: Attempt) -> Attempt:
    """Give an attempt with the misreading that was found, where that leads to the answer given."""
    if found is None or not attempt.picked or attempt.misread is None:
        return attempt
    if attempt.chosen not in ground.readings(attempt.facts).get(found.reading, ()):
        return attempt
    return replace(attempt, misread=found.fact, taken=found.taken)


def named(found: Suspect | None, attempts: Sequence[Attempt]) -> Named | None:
    """Name the question that stands out among one trainee's attempts, already put down; None if none.

    `found` is the misreading found in them.
    """
    counts = Counter(attempt.misread for attempt in attempts if attempt.misread)
    if found and counts[found.fact] >= counts.total() * HALF and counts[found.fact]:
        return Named(found.fact, found.taken, counts[found.fact], counts.total())
    fact, times = max(counts.items(), key=lambda item: item[1], default=("", 0))
    if times < MANY or times <= counts.total() * HALF:
        return None
    taken = {attempt.taken for attempt in attempts if attempt.misread == fact}
    return Named(fact, taken.pop() if len(taken) == 1 else None, times, counts.total())
