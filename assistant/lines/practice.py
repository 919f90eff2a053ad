"""Practice in lines."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.commands import Choice, Command, Where, command_typed, number_typed, typed_sentences
from assistant.engine.interview import UNSURE, answers_meant
from assistant.engine.statements import as_lines, question_help
from assistant.lines.dialogue import Back, Dialogue, Leave, Say, ask, choose, numbered
from assistant.lines.help import word_lines
from assistant.services import Services, practice_session
from assistant.training.attempts import ASK, PASS_MARK, Mode, alias_refusal
from assistant.training.feedback import (
    ACCEPTABLE,
    ALL_RIGHT,
    HAND_IN,
    HOW,
    NO_WORDS,
    NONE_USED,
    Feedback,
)
from assistant.training.modes import Drill, Exam, Exercise, Learn, Mistake, in_test
from assistant.training.progress import progress_lines
from assistant.training.session import KEEP_TEST, LOST, NEW_TEST, TEST_LENGTH, PracticeSession
from assistant.training.stories import Story

MOST_TYPED = 500  # longest line that is looked at, in characters

_PICK = "Type a number, a few words, or h for help."
_ANSWER = "Type a number, a few words, or ? for help."
_HOME = "Press Enter to see your choices."
_NEXT_STORY = "Press Enter for the next story, or type b to stop here."
_NEXT_MISTAKE = "Press Enter for the next mistake, or type b to stop here."


@dataclass(frozen=True, kw_only=True)
class PracticeOptions:
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
                    alias, said = (yield from _alias_asked(said)), []
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

    def _practice(self, practice: PracticeSession, said: list[str]) -> Dialogue[None]:
        """Offer what can be begun, and go through what is chosen, until practice is left."""
        unused = not practice.attempts and not practice.trouble
        new = " Nobody has used this alias yet." if unused else ""
        said += [f"You practice as {practice.alias}.{new}", *self._trouble_now()]
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
            if chosen and command != Command.PROGRESS:
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
        """Return what practice was opened for, None where what can be begun is to be listed."""
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
        offered = practice.home_choices(self._options.length or TEST_LENGTH)
        return [*offered, progress, Choice(Command.STOP, self._options.leave)]

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
            sure = [Choice(Command.YES, NEW_TEST), Choice(Command.NO, KEEP_TEST)]
            try:
                chosen = yield from choose([*said, LOST], sure)
            except Back:
                chosen = sure[1]
            said = []
            if chosen.command == Command.NO:
                return ["", *self._home(practice)]
        left = {one.header.session for one in practice.unfinished}
        terms = {"length": self._options.length or TEST_LENGTH}
        terms["pass_mark"] = self._options.pass_mark or PASS_MARK
        begun = practice.begin(choice.command, choice.value, **terms)
        said = [*said, *(self._greeting(practice, left) if greets else ())]
        if begun:
            return (yield from self._exercise(practice, said))
        return [*said, "", *self._home(practice)]

    def _greeting(self, practice: PracticeSession, left: Collection[str]) -> Iterator[str]:
        """Say what begins, or goes on; `left` are the sessions that were left before."""
        begun, assigned = practice.exercise, practice.assigned
        if begun is None and assigned:
            yield practice.class_refusal or assigned.found.all_done
            yield from [] if practice.class_refusal else self._hand_in(practice)
        elif begun and assigned and begun.header.class_id == assigned.found.id:
            yield assigned.found.line
            if practice.class_done:
                count = len(assigned.found.stories)
                yield f"You have answered {practice.class_done} of its {count} stories."
        elif begun and begun.header.session in left:
            yield f"Continuing {practice.name_of(begun)}."
        if begun and not (isinstance(begun, Exam) and begun.finished):
            yield HOW[begun.header.mode]

    def _exercise(self, practice: PracticeSession, said: Iterable[str]) -> Dialogue[list[str]]:
        """Hold the exercise that is open until it is left or over, and return what follows then."""
        said, heard = [*said, "", *now(practice)], 0
        while not _is_at_end(practice, heard):
            typed = yield from self._hear(said)
            command, _ = command_typed(typed, [Where.PRACTICE])
            exercise = practice.exercise
            if command == Command.BACK:
                said = ["Saved. You can continue it later."]
                break
            if command:
                said = [*_said_of(practice, command)]
            elif typed.strip():
                said = [*_taken(practice, typed)]
            elif isinstance(exercise, Exam) and exercise.finished:
                said = ["", *mistake_lines(exercise, exercise.mistakes[heard])]
                heard += 1
                said.append(
                    "That was the last mistake." if _is_at_end(practice, heard) else _NEXT_MISTAKE
                )
            elif exercise and exercise.explained:
                practice.go_on()
                said = ["", *now(practice)]
            else:
                said = [*now(practice)]
        farewell = [*self._farewell(practice)] if practice.is_over else []
        practice.leave()
        return [*said, *farewell, "", *self._home(practice)]

    def _farewell(self, practice: PracticeSession) -> Iterator[str]:
        found = practice.assigned.found if practice.assigned else None
        if found and practice.exercise and practice.exercise.header.class_id == found.id:
            yield f"That was the last story of the class “{found.name}”."
            yield from self._hand_in(practice)

    def _hand_in(self, practice: PracticeSession) -> Iterator[str]:
        if self._services.settings.records_url:
            yield "Your answers are in the shared records, where your trainer can see them."
        elif practice.assigned:
            yield HAND_IN
            yield practice.assigned.handing_in(practice.alias)

    def _trouble_now(self) -> Iterator[str]:
        """Say why answers are not kept, once each time that it begins or changes."""
        trouble = self.practice.trouble if self.practice else ""
        before, self._trouble = self._trouble, trouble
        if trouble and trouble != before:
            yield trouble


def _alias_asked(said: list[str]) -> Dialogue[str]:
    def refused(typed: str) -> Iterator[str]:
        if refusal := alias_refusal(typed.strip()):
            yield f"{refusal} Type another, or q to leave."

    typed = yield from ask(*said, *ASK.split("\n"), check=refused)
    return typed.strip()


def _is_at_end(practice: PracticeSession, heard: int) -> bool:
    """Tell whether nothing more follows; `heard` of a test's mistakes were explained."""
    exercise = practice.exercise
    if isinstance(exercise, Exam):
        return exercise.finished and heard >= len(exercise.mistakes)
    return practice.is_over


def now(practice: PracticeSession) -> Iterator[str]:
    """Say all that is open: the story and what is asked, or what was said of the answer."""
    exercise = practice.exercise
    if isinstance(exercise, Exam) and exercise.finished:
        yield from score_lines(exercise)
        return
    if exercise and exercise.story:
        yield from story_lines(exercise.story)
    yield from _open(practice)


def _open(practice: PracticeSession) -> Iterator[str]:
    """Say what is asked, or what was said of the answer and how to go on."""
    exercise = practice.exercise
    if exercise is None:
        return
    if exercise.explained:
        said = exercise.ending if isinstance(exercise, Learn) else None
        said = exercise.feedback if isinstance(exercise, Drill) else said
        yield from said_lines(said) if said else ()
        yield from [] if practice.is_over else [_NEXT_STORY]
        return
    yield f"{exercise.line}."
    yield from filter(None, exercise.asks)
    yield from numbered(practice.choices)
    yield _ANSWER if isinstance(exercise, Learn) else _PICK


def _taken(practice: PracticeSession, typed: str) -> Iterator[str]:
    exercise, choices, number = practice.exercise, practice.choices, number_typed(typed)
    if exercise is None or exercise.explained:
        yield f"No question is open. {_shortly(practice)}"
        return
    if number is not None and not 0 < number <= len(choices):
        yield f"That number is not in the list. Type 1 to {len(choices)}."
        return
    meant, certain = (
        ([choices[number - 1]], True) if number else choices_meant(exercise, choices, typed)
    )
    if certain:
        yield from _answered(practice, meant[0].value)
    elif meant:
        names = " or ".join(f"{choices.index(one) + 1}, {one.label}" for one in meant)
        yield f"Did you mean {names}? Type the number."
    else:
        yield f"No answer has those words. {_PICK}"


def _answered(practice: PracticeSession, value: str) -> Iterator[str]:
    practice.answer(value)
    exercise = practice.exercise
    if isinstance(exercise, Exam):
        label = exercise.options[exercise.attempts[-1].chosen or ""]
        yield f"Your answer: {label}."
        yield ""
        yield from now(practice)
        return
    if isinstance(exercise, Learn):
        check = exercise.checks[-1]
        yield f"{exercise.guide.questions[check.fact].name}, your answer: {check.found.answer}."
        yield from _graded(check.found)
        if not exercise.finished:
            practice.go_on()
    yield ""
    yield from _open(practice)


def _said_of(practice: PracticeSession, command: Command) -> Iterator[str]:
    """Answer a command beside what is open, and remind of that."""
    exercise = practice.exercise
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
            yield from as_lines(question_help(exercise.guide, exercise.asking))
        case _:
            yield from practice_commands(exercise)
    yield _shortly(practice)


def _shortly(practice: PracticeSession) -> str:
    """Remind of what is open, after something else was said."""
    exercise = practice.exercise
    if exercise and exercise.explained:
        return _NEXT_MISTAKE if isinstance(exercise, Exam) else _NEXT_STORY
    ask, _ = exercise.asks if exercise else ("", "")
    return f"The question is still: {ask} Press Enter to hear it again."


def story_lines(story: Story) -> Iterator[str]:
    """Return a story, paragraph by paragraph."""
    first, *rest = story.paragraphs
    yield f"Story: {first}"
    yield from rest


def score_lines(exam: Exam) -> Iterator[str]:
    """Return the score of a test that is over."""
    if exam.score is None:
        return
    yield f"The test is over. {exam.score.text}"
    if exam.score.acceptable:
        yield ACCEPTABLE
    if exam.mistakes:
        to_explain = exam.score.to_explain
        yield f"To review {to_explain}, one story at a time, press Enter. Or type b to stop here."
    else:
        yield ALL_RIGHT


def mistake_lines(exam: Exam, mistake: Mistake) -> Iterator[str]:
    """Return one story of a test that was not answered right, and what is to be said of it."""
    yield f"Story {mistake.number} of {len(exam.stories)}."
    yield from story_lines(mistake.story)
    yield mistake.story.ask
    yield from said_lines(mistake.feedback)


def said_lines(found: Feedback) -> Iterator[str]:
    """Return what is said of one answer: the answer, the grade, why, the words that decide, the pair."""
    if found.answer:
        yield f"Your answer: {found.answer}."
    yield from _graded(found)


def _graded(found: Feedback) -> Iterator[str]:
    yield found.headline
    yield from found.lines
    for quote in found.quotes:
        yield f"The deciding words: “{quote.words}” ({quote.where})."
    if found.pair:
        yield f"The right answer, {found.pair.right.name}: {found.pair.right.what}"
        yield f"You chose {found.pair.chosen.name}: {found.pair.chosen.what}"
        if found.pair.difference:
            yield f"How to tell them apart: {found.pair.difference}"


def choices_meant(
    exercise: Exercise, choices: Sequence[Choice], typed: str
) -> tuple[list[Choice], bool]:
    """Return the choices that words may mean, and whether they name exactly one."""
    if isinstance(exercise, Learn) and exercise.question:
        meant = answers_meant(exercise.question, (*exercise.values, UNSURE), typed)
        return [choice for choice in choices if choice.value in meant.values], meant.certain
    begun = [re.compile(rf"\b{word}") for word in re.findall(r"\w+", typed.casefold())]
    fit = [one for one in choices if all(word.search(one.label.casefold()) for word in begun)]
    return (fit, len(fit) == 1) if begun else ([], False)


def word_meanings(practice: PracticeSession) -> Iterator[str]:
    """Say what the words of the story, and of the question asked, mean; nothing in a test."""
    if in_test(practice.exercise):
        yield NO_WORDS
        return
    for term in practice.terms:
        yield from word_lines(practice.syllabus.guide, term.name)
    if not practice.terms:
        yield NONE_USED


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
    if exercise is None:
        return {Command.WHY, Command.HEAR_AGAIN, Command.UNSURE, Command.WORDS}
    none_asked = {Command.WHY, Command.UNSURE}
    if isinstance(exercise, Learn):
        return {} if exercise.question else none_asked
    return {*none_asked, Command.WORDS} if in_test(exercise) else none_asked
