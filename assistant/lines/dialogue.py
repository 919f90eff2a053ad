"""What is asked in lines, what is made of the reply, and the streams that carry both."""

import os
import re
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from io import StringIO, TextIOWrapper
from typing import TYPE_CHECKING, TextIO, TypeVar

from assistant.cases.view import (
    ASIDE,
    READ_MORE,
    View,
    answer_label,
    card_heading,
    choices,
    progress,
    so_far_sentences,
)
from assistant.commands import Choice, Command, command_typed, number_typed
from assistant.errors import RecordsError
from assistant.shapes import Frozen
from assistant.text import is_terminal, laid_out, listed, width_now, write

if TYPE_CHECKING:
    from assistant.records.fields import Field, Form, Result

MOST_TYPED = 5_000  # longest line looked at, in characters: nothing asked for comes near


class Say(Frozen):
    """What is said before a line is heard; where `hidden`, that line must not be said again."""

    lines: Sequence[str]
    hidden: bool = False


Found = TypeVar("Found")

Dialogue = Generator[Say, str, Found]
"""Yields what it says, is sent the line that was typed, and returns what it found out."""


class Back(Exception):  # noqa: N818 - no error: the word back was typed
    """Leaves what is being asked, with nothing done."""


class Leave(Exception):  # noqa: N818 - no error: the word that quits was typed, or nothing follows
    """Leaves everything, after what is `said`; `at_once` is where nobody can be asked any more."""

    def __init__(self, *said: str, at_once: bool = False) -> None:
        super().__init__()
        self.said = said
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
    lead: Iterable[str] = (),
) -> Dialogue[str]:
    """Ask until nothing is wrong with the reply, and return it.

    `lead` is said once, before. `check` returns what is wrong and how to reply; `explained` is said
    where help is asked for.
    """
    said: Sequence[str] = [*lead, *lines]
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
    how = f"Type {listed(map(str, range(1, len(choices) + 1)), 'or')}."
    typed = yield from hear(*lines, *numbered(choices), how)
    while not 0 < (number := number_typed(typed) or 0) <= len(choices):
        typed = yield from hear(how)
    return choices[number - 1]


class DialogueDriver:
    """Holds a dialogue, one line heard at a time, until it `ended`; what it returns is said last."""

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
            return [f"That line is too long. Type it again, in at most {most} characters."]
        return self._said(lambda: self._dialogue.send(typed))

    def leaving(self, lead: str = "") -> list[str]:
        """End it where nothing else can be heard, and return what is said of that, after a `lead`."""
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
_CHANGE = "Type a number or a few words, or b to keep your answer."
_AMONG = "Type the number of the one you mean."
_ASIDE = "Type a number, or b to leave this list."
_AFTER = "Type a number, m for more about the result, or h for the commands."


def offered(view: View) -> list[Choice]:
    """Return the numbered choices of a view, as far as they can be done in lines."""
    change = Choice(Command.CHANGE, "Change an answer")
    instead = change if view.mode == "asking" else READ_MORE
    found = [
        instead if choice.command == Command.COPY_NAME else choice
        for choice in choices(view)
        if choice.command != Command.COPY_MEMO
    ]
    if view.question or view.mode not in {"asking", "recorded"}:
        return found
    return [*found, Choice(Command.QUIT, "Quit")]


def asked(view: View) -> Iterator[str]:
    """Return all that is asked now: question, choices, and how to answer."""
    yield from _heading(view)
    yield from numbered(offered(view))
    yield how_to_answer(view)


def numbered(some: Iterable[Choice]) -> Iterator[str]:
    """Return choices as numbered sentences."""
    for number, choice in enumerate(some, start=1):
        gives = f"then {choice.gives}" if choice.gives else ""
        follows = f"{choice.note[:1].upper()}{choice.note[1:]}" if gives else choice.note
        note = ". ".join(filter(None, (gives, follows)))
        yield f"{number}. {choice.label.removesuffix('.')}{f': {note}' if note else ''}."


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
    if view.mode == "asking" and view.question and not view.among:
        return f"Still question {len(view.standing.trail) + 1}. Press Enter to hear it again."
    return f"{how_to_answer(view)} Press Enter to hear the list again."


def answer_lines(view: View) -> Iterator[str]:
    """Return each answer that counts on its own line, with its question."""
    for number, fact in enumerate(view.everything_said, start=1):
        said = f"{answer_label(view, fact)}."
        yield f"Answer {number}. {view.guide.questions[fact].ask} {said}"


def number_of(view: View, fact: str) -> int:
    """Return which answer is about a fact, counted from 1; 0 where none is."""
    return next((n for n, asked in enumerate(view.everything_said, 1) if asked == fact), 0)


def _heading(view: View) -> Iterator[str]:
    if view.among:
        yield view.notice
    elif view.question:
        question = view.guide.questions[view.question]
        change = f"Change answer {number_of(view, view.question)}."
        yield change if view.mode == "changing" else f"{progress(view)}."
        if view.so_far:
            yield f"{' '.join(so_far_sentences(view))} Type a to take the answer now."
        yield question.ask
        yield question.hint
    else:
        yield card_heading(view) or ASIDE.get(view.mode, "What do you want to do now?")


_NONE = "-"  # what is typed to take back a field that may be left out


def fill(
    form: "Form[Result]",
    typed: dict[str, str],
    *,
    lead: Iterable[str] = (),
    review: Callable[[], Iterable[str]],
    more: bool = False,
) -> "Dialogue[Result]":
    """Ask for the fields of a form and for a last yes, and return what saving it gives.

    `lead` is said first, and `review` before the yes. `typed` is the caller's: what was typed stays
    there when the form is left, which raises `Back`.
    """
    asked: set[str] = set()
    again: tuple[str, ...] = ()
    while True:
        fields = form.asked(typed, more=more)
        if field := next((field for field in fields if field.name not in asked), None):
            try:
                typed[field.name] = yield from _fill_in(form, field, typed, lead, fixes=bool(again))
            except Back:
                if not again:
                    raise
                asked |= {*again}  # which leaves them as they were
            asked.add(field.name)
            lead = ()
            continue
        offer = (
            "Type more to add status, dates, case plan, or need." if form.more and not more else ""
        )
        change = "To change a field, type its first word, such as service." if fields[1:] else ""
        last = (offer, change, f"Type yes to {form.deed}.", form.note, form.leave)
        saved, again = yield from _save(
            form, typed, fields, [*review(), " ".join(filter(None, last))]
        )
        if saved is not None:
            return saved
        asked -= {*again}
        more = more or again == form.more


def _fill_in(
    form: "Form[Result]",
    field: "Field",
    typed: Mapping[str, str],
    lead: Iterable[str],
    *,
    fixes: bool,
) -> Dialogue[str]:
    """Ask for one field until it will do; Enter keeps what was typed before, as does back in a fix."""
    leave = "Type back to keep it as it was." if fixes else form.leave
    before, hidden = typed.get(field.name, ""), field.kind == "digits"

    def meant(reply: str) -> str:
        reply = reply.strip(" ")
        if reply == _NONE and not field.need:
            return ""
        return field.meant(reply) if reply else before

    def wrong(reply: str) -> list[str]:
        found = form.wrong_in(field.name, {**typed, field.name: meant(reply)})
        return [*found, f"Type it again ({field.hint}). {skip}{leave}"] if found else []

    skip = "" if field.need or before else "Press Enter to skip it. "
    empty = "" if field.need else "Press Enter to skip it."
    if before:
        shown = field.shown(before).removesuffix(".")
        kept = "One is already there" if hidden else f"Now: {shown}"
        none = "" if field.need else f", or {_NONE} for none"
        empty = f"{kept}. Press Enter to keep it, or type another{none}."
    choices = [f"{number}. {words}." for number, words in enumerate(field.choices.values(), 1)]
    asking = (f"{field.asking} {empty or leave}", *choices)
    explained = [field.explained, form.lead]
    return meant(
        (yield from ask(*asking, check=wrong, hidden=hidden, explained=explained, lead=lead))
    )


def _save(
    form: "Form[Result]", typed: Mapping[str, str], fields: "Sequence[Field]", lines: Sequence[str]
) -> "Dialogue[tuple[Result | None, tuple[str, ...]]]":
    """Ask for a yes and save, as often as that fails; or return None, and which fields to ask for."""
    while True:
        said = (yield from hear(*lines)).strip().casefold()
        again = form.more if said == "more" else _field_named(fields, said)
        if again:
            return None, again
        if command_typed(said)[0] in {Command.WHY, Command.HELP}:
            lines = lines[-1:]
        elif _field_named([field for field in form.fields if field.more], said):
            lines = [f"To add that, type more. Type yes to {form.deed}."]
        elif said != "yes":
            lines = [f"Nothing is {form.done} yet. Type yes to {form.deed}. {form.leave}"]
        elif problems := form.problems(typed):
            lines = [*(problem.message for problem in problems), form.leave]
        else:
            try:
                return form.save(typed), ()
            except RecordsError as error:
                kept = f"What you typed is kept. Type yes to try again. {form.leave}"
                lines = [f"Not {form.done}. {error}", kept]


_LEAST_NAMED = 3  # letters from which on the beginning of a field's name counts for it


def _field_named(fields: "Sequence[Field]", said: str) -> tuple[str, ...]:
    """Return the field that typed words begin, or whose number they are in the order asked, if it is one."""
    number, first = number_typed(said), said.partition(" ")[0]
    if number is not None:
        return tuple(field.name for field in fields[number - 1 : number] if number)
    names = {field.name: (field.label.casefold(), field.title.casefold()) for field in fields}
    for start in (said, first):
        begun = [name for name, words in names.items() if any(w.startswith(start) for w in words)]
        if len(begun) == 1 and len(start) >= _LEAST_NAMED:
            return tuple(begun)
    return ()


INTERRUPTED = 130  # exit code after Ctrl-C

_PROMPT = "You: "
_PRESSED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]?|O[ -~]?|.)?")
"""What a terminal sends for an arrow or another key that types nothing."""

_UNSAID = "(not shown)"  # stands in the transcript for a case number


class Loop:
    """Feeds a dialogue the lines of one stream, and writes what it says to another.

    `echoes` is for input that nobody saw being typed: each line is written too, so that what is
    written reads as a conversation.
    """

    def __init__(
        self, session: DialogueDriver, lines: TextIO, out: TextIO | None, *, echoes: bool
    ) -> None:
        self._session = session
        self._lines = lines
        self._out = out
        self._echoes = echoes

    def run(self) -> int:
        try:
            self._say(self._session.opening())
            while not self._session.ended:
                self._turn()
        except KeyboardInterrupt:
            self._say(["", *self._session.leaving("Interrupted. ")])
            return INTERRUPTED
        return 0

    def _turn(self) -> None:
        if not self._echoes:
            write(self._out, _PROMPT)
        line = self._lines.readline()
        typed = line.rstrip("\r\n").removeprefix("\ufeff")  # the mark that PowerShell begins with
        if not line:
            self._say([*([] if self._echoes else [""]), *self._session.leaving()])
            return
        if not self._echoes:
            typed = _PRESSED.sub("", typed)
        else:
            self._say([f"{_PROMPT}{_UNSAID if self._session.hidden else typed}".rstrip()])
        self._say(self._session.hear(typed))

    def _say(self, paragraphs: Iterable[str]) -> None:
        write(self._out, "".join(f"{line}\n" for line in laid_out(paragraphs, width_now())))


def is_for_lines() -> bool:
    """Tell whether only lines will do: the terminal is dumb, or one side is not a terminal."""
    return not _on_terminals() or os.environ.get("TERM") == "dumb"


NEEDED = "─│╭▸✔▲█"
"""Some of the signs that the screen is drawn with; where these can be shown, all can."""


def cannot_draw() -> str:
    """Return why the screen cannot be shown on this terminal, and what to do; empty where it can."""
    stream = sys.__stdout__ if sys.platform == "win32" else sys.__stderr__  # as Textual chooses
    if stream is None or not stream.isatty():
        return "The screen needs a terminal, and standard error is not one here."
    if not _can_encode(stream):
        mend = "use Windows Terminal" if sys.platform == "win32" else "set LANG to C.UTF-8"
        return (
            f"This terminal cannot show the characters that the screen needs (it uses"
            f" {stream.encoding}). To see the screen, {mend}."
        )
    if not _obeys(stream):
        return "This window is too old for the screen. To see the screen, use Windows Terminal."
    return ""


def _can_encode(stream: TextIO) -> bool:
    try:
        NEEDED.encode(stream.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _obeys(stream: TextIO) -> bool:
    """Tell whether a terminal obeys the codes that draw; only old windows of Windows do not."""
    obeyed = True
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only there
        import msvcrt  # noqa: PLC0415

        kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
        obeyed = bool(
            kernel.GetConsoleMode(handle, ctypes.byref(mode))
            and kernel.SetConsoleMode(handle, mode.value | _DRAWS)
        )
        kernel.SetConsoleMode(handle, mode.value)
    return obeyed


_DRAWS = 0x0004  # ENABLE_VIRTUAL_TERMINAL_PROCESSING, as Windows calls it


def run_session(session: DialogueDriver) -> int:
    """Hold a session on standard input and output, and give the exit code.

    Input that is closed is input at its end.
    """
    lines, out = sys.stdin or StringIO(), sys.stdout
    if isinstance(lines, TextIOWrapper):
        lines.reconfigure(
            errors="surrogateescape"
        )  # what cannot be read is refused where it is kept
    return Loop(session, lines, out, echoes=not _on_terminals()).run()


def _on_terminals() -> bool:
    return is_terminal(sys.stdin, sys.stdout)
