"""Simulated trainees, each with one misunderstanding, to see how soon the drill finds it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median

from assistant.training.attempts import Attempt, Sitting
from assistant.training.diagnosis import Named
from assistant.training.judging import Answer, Ground, Reading, asked, judge
from assistant.training.progress import watched
from assistant.training.scheduling import Memory
from assistant.training.stories import Story, made_story

BOUND = 15
"""Stories within which the drill is to name every fork that is misread."""

MOST = 120
"""Stories after which a simulated trainee gives up, and counts as not found."""

A_STORY = timedelta(seconds=40)
"""How long a simulated trainee takes over one."""

_START = datetime(2026, 1, 5, 9, tzinfo=UTC)

Order = Callable[[Ground, Memory, datetime, int], Story]
"""Chooses the next story: `choosing.next_case`, or another way to be held against it."""


@dataclass(frozen=True)
class Trainee:
    """Takes one fact for one value whatever the story says, and else slips now and then.

    `slips` is the share of stories answered by lot.
    """

    reading: Reading
    slips: float = 0.0

    def answer(self, ground: Ground, story: Story, rng: Random) -> Answer:
        """Give the group chosen; where the misreading opens a question, any answer to it."""
        if rng.random() < self.slips:
            return rng.choice([*ground.guide.groups, None])
        readings = ground.readings(asked(ground.guide, story.facts))
        groups = readings.get(self.reading)
        if groups is None:
            return ground.right(story.outcome)
        return rng.choice(sorted(groups, key=str))


@dataclass(frozen=True)
class Search:
    """How one trainee's fork was looked for: stories until it was named, and false names before.

    `stories` is None where it was not named within `MOST`.
    """

    reading: Reading
    stories: int | None
    wrongly: int

    @property
    def cost(self) -> int:
        return MOST if self.stories is None else self.stories


def misunderstandings(ground: Ground) -> tuple[Reading, ...]:
    """List the misreadings that change the group of some case; no others can be found, or do harm."""
    facts, values = list(ground.guide.about.facts), ground.guide.space.values
    return tuple(
        sorted(ground.shows, key=lambda r: (facts.index(r.fact), values[r.fact].index(r.value)))
    )


def random_case(ground: Ground, memory: Memory, now: datetime, seed: int) -> Story:
    """Give a story of any outcome, each as likely, whatever was answered before."""
    del memory, now
    rng = Random(seed)  # noqa: S311 - the same seed, the same story
    outcome = rng.choice(list(ground.guide.outcomes))
    way = rng.choice([way for way in ground.ways if way.outcome == outcome])
    return made_story(ground.guide, ground.practice, way.facts, rng.randrange(10**9))


def search(ground: Ground, trainee: Trainee, order: Order, seed: int) -> Search:
    """Let a trainee practise until the misread fork is named."""
    sitting = Sitting(alias="simulated", session=f"{seed:032x}", mode="drill", meaning_hash="none")
    rng = Random(f"{seed} {trainee.reading}")  # noqa: S311 - the same seed, the same trainee
    memory = Memory()
    log: list[Attempt] = []
    wrongly = 0
    for number in range(1, MOST + 1):
        now = _START + number * A_STORY
        story = order(ground, memory, now, rng.randrange(10**9))
        chosen = trainee.answer(ground, story, rng)
        found = judge(ground.guide, story, chosen, memory.diagnosis.forks())
        log.append(sitting.attempt(f"{number:032x}", now, story, found))
        memory = memory.after(ground, log[-1])
        named = watched(ground, memory, log)
        if named and trainee.reading.fact in _facts(ground, named):
            return Search(trainee.reading, number, wrongly)
        wrongly += named is not None
    return Search(trainee.reading, None, wrongly)


def _facts(ground: Ground, named: Named) -> set[str]:
    """Give the forks that a name covers: its own, and any that no answer tells from it."""
    if named.taken is None:
        return {named.fact}
    return {other.fact for other in ground.alike[Reading(named.fact, named.taken)]}


def searches(ground: Ground, order: Order, seeds: Iterable[int], slips: float) -> list[Search]:
    """Search for every misunderstanding once a seed."""
    return [
        search(ground, Trainee(reading, slips), order, seed)
        for seed in seeds
        for reading in misunderstandings(ground)
    ]


@dataclass(frozen=True)
class Line:
    """What was found of one fork, or of all (`fact` is empty), in stories until it was named."""

    fact: str
    trainees: int
    drill: float
    drill_most: int
    random: float
    random_most: int


def lines(drill: list[Search], by_lot: list[Search]) -> Iterator[Line]:
    """Give a line for each fork, then one for all of them."""
    for fact in (*dict.fromkeys(found.reading.fact for found in drill), ""):
        mine = [found.cost for found in drill if fact in ("", found.reading.fact)]
        lot = [found.cost for found in by_lot if fact in ("", found.reading.fact)]
        yield Line(fact, len(mine), median(mine), max(mine), median(lot), max(lot))
