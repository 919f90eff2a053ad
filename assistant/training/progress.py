"""Progress at a glance: how well each group and each fork goes lately, and what to do next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.content.model import Guide
from assistant.engine.wording import group_name
from assistant.training.attempts import Attempt, in_order
from assistant.training.choosing import new_skills
from assistant.training.ground import FORK, Ground
from assistant.training.memory import Memory, remember
from assistant.training.readings import Reading
from assistant.training.schedule import tested

LATELY = 10
"""How many of the latest stories a bar shows."""


@dataclass(frozen=True)
class Bar:
    """How one thing went: stories that tested it, and of the latest `of` how many went well.

    `id` is a group's id, None for "ask the supervisor", or a fact's. Of a group's stories those
    answered right went well; of a fork's those in which it was read well.
    """

    id: str | None
    name: str
    count: int
    well: int
    of: int

    @property
    def share(self) -> float | None:
        """The share that went well, from 0 to 1; None where nothing was tried."""
        return self.well / self.of if self.of else None


@dataclass(frozen=True)
class Progress:
    """One trainee's standing. `streak` counts the latest answers that were right, in a row."""

    groups: tuple[Bar, ...]
    forks: tuple[Bar, ...]
    answered: int
    streak: int
    due: int
    what_next: str


def progress(ground: Ground, attempts: Iterable[Attempt], now: datetime) -> Progress:
    """Fold one trainee's log; no story need be at hand any more."""
    log = in_order(attempts)
    memory = remember(ground, log)
    return Progress(
        groups=tuple(_group_bars(ground, log)),
        forks=tuple(_fork_bars(ground, log)),
        answered=len(log),
        streak=streak(log),
        due=len(memory.plan.due(now)),
        what_next=what_next(ground, memory, now),
    )


def streak(log: Iterable[Attempt]) -> int:
    """Count the right answers in a row up to the latest."""
    count = 0
    for attempt in log:
        count = count + 1 if attempt.grade == "right" else 0
    return count


def what_next(ground: Ground, memory: Memory, now: datetime) -> str:
    """Say in one sentence what is best done next."""
    guide = ground.guide
    if not memory.gone:
        return "Start with Learn: go through one story together with the interview."
    named = memory.diagnosis.found(ground)
    if named:
        return f"Drill: watch for {_forks(ground, named.fact, named.taken)} in each story."
    due = [skill for skill in memory.plan.due(now) if skill in ground.testing]
    if due:
        return f"Drill: {_counted(len(due), 'skill')} ready to be tested again."
    new = new_skills(ground, memory)
    if new:
        kinds = [_kind(guide, skill) for skill in new]
        return f"Drill: {_counted(len(new), 'skill')} not tried yet, {kinds[0]} first."
    left = memory.plan.due_in(now) or timedelta()
    return f"Nothing is due; come back in {_roughly(left)}, or take a test."


def _group_bars(ground: Ground, log: list[Attempt]) -> Iterator[Bar]:
    for group in (*ground.guide.groups, None):
        mine = [a.grade == "right" for a in log if a.picked and a.right == group]
        yield _bar(group, group_name(ground.guide, group), mine)


def _fork_bars(ground: Ground, log: list[Attempt]) -> Iterator[Bar]:
    for fact in ground.guide.about.facts:
        skill = f"{FORK}{fact}"
        mine = [a.misread != fact for a in log if skill in tested(ground, a)]
        yield _bar(fact, ground.guide.questions[fact].name, mine)


def _bar(identity: str | None, name: str, went_well: list[bool]) -> Bar:
    latest = went_well[-LATELY:]
    return Bar(identity, name, len(went_well), sum(latest), len(latest))


def _forks(ground: Ground, fact: str, taken: str) -> str:
    """Name a fork, and those that no answer tells from it."""
    same = {reading.fact for reading in ground.alike[Reading(fact, taken)]} | {fact}
    names = [q.name for name, q in ground.guide.questions.items() if name in same]
    return " or ".join(f"“{name}”" for name in names)


def _kind(guide: Guide, skill: str) -> str:
    if skill.startswith(FORK):
        return f"“{guide.questions[skill.removeprefix(FORK)].name}”"
    return "another kind of case"


def _counted(count: int, what: str) -> str:
    return f"{count} {what} is" if count == 1 else f"{count} {what}s are"


def _roughly(left: timedelta) -> str:
    """Give a length of time in words, rounded up."""
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    for size, name in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = -(-minutes // size)
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return "a minute"
