"""What is asked in lines, and what is made of the reply."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from assistant.cases.drafts import UNKEPT
from assistant.cases.forms import KEPT_TYPED, WARNING, EntryForm, NewEntry
from assistant.cases.view import (
    ASIDE,
    BEGIN_ANEW,
    View,
    answer_label,
    begin_choices,
    card_heading,
    choices,
    progress,
    to_record,
)
from assistant.commands import Choice, Command, command_typed, number_typed
from assistant.engine.verdict import headline
from assistant.errors import RecordsError
from assistant.records.entry import Entry
from assistant.records.fields import Field
from assistant.services import Services

MOST_TYPED = 5_000
"""Longest line that is looked at, in characters; nothing that is asked for comes near."""


@dataclass(frozen=True)
class Say:
    """What is said before a line is heard; where `hidden`, that line must not be said again."""

    lines: Sequence[str]
    hidden: bool = False


Found = TypeVar("Found")

Dialogue = Generator[Say, str, Found]
"""Yields what it says, is sent the line that was typed, and returns what it found out."""


class Back(Exception):  # noqa: N818 - no error: the word back was typed
    """Leaves what is being asked, with nothing done."""


class Leave(Exception):  # noqa: N818 - no error: the word that quits was typed, or nothing follows
    """Leaves everything; `at_once` is where nobody is there to be asked whether that is all right."""

    def __init__(self, *, at_once: bool = False) -> None:
        super().__init__()
        self.at_once = at_once


def hear(*lines: str, hidden: bool = False) -> Dialogue[str]:
    """Say something, and return the line typed; raises `Back` or `Leave` where it is their word."""
    typed = yield Say(lines, hidden)
    match command_typed(typed):
        case Command.BACK, _:
            raise Back
        case Command.QUIT, _:
            raise Leave
    return typed


def ask(
    *lines: str,
    check: Callable[[str], Iterable[str]] | None = None,
    hidden: bool = False,
    explained: Sequence[str] = (),
) -> Dialogue[str]:
    """Ask until nothing is wrong with the reply, and return it.

    `check` returns what is wrong and how to reply; `explained` is said where help is asked for.
    """
    said: Sequence[str] = lines
    while True:
        typed = yield from hear(*said, hidden=hidden)
        command, _ = command_typed(typed)
        if explained and command in {Command.WHY, Command.HELP}:
            said = [*explained, *lines]
            continue
        said = [*check(typed)] if check else []
        if not said:
            return typed


def choose(lines: Iterable[str], choices: Sequence[Choice]) -> Dialogue[Choice]:
    """Ask until the number of a choice is typed, and return that choice."""
    *numbers, last = (str(number) for number in range(1, len(choices) + 1))
    how = f"Type {', '.join(numbers)} or {last}."
    typed = yield from hear(*lines, *numbered(choices), how)
    while not 0 < (number := number_typed(typed) or 0) <= len(choices):
        typed = yield from hear(how)
    return choices[number - 1]


def confirm(lines: Iterable[str], prompt: str, *, not_yet: str = "") -> Dialogue[None]:
    """Ask until yes is typed; `not_yet` is said before the prompt after anything else."""
    typed = yield from hear(*lines, prompt)
    while typed.strip().casefold() != "yes":
        typed = yield from hear(f"{not_yet} {prompt}".strip())


class Conversation:
    """Holds a dialogue: says what it says, and hears one line at a time until it has `ended`.

    What the dialogue returns is said last.
    """

    def __init__(self, dialogue: Dialogue[Iterable[str]], *, most_typed: int = MOST_TYPED) -> None:
        self._dialogue = dialogue
        self._most_typed = most_typed
        self.ended = False
        self.hidden = False

    def opening(self) -> list[str]:
        """Return what is said before anything is typed."""
        return self._said(lambda: next(self._dialogue))

    def hear(self, typed: str) -> list[str]:
        """Take one line, and return what is said to it, in paragraphs."""
        if len(typed) > self._most_typed:
            most = f"{self._most_typed:,}"
            return [f"That line is too long: at most {most} characters. Type it again."]
        return self._said(lambda: self._dialogue.send(typed))

    def leaving(self, lead: str = "") -> list[str]:
        """End it where no more can be heard, and return what is said of that, after a `lead`."""
        first, *rest = self._said(lambda: self._dialogue.throw(Leave(at_once=True))) or [""]
        self.ended = True
        return [f"{lead}{first}".rstrip(), *rest]

    def _said(self, step: Callable[[], Say]) -> list[str]:
        try:
            say = step()
        except StopIteration as end:
            self.ended, self.hidden = True, False
            return [*(end.value or ())]
        except (Back, Leave):
            self.ended, self.hidden = True, False
            return []
        self.hidden = say.hidden
        return [*say.lines]


_ANSWER = "Type a number, a few words, or ? for help."
_CHANGE = "Type a number or a few words, or b to leave the answer as it is."
_AMONG = "Type the number of the one you mean."
_ASIDE = "Type a number, or b to leave this list."
_AFTER = "Type a number, or h for the commands."


def offered(view: View) -> list[Choice]:
    """Give the numbered choices of a view, as far as they can be done in lines."""
    found = [_in_lines(choice) for choice in choices(view) if choice.command != Command.COPY_NAME]
    if view.question or view.mode not in {"asking", "recorded"}:
        return found
    if view.mode == "asking" and all(choice.command != Command.CHANGE for choice in found):
        found.insert(-1, Choice(Command.CHANGE, "Change an answer"))
    return [*found, Choice(Command.QUIT, "Quit")]


def asked(view: View) -> Iterator[str]:
    """Give all that is asked now: question, choices, and how to answer."""
    yield from _heading(view)
    yield from numbered(offered(view))
    yield how_to_answer(view)


def numbered(some: Iterable[Choice]) -> Iterator[str]:
    """Give choices as numbered sentences."""
    for number, choice in enumerate(some, start=1):
        note = f": {choice.note}" if choice.note else ""
        yield f"{number}. {choice.label.removesuffix('.')}{note}."


def how_to_answer(view: View) -> str:
    """Say what can be typed now."""
    if view.among:
        return _AMONG
    if view.mode == "changing":
        return _CHANGE
    if view.question:
        return _ANSWER
    return _AFTER if view.mode in {"asking", "recorded"} else _ASIDE


def asked_shortly(view: View) -> str:
    """Remind of what is open, after something else was said."""
    if view.question:
        question = view.guide.questions[view.question].ask
        return (
            f"The question is still: {question} {how_to_answer(view)} Press Enter to hear it all."
        )
    return f"{how_to_answer(view)} Press Enter to hear the list once more."


def answer_lines(view: View) -> Iterator[str]:
    """Give each answer that counts as a line of its own, with its question."""
    for number, fact in enumerate(view.everything_said, start=1):
        said = f"{answer_label(view, fact)}."
        yield f"Answer {number}. {view.guide.questions[fact].ask} {said}"


def number_of(view: View, fact: str) -> int:
    """Give which answer is about a fact, counted from 1; 0 where none is."""
    return next((n for n, asked in enumerate(view.everything_said, 1) if asked == fact), 0)


def _in_lines(choice: Choice) -> Choice:
    if choice.command == Command.COPY_MEMO:
        return Choice(Command.PRINT_MEMO, "Print a memo of the reasons")
    return choice


def _heading(view: View) -> Iterator[str]:
    if view.among:
        yield view.notice
    elif view.question:
        question = view.guide.questions[view.question]
        change = f"Change answer {number_of(view, view.question)}."
        yield change if view.mode == "changing" else f"{progress(view)}."
        yield question.ask
        yield question.hint
    else:
        yield card_heading(view) or ASIDE.get(view.mode, "What do you want to do now?")


@dataclass(frozen=True)
class Sure:
    """A question with numbered answers; the one that changes nothing is `NO`."""

    question: str
    choices: tuple[Choice, ...]

    def asked(self) -> list[str]:
        """Give the question, its answers, and how to give one."""
        *numbers, last = (str(number) for number, _ in enumerate(self.choices, start=1))
        how = f"Type {', '.join(numbers)} or {last}."
        return [self.question, *numbered(list(self.choices)), how]

    def chosen(self, typed: str) -> Command | None:
        """Give what was chosen by its number, or by the word back; None for anything else."""
        number = number_typed(typed)
        if command_typed(typed)[0] == Command.BACK:
            return Command.NO
        if number and number <= len(self.choices):
            return self.choices[number - 1].command
        return None


LEAVING = Sure(UNKEPT, (Choice(Command.YES, "Leave all the same"), Choice(Command.NO, "Stay")))
"""Asked before leaving where the answers could not be kept."""


def starting_again(*, can_be_kept: bool) -> Sure:
    """Give the question before another interview is begun."""
    return Sure(BEGIN_ANEW, tuple(begin_choices(can_be_kept=can_be_kept)))


_LEAVE = "Type back to leave without recording."
_SAID_OF_CASE = 3
"""How many digits of a case number are said, so that it can be checked."""

_NONE = "-"
"""What is typed to take back a field that may be left out."""


class RecordForm:
    """Reviews the answers, asks for each field, and writes the entry.

    `typed` is the caller's: what was typed stays there when the form is left. `state` turns to
    `left` or `recorded`, and `entry` is then what was recorded. Raises `RecordsError` where the
    entry to be corrected cannot be read.
    """

    def __init__(
        self,
        services: Services,
        view: View,
        typed: dict[str, str],
        form: EntryForm | None = None,
    ) -> None:
        self._services = services
        self._view = view
        self._recording = form or NewEntry(services, view)
        self._typed = typed
        for field, before in self._recording.first.items():
            typed.setdefault(field, before)
        self._fields = named(self._recording.asked({}, more=False))
        self._at = 0
        self.state: Literal["open", "left", "recorded"] = "open"
        self.entry: Entry | None = None

    @property
    def hidden(self) -> bool:
        """Tell whether what is typed next must not be said again."""
        return self._field == "case_number"

    def opening(self) -> Iterator[str]:
        """Review everything, and ask for the first field."""
        view = self._view
        yield "Before recording, here is all that you answered."
        yield from answer_lines(view)
        if view.verdict:
            lead = "Recommended: " if view.recommended else "The result: "
            yield f"{lead}{headline(view.guide, view.verdict)}."
        yield f"To be recorded: {self._chosen}."
        if self._recording.previous:
            yield f"This takes the place of entry {self._recording.previous.seq}."
        yield WARNING
        yield from self.asked()

    def asked(self) -> Iterator[str]:
        """Ask for what is missing, or for the last yes."""
        if self._field is None:
            yield from self._last_question()
            return
        field = self._fields[self._field]
        yield f"{field.asking} {self._may_be_kept(self._field) or _LEAVE}"
        for number, words in enumerate(field.choices.values(), start=1):
            yield f"{number}. {words}."

    def hear(self, typed: str) -> Iterator[str]:
        """Take a field, the last yes, or the word back."""
        command, _ = command_typed(typed)
        if command == Command.BACK:
            self.state = "left"
            yield f"Not recorded. {KEPT_TYPED}"
        elif command in {Command.WHY, Command.HELP}:
            yield WARNING
            yield from self.asked()
        elif self._field is None:
            yield from self._decide(typed)
        else:
            yield from self._take(self._field, typed.strip(" "))

    @property
    def _field(self) -> str | None:
        return list(self._fields)[self._at] if self._at < len(self._fields) else None

    @property
    def _chosen(self) -> str:
        return to_record(self._view)

    @property
    def _case(self) -> str:
        """The case number, by its end only: it is not to be said, and must be told from another."""
        number = self._typed["case_number"].strip()
        return f"that ends in {number[-_SAID_OF_CASE:]} ({len(number)} digits)"

    def _may_be_kept(self, name: str) -> str:
        kept = self._typed.get(name, "")
        shown = self._fields[name].shown(kept)
        said = "One was typed before" if self.hidden else f"Typed before: {shown.removesuffix('.')}"
        if kept:
            none = f", or {_NONE} for none" if self._may_be_empty(name) else ""
            return f"{said}. Press Enter to keep it, or type another{none}."
        return "Press Enter to leave it out." if self._may_be_empty(name) else ""

    def _may_be_empty(self, name: str) -> bool:
        asked = named(self._recording.asked(self._typed, more=True))
        return not asked[name].need

    def _take(self, name: str, text: str) -> Iterator[str]:
        field = self._fields[name]
        if text == _NONE and self._may_be_empty(name):
            text = ""
        else:
            text = field.meant(text) if text else self._typed.get(name, "")
        found = self._recording.problems({**self._typed, name: text})
        problems = [problem.message for problem in found if problem.field == name]
        if problems:
            yield from problems
            yield f"Type it again ({field.hint}). {_LEAVE}"
            return
        self._typed[name] = text
        self._at += 1
        yield from self.asked()

    def _last_question(self) -> Iterator[str]:
        yield f"To be recorded, under the case number {self._case}: {self._chosen}."
        for field in self._recording.fields:
            if field.name != "case_number" and self._typed.get(field.name):
                yield f"{field.label}: {field.shown(self._typed[field.name])}"
        more = (
            ""
            if self._recording.more[0] in self._fields
            else "Type more to add status, dates or case plan. "
        )
        yield (
            f"{more}Type yes to record it. An entry is never changed; you can correct it by a new"
            " one. Type back to leave it."
        )

    def _decide(self, typed: str) -> Iterator[str]:
        said = typed.strip().casefold()
        if said == "more":
            yield from self._ask_for_more()
        elif said != "yes":
            yield "Nothing is recorded yet. Type yes to record it, or back to leave it."
        else:
            yield from self._save()

    def _ask_for_more(self) -> Iterator[str]:
        self._at = len(self._fields)
        self._fields |= {f.name: f for f in self._recording.fields if f.when == "more"}
        yield from self.asked()

    def _save(self) -> Iterator[str]:
        try:
            saved = self._recording.save(self._typed)
        except RecordsError as error:
            yield f"Not recorded. {error}"
            yield "What you typed is kept. Type yes to try again, or back to leave it."
            return
        self.state, self.entry = "recorded", saved.entry
        yield saved.sentence


def named(fields: Iterable[Field]) -> dict[str, Field]:
    """Return fields by name."""
    return {field.name: field for field in fields}
