"""The interview: one screen whose card changes, from the first question to the recorded choice."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Label, Static

from assistant.bootstrap import Services
from assistant.engine.terms import Glossary
from assistant.engine.walk import Answers
from assistant.errors import RecordsError
from assistant.interview.drafting import Drafting
from assistant.interview.entry_line import taken_up
from assistant.interview.recording import Before
from assistant.interview.saying import progress
from assistant.interview.view import View
from assistant.records.drafts import Draft
from assistant.tui.beside import groups_in_brief
from assistant.tui.commands import bindings
from assistant.tui.drawing import conversation
from assistant.tui.screens.paged import PagedScreen
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

COPIED = (
    "Sent to the clipboard. If it does not paste, your terminal does not allow it:"
    " select the text with the mouse instead."
)
"""Said after copying, since a terminal does not tell whether it took the text."""


class InterviewScreen(PagedScreen):
    """Asks, shows the result, and records it; everything shown is drawn from one view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("interview"),
        Binding("escape", "leave", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (50, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-low"), (22, "-tall"), (30, "-high")]  # noqa: RUF012

    talk = query_one("#talk", Conversation)
    card = query_one("#card", Card)
    folded = query_one("#folded", Label)
    aside = query_one(Aside)

    def __init__(self, services: Services) -> None:
        self._services = services
        self._drafting = Drafting(services.drafts, services.loaded, services.now)
        self._glossary = Glossary(services.loaded.guide)
        super().__init__(self._new_view())
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
        yield Static(
            "This window is too small. Make it at least 50 wide and 16 high, or q to quit.",
            id="too-small",
        )
        yield Keys(*LEAD)

    def on_mount(self) -> None:
        self.talk.border_title = "Conversation"
        self._drafting.look()
        if self._services.resumes and self._drafting.waiting:
            self._resume(self._drafting.waiting[0])
            return
        waiting = self._drafting.waiting_words
        how = "choose one" if len(self._drafting.waiting) > 1 else "go on with it"
        self._show(self._shown.saying(f"{waiting} Press u to {how}." if waiting else ""))

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
        verb, *rest = event.does
        handlers: Mapping[str, Callable[..., object]] = {
            "answer": self._answer,
            "all": lambda: self._show(self._shown.saying("")),
            "pick": self.action_change,
            "change": self._change,
            "record": lambda group: self._show(
                self._shown.turned("recording", chosen=group or None)
            ),
            "other": lambda: self._show(self._shown.turned("choosing_group")),
            "assume": lambda: self._show(self._shown.turned("assuming")),
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
        then = self._shown.recorded(event.entry).saying(event.sentence)
        if then.unresolved:
            words = f"{event.sentence} It stays among the unfinished interviews."
            then = self._drafting.saved(then.saying(words))
        else:
            self._drafting.discard(then.id)
        self._case_number = event.entry.case_number
        self._show(then)

    def on_record_form_left(self, event: RecordForm.Left) -> None:
        self._show(self._shown.turned("asking").saying(event.words))

    def action_back(self) -> None:
        self._keep(self._shown.stepped_back())

    def action_leave(self) -> None:
        """Leave a side mode or narrowed choices; there is nothing to leave otherwise."""
        if self._shown.mode in {"picking", "changing", "assuming", "choosing_group"}:
            self.action_back()
        else:
            self._show(self._shown.saying(""))

    def begin_from(self, title: str, facts: Answers) -> None:
        """Begin an interview with facts filled in from the look-up; the one left is kept as a draft."""
        self._drafting.look()
        notice = f"Filled in from the look-up: {title}. Press c to change any of it."
        self._keep(self._new_view().filled_in(facts).saying(notice))

    def take_up(self, before: Before) -> None:
        """Take up the interview of a recorded entry again; the one left is kept as a draft."""
        self._drafting.look(self._shown.id)
        refused = self._drafting.refusal(self._shown)
        begun = (draft for draft in self._drafting.waiting if draft.corrects == before.entry.id)
        if refused:
            self._show(self._shown.saying(refused))
        elif self._shown.corrects == before.entry.id:
            self._show(self._shown.turned("asking"))
        elif draft := next(begun, None):
            self._resume(draft)
        else:
            self._show(taken_up(self._services.loaded, before, self._new_view()))

    def action_copy(self) -> None:
        self._copy("name")

    def action_change(self) -> None:
        self._show(self._shown.turned("picking"))

    def action_type(self) -> None:
        self.card.begin_words()

    def action_panel(self) -> None:
        from assistant.tui.screens.panel import PanelScreen  # noqa: PLC0415 - not at the start

        self.app.push_screen(PanelScreen(self._shown), self._change_if_asked)

    def action_draft(self) -> None:
        """Go on with the unfinished interview, or choose among several."""
        self._drafting.look(self._shown.id)
        refused = self._drafting.refusal(self._shown)
        if refused:
            self._show(self._shown.saying(refused))
        elif len(self._drafting.waiting) > 1:
            from assistant.tui.screens.drafts import DraftsScreen  # noqa: PLC0415 - as above

            self.app.push_screen(DraftsScreen(self._drafting), self._resume)
        else:
            self._resume(next(iter(self._drafting.waiting), None))

    def _resume(self, draft: Draft | None) -> None:
        """Show the interview of a draft; without one, only what can be done now has changed."""
        if draft:
            self._show(self._drafting.resumed(draft, self._shown))
        else:
            self.refresh_bindings()

    @work
    async def action_start_again(self) -> None:
        """Ask first when answers would be lost."""
        if self._shown.mode != "recorded":
            question = "Start again? The answers so far are not kept."
            from assistant.tui.screens.confirm import ConfirmScreen  # noqa: PLC0415 - as above

            ask = ConfirmScreen(question, yes="Start again", no="Go on with this one")
            if not await self.app.push_screen_wait(ask):
                return
            self._drafting.discard(self._shown.id)
        self._drafting.look()
        self._show(self._new_view())

    def action_read(self, pages: int) -> None:
        """Scroll the conversation by whole pages, while the choices keep the keyboard."""
        self.talk.scroll_relative(y=pages * max(1, self.talk.size.height - 2), animate=False)

    def _new_view(self) -> View:
        return View(self._services.loaded.guide, self._services.new_id(), glossary=self._glossary)

    def _answer(self, fact: str, answer: str) -> None:
        self._keep(self._shown.answered(fact, answer))

    def _change(self, fact: str) -> None:
        self._show(self._shown.turned("changing", fact=fact))

    def _change_if_asked(self, fact: str | None) -> None:
        if fact:
            self._change(fact)

    def _keep(self, view: View) -> None:
        """Show a view once its answers are safe in the draft."""
        self._show(self._drafting.saved(view))

    def _as_if(self, number: str) -> None:
        if self._shown.verdict:
            self._keep(self._shown.as_if(self._shown.verdict.rows[int(number)]))

    def _copy(self, what: str) -> None:
        view = self._shown
        self.app.copy_to_clipboard(view.memo_text() if what == "memo" else view.name_to_copy())
        self._show(view.saying(COPIED))

    def _save_memo(self, what: str = "") -> None:
        """Save the memo as plain text and as Markdown; with the case number only if asked."""
        view = self._shown
        try:
            texts = view.memo_texts(self._case_number if what == "case" else "")
            paths = self._services.memos.save(self._services.now(), texts)
        except RecordsError as error:
            self._show(view.saying(str(error)))
        else:
            names = " and ".join(path.name for path in paths)
            self._show(view.saying(f"Saved {names} in {paths[0].parent}"))
