"""Screens with numbered choices, and the dialogs over them: confirm, read, choose a draft."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.getters import app as app_of
from textual.getters import query_one
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from assistant.cases.drafts import Draft
from assistant.cases.session import UNKEPT, InterviewSession
from assistant.cases.view import BEGIN_ANEW, begin_choices
from assistant.commands import Choice, Command
from assistant.screen.column import QUIET, Choices, Paragraph, plain
from assistant.screen.widgets import BREAKPOINTS, HEIGHTS, Keys, KeysInOrder, is_typed_into

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


class OnceModal(ModalScreen[Result], OnceScreen[Result]):
    """The same over another screen, whose page shows through; its own page is never taller than that."""

    def on_resize(self) -> None:
        """Leave the rows of the frame, the title and the keys to these."""
        for page in self.query("#box > #page"):
            page.styles.max_height = max(3, self.size.height * 4 // 5 - _AROUND)
        self.call_after_refresh(self.refresh_bindings)


_AROUND = 8
"""Rows of a dialog's frame, title and keys."""


_BY_NUMBER = frozenset({"number", "pick", "step"})


class NumberedScreen(OnceScreen[Result]):
    """A screen with choices: its keys are done one by one, before what they open can lose the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"number({number})", show=False, priority=True)
            for number in range(10)
        ),
        Binding("enter", "pick", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("pageup", "read(-1)", show=False, priority=True),
        Binding("pagedown", "read(1)", show=False, priority=True),
    ]

    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS

    app = app_of(KeysInOrder)
    choices = query_one("#choices", Choices)

    async def chosen(self, choice: Choice) -> None:
        """Do what a choice says."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Say why a key does nothing."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        return action not in _BY_NUMBER or not is_typed_into(self)

    async def action_number(self, number: int) -> None:
        """Do what a number stands for; one that stands for nothing makes the rest of a burst mean nothing."""
        offered = self.choices.offered
        if 0 < number <= len(offered):
            await self.chosen(offered[number - 1])
        else:
            last = len(offered)
            self.say(f"There is no {number} here. Press 1 to {last}." if last else "")
            self.app.drops_burst = True

    async def action_pick(self) -> None:
        if self.choices.highlighted is None:
            self.say("Press a number, or ↓ and then Enter.")
        else:
            await self.chosen(self.choices.offered[self.choices.highlighted])

    def action_step(self, by: int) -> None:
        self.choices.step(by)

    async def on_choices_chosen(self, event: Choices.Chosen) -> None:
        event.stop()
        await self.chosen(event.choice)


def yes_or_no(yes: str, no: str) -> list[Choice]:
    """Return the answers to a question before something is lost."""
    return [Choice(Command.YES, yes), Choice(Command.NO, no)]


def _asked(question: str, hint: str = "") -> list[Paragraph]:
    return [Paragraph(plain(question, "bold"))] + ([Paragraph(plain(hint, QUIET))] if hint else [])


class ConfirmScreen(OnceModal[Command], NumberedScreen[Command]):
    """Asks before something is lost; y is the first answer, and Esc no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "no", "Back", key_display="Esc", priority=True),
        Binding("y", "yes", "Yes", show=False, priority=True),
    ]

    def __init__(self, question: str, answers: Sequence[Choice], hint: str = "") -> None:
        super().__init__()
        self._head = _asked(question, hint)
        self._answers = answers

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Choices()
            yield Keys((f"1-{len(self._answers)}", "Choose"))

    def on_mount(self) -> None:
        self.choices.show(self._answers, self._head)

    async def chosen(self, choice: Choice) -> None:
        self.dismiss(choice.command)

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

    def __init__(self, *, can_be_kept: bool) -> None:
        question, hint = BEGIN_ANEW.split("? ", 1)
        super().__init__(f"{question}?", begin_choices(can_be_kept=can_be_kept), hint)


class ReadingScreen(OnceModal[None]):
    """Shows text that may be longer than the screen, with arrows and page keys to read it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss", "Close", key_display="Esc", priority=True),
        Binding("down", "read(1)", show=False, priority=True),
        Binding("up", "read(-1)", show=False, priority=True),
        Binding("pagedown,space", "read(9)", "Read on", key_display="PgDn", priority=True),
        Binding("pageup", "read(-9)", show=False, priority=True),
    ]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(id="box", classes="reading"):
            yield Static(plain(self._title, "bold"), markup=False, id="title")
            with VerticalScroll(id="page"):
                yield Static(self._text, markup=False)
            yield Keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        return action != "read" or self.query_one("#page").max_scroll_y > 0

    def action_read(self, by: int) -> None:
        page = self.query_one("#page")
        step = by if abs(by) == 1 else by // abs(by) * max(1, page.size.height - 1)
        page.scroll_relative(y=step, animate=False)


class DraftsScreen(OnceModal[Draft | None], NumberedScreen[Draft | None]):
    """Lists what waits, the one left last first; gives the one to go on with, if any."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete", "discard", "Discard", key_display="x", priority=True),
        Binding("escape,u,q", "dismiss(None)", "Close", key_display="Esc", priority=True),
    ]

    def __init__(self, session: InterviewSession) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            with VerticalScroll(id="page"):
                yield Choices()
            yield Keys(("1-9", "Choose"))

    def on_mount(self) -> None:
        self._list(0)

    async def chosen(self, choice: Choice) -> None:
        self.dismiss(self._session.waiting[int(choice.value)])

    def action_read(self, pages: int) -> None:
        page = self.query_one("#page")
        page.scroll_relative(y=pages * page.size.height, animate=False)

    async def action_discard(self) -> None:
        """Ask first: what is discarded cannot be had back."""
        place = self.choices.highlighted
        if place is None or not self.is_active:
            return
        draft, row = self._session.waiting[place], self._session.waiting_rows[place]

        def discard(said: Command | None) -> None:
            if said == Command.YES:
                self._session.discard(draft.id)
                self._list(place)

        answers = yes_or_no("Discard it", "Keep it")
        await self.app.push_screen(ConfirmScreen("Discard this interview?", answers, row), discard)

    def _list(self, place: int) -> None:
        """List what waits, with a place highlighted; leave where nothing waits any more."""
        rows = self._session.waiting_rows
        self.choices.show(
            [Choice(Command.DRAFT, row, value=str(number)) for number, row in enumerate(rows)],
            _asked("Which interview do you want to continue?"),
        )
        self.choices.highlighted = min(place, len(rows) - 1) if rows else None
        if not rows:
            self.dismiss(None)
