"""How each group and each question went lately, as numbers to draw a bar from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.engine.wording import group_name
from assistant.training.attempts import Attempt
from assistant.training.ground import FORK, Ground
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


def group_bars(ground: Ground, log: Sequence[Attempt]) -> Iterator[Bar]:
    """Give a bar for each group, and for asking the supervisor, from one trainee's log in order."""
    for group in (*ground.guide.groups, None):
        mine = [a.grade == "right" for a in log if a.picked and a.right == group]
        yield _bar(group, group_name(ground.guide, group), mine)


def fork_bars(ground: Ground, log: Sequence[Attempt]) -> Iterator[Bar]:
    """Give a bar for each question: a story that it was misread in did not go well."""
    for fact in ground.guide.about.facts:
        skill = f"{FORK}{fact}"
        mine = [a.misread != fact for a in log if skill in tested(ground, a)]
        yield _bar(fact, ground.guide.questions[fact].name, mine)


def _bar(identity: str | None, name: str, went_well: list[bool]) -> Bar:
    latest = went_well[-LATELY:]
    return Bar(identity, name, len(went_well), sum(latest), len(latest))
