"""The interview on the screen."""

from threading import Thread
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Static

from assistant.cases.drafts import Draft
from assistant.cases.session import NO_SUCH_WORDS, UNKEPT, WOULD_BE_LOST, InterviewSession
from assistant.cases.view import (
    SIDE_MODES,
    progress,
    with_one_memo,
)
from assistant.commands import Choice, Command, Where
from assistant.engine.interview import Answers
from assistant.errors import RecordsError
from assistant.screen import widgets
from assistant.screen.column import QUIET, Choices, HangingText, Sheet, arrived, plain
from assistant.screen.dialogs import DraftsScreen, InterviewPages, StartAgainScreen
from assistant.screen.drawing import page_text, side_text
from assistant.screen.theme import DOT
from assistant.screen.widgets import Keys, TextLine, TitleBar
from assistant.services import Services, load_store_library
from assistant.text import counted

if TYPE_CHECKING:
    from assistant.cases.forms import EntryForm, SavedEntry
    from assistant.screen.form import FormPane

_IDLE = 0.4
"""Seconds after which a result is being read, and something else can be done."""

_NO_PASTE = "Press / to type."
"""Said of what is pasted where nothing is typed."""

FORM_LOST = "What you typed in the form is not saved. Leave anyway?"
"""Asked before a form is lost that holds something."""

_ROWS = {
    "question": (Command.WHY, Command.BACK, Command.CHANGE, Command.LOOKUP),
    "so far": (Command.TAKE, Command.WHY, Command.BACK, Command.CHANGE),
    "result": (Command.MORE, Command.BACK, Command.CHANGE, Command.CARD),
    "first": (Command.DRAFT, Command.WHY, Command.TYPE, Command.CARD, Command.LOOKUP),
    "again": (Command.DRAFT, Command.BACK, Command.WHY, Command.LOOKUP),
    "list": ("escape",),
}
"""The commands that the row of keys names, by what is shown."""


class InterviewScreen(InterviewPages):
    """Asks, shows the result, and records it; everything shown is drawn from the session's view."""

    where = Where.INTERVIEW

    BINDINGS: ClassVar[list[BindingType]] = [
        *widgets.bindings(Where.INTERVIEW),
        Binding("escape", "escape", "Back", key_display="Esc", priority=True),
    ]

    side = query_one("#side", HangingText)
    note = query_one("#note", Static)
    typed = query_one("#typed", TextLine)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.session = InterviewSession(services)
        self._shown = self.session.view
        self._used_last: Widget | None = None
        self._form: FormPane[SavedEntry] | None = None
        self._form_ahead: FormPane[SavedEntry] | None = None
        self._is_laying_out = False
        self._more_fields = False
        self._refused = ""

    def compose(self) -> ComposeResult:
        yield TitleBar("interview")
        with Horizontal(id="body"):
            with Vertical(id="main"), Sheet(id="page"):
                yield Choices(fills=True, apart=True)
            yield HangingText(id="side")
        yield Static(id="note", markup=False)
        with Vertical(classes="field"):
            yield TextLine(id="typed", placeholder="a few words, then Enter")
        yield Static(widgets.TOO_SMALL, id="too-small")
        yield Keys()

    def on_mount(self) -> None:
        """Go on with what was left where that is wanted unasked; otherwise say what waits."""
        self.typed.display = False
        self.watch(self.page, "scroll_y", self._tell, init=False)
        if self._services.resumes and (left := self.session.left_last):
            self.show(self.session.resume(left))
            return
        self.session.look()
        waiting = self.session.waiting
        if waiting:
            how = "choose one" if len(waiting) > 1 else "continue it"
            self.show(f"{self.session.waiting_words} Press u to {how}.")
        else:
            self.show()

    # What is shown

    def show(self, notice: str = "") -> None:
        """Draw everything anew; a notice is said in place of the one before, and why a step failed."""
        if notice:
            self.session.say(notice)
        self.remember_form()
        view, before = self.session.view, self._shown
        self._shown, self._refused = view, ""
        if view.question != before.question:
            self.typed.value = ""  # words for another question are no words for this one
        offered, text = with_one_memo(self.session.offered), page_text(view)
        at_result = view.mode in {"asking", "recorded"} and not view.question
        with self.app.batch_update():
            self.choices.show(offered, *text.heads, more=text.more, columns=1 + at_result)
            self.page.scroll_home(animate=False, immediate=True)
            self._write_side()
            if view.mode != "recording":
                self._end_form()
            self.page.set_class(view.mode == "recording", "-filling")
            self._leave_words()
            self._tell()
        self.refresh_bindings()
        if at_result and not self._services.training_only:
            self.set_timer(_IDLE, self._use_idle_time)

    def _write_side(self) -> None:
        """List the groups and the answers at the side, where there is room for it."""
        if self.size.width >= widgets.BESIDE:
            self.side.write(list(side_text(self.session.view)))

    def on_screen_resume(self) -> None:
        """Show what became of the entry recorded here, if that was changed in the records."""
        if self.is_mounted and self.session.look_up_saved():
            self.show()
        self.call_after_refresh(self._tell)

    def say(self, words: str) -> None:
        """Say in the note why a key does nothing, for as long as the page stays as it is."""
        self._refused = words
        self._tell()

    def _tell(self) -> None:
        """Say what is refused, or new, or else how far the interview is and whether more is below."""
        view = self.session.view
        said = self._refused or view.notice
        if said:
            words = plain(said)
        elif self._form:
            words = plain("")
        else:
            words = plain(f" {DOT} ".join(self._standing()), QUIET)
        before = self.note.content
        if words != before:
            self.note.update(
                words, layout=len(words) > self.size.width - 5 or self.note.size.height != 1
            )

    def _standing(self) -> list[str]:
        view = self.session.view
        others = any(not group.possible for group in view.groups)
        after = "other groups" * others, "sources"
        below = self.choices.below(int(self.page.scroll_target_y), *after)
        found = [below] if below else []
        if view.standing.asking and view.mode == "asking":
            found.append(progress(view))
            possible = sum(group.possible for group in view.groups)
            found += [] if view.so_far else [f"{counted(possible, 'group')} possible"]
        return found

    @property
    def lead(self) -> list[tuple[str, str]]:
        """The keys of the choices, for the row of keys."""
        if self.typed.has_focus:
            return [("Enter", "Answer")]
        if self._form:
            return self._form.lead
        return self.choices.keys("Answer" if self.session.view.question else "Choose")

    @property
    def row(self) -> tuple[str, ...]:
        """The commands that matter most now, for the row of keys."""
        view = self.session.view
        if self._form:
            return self._form.row
        if widgets.is_typed_into(self) or view.mode in SIDE_MODES:
            return _ROWS["list"]
        if not view.question:
            return _ROWS["result"]
        if not view.everything_said:
            return _ROWS["again" if self.session.can_go_back else "first"]
        return _ROWS["so far" if view.so_far else "question"]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if self.has_class("-tiny") or self.has_class("-flat"):
            return False  # what cannot be seen is not changed
        view = self.session.view
        if action == "escape":
            return self._can_escape
        if action == "pick" and self.typed.has_focus:
            return True
        if widgets.is_typed_into(self) or (self._form and action != "read"):
            return False
        answered = bool(view.everything_said)
        possible = {
            "back": view.mode not in {"asking", "recorded"}
            or (view.mode == "asking" and self.session.can_go_back),
            "change": answered and view.mode not in {"recording", "recorded"},
            "type": view.question is not None,
            "take": view.so_far is not None,
            "more": self.choices.more_row > 0,
            "draft": bool(self.session.waiting) and view.mode != "recording",
            "start_again": bool(view.answers or view.given),
            "copy_name": view.group_to_copy is not None,
        }
        return possible.get(action, super().check_action(action, parameters))

    @property
    def would_be_lost(self) -> str:
        """The question to ask before the assistant is left; "" where nothing would be lost by that."""
        if self._form and self._form.is_changed():
            return FORM_LOST
        return UNKEPT if self.session.would_be_lost else ""

    @property
    def _can_escape(self) -> bool:
        view = self.session.view
        if self._form:
            return False
        return self.typed.has_focus or view.mode in SIDE_MODES or bool(view.notice or view.among)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._used_last = event.widget

    def on_resize(self) -> None:
        """Draw for the new size; put the keyboard back where it was while nothing could be shown."""
        self._write_side()
        self.call_after_refresh(self._tell)
        if self.focused is None and self._used_last:
            self.call_after_refresh(self._used_last.focus)

    def on_paste(self, event: events.Paste) -> None:
        """Refuse what is pasted where nothing is typed: it would answer by its letters."""
        event.stop()
        self.say(
            _NO_PASTE if self.session.view.question else "There is no place to paste into here."
        )

    # Choices and words

    async def chosen(self, choice: Choice) -> None:
        """Do what a line says, in the action of its command."""
        values = [choice.value] if choice.value else []
        done = getattr(self, f"action_{choice.command}")(*values)
        if done is not None:
            await done

    async def action_pick(self) -> None:
        if self.typed.has_focus:
            await self._send()
        else:
            await super().action_pick()

    async def _send(self) -> None:
        """Take typed words, or a typed number, as an answer, once all of them have arrived."""
        await arrived(self.typed)
        words = self.typed.value.strip()
        is_number = words.isdecimal() and 0 < int(words) <= len(self.choices.offered)
        if words and not is_number and self.session.view.question:
            refused = self.session.take_words(words)
            if refused == NO_SUCH_WORDS:
                self.note.display = True
                self.say(f"{refused} Try other words, or press Esc and choose a number.")
                return
            self.show(refused)
        self.typed.value = ""
        self._leave_words()
        if is_number:
            await self.chosen(self.choices.offered[int(words) - 1])

    def action_type(self) -> None:
        """Put the keyboard in the line for words at once, so that words typed fast land in it."""
        self.typed.display, self.note.display = True, False
        self.set_focus(self.typed)

    def _leave_words(self) -> None:
        self.typed.display, self.note.display = False, True
        if not self._form:
            self.set_focus(self.choices)

    def action_escape(self) -> None:
        """Leave what is in front: words, a list, or what was said."""
        if self.typed.has_focus:
            self.typed.value = self._refused = ""
            self._leave_words()
            self._tell()
            self.refresh_bindings()
        elif self.session.view.mode in SIDE_MODES:
            self.action_back()
        else:
            self.action_all_answers()

    # The record form

    async def action_correct_saved(self) -> None:
        """Open the form once more for the entry that was saved just now."""
        if self.session.look_up_saved():
            self.show()
            return
        self.session.correct_saved()
        self.show()
        await self._begin_form()

    def remember_form(self) -> None:
        """Remember what was typed into the form, for as long as the same interview is shown."""
        view = self.session.view
        if self._form:
            self._more_fields = self._form.more
        if self._form and view.id == self._shown.id and view.mode != "recorded":
            self.session.typed |= self._form.typed()

    async def _begin_form(self) -> None:
        """Open the form, unless the entry to correct cannot be read."""
        try:
            form = self.session.entry_form()
        except RecordsError as error:
            self.session.leave_form(str(error))
            self.show()
            return
        ahead, self._form_ahead = self._form_ahead, None
        self.choices.fills = False
        self._shown = self.session.view
        self.choices.draw_anew()
        self.note.display = False
        if ahead and ahead.fits(form):
            self._form = ahead
            ahead.ask(form, self.session.typed, more=self._more_fields)
        else:
            self._form = self._pane(form)
            await self.query_one("#main").mount(self._form)
        self._form.begin()
        self.refresh_bindings()

    def _use_idle_time(self) -> None:
        """Lay the form out unseen, and load what saving needs, while the result is read."""
        form = self.session.form_ahead()
        if form and not (self._form_ahead or self._form or self._is_laying_out):
            Thread(target=load_store_library, daemon=True).start()
            self.run_worker(self._lay_form_out(form))  # this screen has keys to take meanwhile

    async def _lay_form_out(self, form: "EntryForm") -> None:
        self._is_laying_out = True
        ahead = self._pane(form)
        ahead.display = False
        await self.query_one("#main").mount(ahead)
        self._form_ahead, self._is_laying_out = ahead, False

    def _pane(self, form: "EntryForm") -> "FormPane[SavedEntry]":
        from assistant.screen.form import FormPane  # noqa: PLC0415 - laid out before it is wanted

        return FormPane(
            form, self.session.typed, saved=self._saved, left=self._left, more=self._more_fields
        )

    def _end_form(self) -> None:
        if self._form:
            self._form.remove()
            self._form = None
            self.choices.fills = True
            self.call_after_refresh(self._tell)

    def _saved(self, saved: "SavedEntry") -> None:
        """Close the form once the entry is on the disk, and say so."""
        self.session.recorded(saved)
        self.show()

    def _left(self, words: str) -> None:
        """Close the form without saving; what was typed is kept where `words` say so."""
        self.session.typed = self._form.typed() if words and self._form else {}
        self.session.leave_form(kept=bool(words))
        self.show(words)

    # Answers

    def begin_from(self, title: str, facts: Answers) -> None:
        """Begin an interview with facts filled in from the lookup; the one left is kept as a draft."""
        notice = f"Filled in from the lookup: {title}. Press c to change an answer."
        self.show(self.session.begin_with(facts, notice))

    def action_answer(self, value: str) -> None:
        self.show(self.session.answer(value))

    def action_back(self) -> None:
        self.show(self.session.back())

    def action_all_answers(self) -> None:
        """Take away what was said, and with it the choices being narrowed."""
        self.session.say("")
        self.show()

    def action_change(self, fact: str = "") -> None:
        self.show(self.session.change(fact))

    def action_assume(self, number: str = "") -> None:
        if number:
            self.session.assume(number)
        else:
            self.session.turn("assuming")
        self.show()

    async def action_record(self, group: str = "") -> None:
        """Open the record form; what is typed next waits for its first field."""
        self.session.record(group)
        self.show()
        await self._begin_form()

    def action_record_other(self) -> None:
        self.session.turn("choosing_group")
        self.show()

    def action_take(self) -> None:
        self.show(self.session.take())

    async def action_draft(self) -> None:
        """Go on with the unfinished interview, or choose among several."""
        self.session.look()
        waiting = self.session.waiting
        if self.session.would_be_lost:
            self.show(WOULD_BE_LOST)
        elif len(waiting) > 1:
            await self.app.push_screen(DraftsScreen(self.session), self._resume)
        else:
            self._resume(next(iter(waiting), None))

    def _resume(self, draft: Draft | None) -> None:
        """Go on with a draft; without one, only what can be done now has changed."""
        if draft:
            self.show(self.session.resume(draft))
        else:
            self.refresh_bindings()

    async def action_start_again(self) -> None:
        """Ask what becomes of the answers; a recorded interview stays as it is."""
        if self.session.is_safe:
            self._start_again(Command.KEEP)
            return
        ask = StartAgainScreen(can_be_kept=not self.session.would_be_lost)
        await self.app.push_screen(ask, self._start_again)

    def _start_again(self, chosen: Command | None) -> None:
        if chosen and chosen != Command.NO:
            self.session.start_again(keep=chosen == Command.KEEP)
            self.show()

    async def action_next_child(self) -> None:
        """Open the form with the same answers, for another child."""
        refused = self.session.next_child()
        self.show(refused)
        if not refused:
            await self._begin_form()

    async def action_records(self) -> None:
        await self.app.run_action("app.records")
