"""Practice in lines."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.commands import (
    Choice,
    Command,
    Where,
    command_typed,
    number_typed,
    typed_sentences,
)
from assistant.engine.interview import UNSURE, options_meant
from assistant.guide.model import Guide
from assistant.lines.dialogue import numbered
from assistant.lines.help import word_lines
from assistant.services import Services, practice_session
from assistant.settings import Settings
from assistant.text import bar, columns, laid_out
from assistant.training.attempts import Mode
from assistant.training.feedback import Feedback, Pair, Phrase, phrases
from assistant.training.judging import Answer
from assistant.training.modes import PASS_MARK, Checked, Drill, Exam, Learn, Mistake
from assistant.training.pages import (
    ACCEPTABLE,
    HOW,
    KEEP_TEST,
    LOST,
    NEW_TEST,
    NO_WORDS,
    NONE_USED,
    guide_of,
    home_choices,
    in_test,
    left_words,
    not_right,
    session_choices,
    standing,
    standing_at_all,
    terms_used,
    told,
    would_lose,
)
from assistant.training.progress import LATELY, Bar, Progress
from assistant.training.report import SUPERVISOR, answer_name
from assistant.training.session import (
    ASK,
    TEST_LENGTH,
    AssignedClass,
    Exercise,
    PracticeSession,
    alias_refusal,
    all_done,
    begun,
    class_line,
)
from assistant.training.stories import Story


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What practice opens with.

    An empty `alias` is asked for. Without `mode` and `given`, what can be begun is listed.
    `length` or `pass_mark` begin a test anew where one was left; `leave` is what leaving is called.
    `offers_class` lists the class given first, and begins nothing.
    """

    alias: str = ""
    mode: Mode | None = None
    length: int | None = None
    pass_mark: int | None = None
    given: AssignedClass | None = None
    offers_class: bool = False
    leave: str = "Quit"


class Home:
    """What one alias can begin, and goes on with."""

    def __init__(self, room: PracticeSession, wanted: Wanted, settings: Settings) -> None:
        self.room = room
        self._wanted = wanted
        self._shared = bool(settings.records_url)
        self._length = wanted.length or TEST_LENGTH
        self._pass_mark = wanted.pass_mark or PASS_MARK

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be begun now, in the order in which it is numbered."""
        offered = home_choices(self.room, self._length, self._wanted.given)
        progress = Choice(Command.PROGRESS, "Progress: how you stand, and what to do next")
        return (*offered, progress, Choice(Command.STOP, self._wanted.leave))

    def lines(self) -> Iterator[str]:
        """List what can be begun."""
        yield "What do you want to do?"
        yield from numbered(list(self.choices))
        yield "Type a number, or h for the commands."

    def meant(self, typed: str) -> Choice | None:
        """Give what a number or a word such as `drill` stands for, None for anything else."""
        choices, number = self.choices, number_typed(typed)
        if number is not None:
            return choices[number - 1] if 0 < number <= len(choices) else None
        words = typed.strip().casefold()
        named = (one for one in choices if words in {one.command.value, one.label.casefold()})
        return next(named, None)

    def no_such(self) -> str:
        """Say that what was typed is nothing that can be begun."""
        return f"That is none of these. Type a number from 1 to {len(self.choices)}."

    def begin(self, choice: Choice) -> Exercise | None:
        """Begin what was chosen, or go on with what was left; None where there is nothing any more."""
        if choice.command == Command.TEST:
            return self.room.test(self._length, self._pass_mark)
        return begun(self.room, choice, self._wanted.given)

    def would_lose(self, choice: Choice) -> bool:
        """Tell whether what was chosen would end a test that was left half-way."""
        return choice.command == Command.TEST and would_lose(self.room)

    @property
    def wanted(self) -> Choice | None:
        """What practice was opened for, None where what can be begun is to be listed."""
        wanted = self._wanted
        if wanted.given and not wanted.offers_class:
            return Choice(Command.CLASS, "")
        if wanted.mode is None:
            return None
        anew = wanted.length is not None or wanted.pass_mark is not None
        for left in () if anew else self.room.lefts:
            if left.header.mode == wanted.mode and not left.header.class_id:
                return Choice(Command.GO_ON, "", value=left.header.session)
        return Choice(Command(wanted.mode), "")

    def greeting(self, begun: Exercise | None) -> Iterator[str]:
        """Say what begins, or goes on."""
        given = self._wanted.given
        if given and begun is None:
            yield all_done(given.found)
            yield from self._hand_in(given)
        elif given and begun and begun.header.class_id == given.found.id:
            yield class_line(given.found)
            done = self.room.done_of(given.found)
            if done:
                yield f"You have answered {done} of its {len(given.found.stories)} stories."
        elif begun and self._was_left(begun):
            yield f"Going on with {left_words(begun, self.room.class_name(begun))}."
        if begun and not (isinstance(begun, Exam) and begun.finished):
            yield HOW[begun.header.mode]

    def farewell(self, session: Exercise) -> Iterator[str]:
        """Say what follows at the end of a session."""
        given = self._wanted.given
        if given and session.header.class_id == given.found.id:
            yield f"That was the last story of the class “{given.found.name}”."
            yield from self._hand_in(given)

    def _was_left(self, session: Exercise) -> bool:
        return session.header.session in {left.header.session for left in self.room.lefts}

    def _hand_in(self, given: AssignedClass) -> Iterator[str]:
        if self._shared:
            yield "Your answers are in the shared records, where your trainer finds them."
        else:
            yield "To hand it in, type this command, and give the file that it writes to your trainer:"
            yield given.handing_in(self.room.alias)


def story_lines(story: Story) -> Iterator[str]:
    """Give a story, paragraph by paragraph."""
    first, *rest = story.paragraphs
    yield f"Story: {first}"
    yield from rest


def asking_lines(session: Exercise) -> Iterator[str]:
    """Give where a session stands, and the question that waits for an answer."""
    yield f"{standing(session)}."
    if isinstance(session, Learn):
        if session.question:
            yield session.question.ask
            yield session.question.hint
    elif session.story:
        yield session.story.ask


def feedback_lines(session: Drill) -> Iterator[str]:
    """Give what is said of the group just picked."""
    if session.found and session.feedback:
        yield your_answer(guide_of(session), session.found.chosen)
        yield from said_lines(session.feedback)


def check_lines(guide: Guide, check: Checked) -> Iterator[str]:
    """Give what is said of one answer in learning."""
    question = guide.questions[check.fact]
    option = question.options.get(check.given)
    yield f"{question.name}, your answer: {option.label.removesuffix('.') if option else 'Not sure'}."
    yield from said_lines(check.found)


def ending_lines(learn: Learn) -> Iterator[str]:
    """Give where a story led, why, and what it is told for."""
    outcome = learn.guide.outcomes[learn.story.outcome]
    name = answer_name(learn.guide, outcome.group)
    yield f"The story leads to {name}." if outcome.group else f"{name}: no group is named."
    yield f"Why: {outcome.reason}"
    if learn.story.note != outcome.reason:
        yield f"About this story: {learn.story.note}"
    yield from _phrases(phrases(learn.guide, outcome.cites))


def score_lines(exam: Exam) -> Iterator[str]:
    """Give how a test went."""
    if exam.score:
        yield f"The test is over. {exam.score.text}"
        if exam.score.acceptable:
            yield ACCEPTABLE
        if not exam.mistakes:
            yield "Every answer was right: there is nothing to explain."


def mistake_lines(exam: Exam, mistake: Mistake) -> Iterator[str]:
    """Give one story of a test that was not answered right, and what is to be said of it."""
    yield f"Story {mistake.number} of {len(exam.stories)}."
    yield from story_lines(mistake.story)
    yield mistake.story.ask
    yield your_answer(exam.guide, mistake.found.chosen)
    yield from said_lines(mistake.feedback)


def your_answer(guide: Guide, chosen: Answer) -> str:
    """Say an answer back."""
    return f"Your answer: {answer_name(guide, chosen)}."


def said_lines(found: Feedback) -> Iterator[str]:
    """Give what is said of one answer: the grade, why, the words that decide, the pair mixed up."""
    yield found.headline
    yield from found.lines
    yield from _phrases(found.phrases)
    if found.pair:
        yield from _pair(found.pair)


def _phrases(found: Iterable[Phrase]) -> Iterator[str]:
    return (f"Words that decide: “{phrase.words}” ({phrase.source})." for phrase in found)


def _pair(pair: Pair) -> Iterator[str]:
    yield f"What it is, {pair.right.name}: {pair.right.what}"
    yield f"What you chose, {pair.chosen.name}: {pair.chosen.what}"
    if pair.difference:
        yield f"What sets the two apart: {pair.difference}"


BAR_WIDTH = 15
"""Signs in a bar."""


def progress_lines(found: Progress, waiting: int = 0) -> Iterator[str]:
    """Give every part of how a trainee stands as a sentence of its own.

    `waiting` answers count once the test that they were given in is over.
    """
    yield f"{standing_at_all(found, waiting)}."
    for part in found.groups:
        yield f"{_group(part)}: {_share(part, 'right')}."
    for part in found.forks:
        yield f"Question {part.name}: {_share(part, 'read well')}."
    yield f"What to do next. {found.what_next}"


def progress_bars(found: Progress, width: int, waiting: int = 0) -> Iterator[str]:
    """Give the same as a bar for each group and question, in lines of at most `width` columns."""
    yield from laid_out([f"{standing_at_all(found, waiting)}."], width)
    yield ""
    yield f"Groups: how many of the latest {LATELY} stories of each were answered right"
    yield from _bars([replace(part, name=_group(part)) for part in found.groups], width)
    yield ""
    yield f"Questions: in how many of the latest {LATELY} stories each was read well"
    yield from _bars(found.forks, width)
    yield ""
    yield from laid_out([f"What to do next. {found.what_next}"], width)


def _group(part: Bar) -> str:
    return part.name if part.id else SUPERVISOR


def _bars(parts: Iterable[Bar], width: int) -> Iterator[str]:
    """Give names and bars in columns; names are cut where the window is narrow."""
    some = tuple(parts)
    room = width - BAR_WIDTH - len("    10 of 10")
    longest = min(max(columns(part.name) for part in some), room)
    for part in some:
        name = part.name if columns(part.name) <= longest else f"{part.name[: longest - 1]}…"
        yield f"{name.ljust(longest)}  {_bar(part)}  {_numbers(part)}"


def _bar(part: Bar) -> str:
    return bar(part.well, part.of, BAR_WIDTH).ljust(BAR_WIDTH, "░")


def _numbers(part: Bar) -> str:
    return f"{part.well} of {part.of}" if part.of else "none yet"


def _share(part: Bar, how: str) -> str:
    if not part.of:
        return "none yet"
    return (
        f"{part.well} of the latest {part.of} {how}" if part.of > 1 else f"{part.well} of 1 {how}"
    )


def choices_meant(session: Exercise, choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Give the choices that words fit: a question's by its own words, groups by their names."""
    if isinstance(session, Learn) and session.question:
        values = options_meant(session.question, (*session.values, UNSURE), typed)
        return [choice for choice in choices if choice.value in values]
    wanted = re.findall(r"\w+", typed.casefold())
    return [choice for choice in choices if wanted and _fits(wanted, choice.label)]


def word_meanings(session: Exercise) -> Iterator[str]:
    """Say what the words of the story, and of the question asked, mean; nothing in a test."""
    if in_test(session):
        yield NO_WORDS
        return
    terms = terms_used(session)
    for term in terms:
        yield from word_lines(guide_of(session), term.name)
    if not terms:
        yield NONE_USED


def _fits(wanted: Sequence[str], label: str) -> bool:
    words = re.findall(r"\w+", label.casefold())
    return all(any(word.startswith(begun) for word in words) for begun in wanted)


_PICK = "Type a number, a few words, or h for help."
_ANSWER = "Type a number, a few words, or ? for help."


class PracticeDialogue:
    """Moves one session; `over` tells that nothing more follows in it."""

    def __init__(self, room: PracticeSession, session: Exercise) -> None:
        self._room = room
        self._explained = 0
        self.session = session
        self.over = False
        room.stay(session)

    def now(self) -> Iterator[str]:
        """Say all that is open: the story and what is asked, or what was said of the answer."""
        session = self.session
        if isinstance(session, Exam) and session.finished:
            yield from self._score(session)
            return
        if session.story:
            yield from story_lines(session.story)
        if told(session, checking=False):
            yield from self._told()
            yield from self._after()
        else:
            yield from self._asked()

    def enter(self) -> Iterator[str]:
        """Go on where something was said; else say once more what is asked."""
        session = self.session
        if isinstance(session, Exam) and session.finished:
            yield from self._next_mistake(session)
        elif told(session, checking=False):
            yield from self.show(self._room.go_on(session))
        else:
            yield from self.now()

    def take(self, typed: str) -> Iterator[str]:
        """Take a number or words for an answer."""
        if told(self.session, checking=False):
            yield f"Nothing is asked just now. {self._way_on()}"
            return
        choices = list(session_choices(self.session, over=False))
        number = number_typed(typed)
        if number is not None and not 0 < number <= len(choices):
            yield f"There is no such number here: they go from 1 to {len(choices)}."
            return
        meant = [choices[number - 1]] if number else choices_meant(self.session, choices, typed)
        if len(meant) == 1:
            yield from self._answer(meant[0].value)
        elif meant:
            names = " or ".join(f"{choices.index(one) + 1}, {one.label}" for one in meant)
            yield f"Your words fit more than one answer: {names}. Type a number."
        else:
            yield f"No answer has those words. {_PICK}"

    def unsure(self) -> Iterator[str]:
        """Answer "not sure"; a picked group has no such answer, but the supervisor can be asked."""
        if isinstance(self.session, Learn) and self.session.question:
            yield from self._answer(UNSURE)
        else:
            yield "Not sure? A story whose group is to be picked may be one for the supervisor."
            yield self.shortly()

    def help(self) -> Iterator[str]:
        """Say why the question is asked and where to look; nothing where a group is to be picked."""
        question = self.session.question if isinstance(self.session, Learn) else None
        if question:
            yield f"Why this is asked: {question.why}"
            yield f"Where to look in a real case: {question.where_to_look}"
            for item in question.help:
                yield f"What people get wrong. {item.about}: {item.say}"

    def shortly(self) -> str:
        """Remind of what is open, after something else was said."""
        session = self.session
        if told(session, checking=False):
            return self._way_on()
        question = session.question if isinstance(session, Learn) else None
        ask = question.ask if question else session.story.ask if session.story else ""
        return f"The question is still: {ask} Press Enter to hear it all."

    def show(self, session: Exercise) -> Iterator[str]:
        """Turn to a session, and say what it asks."""
        self.session = session
        self._room.stay(session)
        yield ""
        yield from self.now()

    def _answer(self, value: str) -> Iterator[str]:
        session = self._room.answer(self.session, value or None)
        self.session = session
        self._room.stay(session)
        if isinstance(session, Exam):
            yield your_answer(session.guide, session.found[-1].chosen)
            yield from self.show(session)
            return
        if isinstance(session, Learn):
            yield from check_lines(session.guide, session.checks[-1])
        yield ""
        if told(session, checking=False):
            yield from self._told()
            yield from self._after()
        else:
            yield from self._asked()

    def _asked(self) -> Iterator[str]:
        yield from asking_lines(self.session)
        yield from numbered(list(session_choices(self.session, over=False)))
        yield _ANSWER if isinstance(self.session, Learn) else _PICK

    def _told(self) -> Iterator[str]:
        if isinstance(self.session, Drill):
            yield from feedback_lines(self.session)
        elif isinstance(self.session, Learn):
            yield from ending_lines(self.session)

    def _after(self) -> Iterator[str]:
        self.over = self._room.is_over(self.session)
        if not self.over:
            yield self._way_on()

    def _way_on(self) -> str:
        if isinstance(self.session, Exam):
            return "Press Enter to hear the next one, or type b."
        return "Press Enter for the next story, or type b to stop here."

    def _score(self, exam: Exam) -> Iterator[str]:
        yield from score_lines(exam)
        if not exam.mistakes:
            self._leave()
            return
        yield f"To hear of {not_right(exam)}, one story at a time, press Enter. Or type b."

    def _next_mistake(self, exam: Exam) -> Iterator[str]:
        mistake = exam.mistakes[self._explained]
        self._explained += 1
        yield ""
        yield from mistake_lines(exam, mistake)
        if self._explained < len(exam.mistakes):
            yield self._way_on()
        else:
            yield "That was the last one."
            self._leave()

    def _leave(self) -> None:
        self.over = True
        self._room.leave(self.session)


def practice_commands(session: Exercise | None) -> list[str]:
    """Give each command that works in a session, or at the list of what there is, as a sentence."""
    idle = _idle(session)
    said = typed_sentences(Where.PRACTICE, idle=idle)
    if session is None:
        return ["Type the number of a line to begin.", *said]
    return [
        "Type the number of an answer, or a few words of it, to answer.",
        *said,
        "Press Enter alone to go on, or to hear the question once more.",
    ]


def _idle(session: Exercise | None) -> Collection[Command]:
    """Give the commands that do nothing here, or would give an answer away."""
    if session is None:
        return {Command.WHY, Command.HEAR_AGAIN, Command.UNSURE, Command.WORDS}
    none_asked = {Command.WHY, Command.UNSURE}
    if isinstance(session, Learn):
        return {} if session.question else none_asked
    return {*none_asked, Command.WORDS} if in_test(session) else none_asked


MOST_TYPED = 500
"""Longest line that is looked at, in characters."""


class PracticeInLines:
    """Hears one line at a time; `ended` tells that nothing more is heard, `quits` that all is to end."""

    def __init__(self, services: Services, wanted: Wanted) -> None:
        self._services = services
        self._wanted = wanted
        self._home: Home | None = None
        self._dialogue: PracticeDialogue | None = None
        self._making_sure: Choice | None = None
        self._trouble = ""
        self.ended = self.quits = False

    @property
    def hidden(self) -> bool:
        """Tell that nothing typed here has to be kept unsaid."""
        return False

    @property
    def session(self) -> Exercise | None:
        """The session that is open; None before there is one, and at the list of what there is."""
        return self._dialogue.session if self._dialogue else None

    def opening(self) -> list[str]:
        """Give what is said before anything is typed; raises `AssistantError` for an unusable class."""
        self.ended = self.quits = False
        return list(self._opening())

    def hear(self, typed: str) -> list[str]:
        """Take one line, and give what is said to it, in paragraphs."""
        return [*self._heard(typed), *self._trouble_now()]

    def leaving(self, lead: str = "") -> list[str]:
        """End practice, and say what becomes of the answers."""
        self.ended = self.quits = True
        return [f"{lead}{self._leaving_words()}"]

    @property
    def _commands(self) -> Mapping[Command, Callable[[Home], Iterable[str]]]:
        return {
            Command.WHY: self._why,
            Command.HEAR_AGAIN: self._again,
            Command.UNSURE: self._unsure,
            Command.WORDS: self._words,
            Command.PROGRESS: self._progress,
            Command.BACK: self._back,
            Command.HELP: self._help,
        }

    def _opening(self) -> Iterator[str]:
        yield "Practice, in plain lines. Type h to hear what can be typed."
        alias = self._home.room.alias if self._home else self._wanted.alias
        yield from self._enter(alias) if alias else ASK.split("\n")

    def _heard(self, typed: str) -> Iterator[str]:
        command, _ = command_typed(typed, [Where.PRACTICE])
        if len(typed) > MOST_TYPED:
            yield f"That line is too long: at most {MOST_TYPED} characters. Type it again."
        elif command == Command.QUIT:
            yield from self.leaving()
        elif self._home is None:
            yield from self._alias_heard(typed, back=command == Command.BACK)
        elif self._making_sure:
            yield from self._sure_heard(
                self._home, self._making_sure, typed, back=command == Command.BACK
            )
        elif command:
            yield from self._commands[command](self._home)
        elif self._dialogue:
            yield from self._dialogue.take(typed) if typed.strip() else self._dialogue.enter()
            yield from self._home_if_over(self._home)
        else:
            yield from self._choose(self._home, typed)

    def _alias_heard(self, typed: str, *, back: bool) -> Iterator[str]:
        refused = "" if back else alias_refusal(typed.strip())
        if back:
            yield from self._leave()
        elif refused:
            yield f"{refused} Type another, or q to leave."
        else:
            yield from self._enter(typed.strip())

    def _enter(self, alias: str) -> Iterator[str]:
        """Go in under an alias, to the session that was asked for or to the list of what there is."""
        home = self._home = self._home or Home(
            practice_session(self._services, alias), self._wanted, self._services.settings
        )
        new = "" if home.room.attempts or home.room.trouble else " This alias is new here."
        yield f"You practise as {home.room.alias}.{new}"
        yield from self._trouble_now()
        if home.wanted:
            yield from self._begin(home, home.wanted, greets=True)
        else:
            yield from home.lines()

    def _begin(
        self, home: Home, choice: Choice, *, greets: bool = False, sure: bool = False
    ) -> Iterator[str]:
        """Begin what was chosen; where that would end a test that was left, ask first."""
        if home.would_lose(choice) and not sure:
            self._making_sure = choice
            yield from _sure_lines()
            return
        begun = home.begin(choice)
        if greets or choice.command == Command.CLASS:
            yield from home.greeting(begun)
        if begun:
            yield from self._sit(home, begun)
        else:
            yield from self._go_home(home)

    def _sure_heard(self, home: Home, choice: Choice, typed: str, *, back: bool) -> Iterator[str]:
        number = number_typed(typed)
        if number not in {1, 2} and not back:
            yield from _sure_lines()
            return
        self._making_sure = None
        if number == 1:
            yield from self._begin(home, choice, sure=True)
        else:
            yield from self._go_home(home)

    def _sit(self, home: Home, session: Exercise) -> Iterator[str]:
        self._dialogue = PracticeDialogue(home.room, session)
        yield ""
        yield from self._dialogue.now()
        yield from self._home_if_over(home)

    def _home_if_over(self, home: Home) -> Iterator[str]:
        if self._dialogue and self._dialogue.over:
            yield from home.farewell(self._dialogue.session)
            yield from self._go_home(home)

    def _go_home(self, home: Home) -> Iterator[str]:
        self._dialogue = None
        yield ""
        yield from home.lines()

    def _choose(self, home: Home, typed: str) -> Iterator[str]:
        if not typed.strip():
            yield from home.lines()
            return
        chosen = home.meant(typed)
        if chosen is None:
            yield home.no_such()
        elif chosen.command == Command.STOP:
            yield from self._leave()
        elif chosen.command == Command.PROGRESS:
            yield from self._progress(home)
        else:
            yield from self._begin(home, chosen)

    def _back(self, home: Home) -> Iterator[str]:
        if self._dialogue:
            session = self._dialogue.session
            yield "Left; it is kept."
            home.room.leave(session)
            if home.room.is_over(session):
                yield from home.farewell(session)
            yield from self._go_home(home)
        else:
            yield from self._leave()

    def _leave(self) -> Iterator[str]:
        self.ended = True
        yield self._leaving_words()

    def _why(self, home: Home) -> Iterator[str]:
        said = list(self._dialogue.help()) if self._dialogue else []
        yield from self._beside(said) if said else self._help(home)

    def _unsure(self, home: Home) -> Iterator[str]:
        if self._dialogue:
            yield from self._dialogue.unsure()
            yield from self._home_if_over(home)
        else:
            yield home.no_such()

    def _words(self, home: Home) -> Iterator[str]:
        yield from (
            self._beside(word_meanings(self._dialogue.session))
            if self._dialogue
            else self._help(home)
        )

    def _again(self, home: Home) -> Iterator[str]:
        yield from self._dialogue.now() if self._dialogue else home.lines()

    def _help(self, _: Home) -> Iterator[str]:
        yield from self._beside(practice_commands(self.session))

    def _progress(self, home: Home) -> Iterator[str]:
        yield from self._beside(progress_lines(home.room.progress(), home.room.waiting))

    def _beside(self, lines: Iterable[str]) -> Iterator[str]:
        """Say something beside what is open, and then what that is."""
        yield from lines
        yield self._dialogue.shortly() if self._dialogue else "Press Enter to hear what there is."

    def _trouble_now(self) -> Iterator[str]:
        """Say why answers are not kept, once each time that it begins or changes."""
        now = self._home.room.trouble if self._home else ""
        before, self._trouble = self._trouble, now
        if now and now != before:
            yield now

    def _leaving_words(self) -> str:
        if self._home is None:
            return "Nothing was practised."
        if self._home.room.trouble:
            return self._home.room.trouble
        return "What you answered is kept. Practice can go on where you left it."


def _sure_lines() -> Iterator[str]:
    yield LOST
    yield from numbered([Choice(Command.YES, NEW_TEST), Choice(Command.NO, KEEP_TEST)])
    yield "Type 1 or 2."
