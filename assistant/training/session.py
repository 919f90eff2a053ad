"""Practice under one alias, as every front holds it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from random import Random

from assistant.commands import Choice, Command
from assistant.errors import AssistantError, UsageError
from assistant.records.practice_log import PracticeLog
from assistant.shapes import Frozen
from assistant.training.attempts import (
    MODES,
    PASS_MARK,
    Attempt,
    AttemptLog,
    Mode,
    SessionHeader,
    in_order,
)
from assistant.training.bookmarks import Bookmark, Bookmarks, Trainee
from assistant.training.classes import (
    ClassFile,
    class_text,
    read_class,
    stories_by_seed,
    stories_of,
    with_own,
)
from assistant.training.diagnosis import counted_now
from assistant.training.exam import Exam, exam_choices, picked_again, resumed
from assistant.training.judging import judge
from assistant.training.modes import Drill, Exercise, Learn, menu_line, start_drill
from assistant.training.progress import CLASS_FIRST, Progress, progress
from assistant.training.scheduling import Memory, next_case, remember
from assistant.training.stories import Story, story_by_id
from assistant.training.syllabus import Syllabus

TEST_LENGTH = 10  # how many stories a test has where nobody says


class Surroundings(Frozen):
    """What practice needs of the world around it."""

    open_log: Callable[[], PracticeLog]
    bookmarks: Bookmarks
    now: Callable[[], datetime]
    new_id: Callable[[], str]


class PracticeSession:
    """Practice under one alias: what can be begun, and the `exercise` open, if there is one.

    Each step is kept and bookmarked at once, so that an exercise can be left at any key. No method
    raises a `RecordsError`: practice continues without a store.
    """

    def __init__(
        self,
        syllabus: Syllabus,
        around: Surroundings,
        trainee: Trainee,
        assigned: ClassFile | None = None,
    ) -> None:
        self.syllabus = with_own(assigned, syllabus) if assigned else syllabus
        self.assigned = assigned
        self.exercise: Exercise | None = None
        self._around = around
        self._classes: dict[str, ClassFile] = {}
        self._counted: dict[str, Attempt] = {}
        self._told: dict[str, tuple[Story, ...]] = {}
        self._log = AttemptLog(around.open_log, around.now, trainee.alias, trainee.id)
        self.trainee = replace(trainee, alias=self._log.alias)
        self.alias = self._log.alias

    # What is known of the trainee.

    @property
    def attempts(self) -> list[Attempt]:
        """Everything answered, with the grades that it gets today."""
        new = [made for made in self._log.attempts if made.id not in self._counted]
        self._counted |= {made.id: counted_now(self.syllabus, made) for made in new}
        return [self._counted[made.id] for made in self._log.attempts]

    @property
    def trouble(self) -> str:
        """Why answers are not kept, or what was answered before is not known; empty if all is well."""
        unkept = self._around.bookmarks.trouble if isinstance(self.exercise, Exam) else ""
        return self._log.trouble or unkept

    @property
    def unfinished(self) -> tuple[Exercise, ...]:
        """What was left before its end, one of a kind, the latest first."""
        found = (self._restored(mark) for mark in self._bookmarks if not mark.over)
        return tuple(one for one in found if one and not self._ends(one))

    @property
    def last_test(self) -> Exam | None:
        """The test that was finished last, with its score and its mistakes."""
        found = self._latest(over=True)
        return found if isinstance(found, Exam) and found.finished else None

    def progress(self) -> Progress:
        """Return this trainee's progress; a test that is not handed in says nothing of its answers."""
        tests = [one for one in self.unfinished if isinstance(one, Exam)]
        unscored = {made.id for test in tests for made in test.attempts}
        waiting = sum(test.answered for test in tests)
        known = [made for made in self.attempts if made.id not in unscored]
        found = progress(self.syllabus, known, self._around.now(), waiting=waiting)
        waits = self._class_here and not self.class_is_done
        return replace(found, what_next=CLASS_FIRST) if waits else found

    # What can be begun.

    def home_choices(
        self, length: int = TEST_LENGTH, *, results: bool = False, report: bool = False
    ) -> list[Choice]:
        """Return what can be begun or gone on with, in lines that keep their numbers.

        A test has `length` stories. `results` is whether those of the class are handed in as a file,
        `report` whether the trainer's report is offered here.
        """
        left = {one.header.mode: one for one in self.unfinished if not one.header.class_id}
        here = self._class_here
        found = [Choice(Command.CLASS, self._class_label(here))] if here else []
        found += [menu_line(mode, left.get(mode), length) for mode in MODES]
        last = self.last_test
        score = last.score.short if last and last.score else "none yet"
        if here and last and last.header.class_id == here.id:
            score = "your class test (number 1)"
        found.append(Choice(Command.LAST_TEST, f"Your last test: {score}"))
        if here and results:
            found.append(Choice(Command.RESULTS, "Write my class results to a file, to hand in"))
        if report:
            found.append(Choice(Command.REPORT, "Report for trainers: how everyone here is doing"))
        return found

    @property
    def left_classes(self) -> list[Choice]:
        """Other classes that were left, each to go on with; they come last in a list, as they come and go."""
        here = self._class_here.id if self._class_here else ""
        return [
            Choice(Command.GO_ON, f"Continue {self.name_of(one)}", value=one.header.class_id)
            for one in self.unfinished
            if one.header.class_id not in {"", here}
        ]

    def would_lose(self, command: Command) -> bool:
        """Tell whether what was chosen would end a test that was left with answers in it."""
        tests = (
            one for one in self.unfinished if isinstance(one, Exam) and not one.header.class_id
        )
        return command == Command.TEST and any(test.answered for test in tests)

    def begin(
        self,
        command: Command,
        value: str = "",
        *,
        length: int = TEST_LENGTH,
        pass_mark: int = PASS_MARK,
    ) -> Exercise | None:
        """Open what was chosen of `home_choices`; `value` is the session or the class to go on with.

        Only a test is begun anew where one was left; whoever comes back to a closed test had left it.
        """
        guide, left = self.syllabus.guide, self._left(command, value)
        match command:
            case Command.CLASS:
                found = self._taken_part(self._class_here) if self._class_here else None
            case Command.TEST:
                stories = stories_by_seed(self.syllabus, self._seed(), length)
                found = Exam(guide, self._header("test"), stories, pass_mark)
            case Command.LAST_TEST:
                found = self.last_test
            case Command.LEARN if not left:
                found = Learn(guide, self._header("learn"), self._next_story())
            case Command.DRILL if not left:
                now, seed = self._around.now(), self._seed()
                found = start_drill(self.syllabus, self._memory(), self._header("drill"), now, seed)
            case _:
                found = left
        if isinstance(found, Exam):
            found = found.taken_up
            found = replace(found, left=found.left + 1) if found.is_closed else found
        return self._turn_to(found)

    def _left(self, command: Command, value: str) -> Exercise | None:
        """Return what was left that a choice goes on with: that session, or the latest of the mode."""
        modes = [mode for mode in MODES if mode == command] or MODES
        named = ((one, (one.header.session, one.header.class_id)) for one in self.unfinished)
        fit = [one for one, names in named if not value or value in names]
        alone = [one for one in fit if one.header.mode in modes and not one.header.class_id]
        return next(iter(alone if command in MODES else fit), None)

    def resume(self) -> Exercise | None:
        return self._turn_to(self._latest(over=False))

    def name_of(self, exercise: Exercise) -> str:
        """Return what is said of an exercise that was left: its class, or its mode and how far it was."""
        found = self._classes.get(exercise.header.class_id)
        return f"the class “{found.name}” that you left" if found else exercise.name

    # The class that was assigned.

    @property
    def class_refusal(self) -> str:
        """Why the class assigned cannot be taken part in here; empty if it can, or there is none."""
        try:
            if self.assigned:
                self._stories_of(self.assigned)
        except UsageError as error:
            return str(error)
        return ""

    @property
    def class_done(self) -> int:
        """How many stories of the class assigned are answered."""
        found = self._class_here
        if found is None:
            return 0
        if found.mode == "test" and isinstance(exam := self._taken_part(found), Exam):
            return exam.answered
        mine = {made.story for made in self.attempts if made.class_id == found.id}
        return len(mine & set(found.stories))

    @property
    def class_is_done(self) -> bool:
        """Whether nothing more is to be done in the class assigned; a test is handed in."""
        found = self._class_here
        if found is None:
            return False
        exam = self._taken_part(found) if found.mode == "test" else None
        return exam.finished if exam else self.class_done >= len(found.stories)

    def class_results(self) -> list[Attempt]:
        """Return the answers in the class assigned, as they are handed in."""
        found = self._class_here
        return [made for made in self._log.attempts if found and made.class_id == found.id]

    # The exercise that is open.

    @property
    def is_over(self) -> bool:
        """Whether nothing follows in the exercise open; practice of one's own lasts until it is left."""
        return self.exercise is not None and self._ends(self.exercise)

    @property
    def choices(self) -> list[Choice]:
        exercise = self.exercise
        if exercise is None:
            return []
        if isinstance(exercise, Exam) and exercise.stage in {"start", "review"}:
            return exam_choices(exercise)
        if not exercise.explained:
            options = exercise.options.items()
            return [Choice(Command.ANSWER, label, value=value) for value, label in options]
        following = (
            "Next story" if exercise.finished or isinstance(exercise, Drill) else "Next question"
        )
        ways_on = [] if self.is_over else [Choice(Command.NEXT, following)]
        stop = "Back to practice" if self.is_over else "Stop here"
        return [*ways_on, Choice(Command.STOP, stop)]

    def answer(self, answer: str | None) -> None:
        """Answer what is asked with a fact's value or a group, none for the supervisor, and keep that."""
        exercise, identity, now = self.exercise, self._around.new_id(), self._around.now()
        if exercise is None:
            return
        if isinstance(exercise, Learn):
            then: Exercise = exercise.answer(answer or "", identity, now)
        elif isinstance(exercise, Exam):
            then = exercise.answer(answer or None, now)
        else:
            then = exercise.answer(answer or None, identity, now)
        if then is not exercise:
            self._log.keep(then.attempts)
        self._turn_to(then)

    def turn(self, place: int) -> None:
        """Turn to a story of a test, counted from 0, or to the review after the last."""
        if isinstance(self.exercise, Exam):
            self._turn_to(self.exercise.turn(place))

    def hand_in(self) -> None:
        """Hand in a test: from now on its answers stay, and its score is told."""
        if isinstance(self.exercise, Exam):
            then = self.exercise.hand_in(self._around.new_id)
            self._log.keep(then.attempts)
            self._turn_to(then)

    def go_on(self) -> None:
        """Change to the next story or question, where one follows."""
        exercise = self.exercise
        if isinstance(exercise, Exam):
            self.turn(exercise.place + 1)
        elif isinstance(exercise, Drill):
            self._turn_to(exercise.go_on(self._around.now()))
        elif isinstance(exercise, Learn) and not exercise.finished:
            self._turn_to(exercise.go_on())
        elif isinstance(exercise, Learn):
            if found := self._classes.get(exercise.header.class_id):
                self._turn_to(self._in_class(found) or exercise)
            else:
                self._turn_to(Learn(exercise.guide, exercise.header, self._next_story()))

    def leave(self) -> None:
        """Close the exercise: what is over is not gone on with, what was not kept is tried again."""
        self._log.keep_rest()
        if self.exercise and self._ends(self.exercise):
            self._forget(self.exercise)
        self.exercise = None

    def _turn_to(self, exercise: Exercise | None) -> Exercise | None:
        """Open an exercise, and bookmark how far it is."""
        self.exercise = exercise
        if exercise is None:
            return None
        mark = self._bookmark_of(exercise)
        if not self._ends(exercise):
            self._around.bookmarks.leave(mark)
        elif not isinstance(exercise, Exam):
            self._forget(exercise)
        elif not any(one.over and mark.is_same(one) for one in self._bookmarks):
            self._around.bookmarks.leave(replace(mark, over=True))
            self._around.bookmarks.leave(mark)
        return exercise

    def _ends(self, exercise: Exercise) -> bool:
        if not exercise.finished or not isinstance(exercise, Learn):
            return exercise.finished
        found = self._classes.get(exercise.header.class_id)
        return found is not None and self._in_class(found) is None

    # Classes.

    @property
    def _class_here(self) -> ClassFile | None:
        """The class assigned, where it can be taken part in here."""
        return self.assigned if self.assigned and not self.class_refusal else None

    def _stories_of(self, found: ClassFile) -> tuple[Story, ...]:
        if found.id not in self._told:
            meaning = self.syllabus.loaded.meaning_hash
            self._told[found.id] = stories_of(found, self.syllabus, meaning)
        return self._told[found.id]

    def _taken_part(self, found: ClassFile) -> Exercise | None:
        """Return a class where it was left, at the same question; else as `_in_class` does."""
        begun = self._in_class(found)
        left = (one for one in self.unfinished if one.header.class_id == found.id)
        return next(left, begun) if begun else None

    def _in_class(self, found: ClassFile) -> Exercise | None:
        """Begin a class, or continue where its stories were left; None where it is all done.

        A finished test comes at its end, with the score. Raises `UsageError` where its
        stories are not the same here as for everyone else.
        """
        stories = self._stories_of(found)
        self._classes[found.id] = found
        guide, header = self.syllabus.guide, self._header(found.mode, found.id)
        if found.mode == "test":
            exam = Exam(guide, header, stories, found.pass_mark, open_book=found.open_book)
            return resumed(exam, self.attempts)
        done = {attempt.story for attempt in self.attempts if attempt.class_id == found.id}
        rest = tuple(story for story in stories if story.id not in done)
        if not rest:
            return None
        if found.mode == "learn":
            return Learn(guide, header, rest[0])
        return Drill(self.syllabus, header, self._memory(), 0, rest[0], row=rest)

    def _class_label(self, found: ClassFile) -> str:
        """Name a class as a choice, with how far it was."""
        exercise = self._taken_part(found)
        if isinstance(exercise, Exam) and exercise.score:
            return f"Class “{found.name}”: {exercise.score.short}"
        begun = self.class_done or (isinstance(exercise, Learn) and exercise.checks)
        return found.label(self.class_done) if begun else found.line.removesuffix(".")

    # Bookmarks.

    @property
    def _bookmarks(self) -> Iterator[Bookmark]:
        return (mark for mark in self._around.bookmarks.all() if mark.alias == self.alias)

    def _latest(self, *, over: bool) -> Exercise | None:
        mark = next((mark for mark in self._bookmarks if mark.over == over), None)
        return self._restored(mark) if mark else None

    def _bookmark_of(self, exercise: Exercise) -> Bookmark:
        found = self._classes.get(exercise.header.class_id)
        exam = exercise if isinstance(exercise, Exam) else None
        stories = exam.stories if exam else [exercise.story] if exercise.story else []
        return Bookmark(
            alias=self.alias,
            mode=exercise.header.mode,
            session=exercise.header.session,
            stories=tuple(story.id for story in stories),
            given=exercise.given,
            pass_mark=exam.pass_mark if exam else 0,
            class_text=class_text(found) if found else "",
            times=exam.times if exam else (),
            place=exam.place if exam else -1,
            left=exam.left if exam else 0,
        )

    def _forget(self, exercise: Exercise) -> None:
        """Remove the bookmark of an exercise; a test at its end can still be looked at."""
        for mark in self._bookmarks:
            if not mark.over and mark.session == exercise.header.session:
                self._around.bookmarks.forget(mark.kind)

    def _restored(self, mark: Bookmark) -> Exercise | None:
        """Return the exercise of a bookmark; None for one of another guide, or where all is done."""
        try:
            return self._in_class_at(mark) if mark.class_text else self._alone_at(mark)
        except (KeyError, ValueError, IndexError, StopIteration, AssistantError):
            return None

    def _in_class_at(self, mark: Bookmark) -> Exercise | None:
        found = self._in_class(read_class(mark.class_text))
        if isinstance(found, Learn) and mark.stories == (found.story.id,):
            return self._answered_again(found, mark.given)
        return picked_again(found, mark) if isinstance(found, Exam) else found

    def _alone_at(self, mark: Bookmark) -> Exercise:
        guide, practice = self.syllabus.guide, self.syllabus.practice
        stories = tuple(story_by_id(guide, practice, name) for name in mark.stories)
        mode = next(mode for mode in MODES if mode == mark.mode)
        header = replace(self._header(mode), session=mark.session)
        if mode == "test":
            exam = Exam(guide, header, stories, mark.pass_mark)
            return picked_again(resumed(exam, self.attempts), mark)
        if mode == "learn":
            return self._answered_again(Learn(guide, header, stories[0]), mark.given)
        return self._drill_at(header, stories[0], mark.given)

    def _answered_again(self, learn: Learn, given: Sequence[str]) -> Learn:
        """Answer again what was answered before, and keep nothing of it."""
        for value in given:
            learn = learn.answer(value, self._around.new_id(), self._around.now())
        return learn.go_on()

    def _drill_at(self, header: SessionHeader, story: Story, given: Sequence[str]) -> Drill:
        """Return a drill as it was, with what was said of the story shown if that was answered."""
        mine = in_order(made for made in self.attempts if made.session == header.session)
        memory, seed = self._memory(), self._seed()
        drill = Drill(self.syllabus, header, memory, seed, story, attempts=tuple(mine))
        if not given:
            return drill
        chosen = given[0] or None
        if chosen not in (*self.syllabus.guide.groups, None):
            raise KeyError(chosen)
        before = remember(self.syllabus, (made for made in self.attempts if made not in mine[-1:]))
        found = judge(self.syllabus.guide, story, chosen, before.diagnosis.forks())
        return replace(drill, found=found)

    # What a new exercise is made of.

    def _next_story(self) -> Story:
        return next_case(self.syllabus, self._memory(), self._around.now(), self._seed())

    def _memory(self) -> Memory:
        return remember(self.syllabus, self.attempts)

    def _seed(self) -> int:
        """Return a number that differs each time, to choose stories by."""
        return Random(self._around.new_id()).randrange(10**9)  # noqa: S311 - to vary, not to hide

    def _header(self, mode: Mode, class_id: str = "") -> SessionHeader:
        return SessionHeader(
            alias=self.alias,
            session=self._around.new_id(),
            mode=mode,
            meaning_hash=self.syllabus.loaded.meaning_hash,
            class_id=class_id,
            trainee=self.trainee.id,
        )
