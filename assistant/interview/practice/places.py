"""How a practice session is written down as the place where it was left, and taken up there again."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.records.places import Place
from assistant.training.attempts import MODES, Mode, Sitting, in_order
from assistant.training.classes import ClassFile, class_text, read_class
from assistant.training.drill import Drill
from assistant.training.exam import Exam, resumed
from assistant.training.judging import judge
from assistant.training.learning import Learn
from assistant.training.memory import remember
from assistant.training.stories import Story, story_by_id

if TYPE_CHECKING:
    from assistant.interview.practice.room import PracticeRoom

Session = Learn | Drill | Exam
"""A session in one of the three modes; every step gives a new value."""


def place_of(alias: str, session: Session, found: ClassFile | None) -> Place:
    """Give the place where a session stands; `found` is its class, if it has one."""
    return Place(
        alias=alias,
        mode=session.sitting.mode,
        session=session.sitting.session,
        stories=_stories(session),
        given=_given(session),
        pass_mark=session.pass_mark if isinstance(session, Exam) else 0,
        class_text=class_text(found) if found else "",
    )


def session_at(room: "PracticeRoom", place: Place) -> Session | None:
    """Give the session that a place tells of; None where its class is all done.

    Raises `KeyError`, `ValueError`, `IndexError` or `UsageError` for a place of another guide.
    """
    if place.class_text:
        return _in_class(room, place)
    guide, practice = room.ground.guide, room.ground.practice
    stories = tuple(story_by_id(guide, practice, name) for name in place.stories)
    sitting = replace(room.sitting(_MODES[place.mode]), session=place.session)
    if sitting.mode == "test":
        return resumed(Exam(guide, sitting, stories, place.pass_mark), room.attempts)
    if sitting.mode == "learn":
        return room.redone(Learn(guide, sitting, stories[0]), place.given)
    return _drill(room, sitting, stories[0], place.given)


def _in_class(room: "PracticeRoom", place: Place) -> Session | None:
    found = room.in_class(read_class(place.class_text))
    if isinstance(found, Learn) and place.stories == (found.story.id,):
        return room.redone(found, place.given)
    return found


def _drill(room: "PracticeRoom", sitting: Sitting, story: Story, given: Sequence[str]) -> Drill:
    """Give a drill as it was, with what was said of the story shown if that was answered."""
    mine = in_order(made for made in room.attempts if made.session == sitting.session)
    drill = Drill(room.ground, sitting, room.memory(), room.seed(), story, attempts=tuple(mine))
    if not given:
        return drill
    chosen = given[0] or None
    if chosen not in (*room.ground.guide.groups, None):
        raise KeyError(chosen)
    before = remember(room.ground, (made for made in room.attempts if made not in mine[-1:]))
    found = judge(room.ground.guide, story, chosen, before.diagnosis.forks())
    return replace(drill, found=found)


_MODES: dict[str, Mode] = {mode: mode for mode in MODES}


def _stories(session: Session) -> tuple[str, ...]:
    if isinstance(session, Exam):
        return tuple(story.id for story in session.stories)
    return (session.story.id,)


def _given(session: Session) -> tuple[str, ...]:
    """Give what was answered to the story shown; "" stands for "ask the supervisor"."""
    if isinstance(session, Learn):
        return tuple(check.given for check in session.checks)
    if isinstance(session, Drill) and session.found:
        return (session.found.chosen or "",)
    return ()
