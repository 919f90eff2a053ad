"""Simulated trainees, each with one misunderstanding, to see how soon the drill finds it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median

from assistant.training.attempts import SessionHeader
from assistant.training.judging import RULE, Answer, Misreading, asked, judge
from assistant.training.scheduling import Memory
from assistant.training.stories import Story, made_story, story_by_id
from assistant.training.syllabus import Syllabus

BOUND = 12
"""Stories within which the drill is to name what a trainee goes by."""

MOST = 30
"""Stories after which a simulated trainee gives up, and counts as not found."""

A_STORY = timedelta(seconds=40)
"""How long a simulated trainee takes over one."""

_START = datetime(2026, 1, 5, 9, tzinfo=UTC)

Order = Callable[[Syllabus, Memory, datetime, int], Story]
"""Chooses the next story: `scheduling.next_case`, or another path to be held against it."""


@dataclass(frozen=True)
class Trainee:
    """Goes by one misunderstanding, and else slips now and then.

    `slips` is the share of stories answered by lot.
    """

    misreading: Misreading
    slips: float = 0.0

    def answer(self, syllabus: Syllabus, story: Story, rng: Random) -> Answer:
        """Return the group chosen; where the misreading opens a question, any answer to it."""
        if rng.random() < self.slips:
            return rng.choice([*syllabus.guide.groups, None])
        leads = syllabus.leads(story.id, asked(syllabus.guide, story.facts))
        groups = leads.get(self.misreading)
        if groups is None:
            return syllabus.right(story.outcome)
        return rng.choice(sorted(groups, key=str))


@dataclass(frozen=True)
class SimulationRun:
    """How one trainee's misunderstanding was looked for: stories until it was named, false names before.

    `stories` is None where it was not named within `MOST`.
    """

    misreading: Misreading
    stories: int | None
    wrongly: int

    @property
    def cost(self) -> int:
        return MOST if self.stories is None else self.stories

    @property
    def in_time(self) -> bool:
        return self.cost <= BOUND


def misunderstandings(syllabus: Syllabus) -> tuple[Misreading, ...]:
    """List what changes the group of some case, once where no story tells two apart."""
    return tuple(one for one, same in syllabus.alike.items() if same[0] == one)


def random_case(syllabus: Syllabus, memory: Memory, now: datetime, seed: int) -> Story:
    """Return a story of any outcome, each as likely, whatever was answered before."""
    del now
    rng = Random(seed)  # noqa: S311 - the same seed, the same story
    outcome = rng.choice(list(syllabus.guide.outcomes))
    lessons = [one for one in syllabus.lessons if one.path.outcome == outcome]
    lesson = rng.choice([one for one in lessons if one.story not in memory.stories])
    if lesson.story:
        return story_by_id(syllabus.guide, syllabus.practice, lesson.story)
    facts = lesson.path.facts
    return made_story(syllabus.guide, syllabus.practice, facts, rng.randrange(10**9))


def search(syllabus: Syllabus, trainee: Trainee, order: Order, seed: int) -> SimulationRun:
    """Let a trainee practice until the misunderstanding is named."""
    meaning = syllabus.loaded.meaning_hash
    header = SessionHeader(
        alias="simulated", session=f"{seed:032x}", mode="drill", meaning_hash=meaning
    )
    rng = Random(f"{seed} {trainee.misreading}")  # noqa: S311 - the same seed, the same trainee
    memory = Memory()
    same = syllabus.alike[trainee.misreading]
    wrongly = 0
    for number in range(1, MOST + 1):
        now = _START + number * A_STORY
        story = order(syllabus, memory, now, rng.randrange(10**9))
        chosen = trainee.answer(syllabus, story, rng)
        found = judge(syllabus.guide, story, chosen, memory.diagnosis.forks())
        memory = memory.after(syllabus, header.attempt(f"{number:032x}", now, story, found))
        named = {finding.misreading for finding in memory.diagnosis.found(syllabus)}
        if named & set(same):
            return SimulationRun(trainee.misreading, number, wrongly)
        wrongly += bool(named)
    return SimulationRun(trainee.misreading, None, wrongly)


def searches(
    syllabus: Syllabus, order: Order, seeds: Iterable[int], slips: float
) -> list[SimulationRun]:
    """Search for every kind of trainee once a seed."""
    return [
        search(syllabus, Trainee(misreading, slips), order, seed)
        for misreading in misunderstandings(syllabus)
        for seed in seeds
    ]


@dataclass(frozen=True)
class SimulationRow:
    """What was found of one kind of trainee, or of all: stories until named, share named in time."""

    name: str
    trainees: int
    named_in_time: float
    median: float
    most: int
    heard_wrong_first: int
    random_in_time: float
    random_median: float


def rows(
    syllabus: Syllabus, drill: Sequence[SimulationRun], by_lot: Sequence[SimulationRun]
) -> Iterator[SimulationRow]:
    """Yield a row for each kind, then one for all rules, and one for everyone."""
    kinds = dict.fromkeys(found.misreading for found in drill)
    rules = {kind for kind in kinds if kind.fact == RULE}
    named = {syllabus.name_of(kind): {kind} for kind in kinds}
    for name, some in {**named, "all rules": rules, "all": {*kinds}}.items():
        mine, lot = ([s for s in runs if s.misreading in some] for runs in (drill, by_lot))
        if not mine:
            continue
        yield SimulationRow(
            name=name,
            trainees=len(mine),
            named_in_time=sum(found.in_time for found in mine) / len(mine),
            median=median(found.cost for found in mine),
            most=max(found.cost for found in mine),
            heard_wrong_first=sum(found.wrongly > 0 for found in mine),
            random_in_time=sum(found.in_time for found in lot) / len(lot),
            random_median=median(found.cost for found in lot),
        )
