"""Which case comes next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime
from functools import reduce
from itertools import combinations
from random import Random
from types import MappingProxyType

from fsrs import Card, Rating, Scheduler

from assistant.shapes import Frozen
from assistant.training.attempts import Attempt, in_order, judged_here
from assistant.training.diagnosis import SURE, Diagnosis
from assistant.training.judging import Grade, Key, key_of
from assistant.training.stories import Story, fresh_story, story_by_id
from assistant.training.syllabus import FORK, OUTCOME, Lesson, Syllabus

_SCHEDULER = Scheduler(enable_fuzzing=False)  # the same log gives the same plan everywhere

_RATING: Mapping[Grade, Rating] = {
    "right": Rating.Good,
    "acceptable": Rating.Hard,
    "wrong": Rating.Again,
}


class ReviewPlan(Frozen):
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


class Memory(Frozen):
    """What is known of one trainee.

    `stories` are those answered so far; `gone` has, for each path through the tree, how often it was
    practiced; `last` is the path of the latest story; `amiss` counts the latest wrong answers in a
    row, and `well` all others.
    """

    plan: ReviewPlan = field(default_factory=ReviewPlan)
    diagnosis: Diagnosis = field(default_factory=Diagnosis)
    stories: frozenset[str] = frozenset()
    gone: Mapping[Key, int] = field(default_factory=dict)
    last: Key = ()
    amiss: int = 0
    well: int = 0

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
            amiss=self.amiss + 1 if attempt.grade == "wrong" else 0,
            well=self.well + (attempt.grade != "wrong"),
        )


def remember(syllabus: Syllabus, attempts: Iterable[Attempt]) -> Memory:
    """Fold one trainee's whole log."""
    return reduce(lambda memory, made: memory.after(syllabus, made), in_order(attempts), Memory())


AMISS_MOST = 2  # wrong answers in a row after which something else comes
STEP = 2  # stories answered well before harder ones come
COMMON = 4  # of the answers, how many a newcomer meets first
SUSPECTED = 12  # most suspects that a story is chosen between


def next_case(
    syllabus: Syllabus, memory: Memory, now: datetime, seed: int, told: Sequence[Story] = ()
) -> Story:
    """Return a story, new wherever there is one, that the trainee needs most.

    `told` are the stories of this session, whose openings and details are not to come again.
    """
    rng = Random(seed)  # noqa: S311 - the same seed, the same story
    resting = memory.amiss % (AMISS_MOST + 1) == AMISS_MOST
    lessons = [
        lesson
        for lesson in syllabus.lessons
        if lesson.path.key != memory.last and lesson.story not in memory.stories
    ]
    rng.shuffle(lessons)
    found = None if resting else _telling_apart(syllabus, memory, lessons)
    found = found or _in_need(syllabus, memory, lessons, now, resting=resting)
    same = (one for one in lessons if one.path == found.path and one.level <= found.level)
    written = found.story or next((one.story for one in same if one.story), "")
    if written:
        return story_by_id(syllabus.guide, syllabus.practice, written)
    return fresh_story((syllabus.guide, syllabus.practice), found.path.facts, rng, told)


def new_skills(syllabus: Syllabus, memory: Memory) -> tuple[str, ...]:
    """List what was never tested: forks, and then outcomes, the easy ones first.

    A fork is new as long as one of its misreadings has had no story to show in.
    """
    untried = {f"{FORK}{misreading.fact}" for misreading in syllabus.shows - memory.diagnosis.shown}
    easy = sorted(syllabus.lessons, key=lambda lesson: _ease(syllabus, lesson))
    outcomes = dict.fromkeys(f"{OUTCOME}{lesson.path.outcome}" for lesson in easy)
    new = (skill for skill in outcomes if skill not in memory.plan.cards)
    return (*(skill for skill in syllabus.testing if skill in untried), *new)


def _ease(syllabus: Syllabus, lesson: Lesson) -> tuple[int, int]:
    return lesson.level, syllabus.common.index(lesson.right)


def _telling_apart(syllabus: Syllabus, memory: Memory, lessons: Sequence[Lesson]) -> Lesson | None:
    """Return the story that best tells suspects apart, and from no misunderstanding; None if it is plain."""
    explained = [finding.misreading for finding in memory.diagnosis.found(syllabus)]
    suspects = memory.diagnosis.suspects(explained, least=0)[:SUSPECTED]
    if not suspects:
        return None
    weighed = [(one.misreading, one.weight + 1) for one in suspects]

    def parted(lesson: Lesson) -> int:
        right = frozenset({lesson.right})
        ends = [(lesson.expected.get(misreading, right), weight) for misreading, weight in weighed]
        pairs = combinations([*ends, (right, SURE)], 2)
        return sum(w * v for (one, w), (other, v) in pairs if not one & other)

    best = max(
        lessons, key=lambda one: (parted(one), -one.level, -memory.gone.get(one.path.key, 0))
    )
    return best if parted(best) else None


def _in_need(
    syllabus: Syllabus, memory: Memory, lessons: Sequence[Lesson], now: datetime, *, resting: bool
) -> Lesson:
    """Return a story of what was missed or is due, else a new one, else of what is due soonest.

    After answers that were not right comes something else once, so that nobody is kept on one case
    that goes wrong.
    """
    plan = memory.plan
    due = [skill for skill in plan.due(now) if not resting or skill not in plan.missed]
    for skill in (*due, "", *plan.soonest(), *syllabus.testing):
        fit = [lesson for lesson in lessons if skill in _skills(syllabus, lesson)]
        if found := fit if skill else _new(syllabus, memory, lessons):
            return max(found, key=lambda lesson: _worth(syllabus, memory, lesson))
    return next(iter(lessons), syllabus.lessons[0])


def _new(syllabus: Syllabus, memory: Memory, lessons: Sequence[Lesson]) -> list[Lesson]:
    """Return the stories with something new, no harder than what was answered well allows, if any."""
    level = memory.well // STEP
    new = [
        lesson
        for lesson in lessons
        if lesson.shows.keys() - memory.diagnosis.shown
        or f"{OUTCOME}{lesson.path.outcome}" not in memory.plan.cards
    ]
    easy = [lesson for lesson in new if lesson.level <= level]
    common = [one for one in easy if _ease(syllabus, one)[1] < COMMON]
    return (not level and common) or easy or new


def _skills(syllabus: Syllabus, lesson: Lesson) -> tuple[str, ...]:
    return syllabus.skills(lesson.path.facts, lesson.path.outcome)


def _worth(syllabus: Syllabus, memory: Memory, lesson: Lesson) -> tuple[int, ...]:
    """Rank a story: what it shows that is new, least of what was missed, easy, common, seldom seen."""
    missed = sum(skill in memory.plan.missed for skill in _skills(syllabus, lesson))
    untried = len(lesson.shows.keys() - memory.diagnosis.shown)
    level, common = _ease(syllabus, lesson)
    return (
        untried,
        -missed,
        -level,
        -memory.gone.get(lesson.path.key, 0),
        -common,
        bool(lesson.story),
    )
