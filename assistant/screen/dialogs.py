"""Dialogs over a screen, what is read beside the interview, and the pages of the handbook."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Static

from assistant.cases.drafts import Draft
from assistant.cases.session import InterviewSession
from assistant.cases.view import BEGIN_ANEW, MEMO_COMMANDS, begin_choices
from assistant.commands import Choice, Command
from assistant.errors import UsageError
from assistant.screen.column import (
    QUIET,
    Choices,
    HangingText,
    Paragraph,
    Part,
    hanging,
    joined,
    plain,
    turn_pages,
)
from assistant.screen.drawing import groups_page, help_page, words_page
from assistant.screen.widgets import Keys, NumberedScreen, OnceModal, TextLine
from assistant.training.bookmarks import ASK, Trainee

if TYPE_CHECKING:
    from assistant.guide.handbook import HandbookPage


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
            yield Keys()

    def on_mount(self) -> None:
        self.choices.show(self._answers, self._head)

    async def chosen(self, choice: Choice) -> None:
        self.dismiss(choice.command)

    def action_yes(self) -> None:
        self.dismiss(self._answers[0].command)

    def action_no(self) -> None:
        self.dismiss(Command.NO)


class LeaveScreen(ConfirmScreen):
    """Asks before something is lost that cannot be kept; a second Ctrl-C is a yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "yes", show=False),
    ]

    def __init__(self, question: str) -> None:
        super().__init__(question, yes_or_no("Leave anyway", "Stay"))


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
                yield HangingText(*hanging(self._text.rstrip()))
            yield Keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        return action != "read" or self.query_one("#page").max_scroll_y > 0

    def action_read(self, by: int) -> None:
        turn_pages(self.query_one("#page"), by // abs(by), int(abs(by) == 1))


class DraftsScreen(OnceModal[Draft | None], NumberedScreen[Draft | None]):
    """Lists what waits, the one left last first; gives the one to continue, if any."""

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
            yield Keys()

    def on_mount(self) -> None:
        self._list(0)

    async def chosen(self, choice: Choice) -> None:
        self.dismiss(self._session.waiting[int(choice.value)])

    def action_read(self, pages: int) -> None:
        turn_pages(self.query_one("#page"), pages)

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


COPIED = (
    "Copied to the clipboard. If it does not paste, your terminal does not allow it. Then hold Shift"
    " and select the text with the mouse."
)
"""Said after copying, since a terminal does not tell whether it took the text."""

_NOT_FINISHED = (
    "The interview is not finished. The questions that are left can change only the reasons and the"
    " warnings. Finish it before you record."
)


class InterviewPages(NumberedScreen[None]):
    """What can be read beside the interview, and below what is shown of it."""

    page = query_one("#page", VerticalScroll)
    session: InterviewSession

    async def action_why(self) -> None:
        await self._read(*help_page(self.session.view))

    async def action_words(self) -> None:
        texts = [self.choices.written, *(choice.label for choice in self.choices.offered)]
        await self._read(*words_page(self.session.view, texts))

    async def _read(self, title: str, text: Content) -> None:
        await self.app.push_screen(ReadingScreen(title, text))

    async def action_card(self) -> None:
        from assistant.screen.lookup import card_page  # noqa: PLC0415 - not at the start

        await self._read(*card_page(self.session.view.guide))

    async def action_tree(self) -> None:
        from assistant.screen.lookup import TreeScreen  # noqa: PLC0415 - not at the start

        await self.app.push_screen(TreeScreen(self.session.view))

    async def action_groups(self) -> None:
        await self._read(*groups_page(self.session.view))

    def action_read(self, pages: int) -> None:
        """Scroll by whole pages, while the choices keep the keyboard."""
        turn_pages(self.page, pages)

    def action_more(self) -> None:
        """Read on page by page, what is below the choices from its start, and then from the top again."""
        at, last, high = self.page.scroll_target_y, self.page.max_scroll_y, self.page.size.height
        more, below = self.choices.more_row, at + high - 1
        if at < more:  # first all of what is above it, the choices too
            below = more if at + high >= more else min(below, more - high)
        self.page.scroll_to(y=0 if at >= last else min(below, last), animate=False, immediate=True)

    async def action_memo(self) -> None:
        """Ask what is to be done with the memo."""
        some = [one for one in self.session.offered if one.command in MEMO_COMMANDS]
        await self.app.push_screen(ConfirmScreen("Memo for your supervisor", some), self._memo)

    async def _memo(self, what: Command | None) -> None:
        if what in MEMO_COMMANDS:
            await self.chosen(Choice(what, ""))

    def action_save_memo(self) -> None:
        self.show(self.session.save_memo())

    def action_save_long_memo(self) -> None:
        self.show(self.session.save_memo(in_full=True))

    def action_save_memo_with_case(self) -> None:
        self.show(self.session.save_memo(with_case=True))

    def action_copy_name(self) -> None:
        self._copy(self.session.view.name_to_copy())

    async def action_print_memo(self) -> None:
        await self._read("Memo for your supervisor", plain(self.session.memo()))

    def action_copy_memo(self) -> None:
        self._copy(self.session.memo())

    def _copy(self, text: str) -> None:
        """Copy, and say what a worker should know who continues with it."""
        self.app.copy_to_clipboard(text)
        self.show(f"{_NOT_FINISHED} {COPIED}" if self.session.view.standing.asking else COPIED)

    def show(self, notice: str = "") -> None:
        """Draw everything anew, with a notice."""
        raise NotImplementedError


def help_commands(app: App[None], guide: Path) -> Iterator[SystemCommand]:
    """Return a command for the palette for each page of the handbook.

    The first is listed before anything is typed; the others are found by typing "help" or their title.
    """
    from assistant.guide.handbook import handbook  # noqa: PLC0415 - for the palette alone

    for number, page in enumerate(handbook(guide).values()):
        read = partial(read_page, app, page)
        title = f"{page.title[:1].lower()}{page.title[1:]}"
        name, about = f"Handbook help: {title}", "Read this page of the handbook."
        yield SystemCommand(name, about, read, discover=number == 0)


def read_page(app: App[None], page: "HandbookPage") -> None:
    """Open a page to be read."""
    app.push_screen(ReadingScreen(page.title, handbook_text(page)))


def handbook_text(page: "HandbookPage") -> Content:
    """Return the whole of a page but its title, headings and the names of rows in bold."""
    return joined(_styled(page))


def _styled(page: "HandbookPage") -> Iterator[Part]:
    from assistant.guide.handbook import parts  # noqa: PLC0415 - as above

    for number, part in enumerate(list(parts(page))[1:]):
        yield ("\n" if part.joins else "\n\n") if number else "", ""
        if part.kind == "code":
            yield f"    {part.text}", "bold"
        else:
            yield f"{part.name}  " if part.name else "", "bold" if part.kind == "row" else ""
            yield part.text, "bold" if part.kind == "heading" else ""


class PracticeAlias(OnceModal[str | None]):
    """Returns the alias that was typed, None where practice is not wanted after all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Not now", key_display="Esc", priority=True),
    ]

    words = query_one("#alias", Input)
    refusal = query_one("#refusal", Static)

    def __init__(self, suggested: str, claim: Callable[[str], Trainee]) -> None:
        """Suggest who practiced last; `claim` returns whose an alias is, or raises `UsageError`."""
        super().__init__()
        self._suggested = suggested
        self._claim = claim

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            asked, hint = ASK.split("\n")
            yield Static(joined([(f"{asked}\n", "bold"), (hint, QUIET)]), markup=False)
            yield TextLine(
                self._suggested, id="alias", placeholder="type the word here, then Enter"
            )
            yield Static(id="refusal", markup=False)
            yield Keys(("Enter", "Start"))

    def on_mount(self) -> None:
        self.set_focus(self.words)
        self.words.select_all()  # what is typed takes the place of the word suggested

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed, or say what keeps it from being an alias."""
        event.stop()
        try:
            self.dismiss(self._claim(event.value).alias)
        except UsageError as error:
            self.refusal.update(plain(str(error), "bold"))
