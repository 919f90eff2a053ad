"""The interview on the screen."""

from abc import abstractmethod
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from assistant.cases.drafts import Draft, Drafting
from assistant.cases.entries import taken_up
from assistant.cases.forms import NewEntry, PreviousEntry, SavedEntry
from assistant.cases.view import (
    SIDE_MODES,
    Mode,
    View,
    card_heading,
    choices,
    progress,
    recorded_sentence,
)
from assistant.commands import Choice, Command, Where
from assistant.engine.glossary import Glossary
from assistant.engine.interview import Answers, options_meant
from assistant.errors import RecordsError
from assistant.screen.dialogs import ReadingScreen
from assistant.screen.drawing import conversation, help_page, term_page, words_page
from assistant.screen.form import FormLeft, FormPane, FormSaved
from assistant.screen.text import TERM, Marker, Visible, plain
from assistant.screen.widgets import (
    Aside,
    Choices,
    Conversation,
    Keys,
    TitleBar,
    bindings,
    groups_in_brief,
)
from assistant.services import Services

TOO_SMALL = "This window is too small. Make it at least 50 wide and 16 high, or q to quit."
"""Shown in place of a screen that has no room."""


class PagedScreen(Screen[None]):
    """A screen that shows one view, with pages about it that open and close over it."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._shown = view

    def action_why(self) -> None:
        self.app.push_screen(ReadingScreen(*help_page(self._shown)))

    def action_words(self) -> None:
        texts = [block.text.plain for block in conversation(self._shown)[0]]
        texts += [choice.label for choice in choices(self._shown)]
        self.app.push_screen(ReadingScreen(*words_page(self._shown, texts)))

    def action_tree(self) -> None:
        from assistant.screen.lookup import TreeScreen  # noqa: PLC0415 - not at the start

        self.app.push_screen(TreeScreen(self._shown))

    def on_click(self, event: events.Click) -> None:
        """Open the meaning of a term that was clicked."""
        term = event.style.meta.get(TERM)
        if term:
            event.stop()
            self.app.push_screen(ReadingScreen(*term_page(self._shown, term)))


class KeepingScreen(PagedScreen):
    """Holds one interview in front, each answer kept as a draft, and goes to any other."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._drafting = Drafting(services.drafts, services.loaded, services.now)
        self._glossary = Glossary(services.loaded.guide)
        super().__init__(self._new_view())

    @abstractmethod
    def _show(self, view: View) -> None:
        """Draw everything anew from one value."""

    @property
    def would_be_lost(self) -> bool:
        """Tell whether leaving now loses answers, since they cannot be kept as a draft."""
        return bool(self._drafting.refusal(self._shown))

    def begin_from(self, title: str, facts: Answers) -> None:
        """Begin an interview with facts filled in from the look-up; the one left is kept as a draft."""
        self._drafting.look()
        notice = f"Filled in from the look-up: {title}. Press c to change any of it."
        self._keep(self._new_view().filled_in(facts).saying(notice))

    def take_up(self, before: PreviousEntry) -> None:
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

    def action_draft(self) -> None:
        """Go on with the unfinished interview, or choose among several."""
        self._drafting.look(self._shown.id)
        refused = self._drafting.refusal(self._shown)
        if refused:
            self._show(self._shown.saying(refused))
        elif len(self._drafting.waiting) > 1:
            from assistant.screen.dialogs import DraftsScreen  # noqa: PLC0415 - not at the start

            self.app.push_screen(DraftsScreen(self._drafting), self._resume)
        else:
            self._resume(next(iter(self._drafting.waiting), None))

    @work
    async def action_start_again(self) -> None:
        """Ask what becomes of the answers; a recorded interview stays as it is."""
        if not self.is_active:
            return
        if self._shown.mode != "recorded":
            from assistant.screen.dialogs import StartAgainScreen  # noqa: PLC0415 - as above

            ask = StartAgainScreen(can_be_kept=not self.would_be_lost)
            chosen = await self.app.push_screen_wait(ask)
            if chosen is None:
                return
            if chosen == "drop":
                self._drafting.discard(self._shown.id)
        self._drafting.look()
        self._show(self._new_view())

    def _look_for_drafts(self) -> None:
        """Go on with what was left where that is wanted unasked; otherwise say what waits."""
        self._drafting.look()
        waiting = self._drafting.waiting
        if self._services.resumes and waiting:
            self._resume(waiting[0])
            return
        how = "choose one" if len(waiting) > 1 else "go on with it"
        words = f"{self._drafting.waiting_words} Press u to {how}." if waiting else ""
        self._show(self._shown.saying(words))

    def _resume(self, draft: Draft | None) -> None:
        """Show the interview of a draft; without one, only what can be done now has changed."""
        if draft:
            self._show(self._drafting.resumed(draft, self._shown))
        else:
            self.refresh_bindings()

    def _keep(self, view: View) -> None:
        """Show a view once its answers are safe in the draft."""
        self._show(self._drafting.saved(view))

    def _new_view(self) -> View:
        return View(self._services.loaded.guide, self._services.new_id(), glossary=self._glossary)


COPIED = (
    "Sent to the clipboard. If it does not paste, your terminal does not allow it:"
    " select the text with the mouse instead."
)
"""Said after copying, since a terminal does not tell whether it took the text."""

_NOT_FINISHED = (
    "The interview is not finished: the questions left can only change the reasons and warnings."
    " Finish it before you record."
)


def copied_words(view: View) -> str:
    """Say that something was copied, and what a worker should know who goes on with it."""
    return f"{_NOT_FINISHED} {COPIED}" if view.standing.asking else COPIED


def saved_words(services: Services, view: View, case_number: str) -> str:
    """Save the memo, and say where; or why that cannot be.

    A case number stands in it only where one is given.
    """
    try:
        path = services.memos.save(services.now(), view.memo_text(case_number))
    except RecordsError as error:
        return str(error)
    return f"Saved {path.name} in {path.parent}"


_KEEPING = frozenset({Command.RECORD, Command.RECORD_OTHER, Command.SAVE_MEMO})
"""What is not offered in training: to record, and to save a file."""


class Card(Vertical):
    """Offers what a view offers; says which line was chosen, or what typed words might mean."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave_words", "Back to the choices", key_display="Esc")
    ]

    class Asked(Message):
        """Typed words did not settle an answer: what to say back, and the answers they fit."""

        def __init__(self, notice: str, among: tuple[str, ...] = ()) -> None:
            super().__init__()
            self.notice = notice
            self.among = among

    choices = query_one("#choices", Choices)
    heading = query_one("#heading", Static)
    notice = query_one("#notice", Static)
    typed = query_one("#typed", Input)

    def __init__(self, services: Services, view: View) -> None:
        super().__init__(id="card")
        self._services = services
        self._view = view
        self._offers: list[Choice] = []
        self._form: dict[str, str] = {}
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

    def show(self, view: View) -> None:
        """Draw a view, and give the keyboard to what a worker uses next."""
        self._keep_form(view)
        if view.question != self._view.question:
            self.typed.value = ""  # words for another question are no words for this one
        self._view = view
        mark = Marker(view.glossary, clickable=False) if view.question else None
        self._offers = self._offered(view)
        self.choices.show(self._offers, mark)
        self.heading.update(plain(card_heading(view), "bold"))
        self.heading.display = bool(card_heading(view))
        self.notice.update(plain(view.notice))
        self.notice.display = bool(view.notice)
        self.typed.display = view.question is not None
        self.choices.display = view.mode != "recording"
        if view.mode != "recording":
            self._end_form()
            self.choices.focus()
        elif not self._open:
            self._begin_form(view)

    def begin_words(self) -> None:
        """Give the keyboard to the line for words at once, so that words typed fast land in it."""
        if self.typed.display:
            self.screen.set_focus(self.typed)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take typed words, or a typed number, as an answer; ask back when they fit several."""
        event.stop()
        words, self.typed.value = event.value.strip(), ""
        offered, fact = self._offers, self._view.question
        if words.isdecimal() and 0 < int(words) <= len(offered):
            self._choose(offered[int(words) - 1])
        elif fact and words:
            answers = {one.value: one for one in offered if one.command == Command.ANSWER}
            question = self._view.guide.questions[fact]
            self._take([answers[value] for value in options_meant(question, [*answers], words)])

    def action_leave_words(self) -> None:
        self.typed.value = ""
        self.choices.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        return action != "leave_words" or self.typed.has_focus

    def _offered(self, view: View) -> list[Choice]:
        """Give the choices for a view, less those that keep something where nothing is to be kept."""
        offered = choices(view)
        if not self._services.training_only:
            return offered
        return [choice for choice in offered if choice.command not in _KEEPING]

    def _keep_form(self, view: View) -> None:
        """Remember what was typed into the form, for as long as the same interview is shown."""
        if view.id != self._view.id:
            self._form = {}
            return  # what stands in an open form is of the interview that is left
        if self._open:
            self._form |= self._open.typed()
            self._more = self._open.more

    def _begin_form(self, view: View) -> None:
        """Open the form, unless the entry that is to be corrected cannot be read."""
        try:
            form = NewEntry(self._services, view)
        except RecordsError as error:
            self.post_message(FormLeft(str(error)))
        else:
            self._open = FormPane(form, self._form, more=self._more)
            self.mount(self._open)

    def _end_form(self) -> None:
        """Take the form away, once all of it is there: a fast key may end it before."""
        if self._open:
            self._open.display = False
            self._open.call_later(self._open.remove)
            self._open = None

    def _choose(self, choice: Choice) -> None:
        self.post_message(Choices.Chosen(choice, self.choices))

    def _take(self, meant: list[Choice]) -> None:
        if len(meant) == 1:
            self._choose(meant[0])
        elif meant:
            words = "Your words fit more than one answer. Which is it?"
            self.post_message(self.Asked(words, tuple(one.value for one in meant)))
        else:
            words = "No answer has those words. Choose a number, or try other words."
            self.post_message(self.Asked(words))


LEAD = ("1-9 ↑↓ Enter choose", "PgUp PgDn read")
"""Keys that are no commands."""


class InterviewScreen(KeepingScreen):
    """Asks, shows the result, and records it; everything shown is drawn from one view."""

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
            "copy_name": view.group_to_copy is not None,
            "groups": not self.has_class("-wide"),
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
        if event.in_time:
            self._do(event.choice)

    def _do(self, choice: Choice) -> None:
        match choice.command:
            case Command.ANSWER:
                self._keep(self._shown.answered(self._shown.question or "", choice.value))
            case Command.CHANGE if choice.value:
                self._change(choice.value)
            case Command.RECORD:
                self._turn("recording", choice.value or None)
            case Command.RECORD_OTHER:
                self._turn("choosing_group")
            case Command.ASSUME if choice.value:
                self._as_if(choice.value)
            case Command.ASSUME:
                self._turn("assuming")
            case Command.RECORDS:
                self.app.call_later(self.app.run_action, "app.records")
            case _:
                self.call_later(self.run_action, choice.command.value)

    def on_card_asked(self, event: Card.Asked) -> None:
        self._show(self._shown.saying(event.notice, event.among))

    def on_aside_change_asked(self, event: Aside.ChangeAsked) -> None:
        self._change(event.fact)

    def on_form_saved(self, event: FormSaved[SavedEntry]) -> None:
        """Close the form once the entry is on the disk, and say so."""
        saved = event.result
        then = self._shown.recorded(saved.entry)
        then = then.saying(recorded_sentence(then, saved.sentence))
        if then.is_open:
            then = self._drafting.saved(then)
        else:
            self._drafting.discard(then.id)
        self._case_number = saved.entry.case_number
        self._show(then)

    def on_form_left(self, event: FormLeft) -> None:
        self._show(self._shown.turned("asking").saying(event.words))

    def action_back(self) -> None:
        self._keep(self._shown.stepped_back())

    def action_leave(self) -> None:
        """Leave a side mode."""
        self.action_back()

    def action_all_answers(self) -> None:
        """Take away what was said, and with it the choices being narrowed."""
        self._show(self._shown.saying(""))

    def action_copy_name(self) -> None:
        self._copy(self._shown.name_to_copy())

    def action_copy_memo(self) -> None:
        self._copy(self._shown.memo_text())

    def action_save_memo(self) -> None:
        self._save_memo("")

    def action_save_memo_with_case(self) -> None:
        self._save_memo(self._case_number)

    def action_change(self) -> None:
        self._turn("picking")

    def action_type(self) -> None:
        self.card.begin_words()

    def action_groups(self) -> None:
        from assistant.screen.dialogs import PanelScreen  # noqa: PLC0415 - not at the start

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

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self._show(self._shown.saying(copied_words(self._shown)))

    def _save_memo(self, case_number: str) -> None:
        words = saved_words(self._services, self._shown, case_number)
        self._show(self._shown.saying(words))
