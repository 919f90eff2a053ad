"""The drill as a value: a story, a group picked, what is said of it, and the next story."""

from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from assistant.training.attempts import Attempt, Sitting
from assistant.training.choosing import next_case
from assistant.training.explaining import Feedback, feedback
from assistant.training.ground import Ground
from assistant.training.judging import Answer, Judgement, judge
from assistant.training.memory import Memory
from assistant.training.stories import Story


@dataclass(frozen=True)
class Drill:
    """Where a drill stands; every step gives a new value, and it may be left after any.

    `found` is how the story shown was answered, None while it waits for an answer. `attempts` are
    those made so far, the latest last: each is to be logged as soon as it is there. `row` holds the
    stories of a class, the same for everyone; where it is empty each story is chosen for the trainee.
    `told` are the stories before the one shown.
    """

    ground: Ground
    sitting: Sitting
    memory: Memory
    seed: int
    story: Story
    found: Judgement | None = None
    attempts: tuple[Attempt, ...] = ()
    row: tuple[Story, ...] = ()
    told: tuple[Story, ...] = ()

    @property
    def feedback(self) -> Feedback | None:
        """What is said of the answer, once there is one."""
        return feedback(self.ground.guide, self.found) if self.found else None

    @property
    def finished(self) -> bool:
        """Tell whether a class's last story was answered; a drill of one's own never ends."""
        return bool(self.row) and len(self.attempts) == len(self.row)

    @property
    def right(self) -> int:
        return sum(attempt.grade == "right" for attempt in self.attempts)

    def answer(self, chosen: Answer, identity: str, now: datetime) -> "Drill":
        """Pick a group for the story shown; a second answer to the same story changes nothing."""
        if self.found:
            return self
        suspected = self.memory.diagnosis.forks()
        found = judge(self.ground.guide, self.story, chosen, suspected)
        attempt = self.sitting.attempt(identity, now, self.story, found)
        memory = self.memory.after(self.ground, attempt)
        return replace(self, found=found, memory=memory, attempts=(*self.attempts, attempt))

    def go_on(self, now: datetime) -> "Drill":
        """Show the next story; nothing changes while one waits for an answer, or after the last."""
        if not self.found or self.finished:
            return self
        number = len(self.attempts)
        if self.row:
            return replace(self, story=self.row[number], found=None)
        told = (*self.told, self.story)
        story = next_case(self.ground, self.memory, now, _step(self.seed, number), told)
        return replace(self, story=story, found=None, told=told)


def start_drill(
    ground: Ground, memory: Memory, sitting: Sitting, now: datetime, seed: int
) -> Drill:
    """Begin a drill with the story most in need; `memory` is what is known of the trainee."""
    return Drill(ground, sitting, memory, seed, next_case(ground, memory, now, _step(seed, 0)))


def start_row(ground: Ground, memory: Memory, sitting: Sitting, row: tuple[Story, ...]) -> Drill:
    """Begin a drill of a class's stories, of which there is at least one, in their order."""
    return Drill(ground, sitting, memory, 0, row[0], row=row)


def _step(seed: int, number: int) -> int:
    """Give a seed of its own for each story of a session."""
    return Random(f"{seed} {number}").randrange(10**9)  # noqa: S311 - the same seed, the same stories
