"""Practice in lines."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from assistant.commands import Choice, Command, Where, command_typed, number_typed, typed_sentences
from assistant.engine.interview import UNSURE
from assistant.errors import UsageError
from assistant.lines.dialogue import Back, Dialogue, Leave, Say, ask, choose, numbered
from assistant.lines.help import question_lines, word_lines
from assistant.services import Services, hand_in_results, practice_session, trainee_of
from assistant.shapes import Frozen
from assistant.training import feedback, modes
from assistant.training.attempts import PASS_MARK, Mode
from assistant.training.bookmarks import ABOUT_ALIASES, ASK
from assistant.training.exam import (
    KEEP_TEST,
    LEFT,
    LOST,
    NEW_TEST,
    NO_TEST_YET,
    SURE,
    Exam,
    answer_in,
    exam_page_lines,
    mistake_lines,
    review_lines,
)
from assistant.training.modes import Drill, Exercise, Learn
from assistant.training.progress import progress_lines
from assistant.training.session import TEST_LENGTH, PracticeSession
from assistant.training.stories import story_lines

MOST_TYPED = 500  # longest line that is looked at, in characters

_PICK = "Type a number, a few words, or h for help."
_PICK_IN_TEST = "Type a number or a few words. You can also type review, hand in, leave, or h."
_ANSWER = "Type a number, a few words, or ? for help."
_HOME = "Press Enter to see your choices."
_NEXT_STORY = "Press Enter for the next story, or type b to stop here."
_BEGIN = "Press Enter to begin, or type b to go back."
_REVIEW = "Type a story's number to go back to it, or hand in to hand in the test."
_NEXT_MISTAKE = "Press Enter for the next one, or type b to stop here."


class PracticeOptions(Frozen, kw_only=True):
    """What practice opens with.

    An empty `alias` is asked for. Without `mode`, and where `begins_class` is false, what can be
    begun is listed. `length` or `pass_mark` begin a test anew where one was left; `leave` is what
    leaving is called.
    """

    alias: str = ""
    mode: Mode | None = None
    length: int | None = None
    pass_mark: int | None = None
    begins_class: bool = False
    leave: str = "Quit"


class PracticeInLines:
    """Holds practice in lines, as often as it is opened, under the same alias; `quits` ends all."""

    def __init__(self, services: Services, options: PracticeOptions) -> None:
        self._services = services
        self._options = options
        self.practice: PracticeSession | None = None
        self._trouble = ""
        self.quits = False

    def held(self) -> Dialogue[list[str]]:
        """Hold it until it is left, and return what becomes of the answers."""
        said = ["Practice, in plain lines. Type h to hear what can be typed."]
        self.quits = False
        try:
            if self.practice is None:
                alias = self._options.alias
                if not alias:
                    alias, said = (yield from self._alias_asked(said)), []
                self.practice = practice_session(self._services, alias)
            yield from self._practice(self.practice, said)
        except Back:
            pass
        except Leave:
            self.quits = True
        if self.practice is None:
            return ["You have not practiced yet."]
        kept = "Your answers are saved. You can continue where you stopped."
        return [self.practice.trouble or kept]

    def _alias_asked(self, said: list[str]) -> Dialogue[str]:
        def refused(typed: str) -> Iterator[str]:
            try:
                trainee_of(self._services, typed)
            except UsageError as error:
                yield f"{error} Type another, or q to leave."

        typed = yield from ask(*ASK.split("\n"), check=refused, explained=ABOUT_ALIASES, lead=said)
        return typed.strip()

    def _practice(self, practice: PracticeSession, said: list[str]) -> Dialogue[None]:
        """Offer what can be begun, and go through what is chosen, until practice is left."""
        unused = not (practice.attempts or practice.unfinished or practice.trouble)
        new = " Nobody has used this alias yet." if unused else ""
        said += [f"{practice.trainee.line}{new}", *self._trouble_now()]
        wanted = self._wanted(practice)
        if wanted:
            said = yield from self._begin(practice, wanted, said)
        else:
            said += self._home(practice)
        while True:
            typed = yield from self._hear(said)
            command, _ = command_typed(typed, [Where.PRACTICE])
            chosen = None if command else self._chosen(practice, typed)
            command = chosen.command if chosen else command
            if command in {Command.BACK, Command.STOP}:
                return
            if chosen and command == Command.RESULTS:
                said = [hand_in_results(self._services, practice), _HOME]
            elif chosen and command != Command.PROGRESS:
                said = yield from self._begin(practice, chosen)
            elif command or typed.strip():
                said = [*self._said_at_home(practice, command)]
            else:
                said = [*self._home(practice)]

    def _hear(self, said: Iterable[str]) -> Dialogue[str]:
        """Say something, with why answers are not kept where that is new, and return what is typed."""
        typed = yield Say([*said, *self._trouble_now()])
        if command_typed(typed, [Where.PRACTICE])[0] == Command.QUIT:
            raise Leave
        return typed

    def _wanted(self, practice: PracticeSession) -> Choice | None:
        """Return what practice was opened for, None for a list of what can be begun."""
        options = self._options
        if options.begins_class:
            return Choice(Command.CLASS, "")
        if options.mode is None:
            return None
        if options.length is None and options.pass_mark is None:
            for left in practice.unfinished:
                if left.header.mode == options.mode and not left.header.class_id:
                    return Choice(Command.GO_ON, "", value=left.header.session)
        return Choice(Command(options.mode), "")

    def _choices(self, practice: PracticeSession) -> list[Choice]:
        progress = Choice(Command.PROGRESS, "Progress: how you are doing, and what to do next")
        results = not self._services.shares_practice
        offered = practice.home_choices(self._options.length or TEST_LENGTH, results=results)
        stop = Choice(Command.STOP, self._options.leave)
        return [*offered, progress, stop, *practice.left_classes]

    def _home(self, practice: PracticeSession) -> Iterator[str]:
        yield "What do you want to do?"
        yield from numbered(self._choices(practice))
        yield "Type a number, or h for the commands."

    def _chosen(self, practice: PracticeSession, typed: str) -> Choice | None:
        """Return what a number or a word such as `drill` stands for, None for anything else."""
        choices, number = self._choices(practice), number_typed(typed)
        if number is not None:
            return choices[number - 1] if 0 < number <= len(choices) else None
        words = typed.strip().casefold()
        named = (one for one in choices if words in {one.command.value, one.label.casefold()})
        return next(named, None)

    def _said_at_home(self, practice: PracticeSession, command: Command | None) -> Iterator[str]:
        match command:
            case Command.HEAR_AGAIN:
                yield from self._home(practice)
            case Command.PROGRESS:
                yield from progress_lines(practice.progress())
                yield _HOME
            case Command.WHY | Command.WORDS | Command.HELP:
                yield from practice_commands(None)
                yield _HOME
            case _:
                count = len(self._choices(practice))
                yield f"That is not in the list. Type a number from 1 to {count}."

    def _begin(
        self, practice: PracticeSession, choice: Choice, said: Iterable[str] = ()
    ) -> Dialogue[list[str]]:
        """Go through what was chosen, and return what is said of its end; ask where a test would end.

        What practice was opened for is greeted, after what is `said`; of the others only a class is.
        """
        greets = bool(said) or choice.command == Command.CLASS
        if practice.would_lose(choice.command):
            keep = Choice(Command.GO_ON, KEEP_TEST, value=choice.value)
            try:
                choice = yield from choose([*said, LOST], [keep, replace(choice, label=NEW_TEST)])
            except Back:
                return ["", *self._home(practice)]
            said = []
        left = {one.header.session for one in practice.unfinished if modes.has_answers(one)}
        size = {"length": self._options.length or TEST_LENGTH}
        size["pass_mark"] = self._options.pass_mark or PASS_MARK
        begun = practice.begin(choice.command, choice.value, **size)
        said = [*said, *(self._greeting(practice, left) if greets else ())]
        if begun:
            return (yield from self._exercise(practice, said))
        if choice.command == Command.LAST_TEST:
            said.append(NO_TEST_YET)
        return [*said, "", *self._home(practice)]

    def _greeting(self, practice: PracticeSession, left: Collection[str]) -> Iterator[str]:
        """Say what begins, or continues; `left` are the sessions that were left before."""
        begun, assigned = practice.exercise, practice.assigned
        if begun is None and assigned:
            yield practice.class_refusal or assigned.all_done
            yield from [] if practice.class_refusal else self._hand_in(practice)
        elif begun and assigned and begun.header.class_id == assigned.id:
            yield assigned.line
            if practice.class_done:
                count = len(assigned.stories)
                yield f"You have answered {practice.class_done} of its {count} stories."
        elif begun and begun.header.session in left:
            yield f"Continuing {practice.name_of(begun)}."
        if begun and not (isinstance(begun, Exam) and begun.finished):
            yield feedback.HOW[begun.header.mode]

    def _exercise(self, practice: PracticeSession, said: Iterable[str]) -> Dialogue[list[str]]:
        """Hold the exercise that is open until it is left or over, and return what follows then."""
        said, heard = [*said, "", *now(practice)], 0
        while not _is_at_end(practice, heard):
            typed = yield from self._hear(said)
            command, number = command_typed(typed, [Where.PRACTICE])
            exercise = practice.exercise
            if _leaves(practice, command):
                saved = not practice.is_over and exercise and modes.has_answers(exercise)
                said = ["Saved. You can continue it later."] if saved else []
                said += [LEFT] if modes.in_test(exercise) else []
                break
            if command == Command.HAND_IN and modes.is_going_on(exercise):
                said = yield from _handed_in(practice)
            elif command:
                said = [*_said_of(practice, command, number)]
            elif typed.strip():
                said = [*_taken(practice, typed)]
            elif isinstance(exercise, Exam) and exercise.finished:
                said = ["", *mistake_lines(exercise, exercise.mistakes[heard])]
                heard += 1
                said.append(
                    "That was the last one." if _is_at_end(practice, heard) else _NEXT_MISTAKE
                )
            else:
                said = [*_gone_on(practice)]
        farewell = [*self._farewell(practice)] if practice.is_over else []
        practice.leave()
        return [*said, *farewell, "", *self._home(practice)]

    def _farewell(self, practice: PracticeSession) -> Iterator[str]:
        found = practice.assigned
        if found and practice.exercise and practice.exercise.header.class_id == found.id:
            yield f"That was the last story of the class “{found.name}”."
            yield from self._hand_in(practice)

    def _hand_in(self, practice: PracticeSession) -> Iterator[str]:
        if self._services.settings.records_url:
            yield "Your answers are in the shared records, where your trainer can see them."
        elif practice.assigned:
            yield hand_in_results(self._services, practice)

    def _trouble_now(self) -> Iterator[str]:
        """Say why answers are not kept, once each time that it begins or changes."""
        trouble = self.practice.trouble if self.practice else ""
        before, self._trouble = self._trouble, trouble
        if trouble and trouble != before:
            yield trouble


def _is_at_end(practice: PracticeSession, heard: int) -> bool:
    """Tell whether nothing more follows; `heard` of a test's mistakes were explained."""
    exercise = practice.exercise
    if isinstance(exercise, Exam):
        return exercise.finished and heard >= len(exercise.mistakes)
    return practice.is_over


def _leaves(practice: PracticeSession, command: Command | None) -> bool:
    """Tell whether a word leads back to the list; in a test `back` goes to the story before."""
    if command == Command.BACK:
        return not modes.is_going_on(practice.exercise)
    return command == Command.STOP


def _handed_in(practice: PracticeSession) -> Dialogue[list[str]]:
    """Ask for a last yes, and hand in the test."""
    exam = practice.exercise
    lead = [*review_lines(exam)][:-1] if isinstance(exam, Exam) else []
    typed = yield Say([*lead, SURE, "Type yes to hand it in, or press Enter to keep working."])
    yes = typed.strip().casefold() == "yes"
    if yes:
        practice.hand_in()
    return ["" if yes else "Not handed in.", *now(practice)]


def _gone_on(practice: PracticeSession) -> Iterator[str]:
    """Go on from what was said or from the first page of a test, or say again what is asked."""
    exercise = practice.exercise
    if exercise and (
        exercise.explained or (isinstance(exercise, Exam) and exercise.stage == "start")
    ):
        practice.go_on()
        yield ""
    yield from now(practice)


def now(practice: PracticeSession) -> Iterator[str]:
    """Say all that is open: the story and what is asked, or what was said of the answer."""
    exercise = practice.exercise
    if isinstance(exercise, Exam) and exercise.stage != "story":
        yield from exam_page_lines(exercise)
        yield from {"start": [_BEGIN], "review": [_REVIEW]}.get(exercise.stage, [])
        return
    if exercise and exercise.story:
        yield from story_lines(exercise.story)
    yield from _open(practice)


def _open(practice: PracticeSession) -> Iterator[str]:
    """Say what is asked, or what was said of the answer and how to continue."""
    exercise = practice.exercise
    if exercise is None:
        return
    if exercise.explained:
        said = exercise.ending if isinstance(exercise, Learn) else None
        said = exercise.feedback if isinstance(exercise, Drill) else said
        yield from feedback.feedback_lines(said) if said else ()
        yield from modes.compared(practice.syllabus, exercise)
        yield from [] if practice.is_over else [_NEXT_STORY]
        return
    yield f"{exercise.line}."
    yield from filter(None, exercise.asks)
    yield from numbered(practice.choices)
    if (
        isinstance(exercise, Exam)
        and exercise.story
        and exercise.chosen(exercise.story) is not False
    ):
        yield f"Your answer so far: {answer_in(exercise, exercise.story)}."
    how = _PICK_IN_TEST if isinstance(exercise, Exam) else _PICK
    yield _ANSWER if isinstance(exercise, Learn) else how


def _taken(practice: PracticeSession, typed: str) -> Iterator[str]:
    exercise, choices, number = practice.exercise, practice.choices, number_typed(typed)
    page = isinstance(exercise, Exam) and exercise.story is None
    if isinstance(exercise, Exam) and exercise.stage == "review" and number:
        yield from _turned(practice, Command.REVIEW, str(number))
        return
    if exercise is None or exercise.explained or page:
        yield f"No question is open. {_shortly(practice)}"
        return
    if number is not None and not 0 < number <= len(choices):
        yield f"That number is not in the list. Type 1 to {len(choices)}."
        return
    meant, certain = (
        ([choices[number - 1]], True) if number else modes.choices_meant(exercise, choices, typed)
    )
    if certain:
        yield from _answered(practice, meant[0].value)
    elif meant:
        names = " or ".join(f"{choices.index(one) + 1}, {one.label}" for one in meant)
        yield f"Did you mean {names}? Type the number."
    else:
        yield f"No answer has those words. {_PICK}"


def _answered(practice: PracticeSession, value: str) -> Iterator[str]:
    before = practice.exercise
    practice.answer(value)
    exercise = practice.exercise
    if isinstance(before, Exam) and isinstance(exercise, Exam):
        place = before.place + 1
        back = "b" if exercise.place == place else f"review {place}"
        yield f"Your answer: {before.options[value]}. To change it, type {back}."
        yield ""
        yield from now(practice)
        return
    if isinstance(exercise, Learn):
        check = exercise.checks[-1]
        yield f"{exercise.guide.questions[check.fact].name}, your answer: {check.found.answer}."
        yield from feedback.graded_lines(check.found)
        if not exercise.finished:
            practice.go_on()
    yield ""
    yield from _open(practice)


def _turned(practice: PracticeSession, command: Command, number: str) -> Iterator[str]:
    """Turn the pages of a test, or go on elsewhere, and say what is there."""
    exam = practice.exercise
    if not isinstance(exam, Exam) or exam.finished or exam.stage == "start":
        yield from _gone_on(practice) if command == Command.NEXT else [_shortly(practice)]
        return
    if command == Command.BACK and exam.story and not exam.place:
        yield "This is the first story. To leave the test, type leave."
        return
    places = {Command.BACK: exam.place - 1, Command.NEXT: exam.place + 1}
    practice.turn(int(number) - 1 if number else places.get(command, len(exam.stories)))
    yield from now(practice)


def _said_of(practice: PracticeSession, command: Command, number: str) -> Iterator[str]:
    """Answer a command beside what is open, and remind of that."""
    exercise = practice.exercise
    if command in {Command.BACK, Command.NEXT, Command.REVIEW, Command.HAND_IN}:
        yield from _turned(practice, command, number)
        return
    asking = exercise.asking if isinstance(exercise, Learn) else None
    match command:
        case Command.HEAR_AGAIN:
            yield from now(practice)
            return
        case Command.UNSURE if asking:
            yield from _answered(practice, UNSURE)
            return
        case Command.UNSURE:
            yield "Not sure? “Ask the supervisor” may be the right answer for a story."
        case Command.PROGRESS:
            yield from progress_lines(practice.progress())
        case Command.WORDS:
            yield from word_meanings(practice)
        case Command.WHY if isinstance(exercise, Learn) and exercise.asking:
            yield from question_lines(exercise.guide, exercise.asking, number)
        case _:
            yield from practice_commands(exercise)
    yield _shortly(practice)


def _shortly(practice: PracticeSession) -> str:
    """Remind of what is open, after something else was said."""
    exercise = practice.exercise
    if exercise and exercise.explained:
        return _NEXT_MISTAKE if isinstance(exercise, Exam) else _NEXT_STORY
    if isinstance(exercise, Exam) and not exercise.story:
        return _BEGIN if exercise.stage == "start" else _REVIEW
    return "Still the same question. Press Enter to hear it again."


def word_meanings(practice: PracticeSession) -> Iterator[str]:
    """Say what the words of the story, and of the question asked, mean; nothing in a test."""
    if modes.in_test(practice.exercise):
        yield feedback.NO_WORDS
        return
    found = modes.terms(practice.exercise)
    for term in found:
        yield from word_lines(practice.syllabus.guide, term.name)
    if not found:
        yield feedback.NONE_USED


def practice_commands(exercise: Exercise | None) -> Iterator[str]:
    """Return each command that works in an exercise, or at the list of exercises, as a sentence."""
    if exercise is None:
        yield "Type the number of an exercise to begin."
    else:
        yield "Type the number of an answer, or a few words of it, to answer."
    yield from typed_sentences(Where.PRACTICE, idle=_idle(exercise))
    if exercise:
        yield "Press Enter alone to continue, or to hear the question again."


def _idle(exercise: Exercise | None) -> Collection[Command]:
    """Return the commands that do nothing here, or would give an answer away."""
    test = {Command.REVIEW, Command.HAND_IN, Command.STOP}
    if exercise is None:
        aside = {Command.WHY, Command.HEAR_AGAIN, Command.UNSURE, Command.WORDS, Command.NEXT}
        return {*test, *aside}
    none_asked = {Command.WHY, Command.UNSURE}
    if isinstance(exercise, Learn):
        return test if exercise.question else {*test, *none_asked}
    idle = none_asked if isinstance(exercise, Exam) else {*test, *none_asked}
    return {*idle, Command.WORDS} if modes.in_test(exercise) else idle
