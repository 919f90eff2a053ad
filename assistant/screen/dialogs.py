"""Dialogs: confirm, read, choose a draft."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from assistant.cases.drafts import Draft
from assistant.cases.session import UNKEPT, InterviewSession
from assistant.cases.view import BEGIN_ANEW, View, begin_choices
from assistant.commands import Choice, Command
from assistant.screen.widgets import Aside, Choices, Keys, plain

Result = TypeVar("Result")


class OnceScreen(Screen[Result]):
    """A screen that is closed at the first word; a second would close the one below it."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with a result, as soon as all of the screen is there to be closed."""
        if not self.is_mounted:
            self.call_later(self.dismiss, result)
        elif self.is_active:
            return super().dismiss(result)
        return AwaitComplete()


class OnceModal(OnceScreen[Result], ModalScreen[Result]):
    """The same over another screen."""


def yes_or_no(yes: str, no: str) -> list[Choice]:
    """Return the answers to a question before something is lost."""
    return [Choice(Command.YES, yes), Choice(Command.NO, no)]


class ConfirmScreen(OnceModal[Command]):
    """Asks before something is lost; y is the first answer, and Esc no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "no", "No", key_display="Esc"),
        Binding("y", "yes", "Yes"),
    ]

    def __init__(self, question: str, answers: Sequence[Choice]) -> None:
        super().__init__()
        self._question = question
        self._answers = answers

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Static(plain(self._question, "bold"), markup=False)
            yield Choices(id="choices")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Choices).show(self._answers)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(event.choice.command)

    def action_yes(self) -> None:
        self.dismiss(self._answers[0].command)

    def action_no(self) -> None:
        self.dismiss(Command.NO)


class LeaveScreen(ConfirmScreen):
    """Asks before the answers are lost that cannot be kept; a second Ctrl-C is a yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "yes", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(UNKEPT, yes_or_no("Leave anyway", "Stay"))


class StartAgainScreen(ConfirmScreen):
    """Asks what becomes of the answers before another interview is begun."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "no", "Continue", key_display="Esc"),
        Binding("y", "yes", "Start again"),
    ]

    def __init__(self, *, can_be_kept: bool) -> None:
        super().__init__(BEGIN_ANEW, begin_choices(can_be_kept=can_be_kept))


class ReadingScreen(OnceModal[None]):
    """Shows text that may be longer than the screen, with arrows and page keys to read it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss", "Close", key_display="Esc")
    ]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page") as page:
            page.border_title = plain(self._title).markup
            yield Static(self._text, markup=False)
        yield Keys()


class DraftsScreen(OnceModal[Draft | None]):
    """Lists what waits, the one left last first; gives the one to go on with, if any."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete", "discard", "Discard", key_display="x"),
        Binding("escape,u,q", "dismiss(None)", "Close", key_display="Esc"),
    ]

    choices = query_one(Choices)

    def __init__(self, session: InterviewSession) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Static(plain("Which interview do you want to continue?", "bold"), markup=False)
            yield Choices(id="choices")
        yield Keys("1-9 ↑↓ Enter choose")

    def on_mount(self) -> None:
        self._list(0)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        if event.in_time and self.is_active:
            self.dismiss(self._session.waiting[int(event.choice.value)])

    def action_read(self, pages: int) -> None:
        """Scroll by whole pages, as the choices' page keys ask their screen to."""
        self.choices.scroll_relative(y=pages * self.choices.size.height, animate=False)

    @work
    async def action_discard(self) -> None:
        """Ask first: what is discarded cannot be had back."""
        place = self.choices.highlighted
        if place is None or not self.is_active:
            return

        draft, row = self._session.waiting[place], self._session.waiting_rows[place]
        ask = ConfirmScreen(f"Discard this interview? {row}.", yes_or_no("Discard it", "Keep it"))
        if await self.app.push_screen_wait(ask) == Command.YES:
            self._session.discard(draft.id)
            self._list(place)

    def _list(self, place: int) -> None:
        """List what waits, with a place highlighted; leave where nothing waits any more."""
        rows = self._session.waiting_rows
        self.choices.show(
            [Choice(Command.DRAFT, row, value=str(number)) for number, row in enumerate(rows)]
        )
        self.choices.highlighted = min(place, len(rows) - 1) if rows else None
        if not rows:
            self.dismiss(None)


class GroupsScreen(OnceModal[str | None]):
    """Shows what stands beside a wide conversation; gives the fact whose answer is to change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,o,q", "dismiss(None)", "Close", key_display="Esc")
    ]

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        yield Aside()
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Aside).show(self._view)

    def on_aside_change_asked(self, event: Aside.ChangeAsked) -> None:
        self.dismiss(event.fact)
