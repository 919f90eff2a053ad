"""The test as a value: a fixed row of stories, no word on any until the last, then a score."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from assistant.content.model import Guide
from assistant.training.attempts import Attempt, Sitting, in_order
from assistant.training.explaining import Feedback, feedback
from assistant.training.judging import Answer, Judgement, judge
from assistant.training.percent import percent, reaches
from assistant.training.stories import Story

PASS_MARK = 80
"""Per cent that passes where nobody sets another."""


@dataclass(frozen=True)
class Score:
    """How a test went: an acceptable answer counts towards the pass mark as a right one does."""

    right: int
    acceptable: int
    wrong: int
    pass_mark: int

    @property
    def count(self) -> int:
        return self.right + self.acceptable + self.wrong

    @property
    def percent(self) -> int:
        """The share that counts, in whole per cent, never rounded up to a mark that is missed."""
        return percent(self.right + self.acceptable, self.count, self.pass_mark)

    @property
    def passed(self) -> bool:
        return reaches(self.right + self.acceptable, self.count, self.pass_mark)

    @property
    def text(self) -> str:
        """Everything in one sentence or two."""
        parts = f"Right {self.right}, acceptable {self.acceptable}, wrong {self.wrong}."
        verdict = "passed" if self.passed else "not passed"
        share = f"{self.percent}% of {self.count} {'story' if self.count == 1 else 'stories'}"
        mark = f"the pass mark is {self.pass_mark}%: {verdict}."
        return f"{parts} Right or acceptable: {share}; {mark}"


@dataclass(frozen=True)
class Mistake:
    """A story that was not answered right, and what is to be said of it."""

    number: int
    story: Story
    found: Judgement
    feedback: Feedback


@dataclass(frozen=True)
class Exam:
    """Where a test stands; every step gives a new value, and it may be left after any.

    `attempts` are those made so far, the latest last: each is to be logged as soon as it is there.
    """

    guide: Guide
    sitting: Sitting
    stories: tuple[Story, ...]
    pass_mark: int = PASS_MARK
    found: tuple[Judgement, ...] = ()
    attempts: tuple[Attempt, ...] = ()

    @property
    def story(self) -> Story | None:
        """The story that waits for an answer; None at the end."""
        return None if self.finished else self.stories[len(self.found)]

    @property
    def finished(self) -> bool:
        return len(self.found) == len(self.stories)

    @property
    def number(self) -> int:
        """Which story is shown, counted from 1; at the end that of the last."""
        return min(len(self.found) + 1, len(self.stories))

    def answer(self, chosen: Answer, identity: str, now: datetime) -> "Exam":
        """Pick a group for the story shown; after the last one nothing changes."""
        if self.story is None:
            return self
        found = judge(self.guide, self.story, chosen)
        attempt = self.sitting.attempt(identity, now, self.story, found)
        return replace(self, found=(*self.found, found), attempts=(*self.attempts, attempt))

    @property
    def score(self) -> Score | None:
        """How it went, None before the end: a test says nothing while it lasts."""
        if not self.finished:
            return None
        return score([found.grade for found in self.found], self.pass_mark)

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Each story not answered right, explained; empty before the end."""
        if not self.finished:
            return ()
        pairs = enumerate(zip(self.stories, self.found, strict=True), start=1)
        return tuple(
            Mistake(number, story, found, feedback(self.guide, found))
            for number, (story, found) in pairs
            if found.grade != "right"
        )


def resumed(exam: Exam, log: Iterable[Attempt]) -> Exam:
    """Give a test that was not begun as its sitting's alias left it: the first answers count.

    Takes up the attempts of the same alias, class and, where there is no class, session.
    """
    same = [attempt for attempt in in_order(log) if _of(exam.sitting, attempt)]
    first = {attempt.story: attempt for attempt in reversed(same)}
    made = tuple(first[story.id] for story in takewhile(lambda s: s.id in first, exam.stories))
    pairs = zip(exam.stories, made, strict=False)
    found = tuple(judge(exam.guide, story, attempt.chosen) for story, attempt in pairs)
    return replace(exam, found=found, attempts=made)


def _of(sitting: Sitting, attempt: Attempt) -> bool:
    if (attempt.alias, attempt.mode) != (sitting.alias, "test"):
        return False
    if sitting.class_id:
        return attempt.class_id == sitting.class_id
    return attempt.session == sitting.session


def score(grades: list[str], pass_mark: int) -> Score:
    """Count grades into a score."""
    return Score(
        right=grades.count("right"),
        acceptable=grades.count("acceptable"),
        wrong=grades.count("wrong"),
        pass_mark=pass_mark,
    )
