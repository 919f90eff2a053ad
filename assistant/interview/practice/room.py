"""One trainee's practice, as every front end holds it: sessions begun, kept, left and gone on with."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from assistant.errors import AssistantError
from assistant.interview.practice.keeping import Keeping
from assistant.interview.practice.lines import attempt_in, line_of
from assistant.interview.practice.places import Session, place_of, session_at
from assistant.records.places import Place, PlaceFile
from assistant.records.practice_log import PracticeLog
from assistant.training.attempts import Attempt, Mode, Sitting
from assistant.training.choosing import next_case
from assistant.training.class_stories import stories_by_seed
from assistant.training.classes import ClassFile, stories_of
from assistant.training.drill import Drill, start_drill, start_row
from assistant.training.exam import PASS_MARK, Exam, resumed
from assistant.training.ground import Ground
from assistant.training.learning import Learn
from assistant.training.memory import Memory, remember
from assistant.training.progress import Progress, progress
from assistant.training.stories import Story

__all__ = ["TEST_LENGTH", "PracticeRoom", "Session", "Surroundings", "attempt_in", "line_of"]

TEST_LENGTH = 10
"""How many stories a test has where nobody says."""


@dataclass(frozen=True)
class Surroundings:
    """What practice needs of the world around it."""

    meaning_hash: str
    open_log: Callable[[], PracticeLog]
    places: PlaceFile
    now: Callable[[], datetime]
    new_id: Callable[[], str]


class PracticeRoom:
    """Practises under one alias; no method raises a `RecordsError`: practice goes on without a store."""

    def __init__(self, ground: Ground, around: Surroundings, alias: str) -> None:
        self.ground = ground
        self._around = around
        self._classes: dict[str, ClassFile] = {}
        self._keeping = Keeping(around.open_log, around.now, alias)
        self.alias = self._keeping.alias

    @property
    def attempts(self) -> list[Attempt]:
        """Everything answered under this alias, also what could not be kept yet."""
        return self._keeping.attempts

    @property
    def trouble(self) -> str:
        """Why answers are not kept, or what was answered before is not known; empty if all is well."""
        return self._keeping.trouble

    @property
    def lefts(self) -> tuple[Session, ...]:
        """The sessions that were left before their end, one of a kind, the latest first."""
        found = (self._found(place) for place in self._places if not place.over)
        return tuple(one for one in found if one and not self.is_over(one))

    @property
    def left(self) -> Session | None:
        """The session that was left last before its end, at the place where it was left."""
        return next(iter(self.lefts), None)

    @property
    def at(self) -> Session | None:
        """The session that was on the screen last, also a test whose end was not left yet."""
        place = next((place for place in self._places if not place.over), None)
        return self._found(place) if place else None

    @property
    def last_test(self) -> Exam | None:
        """The test that was finished last, with its score and its mistakes."""
        place = next((place for place in self._places if place.over), None)
        found = self._found(place) if place else None
        return found if isinstance(found, Exam) and found.finished else None

    @property
    def waiting(self) -> int:
        """How many answers count only once the tests that they were given in are over."""
        return len(self._hidden)

    def progress(self) -> Progress:
        """Give how this trainee stands; a test that was left says nothing yet of its answers."""
        hidden = self._hidden
        known = [made for made in self.attempts if made.id not in hidden]
        return progress(self.ground, known, self._around.now())

    def class_name(self, session: Session) -> str:
        """Give the name of the class that a session follows; empty where it follows none."""
        found = self._classes.get(session.sitting.class_id)
        return found.name if found else ""

    def done_of(self, found: ClassFile) -> int:
        """Count the stories of a class that are answered under this alias."""
        mine = {made.story for made in self.attempts if made.class_id == found.id}
        return len(mine & set(found.stories))

    def learn(self) -> Learn:
        """Begin to learn from the story most in need."""
        return Learn(self.ground.guide, self.sitting("learn"), self._next())

    def drill(self) -> Drill:
        """Begin a drill that lasts until it is left."""
        now = self._around.now()
        return start_drill(self.ground, self.memory(), self.sitting("drill"), now, self.seed())

    def test(self, count: int = TEST_LENGTH, pass_mark: int = PASS_MARK) -> Exam:
        """Begin a test of new stories."""
        stories = stories_by_seed(self.ground, self.seed(), count)
        return Exam(self.ground.guide, self.sitting("test"), stories, pass_mark)

    def redone(self, learn: Learn, given: Sequence[str]) -> Learn:
        """Answer again what was answered before, and keep nothing of it."""
        for value in given:
            learn = learn.answer(value, self._around.new_id(), self._around.now())
        return learn

    def taking_part(self, found: ClassFile) -> Session | None:
        """Give a class where it was left, at the very question; else as `in_class` does."""
        begun = self.in_class(found)
        left = (one for one in self.lefts if one.sitting.class_id == found.id)
        return next(left, begun) if begun else None

    def in_class(self, found: ClassFile) -> Session | None:
        """Begin a class, or go on where this alias left it; None where it is all done.

        Raises `UsageError` where its stories are not the same here as for everyone else. A test
        that is done is given at its end, with the score.
        """
        stories = stories_of(found, self.ground, self._around.meaning_hash)
        self._classes[found.id] = found
        sitting = self.sitting(found.mode, found.id)
        if found.mode == "test":
            exam = Exam(self.ground.guide, sitting, stories, found.pass_mark)
            return resumed(exam, self.attempts)
        done = {attempt.story for attempt in self.attempts if attempt.class_id == found.id}
        rest = tuple(story for story in stories if story.id not in done)
        if not rest:
            return None
        if found.mode == "learn":
            return Learn(self.ground.guide, sitting, rest[0])
        return start_row(self.ground, self.memory(), sitting, rest)

    def answer(self, session: Session, answer: str | None) -> Session:
        """Answer what a session asks, with a group or a fact's value, and keep what follows."""
        identity, now = self._around.new_id(), self._around.now()
        if isinstance(session, Learn):
            then: Session = session.answer(answer or "", identity, now)
        else:
            then = session.answer(answer, identity, now)
        if then is not session:
            self._keeping.keep(then.attempts)
        return then

    def go_on(self, session: Session) -> Session:
        """Give the next story, where one follows; what was learned from is followed by another."""
        if isinstance(session, Drill):
            return session.go_on(self._around.now())
        if isinstance(session, Exam) or not session.finished:
            return session
        found = self._classes.get(session.sitting.class_id)
        if found:
            return self.in_class(found) or session
        return Learn(session.guide, session.sitting, self._next())

    def is_over(self, session: Session) -> bool:
        """Tell whether nothing follows: a drill and learning of one's own last until they are left."""
        if not session.finished or not isinstance(session, Learn):
            return session.finished
        found = self._classes.get(session.sitting.class_id)
        return found is not None and self.in_class(found) is None

    def stay(self, session: Session, found: ClassFile | None = None) -> None:
        """Remember where a session stands, so that it can be left at any key; `found` is its class."""
        place = place_of(self.alias, session, found or self._classes.get(session.sitting.class_id))
        if not self.is_over(session):
            self._around.places.leave(place)
        elif not isinstance(session, Exam):
            self._forget(session)
        elif not any(one.over and _same(one, place) for one in self._places):
            self._around.places.leave(replace(place, over=True))
            self._around.places.leave(place)

    def leave(self, session: Session) -> None:
        """Leave a session: what is over is not gone on with, what was not kept is tried again."""
        self._keeping.keep_rest()
        if self.is_over(session):
            self._forget(session)

    def _forget(self, session: Session) -> None:
        """Remember no more where a session stood; a test at its end can still be looked at."""
        for place in self._places:
            if not place.over and place.session == session.sitting.session:
                self._around.places.forget(place.kind)

    @property
    def _places(self) -> Iterator[Place]:
        return (place for place in self._around.places.all() if place.alias == self.alias)

    @property
    def _hidden(self) -> set[str]:
        """The ids of the answers in tests that are not over."""
        return {made.id for one in self.lefts if isinstance(one, Exam) for made in one.attempts}

    def _found(self, place: Place) -> Session | None:
        try:
            return session_at(self, place)
        except (KeyError, ValueError, IndexError, AssistantError):
            return None

    def _next(self) -> Story:
        return next_case(self.ground, self.memory(), self._around.now(), self.seed())

    def memory(self) -> Memory:
        """Give what is known of this trainee."""
        return remember(self.ground, self.attempts)

    def seed(self) -> int:
        """Give a number that differs each time, to choose stories by."""
        return Random(self._around.new_id()).randrange(10**9)  # noqa: S311 - to vary, not to hide

    def sitting(self, mode: Mode, class_id: str = "") -> Sitting:
        """Give what all answers of a new session have in common."""
        return Sitting(
            alias=self.alias,
            session=self._around.new_id(),
            mode=mode,
            meaning_hash=self._around.meaning_hash,
            class_id=class_id,
        )


def _same(one: Place, other: Place) -> bool:
    """Tell whether two places are of the same test: in class, the session's id is new each time."""
    if one.class_text or other.class_text:
        return one.class_text == other.class_text
    return one.session == other.session
