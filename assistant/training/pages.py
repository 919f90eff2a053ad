"""What practice shows: the card of a story, an answer, a score, and help."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from assistant.commands import Choice, Command
from assistant.engine.glossary import Glossary
from assistant.engine.interview import UNSURE, at_most
from assistant.guide.model import Guide, Term
from assistant.text import counted
from assistant.training.attempts import Attempt
from assistant.training.modes import Drill, Exam, Learn
from assistant.training.progress import Progress, streak
from assistant.training.report import SUPERVISOR
from assistant.training.session import AssignedClass, Exercise, class_label, score_words

if TYPE_CHECKING:
    from assistant.training.session import PracticeSession


LOST = "You are in the middle of a test. Begin a new one, and that one cannot be finished."
"""Asked before a test that was left is given up."""

NEW_TEST, KEEP_TEST = "Begin a new test", "Keep the test that you left"
"""The answers to that."""

ACCEPTABLE = "Acceptable: the documents support that group too. It counts towards the pass mark."
"""What the word means where a test is told."""


def home_choices(
    room: "PracticeSession",
    length: int,
    given: AssignedClass | None = None,
    *,
    report: bool = False,
) -> Iterator[Choice]:
    """Give what can be begun: the class given, what was left, then the modes.

    A test has `length` stories; `report` is whether the trainer's report is offered here. Raises
    `UsageError` for a class that is not the same here as for everyone else.
    """
    class_id = given.found.id if given else ""
    if given and (session := room.taking_part(given.found)):
        label = class_label(given.found, session, room.done_of(given.found))
        yield Choice(Command.CLASS, label)
    for left in room.lefts:
        if not class_id or left.header.class_id != class_id:
            words = left_words(left, room.class_name(left))
            yield Choice(Command.GO_ON, f"Go on with {words}", value=left.header.session)
    yield Choice(Command.LEARN, "Learn: go through one story with the interview")
    yield Choice(Command.DRILL, "Drill: read a story, pick its group, see why")
    yield Choice(Command.TEST, f"Test: {length} stories, told at the end how it went")
    last = room.last_test
    if last and not (class_id and last.header.class_id == class_id):
        yield Choice(Command.LAST_TEST, f"Your last test: {score_words(last)}")
    if report:
        yield Choice(Command.REPORT, "Report for trainers: how everyone here does")


def would_lose(room: "PracticeSession") -> bool:
    """Tell whether a new test would end one that was left with answers in it."""
    return any(
        isinstance(left, Exam) and left.attempts and not left.header.class_id for left in room.lefts
    )


def left_words(session: Exercise, class_name: str = "") -> str:
    """Name a session that was left, and how far it was."""
    if class_name:
        return f"the class “{class_name}” that you left"
    if isinstance(session, Exam):
        return f"the test you left, at story {session.number} of {len(session.stories)}"
    if isinstance(session, Drill):
        return f"the drill you left ({_answered(len(session.attempts))})"
    return f"the story you were learning from ({_answered(len(session.checks))})"


def told(session: Exercise, *, checking: bool) -> bool:
    """Tell whether something was said of an answer that is to be read before going on.

    `checking` is whether an answer in learning was just given; the others know for themselves.
    """
    if isinstance(session, Drill):
        return session.found is not None
    return session.finished or (checking and isinstance(session, Learn))


def session_choices(session: Exercise, *, over: bool, checking: bool = False) -> Iterator[Choice]:
    """Give the answers to what is asked, or the ways on; `over` is where nothing follows."""
    if told(session, checking=checking):
        if not over:
            following = "Next question" if _midway(session) else "Next story"
            yield Choice(Command.NEXT, following)
        yield Choice(Command.STOP, "Stop here")
    elif isinstance(session, Learn):
        options = session.question.options if session.question else {}
        for value in (*session.values, UNSURE):
            label = "Not sure" if value == UNSURE else options[value].label
            yield Choice(Command.ANSWER, label, value=value)
    else:
        guide = session.syllabus.guide if isinstance(session, Drill) else session.guide
        for name, group in guide.groups.items():
            yield Choice(Command.ANSWER, group.name, value=name)
        yield Choice(Command.ANSWER, SUPERVISOR)


def standing(session: Exercise, *, checking: bool = False) -> str:
    """Give in a line where a session stands."""
    if isinstance(session, Exam):
        count = len(session.stories)
        return (
            f"Test: {count} stories" if session.finished else f"Story {session.number} of {count}"
        )
    if isinstance(session, Drill):
        return _drill_line(session)
    number = len(session.checks) + (not checking)
    if session.finished:
        return f"Learn: finished after {counted(len(session.checks), 'question')}"
    return f"Learn: question {number} of at most {at_most(session.guide, session.standing)}"


def tally_line(made: tuple[Attempt, ...]) -> str:
    """Give a row of answers in a line: `4 answered, 3 right, streak 2`."""
    right = sum(attempt.grade == "right" for attempt in made)
    fits = sum(attempt.grade == "acceptable" for attempt in made)
    also = f", {fits} acceptable" if fits else ""
    return f"{len(made)} answered, {right} right{also}, streak {streak(made)}"


def not_right(exam: Exam) -> str:
    """Count the answers of a test that are explained, wrong ones and acceptable ones apart."""
    score = exam.score
    if score is None:
        return ""
    counts = ((score.wrong, "wrong answer"), (score.acceptable, "acceptable answer"))
    return " and ".join(counted(count, what) for count, what in counts if count)


def standing_at_all(found: Progress, waiting: int = 0) -> str:
    """Give in a line how a trainee stands; `waiting` answers count once their test is over."""
    later = f"{counted(waiting, 'answer')} in a test not counted until it is over"
    if not found.answered:
        return later if waiting else "Nothing answered yet"
    right = f"{found.streak} right in a row" if found.streak else "no streak just now"
    so_far = f"{counted(found.answered, 'story', 'stories')} answered so far, {right}"
    return f"{so_far}; {later}" if waiting else so_far


def _drill_line(drill: Drill) -> str:
    if not drill.row:
        return f"Drill: {tally_line(drill.attempts)}"
    number = len(drill.attempts) + (drill.found is None)
    return f"Drill: story {number} of {len(drill.row)}; {tally_line(drill.attempts)}"


def _midway(session: Exercise) -> bool:
    return isinstance(session, Learn) and not session.finished


def _answered(count: int) -> str:
    return counted(count, "answer")


HOW = MappingProxyType(
    {
        "learn": "Learn: answer the interview's questions about the story. Each answer is checked at once.",
        "drill": "Drill: read the story and pick its group. You hear at once whether it is right, and why.",
        "test": "Test: pick the group of each story. How it went is said after the last one.",
    }
)
"""What each mode asks for, by mode."""

NO_WORDS = (
    "In a test no words are explained, since that could give an answer away. Its end explains."
)
"""Said where the meaning of words is asked for in a test."""

NONE_USED = "None of the words used here are explained."
"""Said where a session uses no word that the guide explains."""


def guide_of(session: Exercise) -> Guide:
    """Give the guide that a session is held with."""
    return session.syllabus.guide if isinstance(session, Drill) else session.guide


def in_test(session: Exercise | None) -> bool:
    """Tell whether a test goes on, in which nothing is explained."""
    return isinstance(session, Exam) and not session.finished


def terms_used(session: Exercise) -> tuple[Term, ...]:
    """Give the words of the story, and of the question asked, that the guide explains."""
    guide = guide_of(session)
    names = Glossary(guide).terms_in("\n".join(_text(session)))
    return tuple(guide.glossary[name] for name in names)


def _text(session: Exercise) -> Iterator[str]:
    if session.story:
        yield from session.story.paragraphs
        yield session.story.ask
    if isinstance(session, Learn) and session.question:
        yield from (session.question.ask, session.question.hint)
