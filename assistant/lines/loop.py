"""Standard input to standard output: echo, width, end."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from io import StringIO, TextIOWrapper
from typing import TYPE_CHECKING, Protocol, TextIO

from assistant.cases.drafts import UNKEPT
from assistant.cases.forms import KEPT_TYPED, NewEntry
from assistant.cases.view import View
from assistant.commands import (
    IN_LINES,
    Choice,
    Command,
    Where,
    command_typed,
    number_typed,
    typed_sentences,
    typed_words,
)
from assistant.engine.interview import options_meant
from assistant.errors import AssistantError, RecordsError, UsageError
from assistant.lines.dialogue import (
    LEAVING,
    Back,
    Conversation,
    Dialogue,
    Sure,
    asked_shortly,
    offered,
    starting_again,
)
from assistant.lines.interview import Interview, group_lines, why_lines, word_lines, words_lines
from assistant.lines.records import EntriesInLines, memo, record, save_memo
from assistant.services import Services
from assistant.text import laid_out, width_now

if TYPE_CHECKING:
    from assistant.lines.practice import PracticeInLines


INTERRUPTED = 130
"""Exit code after Ctrl-C."""

_PROMPT = "You: "
_UNSAID = "(not shown)"
"""Stands in the transcript for a case number."""


class Session(Protocol):
    """What can be held in lines: it hears one at a time, until it has `ended`.

    While `hidden`, what is typed is not said again.
    """

    ended: bool

    @property
    def hidden(self) -> bool: ...

    def opening(self) -> list[str]: ...

    def hear(self, typed: str, /) -> list[str]: ...

    def leaving(self, lead: str = "", /) -> list[str]: ...


class Loop:
    """Feeds a session the lines of one stream, and writes what it says to another.

    `echoes` is for input that nobody saw being typed: each line is written too, so that what is
    written reads as a conversation.
    """

    def __init__(self, session: Session, lines: TextIO, out: TextIO, *, echoes: bool) -> None:
        self._session = session
        self._lines = lines
        self._out = out
        self._echoes = echoes

    def run(self) -> int:
        """Go on until the session or its input ends, and give the exit code."""
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
            self._write(_PROMPT)
        line = self._lines.readline()
        typed = line.rstrip("\r\n")
        if not line:
            self._say([*([] if self._echoes else [""]), *self._session.leaving()])
            return
        if self._echoes:
            self._say([f"{_PROMPT}{_UNSAID if self._session.hidden else typed}".rstrip()])
        self._say(self._session.hear(typed))

    def _say(self, paragraphs: Iterable[str]) -> None:
        self._write("".join(f"{line}\n" for line in laid_out(paragraphs, width_now())))

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


def is_for_lines() -> bool:
    """Tell whether only lines will do: the terminal is dumb, or one side is not a terminal."""
    return not _on_terminals() or os.environ.get("TERM") == "dumb"


def run_session(session: Session) -> int:
    """Hold a session on standard input and output, and give the exit code.

    Input that is closed is input at its end; `UsageError` says that there is no output.
    """
    lines, out = sys.stdin or StringIO(), sys.stdout
    if out is None:
        raise UsageError(
            "There is nothing here to write to.",
            mend="run it in a terminal, or give it a pipe or a file.",
        )
    _tolerate(lines, "surrogateescape")  # what cannot be read is refused where it would be kept
    _tolerate(out, "replace")
    return Loop(session, lines, out, echoes=not _on_terminals()).run()


def _on_terminals() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _tolerate(stream: TextIO, errors: str) -> None:
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors=errors)


class PracticeBeside:
    """Hears lines while `open`; `quits` tells that the interview is to be left too."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._session: PracticeInLines | None = None

    @property
    def open(self) -> bool:
        """Tell whether practice, and not the interview, is to hear what is typed."""
        return self._session is not None and not self._session.ended

    @property
    def quits(self) -> bool:
        """Tell whether whoever practised wants to leave altogether."""
        return self._session is not None and self._session.quits

    def opening(self) -> list[str]:
        """Open it, under the same alias as before, and give what is said; or why it cannot be."""
        # What practice needs costs more to load than an interview.
        from assistant.lines.practice import PracticeInLines, Wanted  # noqa: PLC0415

        wanted = Wanted(
            alias=self._services.settings.alias,
            given=self._services.given,
            offers_class=True,
            leave="Back to the interview",
        )
        self._session = self._session or PracticeInLines(self._services, wanted)
        return self._said(self._session.opening)

    def hear(self, typed: str) -> list[str]:
        """Take one line, and give what is said to it."""
        session = self._session
        return self._said(lambda: session.hear(typed)) if session else []

    def _said(self, say: Callable[[], list[str]]) -> list[str]:
        try:
            return say()
        except AssistantError as error:
            self._session = None
            return str(error).split("\n")


MOST_TYPED = 5_000
"""Longest line that is looked at, in characters; nothing that is asked for comes near."""


def commands_in_lines() -> list[str]:
    """Return what can be typed, as sentences."""
    return [
        "Type the number of an answer, or a few words of it, to answer.",
        *typed_sentences(*IN_LINES),
        "Press Enter alone to hear the question, or the choices, once more.",
    ]


class SessionSession:
    """Hears one line at a time; `ended` tells that nothing more is heard."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._interview = Interview(services)
        self._practice = PracticeBeside(services)
        self._form: Conversation | None = None
        self._typed: dict[str, dict[str, str]] = {}
        self._case_number = ""
        self._sure: Sure | None = None
        self._entries = EntriesInLines(services, self._interview)
        self.ended = False

    @property
    def hidden(self) -> bool:
        """Tell whether what is typed next must not be said again."""
        form = self._form or self._entries.open
        return form is not None and form.hidden

    def opening(self) -> list[str]:
        """Give what is said before anything is typed."""
        return list(self._interview.opening())

    def hear(self, typed: str) -> list[str]:
        """Take one line, and give what is said to it, in paragraphs."""
        return list(self._heard(typed))

    def leaving(self, lead: str = "") -> list[str]:
        """End the session, and say what becomes of the answers."""
        self.ended = True
        typed = any(map(any, (kept.values() for kept in self._typed.values())))
        return [f"{lead}{self._interview.leaving_words(typed=typed)}"]

    def _heard(self, typed: str) -> Iterable[str]:
        command, rest = command_typed(typed)
        if len(typed) > MOST_TYPED:
            return [f"That line is too long: at most {MOST_TYPED:,} characters. Type it again."]
        if self._practice.open:
            return self._practice_said(self._practice.hear(typed))
        if command == Command.QUIT:
            return self.on_quit("")
        if self._form or self._entries.open or self._sure:
            return self._heard_amid(typed)
        if command:
            return self._do(command, rest)
        return self._take(typed) if typed.strip() else self._interview.now()

    def _heard_amid(self, typed: str) -> Iterable[str]:
        """Take a line while something is being asked for that goes before everything else."""
        if self._sure:
            return self._sure_heard(self._sure, typed)
        if self._form:
            return self._form_heard(self._form, typed)
        open_ = self._entries.open
        return self._entries.hear(open_, typed) if open_ else self._interview.now()

    def _practice_said(self, lines: list[str]) -> Iterator[str]:
        """Say what practice says, and come back to the interview when it is left."""
        yield from lines
        if self._practice.quits and not self._interview.view.answers:
            self.ended = True
        elif self._practice.quits:
            yield from self.leaving()
        elif not self._practice.open:
            yield asked_shortly(self._interview.view)

    def _do(self, command: Command, value: str) -> Iterable[str]:
        """Do a command, in the method named `on_` and its value."""
        if command in typed_words(Where.ENTRIES):
            return self._entries.do(command, value)
        done: Iterable[str] = getattr(self, f"on_{command}")(value)
        return done

    def on_answer(self, value: str) -> Iterable[str]:
        return self._interview.answer(self._interview.view.question or "", value)

    def on_all_answers(self, _: str) -> Iterable[str]:
        return self._interview.show(self._interview.view.saying(""))

    def on_back(self, _: str) -> Iterable[str]:
        return self._interview.back()

    def on_change(self, number: str) -> Iterable[str]:
        return self._interview.change(number)

    def on_unsure(self, _: str) -> Iterable[str]:
        return self._interview.unsure()

    def on_why(self, _: str) -> Iterable[str]:
        return self._page(why_lines(self._interview.view))

    def on_groups(self, _: str) -> Iterable[str]:
        return self._page(group_lines(self._interview.view))

    def on_words(self, word: str) -> Iterable[str]:
        view = self._interview.view
        if word:
            return self._page(word_lines(view.guide, word))
        return self._page(words_lines(view, self._interview.now(in_full=True)))

    def on_draft(self, number: str) -> Iterable[str]:
        return self._interview.resume(number)

    def on_practice(self, _: str) -> Iterable[str]:
        return self._practice_said(self._practice.opening())

    def on_help(self, _: str) -> Iterable[str]:
        return self._page(commands_in_lines())

    def on_records(self, number: str) -> Iterable[str]:
        return self._entries.records(number)

    def on_record_other(self, _: str) -> Iterable[str]:
        return self._interview.show(self._interview.view.turned("choosing_group"))

    def on_assume(self, number: str) -> Iterable[str]:
        if number:
            return self._interview.as_if(number)
        return self._interview.show(self._interview.view.turned("assuming"))

    def on_print_memo(self, _: str) -> Iterable[str]:
        return self._page(memo(self._interview.view))

    def on_save_memo(self, _: str) -> Iterable[str]:
        return self._page(save_memo(self._services, self._interview.view, ""))

    def on_save_memo_with_case(self, _: str) -> Iterable[str]:
        return self._page(save_memo(self._services, self._interview.view, self._case_number))

    def _take(self, typed: str) -> Iterable[str]:
        """Do what a number stands for in the list heard last, or what words mean."""
        view = self._interview.view
        choices, number = offered(view), number_typed(typed)
        if number is not None and 0 < number <= len(choices):
            chosen = choices[number - 1]
            return self._do(chosen.command, chosen.value)
        if number is not None:
            range_ = f"There is no such number here: they go from 1 to {len(choices)}."
            return [range_, asked_shortly(view)]
        if view.question:
            return self._take_words(view.question, typed, choices)
        return ["That is no number and no command.", asked_shortly(view)]

    def _take_words(self, fact: str, typed: str, choices: list[Choice]) -> Iterable[str]:
        view = self._interview.view
        values = [choice.value for choice in choices if choice.command == Command.ANSWER]
        meant = options_meant(view.guide.questions[fact], values, typed)
        if len(meant) == 1:
            return self._interview.answer(fact, meant[0])
        if meant:
            words = "Your words fit more than one answer. Which is it?"
            return self._interview.show(view.saying(words, meant))
        return ["No answer has those words.", asked_shortly(view)]

    def on_record(self, group: str) -> Iterable[str]:
        view = self._interview.view.turned("recording", chosen=group or None)
        self._interview.view = view
        # One case's number never turns up in the form of another interview.
        self._typed = {view.id: self._typed.get(view.id, {})}
        try:
            form = NewEntry(self._services, view)
        except RecordsError as error:
            return [str(error), *self._interview.show(view.turned("asking"))]
        self._form = Conversation(self._recording(form, view))
        return self._form.opening()

    def _recording(self, form: NewEntry, view: View) -> Dialogue[Iterable[str]]:
        try:
            saved = yield from record(form, view, self._typed[view.id])
        except Back:
            return [
                f"Not recorded. {KEPT_TYPED}",
                *self._interview.show(view.turned("asking")),
            ]
        self._typed, self._case_number = {}, saved.entry.case_number
        return [saved.sentence, *self._interview.recorded(saved.entry)]

    def _form_heard(self, form: Conversation, heard: str) -> list[str]:
        said = form.hear(heard)
        if form.ended:
            self._form = None
        return said

    def on_start_again(self, _: str) -> Iterable[str]:
        view = self._interview.view
        if view.mode == "recorded" or not view.answers:
            return self._begin_anew()
        return self._ask(starting_again(can_be_kept=not self._interview.would_be_lost))

    def on_quit(self, _: str) -> Iterable[str]:
        """Leave; ask first where the answers would be lost, and at the second word leave all the same."""
        if self._interview.would_be_lost and not (self._sure and self._sure.question == UNKEPT):
            return self._ask(LEAVING)
        return self.leaving()

    def _ask(self, sure: Sure) -> list[str]:
        self._sure = sure
        return sure.asked()

    def _sure_heard(self, sure: Sure, typed: str) -> Iterable[str]:
        chosen = sure.chosen(typed)
        if chosen is None:
            return sure.asked()[-1:]
        self._sure = None
        if chosen == Command.YES:
            return self.leaving()
        if chosen == Command.NO:
            return self._form.said if self._form else self._interview.now()
        return self._begin_anew(keep=chosen == Command.KEEP)

    def _begin_anew(self, *, keep: bool = False) -> Iterator[str]:
        self._typed, self._case_number = {}, ""
        return self._interview.start_again(keep=keep)

    def _page(self, lines: Iterable[str]) -> Iterator[str]:
        """Say something beside the interview, and then what is still open."""
        yield from lines
        yield asked_shortly(self._interview.view)
