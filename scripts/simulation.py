"""Simulated trainees, each with one misunderstanding, to see how soon the drill finds it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median

from assistant.training.attempts import Attempt, SessionHeader
from assistant.training.diagnosis import MisreadQuestion
from assistant.training.judging import Answer, Misreading, Syllabus, asked, judge
from assistant.training.progress import weak_question
from assistant.training.scheduling import Memory
from assistant.training.stories import Story, made_story

BOUND = 15
"""Stories within which the drill is to name every fork that is misread."""

MOST = 120
"""Stories after which a simulated trainee gives up, and counts as not found."""

A_STORY = timedelta(seconds=40)
"""How long a simulated trainee takes over one."""

_START = datetime(2026, 1, 5, 9, tzinfo=UTC)

Order = Callable[[Syllabus, Memory, datetime, int], Story]
"""Chooses the next story: `scheduling.next_case`, or another path to be held against it."""


@dataclass(frozen=True)
class Trainee:
    """Takes one fact for one value whatever the story says, and else slips now and then.

    `slips` is the share of stories answered by lot.
    """

    misreading: Misreading
    slips: float = 0.0

    def answer(self, syllabus: Syllabus, story: Story, rng: Random) -> Answer:
        """Return the group chosen; where the misreading opens a question, any answer to it."""
        if rng.random() < self.slips:
            return rng.choice([*syllabus.guide.groups, None])
        misreadings = syllabus.misreadings(asked(syllabus.guide, story.facts))
        groups = misreadings.get(self.misreading)
        if groups is None:
            return syllabus.right(story.outcome)
        return rng.choice(sorted(groups, key=str))


@dataclass(frozen=True)
class SimulationRun:
    """How one trainee's fork was looked for: stories until it was named, and false names before.

    `stories` is None where it was not named within `MOST`.
    """

    misreading: Misreading
    stories: int | None
    wrongly: int

    @property
    def cost(self) -> int:
        return MOST if self.stories is None else self.stories


def misunderstandings(syllabus: Syllabus) -> tuple[Misreading, ...]:
    """List the misreadings that change the group of some case; no others can be found, or do harm."""
    facts, values = list(syllabus.guide.about.facts), syllabus.guide.space.values
    return tuple(
        sorted(syllabus.shows, key=lambda r: (facts.index(r.fact), values[r.fact].index(r.value)))
    )


def random_case(syllabus: Syllabus, memory: Memory, now: datetime, seed: int) -> Story:
    """Return a story of any outcome, each as likely, whatever was answered before."""
    del memory, now
    rng = Random(seed)  # noqa: S311 - the same seed, the same story
    outcome = rng.choice(list(syllabus.guide.outcomes))
    path = rng.choice([path for path in syllabus.paths if path.outcome == outcome])
    return made_story(syllabus.guide, syllabus.practice, path.facts, rng.randrange(10**9))


def search(syllabus: Syllabus, trainee: Trainee, order: Order, seed: int) -> SimulationRun:
    """Let a trainee practice until the misread fork is named."""
    meaning = syllabus.loaded.meaning_hash
    header = SessionHeader(
        alias="simulated", session=f"{seed:032x}", mode="drill", meaning_hash=meaning
    )
    rng = Random(f"{seed} {trainee.misreading}")  # noqa: S311 - the same seed, the same trainee
    memory = Memory()
    log: list[Attempt] = []
    wrongly = 0
    for number in range(1, MOST + 1):
        now = _START + number * A_STORY
        story = order(syllabus, memory, now, rng.randrange(10**9))
        chosen = trainee.answer(syllabus, story, rng)
        found = judge(syllabus.guide, story, chosen, memory.diagnosis.forks())
        log.append(header.attempt(f"{number:032x}", now, story, found))
        memory = memory.after(syllabus, log[-1])
        named = weak_question(syllabus, memory, log)
        if named and trainee.misreading.fact in _facts(syllabus, named):
            return SimulationRun(trainee.misreading, number, wrongly)
        wrongly += named is not None
    return SimulationRun(trainee.misreading, None, wrongly)


def _facts(syllabus: Syllabus, named: MisreadQuestion) -> set[str]:
    """Return the forks that a name covers: its own, and any that no answer tells from it."""
    if named.taken is None:
        return {named.fact}
    return {other.fact for other in syllabus.alike[Misreading(named.fact, named.taken)]}


def searches(
    syllabus: Syllabus, order: Order, seeds: Iterable[int], slips: float
) -> list[SimulationRun]:
    """SimulationRun for every misunderstanding once a seed."""
    return [
        search(syllabus, Trainee(misreading, slips), order, seed)
        for seed in seeds
        for misreading in misunderstandings(syllabus)
    ]


@dataclass(frozen=True)
class SimulationRow:
    """What was found of one fork, or of all (`fact` is empty), in stories until it was named."""

    fact: str
    trainees: int
    drill: float
    drill_most: int
    random: float
    random_most: int


def lines(drill: list[SimulationRun], by_lot: list[SimulationRun]) -> Iterator[SimulationRow]:
    """Yield a line for each fork, then one for all of them."""
    for fact in (*dict.fromkeys(found.misreading.fact for found in drill), ""):
        mine = [found.cost for found in drill if fact in ("", found.misreading.fact)]
        lot = [found.cost for found in by_lot if fact in ("", found.misreading.fact)]
        yield SimulationRow(fact, len(mine), median(mine), max(mine), median(lot), max(lot))
