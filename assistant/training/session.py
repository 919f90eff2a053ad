"""A practice session as every front holds it."""

import os
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from subprocess import list2cmdline

from assistant.commands import Choice, Command
from assistant.errors import AssistantError, RecordsError
from assistant.records.privacy import personal_details
from assistant.records.store import PracticeLog
from assistant.text import alias_mistake
from assistant.training.attempts import (
    MODES,
    Attempt,
    Mode,
    SessionHeader,
    attempts_in,
    in_order,
    line_of,
)
from assistant.training.bookmarks import Bookmark, Bookmarks
from assistant.training.classes import (
    ClassFile,
    class_text,
    read_class,
    stories_by_seed,
    stories_of,
)
from assistant.training.judging import Syllabus, judge
from assistant.training.modes import PASS_MARK, Drill, Exam, Learn, resumed, start_drill, start_row
from assistant.training.progress import Progress, progress
from assistant.training.scheduling import Memory, next_case, remember
from assistant.training.stories import Story, story_by_id

ASK = (
    "Choose an alias to practise under: a word that is not your name, such as blue-heron.\n"
    "Your trainer may see it beside your answers."
)
"""What is asked once, where no alias is set."""

FOR_GOOD = (
    'To be asked no more, put alias = "blue-heron", or your own word, into settings.toml;'
    " the command service-group settings --path says where that is."
)
"""How to set an alias for good."""


def alias_refusal(typed: str) -> str:
    """Say in a sentence what keeps words from being an alias; empty if nothing does.

    A name cannot be told from any other word; two words, an address or a number can.
    """
    if not typed.strip():
        return "Choose an alias: a word that is not your name."
    mistake = alias_mistake(typed)
    if mistake:
        return f"Take another word: {mistake}."
    found = personal_details(typed)
    if found:
        return f"Take another word: this looks like {found[0].kind}."
    return ""


def spelled(alias: str, known: Iterable[str]) -> str:
    """Give an alias as it is already known, whatever its capitals; as it is where it is not."""
    same = [name for name in known if name.casefold() == alias.casefold()]
    return alias if alias in same or not same else same[0]


SLOW = timedelta(seconds=1)
"""How long a store may take to fail before it is left alone for a while."""

PAUSE = timedelta(seconds=30)
"""How long a store that was slow to fail is left alone, so that practice does not stand still."""


class AttemptLog:
    """Everything answered under an alias; nothing here raises a `RecordsError`.

    `trouble` says why answers are not kept; they are tried again with the next, all of them.
    `alias` is spelled as it was when it was first used: capitals make nobody else of a trainee.
    """

    def __init__(
        self, open_log: Callable[[], PracticeLog], now: Callable[[], datetime], alias: str
    ) -> None:
        self.trouble = ""
        self._open_log = open_log
        self._now = now
        self.alias = alias
        self._unkept: dict[str, Attempt] = {}
        self._all: dict[str, Attempt] = {}
        self._paused_until: datetime | None = None
        self._is_read = False
        self._try("What you practised before cannot be read.", self._read)

    @property
    def attempts(self) -> list[Attempt]:
        """Everything answered, also what could not be kept yet."""
        return list(self._all.values())

    def keep(self, attempts: Iterable[Attempt]) -> None:
        """Keep the attempts that are new, with all that could not be kept before."""
        new = {attempt.id: attempt for attempt in attempts if attempt.id not in self._all}
        self._all |= new
        self._unkept |= new
        if self._paused_until is None or self._now() >= self._paused_until:
            self.keep_rest()

    def keep_rest(self) -> None:
        """Try once more to keep what could not be kept."""
        if self._unkept:
            self._try("Your answers are not being kept.", self._write)

    def _write(self) -> None:
        self._open_log().add(map(line_of, self._unkept.values()))
        self._unkept = {}
        if not self._is_read:
            self._read()

    def _read(self) -> None:
        log = self._open_log()
        if not self._all:
            self.alias = spelled(self.alias, log.aliases())
        texts = log.texts(alias=self.alias)
        before = {attempt.id: attempt for attempt in attempts_in(texts)}
        self._all = before | self._all
        self._is_read = True

    def _try(self, trouble: str, do: Callable[[], None]) -> None:
        """Do something with the store, or say why it could not be done."""
        begun = self._now()
        try:
            do()
        except RecordsError as error:
            self.trouble = f"{trouble} {error}"
            slow = self._now() - begun > SLOW
            self._paused_until = self._now() + PAUSE if slow else None
        else:
            self.trouble, self._paused_until = "", None


Exercise = Learn | Drill | Exam
"""A session in one of the three modes; every step gives a new value."""


def place_of(alias: str, session: Exercise, found: ClassFile | None) -> Bookmark:
    """Give the place where a session stands; `found` is its class, if it has one."""
    return Bookmark(
        alias=alias,
        mode=session.header.mode,
        session=session.header.session,
        stories=_stories(session),
        given=_given(session),
        pass_mark=session.pass_mark if isinstance(session, Exam) else 0,
        class_text=class_text(found) if found else "",
    )


def session_at(room: "PracticeSession", place: Bookmark) -> Exercise | None:
    """Give the session that a place tells of; None where its class is all done.

    Raises `KeyError`, `ValueError`, `IndexError` or `UsageError` for a place of another guide.
    """
    if place.class_text:
        return _in_class(room, place)
    guide, practice = room.syllabus.guide, room.syllabus.practice
    stories = tuple(story_by_id(guide, practice, name) for name in place.stories)
    header = replace(room.header(_MODES[place.mode]), session=place.session)
    if header.mode == "test":
        return resumed(Exam(guide, header, stories, place.pass_mark), room.attempts)
    if header.mode == "learn":
        return room.redone(Learn(guide, header, stories[0]), place.given)
    return _drill(room, header, stories[0], place.given)


def _in_class(room: "PracticeSession", place: Bookmark) -> Exercise | None:
    found = room.in_class(read_class(place.class_text))
    if isinstance(found, Learn) and place.stories == (found.story.id,):
        return room.redone(found, place.given)
    return found


def _drill(
    room: "PracticeSession", header: SessionHeader, story: Story, given: Sequence[str]
) -> Drill:
    """Give a drill as it was, with what was said of the story shown if that was answered."""
    mine = in_order(made for made in room.attempts if made.session == header.session)
    drill = Drill(room.syllabus, header, room.memory(), room.seed(), story, attempts=tuple(mine))
    if not given:
        return drill
    chosen = given[0] or None
    if chosen not in (*room.syllabus.guide.groups, None):
        raise KeyError(chosen)
    before = remember(room.syllabus, (made for made in room.attempts if made not in mine[-1:]))
    found = judge(room.syllabus.guide, story, chosen, before.diagnosis.forks())
    return replace(drill, found=found)


_MODES: dict[str, Mode] = {mode: mode for mode in MODES}


def _stories(session: Exercise) -> tuple[str, ...]:
    if isinstance(session, Exam):
        return tuple(story.id for story in session.stories)
    return (session.story.id,)


def _given(session: Exercise) -> tuple[str, ...]:
    """Give what was answered to the story shown; "" stands for "ask the supervisor"."""
    if isinstance(session, Learn):
        return tuple(check.given for check in session.checks)
    if isinstance(session, Drill) and session.found:
        return (session.found.chosen or "",)
    return ()


TEST_LENGTH = 10
"""How many stories a test has where nobody says."""


@dataclass(frozen=True)
class Surroundings:
    """What practice needs of the world around it."""

    meaning_hash: str
    open_log: Callable[[], PracticeLog]
    bookmarks: Bookmarks
    now: Callable[[], datetime]
    new_id: Callable[[], str]


class PracticeSession:
    """Practises under one alias; no method raises a `RecordsError`: practice goes on without a store."""

    def __init__(self, syllabus: Syllabus, around: Surroundings, alias: str) -> None:
        self.syllabus = syllabus
        self._around = around
        self._classes: dict[str, ClassFile] = {}
        self._keeping = AttemptLog(around.open_log, around.now, alias)
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
    def lefts(self) -> tuple[Exercise, ...]:
        """The sessions that were left before their end, one of a kind, the latest first."""
        found = (self._found(place) for place in self._bookmarks if not place.over)
        return tuple(one for one in found if one and not self.is_over(one))

    @property
    def left(self) -> Exercise | None:
        """The session that was left last before its end, at the place where it was left."""
        return next(iter(self.lefts), None)

    @property
    def at(self) -> Exercise | None:
        """The session that was on the screen last, also a test whose end was not left yet."""
        place = next((place for place in self._bookmarks if not place.over), None)
        return self._found(place) if place else None

    @property
    def last_test(self) -> Exam | None:
        """The test that was finished last, with its score and its mistakes."""
        place = next((place for place in self._bookmarks if place.over), None)
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
        return progress(self.syllabus, known, self._around.now())

    def class_name(self, session: Exercise) -> str:
        """Give the name of the class that a session follows; empty where it follows none."""
        found = self._classes.get(session.header.class_id)
        return found.name if found else ""

    def done_of(self, found: ClassFile) -> int:
        """Count the stories of a class that are answered under this alias."""
        mine = {made.story for made in self.attempts if made.class_id == found.id}
        return len(mine & set(found.stories))

    def learn(self) -> Learn:
        """Begin to learn from the story most in need."""
        return Learn(self.syllabus.guide, self.header("learn"), self._next())

    def drill(self) -> Drill:
        """Begin a drill that lasts until it is left."""
        now = self._around.now()
        return start_drill(self.syllabus, self.memory(), self.header("drill"), now, self.seed())

    def test(self, count: int = TEST_LENGTH, pass_mark: int = PASS_MARK) -> Exam:
        """Begin a test of new stories."""
        stories = stories_by_seed(self.syllabus, self.seed(), count)
        return Exam(self.syllabus.guide, self.header("test"), stories, pass_mark)

    def redone(self, learn: Learn, given: Sequence[str]) -> Learn:
        """Answer again what was answered before, and keep nothing of it."""
        for value in given:
            learn = learn.answer(value, self._around.new_id(), self._around.now())
        return learn

    def taking_part(self, found: ClassFile) -> Exercise | None:
        """Give a class where it was left, at the very question; else as `in_class` does."""
        begun = self.in_class(found)
        left = (one for one in self.lefts if one.header.class_id == found.id)
        return next(left, begun) if begun else None

    def in_class(self, found: ClassFile) -> Exercise | None:
        """Begin a class, or go on where this alias left it; None where it is all done.

        Raises `UsageError` where its stories are not the same here as for everyone else. A test
        that is done is given at its end, with the score.
        """
        stories = stories_of(found, self.syllabus, self._around.meaning_hash)
        self._classes[found.id] = found
        header = self.header(found.mode, found.id)
        if found.mode == "test":
            exam = Exam(self.syllabus.guide, header, stories, found.pass_mark)
            return resumed(exam, self.attempts)
        done = {attempt.story for attempt in self.attempts if attempt.class_id == found.id}
        rest = tuple(story for story in stories if story.id not in done)
        if not rest:
            return None
        if found.mode == "learn":
            return Learn(self.syllabus.guide, header, rest[0])
        return start_row(self.syllabus, self.memory(), header, rest)

    def answer(self, session: Exercise, answer: str | None) -> Exercise:
        """Answer what a session asks, with a group or a fact's value, and keep what follows."""
        identity, now = self._around.new_id(), self._around.now()
        if isinstance(session, Learn):
            then: Exercise = session.answer(answer or "", identity, now)
        else:
            then = session.answer(answer, identity, now)
        if then is not session:
            self._keeping.keep(then.attempts)
        return then

    def go_on(self, session: Exercise) -> Exercise:
        """Give the next story, where one follows; what was learned from is followed by another."""
        if isinstance(session, Drill):
            return session.go_on(self._around.now())
        if isinstance(session, Exam) or not session.finished:
            return session
        found = self._classes.get(session.header.class_id)
        if found:
            return self.in_class(found) or session
        return Learn(session.guide, session.header, self._next())

    def is_over(self, session: Exercise) -> bool:
        """Tell whether nothing follows: a drill and learning of one's own last until they are left."""
        if not session.finished or not isinstance(session, Learn):
            return session.finished
        found = self._classes.get(session.header.class_id)
        return found is not None and self.in_class(found) is None

    def stay(self, session: Exercise, found: ClassFile | None = None) -> None:
        """Remember where a session stands, so that it can be left at any key; `found` is its class."""
        place = place_of(self.alias, session, found or self._classes.get(session.header.class_id))
        if not self.is_over(session):
            self._around.bookmarks.leave(place)
        elif not isinstance(session, Exam):
            self._forget(session)
        elif not any(one.over and _same(one, place) for one in self._bookmarks):
            self._around.bookmarks.leave(replace(place, over=True))
            self._around.bookmarks.leave(place)

    def leave(self, session: Exercise) -> None:
        """Leave a session: what is over is not gone on with, what was not kept is tried again."""
        self._keeping.keep_rest()
        if self.is_over(session):
            self._forget(session)

    def _forget(self, session: Exercise) -> None:
        """Remember no more where a session stood; a test at its end can still be looked at."""
        for place in self._bookmarks:
            if not place.over and place.session == session.header.session:
                self._around.bookmarks.forget(place.kind)

    @property
    def _bookmarks(self) -> Iterator[Bookmark]:
        return (place for place in self._around.bookmarks.all() if place.alias == self.alias)

    @property
    def _hidden(self) -> set[str]:
        """The ids of the answers in tests that are not over."""
        return {made.id for one in self.lefts if isinstance(one, Exam) for made in one.attempts}

    def _found(self, place: Bookmark) -> Exercise | None:
        try:
            return session_at(self, place)
        except (KeyError, ValueError, IndexError, AssistantError):
            return None

    def _next(self) -> Story:
        return next_case(self.syllabus, self.memory(), self._around.now(), self.seed())

    def memory(self) -> Memory:
        """Give what is known of this trainee."""
        return remember(self.syllabus, self.attempts)

    def seed(self) -> int:
        """Give a number that differs each time, to choose stories by."""
        return Random(self._around.new_id()).randrange(10**9)  # noqa: S311 - to vary, not to hide

    def header(self, mode: Mode, class_id: str = "") -> SessionHeader:
        """Give what all answers of a new session have in common."""
        return SessionHeader(
            alias=self.alias,
            session=self._around.new_id(),
            mode=mode,
            meaning_hash=self._around.meaning_hash,
            class_id=class_id,
        )


def _same(one: Bookmark, other: Bookmark) -> bool:
    """Tell whether two places are of the same test: in class, the session's id is new each time."""
    if one.class_text or other.class_text:
        return one.class_text == other.class_text
    return one.session == other.session


@dataclass(frozen=True)
class AssignedClass:
    """A class and the name of the file that it was read from."""

    found: ClassFile
    path: str

    def handing_in(self, alias: str) -> str:
        """Give the command that writes the results of one alias, as it is typed here."""
        words = ["service-group", "training", "results", "--class", self.path, "--alias", alias]
        return list2cmdline(words) if os.name == "nt" else shlex.join(words)


def class_line(found: ClassFile) -> str:
    """Say in a sentence what a class is."""
    count = len(found.stories)
    stories = "one story" if count == 1 else f"{count} stories"
    if found.mode == "test":
        return f"Class “{found.name}”: a test of {stories}; the pass mark is {found.pass_mark}%."
    return f"Class “{found.name}”: {found.mode}, with {stories}."


def class_label(found: ClassFile, session: object, done: int) -> str:
    """Name a class as a choice, with how far it was; `done` of its stories are answered."""
    if isinstance(session, Exam) and session.score:
        return f"Class “{found.name}”: {score_words(session)}"
    if not done and not (isinstance(session, Learn) and session.checks):
        return class_line(found).removesuffix(".")
    return f"Go on with the class “{found.name}”, {done} of {len(found.stories)} stories answered"


def all_done(found: ClassFile) -> str:
    """Say that nothing of a class is left to answer."""
    return f"You have answered every story of the class “{found.name}”."


def score_words(exam: Exam) -> str:
    """Say shortly how a test went, and that it can be looked at again."""
    if exam.score is None:
        return ""
    verdict = "passed" if exam.score.passed else "not passed"
    return f"{exam.score.percent}%, {verdict}; see it again"


def begun(
    room: PracticeSession, choice: Choice, given: AssignedClass | None = None
) -> Exercise | None:
    """Return the session that a choice of `home_choices` begins, None where there is none now."""
    match choice.command:
        case Command.CLASS:
            return room.taking_part(given.found) if given else None
        case Command.LEARN:
            return room.learn()
        case Command.DRILL:
            return room.drill()
        case Command.TEST:
            return room.test()
        case Command.LAST_TEST:
            return room.last_test
        case _:
            lefts = room.lefts
            named = (left for left in lefts if left.header.session == choice.value)
            return next(named, next(iter(lefts), None))
