"""Learn, drill and test: each an exercise as a value, with what it asks."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import takewhile
from random import Random

from assistant.engine.interview import (
    UNSURE,
    Answers,
    Standing,
    at_most,
    replay,
    values_open,
    with_answer,
)
from assistant.guide.model import Guide, Question
from assistant.text import counted, percent, reaches
from assistant.training.attempts import (
    PASS_MARK,
    Attempt,
    SessionHeader,
    Tally,
    in_order,
    streak,
    tally,
)
from assistant.training.feedback import Feedback, checked, ending, feedback
from assistant.training.judging import SUPERVISOR, Answer, Judgement, Misread, judge
from assistant.training.scheduling import Memory, next_case
from assistant.training.stories import Story
from assistant.training.syllabus import Syllabus


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
    that. `checks` has every answer given, the latest last; `checking` is while the latest is read.
    The attempt, to be logged, is there once the last question is answered; it is right if no answer
    was wrong.
    """

    guide: Guide
    header: SessionHeader
    story: Story
    answers: Answers = field(default_factory=dict)
    checks: tuple[Checked, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    checking: bool = False

    @property
    def standing(self) -> Standing:
        return replay(self.guide, self.answers)

    @property
    def asking(self) -> str | None:
        return self.standing.asking

    @property
    def question(self) -> Question | None:
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
    def explained(self) -> bool:
        """Whether something was said of an answer, to be read before going on."""
        return self.checking or self.finished

    @property
    def ending(self) -> Feedback | None:
        return ending(self.guide, self.story) if self.finished else None

    @property
    def options(self) -> dict[str, str]:
        if self.question is None:
            return {}
        labels = {value: self.question.options[value].label for value in self.values}
        return {**labels, UNSURE: "Not sure"}

    @property
    def asks(self) -> tuple[str, str]:
        waits = None if self.checking else self.question
        return (waits.ask, waits.hint) if waits else ("", "")

    @property
    def line(self) -> str:
        if self.finished:
            return f"Learn: finished after {counted(len(self.checks), 'question')}"
        number = len(self.checks) + (not self.checking)
        return f"Learn: question {number} of at most {at_most(self.guide, self.standing)}"

    @property
    def name(self) -> str:
        return f"the story you were learning from ({counted(len(self.checks), 'answer')})"

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
            checking=True,
        )
        return replace(then, attempts=(then.attempt(identity, now),)) if then.finished else then

    def go_on(self) -> "Learn":
        """Turn from what was said of the last answer to the next question."""
        return replace(self, checking=False)

    def attempt(self, identity: str, now: datetime) -> Attempt:
        """Return what is to be logged of a story gone through; the first wrong answer counts."""
        found = judge(self.guide, self.story, self.guide.outcomes[self.story.outcome].group)
        wrong = next((check for check in self.checks if not check.right), None)
        if wrong:
            misread = Misread(wrong.fact, wrong.said, wrong.given)
            found = replace(found, grade="wrong", misread=misread)
        return self.header.attempt(identity, now, self.story, found)


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
    def guide(self) -> Guide:
        return self.syllabus.guide

    @property
    def explained(self) -> bool:
        """Whether the story shown is answered, so that what is said of that is to be read."""
        return self.found is not None

    @property
    def feedback(self) -> Feedback | None:
        return feedback(self.guide, self.found) if self.found else None

    @property
    def options(self) -> dict[str, str]:
        return group_options(self.guide)

    @property
    def asks(self) -> tuple[str, str]:
        return ("" if self.found else self.story.ask), ""

    @property
    def line(self) -> str:
        made = tally(self.attempts)
        also = f", {made.acceptable} acceptable" if made.acceptable else ""
        went = f"{made.count} answered, {made.right} right{also}, streak {streak(self.attempts)}"
        if not self.row:
            return f"Drill: {went}"
        return f"Drill: story {made.count + (not self.found)} of {len(self.row)}; {went}"

    @property
    def name(self) -> str:
        return f"the drill you left ({counted(len(self.attempts), 'answer')})"

    @property
    def finished(self) -> bool:
        return bool(self.row) and len(self.attempts) == len(self.row)

    def answer(self, chosen: Answer, identity: str, now: datetime) -> "Drill":
        """Pick a group for the story shown; a second answer to the same story changes nothing."""
        if self.found:
            return self
        suspected = self.memory.diagnosis.forks()
        found = judge(self.guide, self.story, chosen, suspected)
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


def _step(seed: int, number: int) -> int:
    """Return a seed of its own for each story of a session."""
    return Random(f"{seed} {number}").randrange(10**9)  # noqa: S311 - the same seed, the same stories


@dataclass(frozen=True)
class Score(Tally):
    """The score of a test: an acceptable answer counts toward the pass mark as a right one does."""

    pass_mark: int = PASS_MARK

    @property
    def percent(self) -> int:
        """The share that counts, as a whole percentage, never rounded up to a mark that is missed."""
        return percent(self.counted, self.count, self.pass_mark)

    @property
    def passed(self) -> bool:
        return reaches(self.counted, self.count, self.pass_mark)

    @property
    def text(self) -> str:
        """Everything in one sentence or two."""
        parts = f"Right {self.right}, acceptable {self.acceptable}, wrong {self.wrong}."
        share = f"{self.percent}% of {counted(self.count, 'story', 'stories')}"
        mark = f"the pass mark is {self.pass_mark}%: {self.verdict}."
        return f"{parts} Right or acceptable: {share}. {mark[0].upper()}{mark[1:]}"

    @property
    def verdict(self) -> str:
        return "passed" if self.passed else "not passed"

    @property
    def short(self) -> str:
        return f"{self.percent}%, {self.verdict}. Review it"

    @property
    def to_explain(self) -> str:
        counts = ((self.wrong, "wrong answer"), (self.acceptable, "acceptable answer"))
        return " and ".join(counted(*count) for count in counts if count[0])


@dataclass(frozen=True)
class Mistake:
    """A story that was not answered right, and what is to be said of it."""

    number: int
    story: Story
    found: Judgement
    feedback: Feedback


@dataclass(frozen=True)
class Exam:
    """Where a test stands; every step gives a new value, and it may be left after any."""

    guide: Guide
    header: SessionHeader
    stories: tuple[Story, ...]
    pass_mark: int = PASS_MARK
    attempts: tuple[Attempt, ...] = ()

    @property
    def story(self) -> Story | None:
        """The story that waits for an answer; None at the end."""
        return None if self.finished else self.stories[len(self.attempts)]

    @property
    def finished(self) -> bool:
        return len(self.attempts) == len(self.stories)

    @property
    def explained(self) -> bool:
        """Whether the score and what was answered wrongly are to be read."""
        return self.finished

    @property
    def number(self) -> int:
        return min(len(self.attempts) + 1, len(self.stories))

    @property
    def options(self) -> dict[str, str]:
        return group_options(self.guide)

    @property
    def asks(self) -> tuple[str, str]:
        return (self.story.ask if self.story else ""), ""

    @property
    def line(self) -> str:
        count = len(self.stories)
        return f"Test: {count} stories" if self.finished else f"Story {self.number} of {count}"

    @property
    def name(self) -> str:
        return f"the test you left, at story {self.number} of {len(self.stories)}"

    def answer(self, chosen: Answer, identity: str, now: datetime) -> "Exam":
        """Pick a group for the story shown; after the last one nothing changes."""
        if self.story is None:
            return self
        found = judge(self.guide, self.story, chosen)
        attempt = self.header.attempt(identity, now, self.story, found)
        return replace(self, attempts=(*self.attempts, attempt))

    @property
    def score(self) -> Score | None:
        if not self.finished:
            return None
        return Score(**asdict(tally(self.attempts)), pass_mark=self.pass_mark)

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Each story not answered right, explained; empty before the end."""
        if not self.finished:
            return ()
        told = zip(self.stories, self.attempts, strict=True)
        return tuple(
            Mistake(number, story, found, feedback(self.guide, found))
            for number, (story, made) in enumerate(told, start=1)
            if (found := judge(self.guide, story, made.chosen)).grade != "right"
        )


Exercise = Learn | Drill | Exam
"""An exercise in one of the three modes.

Each has the `options` to answer in words, what it `asks` with a hint (both empty where it waits for
nothing), a `line` that says where it stands, and a `name` for it once it was left. `explained` is
whether something is to be read before going on.
"""


def in_test(exercise: Exercise | None) -> bool:
    """Tell whether a test is still open, in which nothing is explained."""
    return isinstance(exercise, Exam) and not exercise.finished


def group_options(guide: Guide) -> dict[str, str]:
    """Return what can be answered to a story, in words; the empty id asks the supervisor."""
    return {**{name: group.name for name, group in guide.groups.items()}, "": SUPERVISOR}


def resumed(exam: Exam, log: Iterable[Attempt]) -> Exam:
    """Return a test as its alias left it in its class, or in its session: the first answers count."""
    header = exam.header
    tests = [made for made in in_order(log) if (made.alias, made.mode) == (header.alias, "test")]
    place = header.class_id or header.session
    same = [made for made in tests if (made.class_id or made.session) == place]
    first = {attempt.story: attempt for attempt in reversed(same)}
    made = tuple(first[story.id] for story in takewhile(lambda s: s.id in first, exam.stories))
    return replace(exam, attempts=made)
