"""Learn, drill and test."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile
from random import Random

from assistant.engine.interview import UNSURE, Answers, Standing, replay, values_open, with_answer
from assistant.guide.model import Guide, Question
from assistant.text import counted, percent, reaches
from assistant.training.attempts import Attempt, SessionHeader, in_order
from assistant.training.feedback import Feedback, checked, feedback
from assistant.training.judging import Answer, Judgement, Misread, Syllabus, judge
from assistant.training.scheduling import Memory, next_case
from assistant.training.stories import Story


@dataclass(frozen=True)
class Checked:
    """One answer given, beside what the story says; `found` is what is said of it."""

    fact: str
    said: str
    given: str
    found: Feedback

    @property
    def right(self) -> bool:
        return self.given == self.said


@dataclass(frozen=True)
class Learn:
    """Where learning from one story stands; every step gives a new value, and it may be left after any.

    A wrong answer is explained, and the interview goes on with what the story says: `answers` holds
    that. `checks` has every answer given, the latest last. The attempt, to be logged, is there once
    the last question is answered; it is right if no answer was wrong.
    """

    guide: Guide
    header: SessionHeader
    story: Story
    answers: Answers = field(default_factory=dict)
    checks: tuple[Checked, ...] = ()
    attempts: tuple[Attempt, ...] = ()

    @property
    def standing(self) -> Standing:
        return replay(self.guide, self.answers)

    @property
    def asking(self) -> str | None:
        """The fact asked for now; None at the end."""
        return self.standing.asking

    @property
    def question(self) -> Question | None:
        """The question asked now; None at the end."""
        return self.guide.questions[self.asking] if self.asking else None

    @property
    def values(self) -> tuple[str, ...]:
        """The values that the question can be answered with; "not sure" may always be said."""
        standing = self.standing
        return values_open(self.guide, standing, standing.asking) if standing.asking else ()

    @property
    def finished(self) -> bool:
        return self.asking is None

    @property
    def ending(self) -> Feedback | None:
        """Where the story led and why, at the end."""
        return feedback(self.guide, self._judged) if self.finished else None

    @property
    def misread(self) -> Misread | None:
        """The first question that was answered wrongly."""
        wrong = next((check for check in self.checks if not check.right), None)
        return Misread(wrong.fact, wrong.said, wrong.given) if wrong else None

    def answer(self, value: str, identity: str, now: datetime) -> "Learn":
        """Answer the question asked with one of its `values` or `UNSURE`; anything else changes nothing."""
        fact = self.asking
        if fact is None or value not in (*self.values, UNSURE):
            return self
        said = self.story.facts[fact]
        check = Checked(fact, said, value, checked(self.guide, fact, said, value))
        then = replace(
            self,
            answers=with_answer(self.answers, fact, said),
            checks=(*self.checks, check),
        )
        return replace(then, attempts=(then.attempt(identity, now),)) if then.finished else then

    def attempt(self, identity: str, now: datetime) -> Attempt:
        """Give what is to be logged of a story gone through."""
        misread = self.misread
        found = self._judged
        if misread:
            found = replace(found, grade="wrong", misread=misread)
        return self.header.attempt(identity, now, self.story, found)

    @property
    def _judged(self) -> Judgement:
        return judge(self.guide, self.story, self.guide.outcomes[self.story.outcome].group)


@dataclass(frozen=True)
class Drill:
    """Where a drill stands; every step gives a new value, and it may be left after any.

    `found` is how the story shown was answered, None while it waits for an answer. `attempts` are
    those made so far, the latest last: each is to be logged as soon as it is there. `row` holds the
    stories of a class, the same for everyone; where it is empty each story is chosen for the trainee.
    `told` are the stories before the one shown.
    """

    syllabus: Syllabus
    header: SessionHeader
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
        return feedback(self.syllabus.guide, self.found) if self.found else None

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
        found = judge(self.syllabus.guide, self.story, chosen, suspected)
        attempt = self.header.attempt(identity, now, self.story, found)
        memory = self.memory.after(self.syllabus, attempt)
        return replace(self, found=found, memory=memory, attempts=(*self.attempts, attempt))

    def go_on(self, now: datetime) -> "Drill":
        """Show the next story; nothing changes while one waits for an answer, or after the last."""
        if not self.found or self.finished:
            return self
        number = len(self.attempts)
        if self.row:
            return replace(self, story=self.row[number], found=None)
        told = (*self.told, self.story)
        story = next_case(self.syllabus, self.memory, now, _step(self.seed, number), told)
        return replace(self, story=story, found=None, told=told)


def start_drill(
    syllabus: Syllabus, memory: Memory, header: SessionHeader, now: datetime, seed: int
) -> Drill:
    """Begin a drill with the story most in need; `memory` is what is known of the trainee."""
    return Drill(syllabus, header, memory, seed, next_case(syllabus, memory, now, _step(seed, 0)))


def start_row(
    syllabus: Syllabus, memory: Memory, header: SessionHeader, row: tuple[Story, ...]
) -> Drill:
    """Begin a drill of a class's stories, of which there is at least one, in their order."""
    return Drill(syllabus, header, memory, 0, row[0], row=row)


def _step(seed: int, number: int) -> int:
    """Give a seed of its own for each story of a session."""
    return Random(f"{seed} {number}").randrange(10**9)  # noqa: S311 - the same seed, the same stories


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
        share = f"{self.percent}% of {counted(self.count, 'story', 'stories')}"
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
    header: SessionHeader
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
        attempt = self.header.attempt(identity, now, self.story, found)
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
    """Give a test that was not begun as its header's alias left it: the first answers count.

    Takes up the attempts of the same alias, class and, where there is no class, session.
    """
    same = [attempt for attempt in in_order(log) if _of(exam.header, attempt)]
    first = {attempt.story: attempt for attempt in reversed(same)}
    made = tuple(first[story.id] for story in takewhile(lambda s: s.id in first, exam.stories))
    pairs = zip(exam.stories, made, strict=False)
    found = tuple(judge(exam.guide, story, attempt.chosen) for story, attempt in pairs)
    return replace(exam, found=found, attempts=made)


def _of(header: SessionHeader, attempt: Attempt) -> bool:
    if (attempt.alias, attempt.mode) != (header.alias, "test"):
        return False
    if header.class_id:
        return attempt.class_id == header.class_id
    return attempt.session == header.session


def score(grades: list[str], pass_mark: int) -> Score:
    """Count grades into a score."""
    return Score(
        right=grades.count("right"),
        acceptable=grades.count("acceptable"),
        wrong=grades.count("wrong"),
        pass_mark=pass_mark,
    )
