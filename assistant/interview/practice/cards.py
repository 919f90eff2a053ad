"""What practice asks and offers, numbered, and where a session stands in a line."""

from collections.abc import Iterator

from assistant.engine.walk import UNSURE, at_most
from assistant.interview.cards import Choice
from assistant.interview.practice.places import Session
from assistant.training.attempts import Attempt
from assistant.training.drill import Drill
from assistant.training.exam import Exam
from assistant.training.learning import Learn
from assistant.training.progress import Progress, streak
from assistant.training.reporting.words import SUPERVISOR

NEXT, STOP = ("next",), ("stop",)
"""What going on and leaving do."""


def home_choices(left: Session | None, length: int) -> Iterator[Choice]:
    """Give what can be begun, the session that was left first; a test has `length` stories."""
    if left:
        yield Choice(("go_on",), f"Go on with {left_words(left)}")
    yield Choice(("learn",), "Learn: go through one story with the interview")
    yield Choice(("drill",), "Drill: read a story, pick its group, see why")
    yield Choice(("test",), f"Test: {length} stories, told at the end how it went")
    yield Choice(("report",), "Report for trainers: how everyone here does")


def left_words(session: Session) -> str:
    """Name a session that was left, and how far it was."""
    if isinstance(session, Exam):
        return f"the test you left, at story {session.number} of {len(session.stories)}"
    if isinstance(session, Drill):
        return f"the drill you left ({_answered(len(session.attempts))})"
    return f"the story you were learning from ({_answered(len(session.checks))})"


def told(session: Session, *, checking: bool) -> bool:
    """Tell whether something was said of an answer that is to be read before going on.

    `checking` is whether an answer in learning was just given; the others know for themselves.
    """
    if isinstance(session, Drill):
        return session.found is not None
    return session.finished or (checking and isinstance(session, Learn))


def session_choices(session: Session, *, over: bool, checking: bool = False) -> Iterator[Choice]:
    """Give the answers to what is asked, or the ways on; `over` is where nothing follows."""
    if told(session, checking=checking):
        if not over:
            following = "Next question" if _midway(session) else "Next story"
            yield Choice(NEXT, following)
        yield Choice(STOP, "Stop here")
    elif isinstance(session, Learn):
        options = session.question.options if session.question else {}
        for value in (*session.values, UNSURE):
            label = "Not sure" if value == UNSURE else options[value].label
            yield Choice(("answer", value), label)
    else:
        guide = session.ground.guide if isinstance(session, Drill) else session.guide
        for name, group in guide.groups.items():
            yield Choice(("answer", name), group.name)
        yield Choice(("answer", ""), SUPERVISOR)


def standing(session: Session, *, checking: bool = False) -> str:
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
        return f"Learn: finished after {_counted(len(session.checks), 'question')}"
    return f"Learn: question {number} of at most {at_most(session.guide, session.standing)}"


def tally_line(made: tuple[Attempt, ...]) -> str:
    """Give a row of answers in a line: `4 answered, 3 right, streak 2`."""
    right = sum(attempt.grade == "right" for attempt in made)
    return f"{len(made)} answered, {right} right, streak {streak(made)}"


def standing_at_all(found: Progress) -> str:
    """Give in a line how a trainee stands."""
    if not found.answered:
        return "Nothing answered yet"
    right = f"{found.streak} right in a row" if found.streak else "no streak just now"
    return f"{_counted(found.answered, 'story', 'stories')} answered so far, {right}"


def _drill_line(drill: Drill) -> str:
    if not drill.row:
        return f"Drill: {tally_line(drill.attempts)}"
    number = len(drill.attempts) + (drill.found is None)
    return f"Drill: story {number} of {len(drill.row)}; {tally_line(drill.attempts)}"


def _midway(session: Session) -> bool:
    return isinstance(session, Learn) and not session.finished


def _answered(count: int) -> str:
    return _counted(count, "answer")


def _counted(count: int, one: str, more: str = "") -> str:
    return f"{count} {one}" if count == 1 else f"{count} {more or f'{one}s'}"
