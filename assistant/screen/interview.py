"""The interview on the screen."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from assistant.cases.drafts import Draft
from assistant.cases.forms import SavedEntry
from assistant.cases.session import NO_SUCH_WORDS, WOULD_BE_LOST, InterviewSession
from assistant.cases.view import SIDE_MODES, card_heading, choices, progress, recorded_sentence
from assistant.commands import Choice, Command, Where
from assistant.engine.interview import Answers
from assistant.errors import RecordsError
from assistant.screen.dialogs import DraftsScreen, GroupsScreen, ReadingScreen, StartAgainScreen
from assistant.screen.drawing import conversation, help_page, term_page, words_page
from assistant.screen.form import FormLeft, FormPane, FormSaved
from assistant.screen.widgets import (
    LEAD,
    TERM,
    TOO_SMALL,
    Aside,
    Choices,
    Conversation,
    Keys,
    Marker,
    TitleBar,
    Visible,
    bindings,
    groups_in_brief,
    plain,
)
from assistant.services import Services

COPIED = (
    "Copied to the clipboard. If it does not paste, your terminal does not allow it. Then hold Shift"
    " and select the text with the mouse."
)
"""Said after copying, since a terminal does not tell whether it took the text."""

_NOT_FINISHED = (
    "The interview is not finished. The questions that are left can change only the reasons and the"
    " warnings. Finish it before you record."
)

_KEEPING = frozenset({Command.RECORD, Command.RECORD_OTHER, Command.SAVE_MEMO})
"""What is not offered in training: to record, and to save a file."""


class Card(Vertical):
    """Offers what a view offers; says which line was chosen, or which words were typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave_words", "Back to the choices", key_display="Esc")
    ]

    @dataclass
    class Worded(Message):
        """Words were typed for an answer to the question about a fact."""

        fact: str
        words: str

    choices = query_one("#choices", Choices)
    heading = query_one("#heading", Static)
    notice = query_one("#notice", Static)
    typed = query_one("#typed", Input)

    def __init__(self, services: Services, session: InterviewSession) -> None:
        super().__init__(id="card")
        self._services = services
        self._session = session
        self._view = session.view
        self._offers: list[Choice] = []
        self._more = False
        self._open: FormPane[SavedEntry] | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="heading", markup=False)
        yield Choices(id="choices")
        yield Static(id="notice", markup=False)
        yield Input(
            id="typed",
            highlighter=Visible(),
            compact=True,
            select_on_focus=False,
            placeholder="press / to type a few words",
        )

    def show(self) -> None:
        """Draw the view in front, and give the keyboard to what a worker uses next."""
        view, before = self._session.view, self._view
        self._remember_form()
        if view.question != before.question:
            self.typed.value = ""  # words for another question are no words for this one
        self._view = view
        mark = Marker(view.glossary, clickable=False) if view.question else None
        keeps = not self._services.training_only
        self._offers = [one for one in choices(view) if keeps or one.command not in _KEEPING]
        self.choices.show(self._offers, mark)
        heading = card_heading(view)
        self.heading.update(plain(heading, "bold"))
        self.heading.display = bool(heading)
        self.notice.update(plain(view.notice))
        self.notice.display = bool(view.notice)
        self.typed.display = view.question is not None
        self.choices.display = view.mode != "recording"
        if view.mode != "recording":
            self._end_form()
            self.choices.focus()
        elif not self._open:
            self._begin_form()

    def begin_words(self) -> None:
        """Put the keyboard in the line for words at once, so that words typed fast land in it."""
        if self.typed.display:
            self.screen.set_focus(self.typed)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take typed words, or a typed number, as an answer."""
        event.stop()
        words, self.typed.value = event.value.strip(), ""
        if words.isdecimal() and 0 < int(words) <= len(self._offers):
            choice = self._offers[int(words) - 1]
            self.post_message(Choices.Chosen(choice, self.choices))
        elif words and self._view.question:
            self.post_message(self.Worded(self._view.question, words))

    def action_leave_words(self) -> None:
        self.typed.value = ""
        self.choices.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        return action != "leave_words" or self.typed.has_focus

    def _remember_form(self) -> None:
        """Remember what was typed into the form, for as long as the same interview is shown."""
        view = self._session.view
        if self._open:
            self._more = self._open.more
        if self._open and view.id == self._view.id and view.mode != "recorded":
            self._session.typed |= self._open.typed()

    def _begin_form(self) -> None:
        """Open the form, unless the entry that is to be corrected cannot be read."""
        try:
            form = self._session.entry_form()
        except RecordsError as error:
            self.post_message(FormLeft(str(error)))
        else:
            self._open = FormPane(form, self._session.typed, more=self._more)
            self.mount(self._open)

    def _end_form(self) -> None:
        """Take the form away, once all of it is there: a fast key may end it before."""
        if self._open:
            self._open.display = False
            self._open.call_later(self._open.remove)
            self._open = None


class InterviewScreen(Screen[None]):
    """Asks, shows the result, and records it; everything shown is drawn from the session's view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Where.INTERVIEW),
        Binding("escape", "leave", "Leave", key_display="Esc"),
        Binding("escape", "all_answers", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (50, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-low"), (22, "-tall"), (30, "-high")]  # noqa: RUF012

    talk = query_one("#talk", Conversation)
    card = query_one("#card", Card)
    folded = query_one("#folded", Label)
    aside = query_one(Aside)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.session = InterviewSession(services)
        self._used_last: Widget | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar("interview")
        with Horizontal(id="body"):
            with Vertical(id="main"):
                yield Conversation(id="talk")
                yield Card(self._services, self.session)
            yield Aside()
        yield Label(id="folded", markup=False)
        yield Static(TOO_SMALL, id="too-small")
        yield Keys(*LEAD)

    def on_mount(self) -> None:
        """Go on with what was left where that is wanted unasked; otherwise say what waits."""
        self.talk.border_title = "Conversation"
        self.session.look()
        waiting = self.session.waiting
        if self._services.resumes and waiting:
            self.show(self.session.resume(waiting[0]))
        elif waiting:
            how = "choose one" if len(waiting) > 1 else "continue it"
            self.show(f"{self.session.waiting_words} Press u to {how}.")
        else:
            self.show()

    def show(self, notice: str = "") -> None:
        """Draw everything anew; a notice is said in place of the one before, and why a step failed."""
        if notice:
            self.session.say(notice)
        view = self.session.view
        blocks, read_from = conversation(view)
        self.talk.show(blocks, read_from)
        self.card.show()
        self.aside.show(view)
        self.folded.update(plain(f"{progress(view)}; {groups_in_brief(view)}; o: groups"))
        self.refresh_bindings()

    def begin_from(self, title: str, facts: Answers) -> None:
        """Begin an interview with facts filled in from the look-up; the one left is kept as a draft."""
        notice = f"Filled in from the look-up: {title}. Press c to change an answer."
        self.show(self.session.begin_with(facts, notice))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Offer only what can be done now."""
        if self.has_class("-tiny") or self.has_class("-flat"):
            return False  # what cannot be seen is not changed
        view = self.session.view
        answered = bool(view.everything_said)
        possible = {
            "back": view.mode not in {"asking", "recorded"}
            or (view.mode == "asking" and bool(view.standing.trail)),
            "change": answered and view.mode not in {"recording", "recorded"},
            "type": view.question is not None and getattr(self.focused, "id", "") != "typed",
            "draft": bool(self.session.waiting) and view.mode != "recording",
            "start_again": bool(view.answers or view.given),
            "copy_name": view.group_to_copy is not None,
            "groups": not self.has_class("-wide"),
            "leave": view.mode in SIDE_MODES,
        }
        return possible.get(action, True)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._used_last = event.widget

    def on_resize(self) -> None:
        """Put the keyboard back where it was while the window was too small to show it."""
        if self.focused is None and self._used_last:
            self.call_after_refresh(self._used_last.focus)

    def on_click(self, event: events.Click) -> None:
        """Open the meaning of a term that was clicked."""
        term = event.style.meta.get(TERM)
        if term:
            event.stop()
            self._read(*term_page(self.session.view, term))

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Do what the chosen line says, in the action of its command."""
        if event.in_time:
            values = [event.choice.value] if event.choice.value else []
            getattr(self, f"action_{event.choice.command}")(*values)

    def on_card_worded(self, event: Card.Worded) -> None:
        """Take typed words as an answer, unless another question is asked by now."""
        if event.fact == self.session.view.question:
            refused = self.session.take_words(event.words)
            how = "Choose a number, or try other words."
            self.show(f"{refused} {how}" if refused == NO_SUCH_WORDS else refused)

    def on_aside_change_asked(self, event: Aside.ChangeAsked) -> None:
        self.action_change(event.fact)

    def on_form_saved(self, event: FormSaved[SavedEntry]) -> None:
        """Close the form once the entry is on the disk, and say so."""
        self.session.recorded(event.result.entry)
        words = recorded_sentence(self.session.view, event.result.sentence)
        self.show(f"{words} {self.session.unkept}".strip())

    def on_form_left(self, event: FormLeft) -> None:
        self.session.leave_form(kept=bool(event.words))
        self.show(event.words)

    def action_answer(self, value: str) -> None:
        self.show(self.session.answer(value))

    def action_back(self) -> None:
        self.show(self.session.back())

    def action_leave(self) -> None:
        """Leave a side mode."""
        self.action_back()

    def action_all_answers(self) -> None:
        """Take away what was said, and with it the choices being narrowed."""
        self.session.say("")
        self.show()

    def action_change(self, fact: str = "") -> None:
        self.show(self.session.change(fact))

    def action_type(self) -> None:
        self.card.begin_words()

    def action_assume(self, number: str = "") -> None:
        if number:
            self.session.assume(number)
        else:
            self.session.turn("assuming")
        self.show()

    def action_record(self, group: str = "") -> None:
        self.session.record(group)
        self.show()

    def action_record_other(self) -> None:
        self.session.turn("choosing_group")
        self.show()

    def action_draft(self) -> None:
        """Go on with the unfinished interview, or choose among several."""
        self.session.look()
        waiting = self.session.waiting
        if self.session.would_be_lost:
            self.show(WOULD_BE_LOST)
        elif len(waiting) > 1:
            self.app.push_screen(DraftsScreen(self.session), self._resume)
        else:
            self._resume(next(iter(waiting), None))

    def _resume(self, draft: Draft | None) -> None:
        """Go on with a draft; without one, only what can be done now has changed."""
        if draft:
            self.show(self.session.resume(draft))
        else:
            self.refresh_bindings()

    @work
    async def action_start_again(self) -> None:
        """Ask what becomes of the answers; a recorded interview stays as it is."""
        if not self.is_active:
            return
        chosen = Command.KEEP
        if not self.session.is_done:
            ask = StartAgainScreen(can_be_kept=not self.session.would_be_lost)
            chosen = await self.app.push_screen_wait(ask)
        if chosen != Command.NO:
            self.session.start_again(keep=chosen == Command.KEEP)
            self.show()

    def action_why(self) -> None:
        self._read(*help_page(self.session.view))

    def action_words(self) -> None:
        view = self.session.view
        texts = [block.text.plain for block in conversation(view)[0]]
        texts += [choice.label for choice in choices(view)]
        self._read(*words_page(view, texts))

    def _read(self, title: str, text: Content) -> None:
        self.app.push_screen(ReadingScreen(title, text))

    def action_card(self) -> None:
        from assistant.screen.lookup import card_page  # noqa: PLC0415 - not at the start

        self._read(*card_page(self.session.view.guide))

    def action_tree(self) -> None:
        from assistant.screen.lookup import TreeScreen  # noqa: PLC0415 - not at the start

        self.app.push_screen(TreeScreen(self.session.view))

    def action_groups(self) -> None:
        self.app.push_screen(GroupsScreen(self.session.view), self._change)

    def _change(self, fact: str | None) -> None:
        if fact:
            self.action_change(fact)

    def action_read(self, pages: int) -> None:
        """Scroll the conversation by whole pages, while the choices keep the keyboard."""
        self.talk.scroll_relative(y=pages * max(1, self.talk.size.height - 2), animate=False)

    def action_records(self) -> None:
        self.app.call_later(self.app.run_action, "app.records")

    def action_copy_name(self) -> None:
        self._copy(self.session.view.name_to_copy())

    def action_copy_memo(self) -> None:
        self._copy(self.session.view.memo_text())

    def _copy(self, text: str) -> None:
        """Copy, and say what a worker should know who goes on with it."""
        self.app.copy_to_clipboard(text)
        self.show(f"{_NOT_FINISHED} {COPIED}" if self.session.view.standing.asking else COPIED)

    def action_save_memo(self) -> None:
        self.show(self.session.save_memo(with_case=False))

    def action_save_memo_with_case(self) -> None:
        self.show(self.session.save_memo(with_case=True))
