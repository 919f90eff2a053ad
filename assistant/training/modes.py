"""Learn and drill, each an exercise as a value, with what it asks; a test is in `exam`."""

import re
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import datetime
from random import Random

from assistant.commands import Choice, Command
from assistant.engine import interview
from assistant.engine.interview import UNSURE, Answers, Standing
from assistant.engine.statements import Glossary
from assistant.guide.model import Guide, Question, Term
from assistant.shapes import Frozen
from assistant.text import counted
from assistant.training.attempts import Attempt, Mode, SessionHeader, streak, tally
from assistant.training.exam import Exam, group_options
from assistant.training.feedback import Feedback, checked, ending, feedback
from assistant.training.judging import Answer, Judgement, Misread, answer_name, judge
from assistant.training.scheduling import Memory, next_case
from assistant.training.stories import Story
from assistant.training.syllabus import Syllabus


class Checked(Frozen):
    """One answer given, beside what the story says; `found` is what is said of it."""

    fact: str
    said: str
    given: str
    found: Feedback

    @property
    def right(self) -> bool:
        return self.given == self.said


class Learn(Frozen):
    """Where learning from one story is; every step gives a new value, and it may be left after any.

    A wrong answer is explained, and the interview continues with what the story says: `answers` holds
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
        return interview.replay(self.guide, self.answers)

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
        return (
            interview.values_open(self.guide, standing, standing.asking) if standing.asking else ()
        )

    @property
    def finished(self) -> bool:
        return self.asking is None

    @property
    def explained(self) -> bool:
        """Whether something was said of an answer, to be read before the next question."""
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
        return f"Learn: question {number} of up to {interview.at_most(self.guide, self.standing)}"

    @property
    def given(self) -> tuple[str, ...]:
        return tuple(check.given for check in self.checks)

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
            answers=interview.with_answer(self.answers, fact, said),
            checks=(*self.checks, check),
            checking=True,
        )
        return replace(then, attempts=(then.attempt(identity, now),)) if then.finished else then

    def go_on(self) -> "Learn":
        """Change from what was said of the last answer to the next question."""
        return replace(self, checking=False)

    def attempt(self, identity: str, now: datetime) -> Attempt:
        """Return what to log of a story gone through; the first wrong answer counts."""
        found = judge(self.guide, self.story, self.guide.outcomes[self.story.outcome].group)
        wrong = next((check for check in self.checks if not check.right), None)
        if wrong:
            misread = Misread(wrong.fact, wrong.said, wrong.given)
            found = replace(found, grade="wrong", misread=misread)
        return self.header.attempt(identity, now, self.story, found)


class Drill(Frozen):
    """Where a drill is; every step gives a new value, and it may be left after any.

    `found` is how the story shown was answered, None while it waits for an answer. `attempts` are
    those made so far, the latest last: each is logged as soon as it is there. `row` holds the
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
        in_a_row = streak(self.attempts)
        row = f", {in_a_row} in a row" if in_a_row > 1 else ""
        went = f"{made.count} answered, {made.right} right{also}{row}"
        if not self.row:
            return f"Drill: {went}"
        return f"Drill: story {made.count + (not self.found)} of {len(self.row)}; {went}"

    @property
    def given(self) -> tuple[str, ...]:
        return (self.found.chosen or "",) if self.found else ()

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
    """Return a separate seed for each story of a session."""
    return Random(f"{seed} {number}").randrange(10**9)  # noqa: S311 - the same seed, the same stories


Exercise = Learn | Drill | Exam
"""An exercise in one of the three modes.

Each has the `options` to answer in words, what it `asks` with a hint (both empty where it waits for
nothing), a `line` that says how far it is, and a `name` for it once it was left. `explained` is
whether something is to be read before the next question, `given` what a bookmark keeps of the answers.
"""


def menu_line(mode: Mode, left: Exercise | None, length: int) -> Choice:
    """Return the line that begins a mode, or goes on with what was `left`; a test has `length` stories."""
    if left and has_answers(left):
        anew = " or start a new one" if mode == "test" else ""
        goes_on = f"{mode.capitalize()}: continue {left.name}{anew}"
        return Choice(Command(mode), goes_on, value=left.header.session)
    about = {
        "learn": "go through one story with the interview",
        "drill": "read a story, pick its group, and see why",
        "test": f"{length} stories, with your score at the end",
    }
    return Choice(Command(mode), f"{mode.capitalize()}: {about[mode]}")


def has_answers(exercise: Exercise) -> bool:
    """Tell whether there is something to continue: a test only opened was not left, and nothing is lost."""
    return not isinstance(exercise, Exam) or exercise.answered > 0


def in_test(exercise: Exercise | None) -> bool:
    """Tell whether a closed test is going on, in which nothing is looked up or explained."""
    return isinstance(exercise, Exam) and exercise.is_closed


def is_going_on(exercise: Exercise | None) -> bool:
    """Tell whether a test is begun and not handed in."""
    return isinstance(exercise, Exam) and exercise.stage in {"story", "review"}


def choices_meant(
    exercise: Exercise, choices: Sequence[Choice], typed: str
) -> tuple[list[Choice], bool]:
    """Return the choices that words may mean, and whether they name exactly one."""
    if isinstance(exercise, Learn) and exercise.question:
        meant = interview.answers_meant(exercise.question, (*exercise.values, UNSURE), typed)
        return [choice for choice in choices if choice.value in meant.values], meant.certain
    begun = [re.compile(rf"\b{word}") for word in re.findall(r"\w+", typed.casefold())]
    fit = [one for one in choices if all(word.search(one.label.casefold()) for word in begun)]
    return (fit, len(fit) == 1) if begun else ([], False)


def compared(syllabus: Syllabus, exercise: Exercise | None) -> tuple[str, ...]:
    """Return the story that one just answered is to be compared with, and what is right there."""
    if not isinstance(exercise, Drill | Learn) or not exercise.explained:
        return ()
    case = syllabus.practice.cases.get(exercise.story.id)
    if case is None or not case.contrast or (isinstance(exercise, Learn) and not exercise.finished):
        return ()
    every = (story for some in syllabus.written.values() for story in some)
    other = next(story for story in every if story.id == case.contrast)
    right = answer_name(syllabus.guide, syllabus.right(other.outcome))
    return (
        f"Compare with: {other.title}",
        *other.paragraphs,
        f"In that story, the right answer is {right}. {other.note}",
    )


def terms(exercise: Exercise | None) -> tuple[Term, ...]:
    """Return the words of the story, and of the question asked, that the guide explains."""
    if exercise is None:
        return ()
    story, guide = exercise.story, exercise.guide
    text = [*story.paragraphs, story.ask] if story else []
    if isinstance(exercise, Learn) and exercise.question:
        text += [exercise.question.ask, exercise.question.hint]
    names = Glossary(guide).terms_in("\n".join(text))
    return tuple(guide.glossary[name] for name in names)
