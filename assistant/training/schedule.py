"""When a skill comes back: one card a skill, reviewed by every attempt that tests it.

The only importer of `fsrs`. A skill is an outcome or a fork, never a story, so that a new story
tests what was missed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from fsrs import Card, Rating, Scheduler

from assistant.training.attempts import Attempt
from assistant.training.ground import FORK, OUTCOME, Ground
from assistant.training.judging import Grade

_SCHEDULER = Scheduler(enable_fuzzing=False)
"""Without fuzz, so that the same log gives the same plan on every machine."""

_RATING: Mapping[Grade, Rating] = MappingProxyType(
    {"right": Rating.Good, "acceptable": Rating.Hard, "wrong": Rating.Again}
)


@dataclass(frozen=True)
class Plan:
    """A card for each skill tested so far, as a value that grows by one attempt at a time.

    `missed` holds the skills whose latest test was answered wrongly.
    """

    cards: Mapping[str, Card] = field(default_factory=dict)
    missed: frozenset[str] = frozenset()

    def after(self, ground: Ground, attempt: Attempt) -> "Plan":
        """Give the plan with one more attempt, no earlier than those before it.

        An answer that was not right counts against the outcome and the misread fork; the other
        forks on the way were read well.
        """
        cards = dict(self.cards)
        missed = set(self.missed)
        when = attempt.when.astimezone(UTC)
        for skill in tested(ground, attempt):
            grade = attempt.grade if _bears(skill, attempt) else "right"
            before = cards.get(skill) or Card(card_id=len(cards) + 1, due=when)
            cards[skill], _ = _SCHEDULER.review_card(before, _RATING[grade], when)
            (missed.add if grade == "wrong" else missed.discard)(skill)
        return Plan(MappingProxyType(cards), frozenset(missed))

    def due(self, now: datetime) -> tuple[str, ...]:
        """List the skills to be tested again by now: those missed, then those longest due."""
        ready = [skill for skill, card in self.cards.items() if card.due <= now]
        return tuple(sorted(ready, key=self._urgency))

    def soonest(self) -> tuple[str, ...]:
        """List every skill tested so far, those first that are due soonest."""
        return tuple(sorted(self.cards, key=lambda skill: self.cards[skill].due))

    def due_in(self, now: datetime) -> timedelta | None:
        """Give how long until the next skill is due; None where none was tested yet."""
        return min((card.due - now for card in self.cards.values()), default=None)

    def _urgency(self, skill: str) -> tuple[bool, datetime]:
        return skill not in self.missed, self.cards[skill].due


def tested(ground: Ground, attempt: Attempt) -> tuple[str, ...]:
    """Give the skills an attempt tests; one that was misread is tested, whatever the guide says."""
    skills = ground.skills(attempt.facts, attempt.outcome)
    misread = f"{FORK}{attempt.misread}"
    if skills and attempt.misread in ground.guide.questions and misread not in skills:
        return (*skills, misread)
    return skills


def _bears(skill: str, attempt: Attempt) -> bool:
    return skill in (f"{OUTCOME}{attempt.outcome}", f"{FORK}{attempt.misread}")
