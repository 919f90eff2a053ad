"""The interview: one screen whose card changes, from the first question to the recorded choice."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label, Static

from assistant.bootstrap import Services
from assistant.interview.saying import SIDE_MODES, progress, recorded_sentence
from assistant.interview.view import Mode, View
from assistant.tui.beside import groups_in_brief
from assistant.tui.commands import bindings
from assistant.tui.drawing import conversation
from assistant.tui.handing import copied_words, saved_words, text_to_copy
from assistant.tui.screens.keeping import KeepingScreen
from assistant.tui.screens.paged import TOO_SMALL
from assistant.tui.text import plain
from assistant.tui.widgets.aside import Aside
from assistant.tui.widgets.card import Card
from assistant.tui.widgets.choices import Choices
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.keys import Keys
from assistant.tui.widgets.record_form import RecordForm
from assistant.tui.widgets.titlebar import TitleBar

LEAD = ("1-9 ↑↓ Enter choose", "PgUp PgDn read")
"""Keys that are no commands."""


class InterviewScreen(KeepingScreen):
    """Asks, shows the result, and records it; everything shown is drawn from one view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("interview"),
        Binding("escape", "leave", "Leave", key_display="Esc"),
        Binding("escape", "hush", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (50, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-low"), (22, "-tall"), (30, "-high")]  # noqa: RUF012

    talk = query_one("#talk", Conversation)
    card = query_one("#card", Card)
    folded = query_one("#folded", Label)
    aside = query_one(Aside)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._case_number = ""
        self._used_last: Widget | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar("interview")
        with Horizontal(id="body"):
            with Vertical(id="main"):
                yield Conversation(id="talk")
                yield Card(self._services, self._shown)
            yield Aside()
        yield Label(id="folded", markup=False)
        yield Static(TOO_SMALL, id="too-small")
        yield Keys(*LEAD)

    def on_mount(self) -> None:
        self.talk.border_title = "Conversation"
        self._look_for_drafts()

    def _show(self, view: View) -> None:
        """Draw everything anew from one value."""
        self._shown = view
        blocks, read_from = conversation(view)
        self.talk.show(blocks, read_from)
        self.card.show(view)
        self.aside.show(view)
        words = f"{progress(view)}; {groups_in_brief(view)}; o opens"
        self.folded.update(plain(words))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Offer only what can be done now."""
        if self.has_class("-tiny") or self.has_class("-flat"):
            return False  # what cannot be seen is not changed
        view = self._shown
        answered = bool(view.everything_said)
        possible = {
            "back": view.mode not in {"asking", "recorded"}
            or (view.mode == "asking" and bool(view.standing.trail)),
            "change": answered and view.mode not in {"recording", "recorded"},
            "type": view.question is not None and getattr(self.focused, "id", "") != "typed",
            "draft": bool(self._drafting.waiting) and view.mode != "recording",
            "start_again": bool(view.answers or view.given),
            "copy": view.group_to_copy is not None,
            "panel": not self.has_class("-wide"),
            "leave": view.mode in SIDE_MODES,
        }
        return possible.get(action, True)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._used_last = event.widget

    def on_resize(self) -> None:
        """Give the keyboard back to what lost it while the window was too small to show it."""
        if self.focused is None and self._used_last:
            self.call_after_refresh(self._used_last.focus)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Do what the chosen line says."""
        if not event.in_time:
            return
        verb, *rest = event.does
        handlers: Mapping[str, Callable[..., object]] = {
            "answer": lambda fact, answer: self._keep(self._shown.answered(fact, answer)),
            "all": self.action_hush,
            "pick": self.action_change,
            "change": self._change,
            "record": lambda group: self._turn("recording", group or None),
            "other": lambda: self._turn("choosing_group"),
            "assume": lambda: self._turn("assuming"),
            "as_if": self._as_if,
            "copy": self._copy,
            "save": self._save_memo,
            "again": self.action_start_again,
            "records": lambda: self.app.call_later(self.app.run_action, "app.records"),
        }
        handlers[verb](*rest)

    def on_card_asked(self, event: Card.Asked) -> None:
        self._show(self._shown.saying(event.notice, event.among))

    def on_aside_change_asked(self, event: Aside.ChangeAsked) -> None:
        self._change(event.fact)

    def on_record_form_recorded(self, event: RecordForm.Recorded) -> None:
        """Close the form once the entry is on the disk, and say so."""
        then = self._shown.recorded(event.entry)
        then = then.saying(recorded_sentence(then, event.sentence))
        if then.is_open:
            then = self._drafting.saved(then)
        else:
            self._drafting.discard(then.id)
        self._case_number = event.entry.case_number
        self._show(then)

    def on_record_form_left(self, event: RecordForm.Left) -> None:
        self._show(self._shown.turned("asking").saying(event.words))

    def action_back(self) -> None:
        self._keep(self._shown.stepped_back())

    def action_leave(self) -> None:
        """Leave a side mode."""
        self.action_back()

    def action_hush(self) -> None:
        """Take away what was said, and with it the choices being narrowed."""
        self._show(self._shown.saying(""))

    def action_copy(self) -> None:
        self._copy("name")

    def action_change(self) -> None:
        self._turn("picking")

    def action_type(self) -> None:
        self.card.begin_words()

    def action_panel(self) -> None:
        from assistant.tui.screens.panel import PanelScreen  # noqa: PLC0415 - not at the start

        self.app.push_screen(PanelScreen(self._shown), self._change)

    def action_read(self, pages: int) -> None:
        """Scroll the conversation by whole pages, while the choices keep the keyboard."""
        self.talk.scroll_relative(y=pages * max(1, self.talk.size.height - 2), animate=False)

    def _turn(self, mode: Mode, chosen: str | None = None) -> None:
        self._show(self._shown.turned(mode, chosen=chosen))

    def _change(self, fact: str | None) -> None:
        if fact:
            self._show(self._shown.turned("changing", fact=fact))

    def _as_if(self, number: str) -> None:
        if self._shown.verdict:
            self._keep(self._shown.as_if(self._shown.verdict.rows[int(number)]))

    def _copy(self, what: str) -> None:
        self.app.copy_to_clipboard(text_to_copy(self._shown, what))
        self._show(self._shown.saying(copied_words(self._shown)))

    def _save_memo(self, what: str = "") -> None:
        """Save the memo; with the case number only if asked."""
        case_number = self._case_number if what == "case" else ""
        words = saved_words(self._services, self._shown, case_number)
        self._show(self._shown.saying(words))
