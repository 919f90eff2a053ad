"""The interview in lines."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.cases.entries import EntryLine, line_of
from assistant.cases.forms import KEPT_TYPED, restore
from assistant.cases.help import leaving_words
from assistant.cases.session import UNKEPT, WOULD_BE_LOST, InterviewSession
from assistant.cases.view import BEGIN_ANEW, View, answer_label, begin_choices
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
from assistant.engine.interview import NOT_ASKED, UNSURE
from assistant.engine.verdict import result_sentence
from assistant.errors import AssistantError, NoSuchEntryError, RecordsError
from assistant.lines.dialogue import (
    Back,
    Dialogue,
    Found,
    Leave,
    Say,
    answer_lines,
    asked,
    asked_shortly,
    choose,
    number_of,
    offered,
)
from assistant.lines.help import (
    card_lines,
    found_lines,
    group_lines,
    more_lines,
    question_lines,
    result_lines,
    why_lines,
    word_lines,
    words_lines,
)
from assistant.lines.records import correct, memo_of, record, records, standing, withdraw
from assistant.services import Services

if TYPE_CHECKING:
    from assistant.engine.lookup import Hit, Index
    from assistant.lines.practice import PracticeInLines


_MOST_FOUND = 3  # as many results of a lookup as are heard

WELCOME = "Service Group Assistant, in plain lines. Type h to hear what can be typed."
"""Said first."""


class InterviewInLines:
    """Holds an interview in lines, and what is heard beside it.

    The method named `on_` and a command does it and returns what is said; `ask_` asks something first.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._practice: PracticeInLines | None = None
        self._last_entry = 0
        self._index: Index | None = None
        self._hits: Sequence[Hit] = ()
        self._kept = True  # whether the answers were kept when the last line was heard
        self.session = InterviewSession(services, heard=True)

    @property
    def view(self) -> View:
        return self.session.view

    def dialogue(self) -> Dialogue[list[str]]:
        """Hold it until it is left, and return what becomes of the answers."""
        said = [*self._opening()]
        try:
            while True:
                typed = yield Say(said)
                said = yield from self._hear(typed)
        except Leave as leave:
            ends = not leave.said or self.view.answers
            return [*leave.said, *([leaving_words(self.session, "type")] if ends else [])]

    def _opening(self) -> Iterator[str]:
        """Say what this is, whether an unfinished interview waits, and the first question."""
        yield WELCOME
        if begin := self.view.guide.about.begin:
            yield begin
        self.session.look()
        if self.session.waiting:
            go_on = "see them" if len(self.session.waiting) > 1 else "continue it"
            yield f"{self.session.waiting_words} Type u to {go_on}."
        yield from self.now()

    def _hear(self, typed: str) -> Dialogue[list[str]]:
        """Do a command, or what a number stands for in the list heard last, or what words mean."""
        self._kept = not self.session.unkept
        command, rest = command_typed(typed)
        choices, number = offered(self.view), number_typed(typed)
        if command:
            return (yield from self._do(command, rest))
        if not typed.strip():
            done = [self.view.done] if self.view.mode == "recorded" else []
            return [*done, *self.now()]
        if number is not None and 0 < number <= len(choices):
            chosen = choices[number - 1]
            return (yield from self._do(chosen.command, chosen.value))
        if number is not None:
            return self._no(f"That number is not in the list. Type 1 to {len(choices)}.")
        if self.view.question is None:
            return self._no("That is not a number or a command.")
        return [*self._say_back(self.view.question, self.session.take_words, typed)]

    def _do(self, command: Command, value: str) -> Dialogue[list[str]]:
        ask = getattr(self, f"ask_{command}", None)
        try:
            said = (yield from ask(value)) if ask else getattr(self, f"on_{command}")(value)
            lines = [*said]
        except NoSuchEntryError as error:
            lines = self._no(f"{error.what} Type r to hear the numbers.")
        except RecordsError as error:
            lines = self._no(str(error))
        return lines

    def now(self, *, in_full: bool = False) -> Iterator[str]:
        """Say what is asked, or what the result is, all of it or its headline; then the choices."""
        yield ""
        if self.view.mode == "asking" and self.view.verdict:
            if in_full:
                yield from result_lines(self.view, self.view.verdict)
            else:
                yield result_sentence(self.view.guide, self.view.verdict, self.view.only_if)
            yield ""
        yield from asked(self.view)

    def _no(self, *why: str) -> list[str]:
        """Say something beside the interview, such as why a step is refused, and what is still open."""
        return [*why, asked_shortly(self.view)]

    def _now_or(self, refused: str) -> list[str]:
        return self._no(refused) if refused else [*self.now()]

    # The interview

    def on_answer(self, value: str) -> Iterator[str]:
        return self._say_back(self.view.question or "", self.session.answer, value)

    def on_unsure(self, _: str) -> Iterator[str]:
        return self.on_answer(UNSURE)

    def _say_back(self, fact: str, answer: Callable[[str], str], said: str) -> Iterator[str]:
        """Answer, say the answer back, and continue; or say why that is no answer."""
        mode, refused = self.view.mode, answer(said)
        if refused:
            yield from self._no(refused)
        elif (self.view.mode, self.view.question) == (mode, fact):  # it is asked back
            yield from self.now()
        else:
            yield from self._trouble()
            name, label = self.view.guide.questions[fact].name, answer_label(self.view, fact)
            yield f"Answer {number_of(self.view, fact)}. {name}: {label}."
            yield from self.now(in_full=True)

    def _trouble(self) -> list[str]:
        """Say why the answers are not kept, where they were until this line."""
        return [self.session.unkept] if self.session.unkept and self._kept else []

    def on_take(self, _: str) -> list[str]:
        """Take the group that is certain as the answer, with what is left not asked."""
        refused = self.session.take()
        return self._no(refused) if refused else [*self._trouble(), *self.now(in_full=True)]

    def on_all_answers(self, _: str) -> Iterator[str]:
        self.session.say("")
        return self.now()

    def on_back(self, _: str) -> Iterator[str]:
        view = self.view
        refused = self.session.back()
        if refused:
            yield from self._no(refused)
            return
        aside, number = view.mode != "asking" or view.among, len(view.standing.trail)
        yield "Nothing was changed." if aside else self._taken_back(view)
        yield from self._trouble()
        yield from self.now(in_full=not aside and not number)

    def _taken_back(self, before: View) -> str:
        """Say what going back took away from a view."""
        if self.view.mode == "assuming":
            return "You took back the assumption."
        if NOT_ASKED in before.answers.values():
            return "The questions that were skipped are open again."
        number = len(before.standing.trail)
        return f"You took back answer {number}." if number else self.view.notice

    def on_change(self, which: str) -> list[str]:
        """List the answers to change one, or open the one with a number, or about a fact."""
        facts = [*self.view.everything_said]
        if which.isdecimal() and facts and not 0 < int(which) <= len(facts):
            return self._no(f"There is no answer with that number. Type 1 to {len(facts)}.")
        fact = facts[int(which) - 1] if which.isdecimal() and facts else which
        return self._now_or(self.session.change(fact))

    def on_assume(self, number: str) -> Iterator[str]:
        if not number:
            self.session.turn("assuming")
            yield from self.now()
            return
        self.session.assume(number)
        yield from self._trouble()
        yield "The interview continues with that answer. The record will say that it was assumed."
        yield from self.now(in_full=True)

    # Other interviews

    def on_draft(self, number: str) -> list[str]:
        """Go on with the unfinished interview; of several, list them or take the one with a number."""
        session = self.session
        if not number:
            session.look()
        count = len(session.waiting)
        if session.would_be_lost:
            return self._no(WOULD_BE_LOST)
        if not count:
            return self._no("There is no other unfinished interview.")
        if not number and count > 1:
            rows = (f"u {place}: {row}." for place, row in enumerate(session.waiting_rows, start=1))
            return self._no(*rows, "To continue one, type u and its number, such as u 2.")
        if not 0 < int(number or 1) <= count:
            return self._no(f"No unfinished interview has that number. Type 1 to {count}.")
        refused = session.resume(session.waiting[int(number or 1) - 1])
        return self._go_on(refused, "Continuing the unfinished interview.")

    def on_go_on(self, number: str) -> list[str]:
        refused = self.session.take_up(self._entry(Command.GO_ON, number).now)
        return self._go_on(refused)

    def _go_on(self, refused: str, lead: str = "") -> list[str]:
        if refused:
            return self._no(refused)
        said = f"{lead} {self.view.notice}".strip()
        return [said, *answer_lines(self.view), *self.now(in_full=True)]

    def ask_start_again(self, _: str) -> Dialogue[list[str]]:
        """Ask what becomes of the answers; a recorded interview stays as it is."""
        keep = self.view.mode == "recorded" and self.view.is_open
        if self.view.answers and not self.session.is_safe:
            become = begin_choices(can_be_kept=not self.session.would_be_lost)
            chosen = yield from self._ask_first(BEGIN_ANEW, become)
            if chosen == Command.NO:
                return [*self.now()]
            keep = chosen == Command.KEEP
        self.session.start_again(keep=keep)
        kept = " Your other interview is saved for later. Type u to continue it." if keep else ""
        return [f"A new interview.{kept} {self.view.notice}".rstrip(), *self.now()]

    def ask_quit(self, _: str) -> Dialogue[list[str]]:
        """Leave; ask first where the answers would be lost, and at a second word leave anyway."""
        if self.session.would_be_lost:
            stay = Choice(Command.NO, "Stay")
            sure = [Choice(Command.YES, "Leave anyway"), stay]
            try:
                chosen = yield from choose([UNKEPT], sure)
            except Back:
                chosen = stay
            if chosen.command == Command.NO:
                return [*self.now()]
        raise Leave

    def _ask_first(self, question: str, choices: list[Choice]) -> Dialogue[Command]:
        """Ask a question before something is lost; the word back is a no."""
        try:
            chosen = yield from self._hold(choose([question], choices))
        except Back:
            return Command.NO
        return chosen.command

    def _hold(self, dialogue: Dialogue[Found]) -> Dialogue[Found]:
        """Hold a dialogue within this one; the word that quits is asked about first, as elsewhere."""
        say = next(dialogue)
        while True:
            typed = yield say
            if command_typed(typed)[0] == Command.QUIT:
                yield from self.ask_quit("")
                continue
            try:
                say = dialogue.send(typed)
            except StopIteration as end:
                found: Found = end.value
                return found

    # What is heard beside it

    def on_why(self, number: str) -> list[str]:
        """Explain the question, or the tricky case with a number."""
        if not number:
            return self._no(*why_lines(self.view))
        return self._no(*question_lines(self.view.guide, self.view.question, number))

    def on_more(self, _: str) -> list[str]:
        if self.view.verdict is None:
            return self._no("There is no result yet.")
        return self._no(*more_lines(self.view, self.view.verdict))

    def on_groups(self, _: str) -> list[str]:
        return self._no(*group_lines(self.view))

    def on_card(self, _: str) -> list[str]:
        return self._no(*card_lines(self.view.guide))

    def on_words(self, word: str) -> list[str]:
        if word:
            return self._no(*word_lines(self.view.guide, word))
        return self._no(*words_lines(self.view, self.now(in_full=True)))

    def on_lookup(self, words: str) -> list[str]:
        """Say what comes nearest to some words, or continue from the one with a number."""
        # What the lookup needs costs more to load than an interview.
        from assistant.engine.lookup import Index  # noqa: PLC0415

        number = number_typed(words)
        if number is not None:
            return self._continued(number)
        if not words:
            return self._no("Type l and a few words, such as l trial home visit.")
        self._index = self._index or Index(self.view.guide)
        self._hits = self._index.search(words, _MOST_FOUND)
        return self._no(*found_lines(self.view.guide, self._hits, self._index.unknown(words)))

    def _continued(self, number: int) -> list[str]:
        """Continue from what was found under a number, with its facts filled in."""
        hit = self._hits[number - 1] if 0 < number <= len(self._hits) else None
        if hit is None:
            return self._no("No result has that number. Type l and a few words to search.")
        if not hit.facts:
            return self._no("This one only explains. It does not fill in an answer.")
        notice = f"Filled in from the lookup: {hit.title}. Type c to change an answer."
        refused = self.session.begin_with(hit.facts, notice)
        return self._no(refused) if refused else [self.view.notice, *self.now(in_full=True)]

    def on_help(self, _: str) -> list[str]:
        return self._no(
            "Type the number of an answer, or a few words of it, to answer.",
            *typed_sentences(*IN_LINES),
            "Press Enter alone to hear the question or the choices again.",
        )

    def ask_practice(self, _: str) -> Dialogue[list[str]]:
        """Practice, under the same alias as before; whoever quits there quits here too."""
        # What practice needs costs more to load than an interview.
        from assistant.lines.practice import PracticeInLines, PracticeOptions  # noqa: PLC0415

        services = self._services
        options = PracticeOptions(alias=services.settings.alias, leave="Back to the interview")
        practice = self._practice = self._practice or PracticeInLines(services, options)
        try:
            said = yield from practice.held()
        except AssistantError as error:
            self._practice = None
            said = str(error).split("\n")
        if practice.quits:
            raise Leave(*said)
        return self._no(*said)

    # The record

    def on_record_other(self, _: str) -> Iterator[str]:
        self.session.turn("choosing_group")
        return self.now()

    def ask_record(self, group: str) -> Dialogue[list[str]]:
        self.session.record(group)
        return (yield from self._record())

    def ask_next_child(self, _: str) -> Dialogue[list[str]]:
        refused = self.session.next_child()
        return self._no(refused) if refused else (yield from self._record())

    def ask_correct_saved(self, _: str) -> Dialogue[list[str]]:
        if words := self.session.look_up_saved():
            return [words, *self.now()]
        self.session.correct_saved()
        return (yield from self._record())

    def _record(self) -> Dialogue[list[str]]:
        """Ask for the fields of the form, and record what it is for."""
        try:
            form = self.session.entry_form()
            saved = yield from self._hold(record(form, self.view, self.session.typed))
        except RecordsError as error:
            self.session.leave_form()
            return [str(error), *self.now()]
        except Back:
            typed = self.session.typed
            if all(form.first.get(name, "") == said for name, said in typed.items()):
                typed.clear()
            self.session.leave_form(kept=bool(typed))
            return [f"Nothing was recorded. {KEPT_TYPED * bool(typed)}".rstrip(), *self.now()]
        self.session.recorded(saved)
        self._last_entry = saved.number or self._last_entry
        return [self.view.done, *self._trouble(), *self.now()]

    def on_print_memo(self, _: str) -> list[str]:
        return self._no(*(line for line in self.session.memo().splitlines() if line))

    def on_save_memo(self, _: str) -> list[str]:
        return self._no(self.session.save_memo())

    def on_save_long_memo(self, _: str) -> list[str]:
        return self._no(self.session.save_memo(in_full=True))

    def on_save_memo_with_case(self, _: str) -> list[str]:
        return self._no(self.session.save_memo(with_case=True))

    def on_records(self, number: str) -> list[str]:
        self._last_entry = int(number or self._last_entry)
        return self._no(*records(self._services, number))

    def on_memo(self, number: str) -> list[str]:
        return self._no(*memo_of(self._services, self._number(Command.MEMO, number)))

    def ask_correct(self, number: str) -> Dialogue[list[str]]:
        entry = self._entry(Command.CORRECT, number)
        said, newest = yield from self._hold(correct(self._services, entry.now))
        self._last_entry = newest or self._last_entry
        return self._no(said)

    def ask_withdraw(self, number: str) -> Dialogue[list[str]]:
        entry = self._entry(Command.WITHDRAW, number)
        said = yield from self._hold(withdraw(self._services, entry))
        return self._no(said)

    def on_restore(self, number: str) -> list[str]:
        line = line_of(self._services.open_records(), self._number(Command.RESTORE, number))
        refused = line.not_withdrawn(int(number or self._last_entry))
        if refused:
            return self._no(refused)
        said, newest = restore(self._services, line.now)
        self._last_entry = newest or self._last_entry
        return self._no(said)

    def _number(self, command: Command, number: str) -> int:
        """Return the number of the entry that is meant: the one typed, or the one heard last."""
        self._last_entry = int(number or self._last_entry)
        if not self._last_entry:
            (word,) = typed_words(Where.ENTRY)[command].words
            raise RecordsError(f"Which entry? Type {word} and its number, such as {word} 3.")
        return self._last_entry

    def _entry(self, command: Command, number: str) -> EntryLine:
        return standing(self._services, self._number(command, number))
