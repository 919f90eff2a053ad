"""One trainee's practice, as every front end holds it: sessions begun, kept, left and gone on with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from assistant.errors import AssistantError
from assistant.interview.practice.keeping import Keeping
from assistant.interview.practice.lines import attempt_in, line_of
from assistant.interview.practice.places import Session, place_of, session_at
from assistant.records.places import PlaceFile
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
        self.alias = alias
        self._around = around
        self._classes: dict[str, ClassFile] = {}
        self._keeping = Keeping(around.open_log, around.now, alias)

    @property
    def attempts(self) -> list[Attempt]:
        """Everything answered under this alias, also what could not be kept yet."""
        return self._keeping.attempts

    @property
    def trouble(self) -> str:
        """Why answers are not kept, or what was answered before is not known; empty if all is well."""
        return self._keeping.trouble

    @property
    def left(self) -> Session | None:
        """The session that was left before its end, at the place where it was left."""
        found = self.at
        return None if found is None or self.is_over(found) else found

    @property
    def at(self) -> Session | None:
        """The session that was on the screen last, also a test whose end was not left yet."""
        place = self._around.places.left()
        if place is None or place.alias != self.alias:
            return None
        try:
            return session_at(self, place)
        except (KeyError, ValueError, IndexError, AssistantError):
            return None

    def progress(self) -> Progress:
        """Give how this trainee stands; a test that was left says nothing yet of its answers."""
        left = self.left
        hidden = {made.id for made in left.attempts} if isinstance(left, Exam) else set()
        known = [made for made in self.attempts if made.id not in hidden]
        return progress(self.ground, known, self._around.now())

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
        if self.is_over(session) and not isinstance(session, Exam):
            self.forget()
        else:
            found = found or self._classes.get(session.sitting.class_id)
            self._around.places.leave(place_of(self.alias, session, found))

    def leave(self, session: Session) -> None:
        """Leave a session: what is over is not gone on with, what was not kept is tried again."""
        self._keeping.keep_rest()
        if self.is_over(session):
            self.forget()

    def forget(self) -> None:
        """Remember no place any more."""
        self._around.places.forget()

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
