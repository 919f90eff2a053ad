"""Which case comes next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import reduce
from random import Random
from types import MappingProxyType

from fsrs import Card, Rating, Scheduler

from assistant.training.attempts import Attempt, in_order, judged_here
from assistant.training.diagnosis import Diagnosis, Suspect
from assistant.training.judging import FORK, OUTCOME, CasePath, Grade, Key, Syllabus, key_of
from assistant.training.stories import Story, fresh_story

_SCHEDULER = Scheduler(enable_fuzzing=False)  # the same log gives the same plan everywhere

_RATING: Mapping[Grade, Rating] = {
    "right": Rating.Good,
    "acceptable": Rating.Hard,
    "wrong": Rating.Again,
}


@dataclass(frozen=True)
class ReviewPlan:
    """A card for each skill tested so far, and the skills `missed` at their latest test."""

    cards: Mapping[str, Card] = field(default_factory=dict)
    missed: frozenset[str] = frozenset()

    def after(self, syllabus: Syllabus, attempt: Attempt) -> "ReviewPlan":
        """Return the plan with one more attempt, no earlier than those before it.

        An answer that was not right counts against the outcome and the misread fork; the other
        forks on the path were read well.
        """
        cards = dict(self.cards)
        missed = set(self.missed)
        when = attempt.when.astimezone(UTC)
        blamed = (f"{OUTCOME}{attempt.outcome}", f"{FORK}{attempt.misread}")
        for skill in tested(syllabus, attempt):
            grade = attempt.grade if skill in blamed else "right"
            before = cards.get(skill) or Card(card_id=len(cards) + 1, due=when)
            cards[skill], _ = _SCHEDULER.review_card(before, _RATING[grade], when)
            (missed.add if grade == "wrong" else missed.discard)(skill)
        return ReviewPlan(MappingProxyType(cards), frozenset(missed))

    def due(self, now: datetime) -> tuple[str, ...]:
        """List the skills to be tested again by now: those missed, then those longest due."""
        ready = [skill for skill in self.soonest() if self.cards[skill].due <= now]
        return tuple(sorted(ready, key=lambda skill: skill not in self.missed))

    def soonest(self) -> tuple[str, ...]:
        return tuple(sorted(self.cards, key=lambda skill: self.cards[skill].due))


def tested(syllabus: Syllabus, attempt: Attempt) -> tuple[str, ...]:
    """Return the skills an attempt tests, a misread one in any case; under other rules none."""
    if not judged_here(syllabus, attempt):
        return ()
    skills = syllabus.skills(attempt.facts, attempt.outcome)
    misread = f"{FORK}{attempt.misread}"
    if attempt.misread in syllabus.guide.questions and misread not in skills:
        return (*skills, misread)
    return skills


@dataclass(frozen=True)
class Memory:
    """What is known of one trainee.

    `stories` are those answered so far; `gone` has, for each path through the tree, how often it was
    practiced; `last` is the path of the latest story; `amiss` counts the latest answers that were not
    right, in a row.
    """

    plan: ReviewPlan = field(default_factory=ReviewPlan)
    diagnosis: Diagnosis = field(default_factory=Diagnosis)
    stories: frozenset[str] = frozenset()
    gone: Mapping[Key, int] = field(default_factory=dict)
    last: Key = ()
    amiss: int = 0

    def after(self, syllabus: Syllabus, attempt: Attempt) -> "Memory":
        """Return the memory with one more attempt, made after all the others."""
        if not judged_here(syllabus, attempt):
            return self
        key = key_of(attempt.facts)
        return Memory(
            plan=self.plan.after(syllabus, attempt),
            diagnosis=self.diagnosis.after(syllabus, attempt),
            stories=self.stories | {attempt.story},
            gone=MappingProxyType({**self.gone, key: self.gone.get(key, 0) + 1}),
            last=key,
            amiss=0 if attempt.grade == "right" else self.amiss + 1,
        )


def remember(syllabus: Syllabus, attempts: Iterable[Attempt]) -> Memory:
    """Fold one trainee's whole log."""
    return reduce(lambda memory, made: memory.after(syllabus, made), in_order(attempts), Memory())


AMISS_MOST = 2  # answers not right in a row after which something else comes

_EASY_FIRST = ("settled", "judgement", "refer")  # the order of outcomes not met yet


def next_case(
    syllabus: Syllabus, memory: Memory, now: datetime, seed: int, told: Sequence[Story] = ()
) -> Story:
    """Return a story, new wherever there is one, that tests the skill most in need of it.

    `told` are the stories of this session, whose openings and details are not to come again.
    """
    rng = Random(seed)  # noqa: S311 - the same seed, the same story
    resting = memory.amiss % (AMISS_MOST + 1) == AMISS_MOST
    path = None if resting else _discriminating_path(syllabus, memory, rng)
    if path is None:
        skill = _skill_in_need(syllabus, memory, now, resting=resting)
        path = _path_to(syllabus, memory, skill, rng)
    written = syllabus.written.get(path.key, ())
    if unmet := [story for story in written if story.id not in memory.stories]:
        return rng.choice(unmet)
    return fresh_story((syllabus.guide, syllabus.practice), path.facts, rng, told)


def new_skills(syllabus: Syllabus, memory: Memory) -> tuple[str, ...]:
    """List what was never tested: forks, and then outcomes, those that are settled before others.

    A fork is new as long as one path to misread it has had no story to show in.
    """
    untried = syllabus.shows - memory.diagnosis.shown.keys()
    forks = {f"{FORK}{misreading.fact}" for misreading in untried}
    outcomes = [s for s in syllabus.testing if s.startswith(OUTCOME) and s not in memory.plan.cards]
    ends = syllabus.guide.outcomes
    outcomes.sort(key=lambda s: _EASY_FIRST.index(ends[s.removeprefix(OUTCOME)].certainty))
    return (*(skill for skill in syllabus.testing if skill in forks), *outcomes)


def _discriminating_path(syllabus: Syllabus, memory: Memory, rng: Random) -> CasePath | None:
    """Return the path that best tells which of the suspected forks is misread, until that is plain.

    None where the latest story tested the only one: there is to be room between.
    """
    suspects = memory.diagnosis.suspects()
    if not suspects or memory.diagnosis.found(syllabus):
        return None
    likeliest = memory.diagnosis.rivals(syllabus)
    choices = [
        (
            _discrimination(syllabus, path, suspect, suspects),
            -memory.gone.get(path.key, 0),
            rng.random(),
            path,
        )
        for suspect in likeliest
        for path in syllabus.testing.get(f"{FORK}{suspect.fact}", ())
        if path.key != memory.last
    ]
    told, _, _, path = max(choices, key=lambda choice: choice[:3], default=(0, 0, 0.0, None))
    just = dict(memory.last).keys() & {suspect.fact for suspect in likeliest}
    return None if told == 0 and just else path


def _discrimination(
    syllabus: Syllabus, path: CasePath, suspect: Suspect, suspects: Iterable[Suspect]
) -> int:
    """Return what the rivals weigh that have another answer here than a misreading that would show."""
    right = syllabus.right(path.outcome)
    misreadings = syllabus.misreadings(path.facts)
    shown = misreadings.get(suspect.misreading, frozenset({right}))
    if right in shown:
        return -1
    return sum(
        rival.weight
        for rival in suspects
        if rival.fact != suspect.fact
        and not shown & misreadings.get(rival.misreading, frozenset({right}))
    )


def _skill_in_need(syllabus: Syllabus, memory: Memory, now: datetime, *, resting: bool) -> str:
    """Return the skill to test: one missed, one due, a new one, or the one due soonest.

    A skill waits where nothing tests it but the facts just seen. After answers that were not right
    comes something else once, so that nobody is kept on one case that goes wrong.
    """
    plan = memory.plan
    due = plan.due(now)
    missed = [skill for skill in due if skill in plan.missed]
    others = (*due, *new_skills(syllabus, memory), *plan.soonest(), *syllabus.testing)
    rest = [skill for skill in others if skill not in plan.missed]
    for skill in (*rest, *others) if resting else (*missed, *others):
        if any(path.key != memory.last for path in syllabus.testing.get(skill, ())):
            return skill
    return next(iter(syllabus.testing))


def _path_to(syllabus: Syllabus, memory: Memory, skill: str, rng: Random) -> CasePath:
    """Return the path that shows most that is new of a skill, then tests least of what was missed."""
    paths = [path for path in syllabus.testing[skill] if path.key != memory.last]
    choice = paths or list(syllabus.testing[skill])
    rng.shuffle(choice)
    fact = skill.removeprefix(FORK)

    def worth(path: CasePath) -> tuple[int, int, int]:
        tested = syllabus.skills(path.facts, path.outcome)
        missed = sum(other in memory.plan.missed for other in tested)
        return _untried(syllabus, memory, path, fact), -missed, -memory.gone.get(path.key, 0)

    return max(choice, key=worth)


def _untried(syllabus: Syllabus, memory: Memory, path: CasePath, fact: str) -> int:
    """Count the misreadings of a fact that would show here and have had no story to show in."""
    right = syllabus.right(path.outcome)
    return sum(
        right not in groups and misreading.fact == fact and misreading not in memory.diagnosis.shown
        for misreading, groups in syllabus.misreadings(path.facts).items()
    )
