"""One recorded entry: read, corrected, withdrawn, taken up again, or its memo kept."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from assistant.bootstrap import Services
from assistant.errors import RecordsError
from assistant.interview.entry_line import EntryLine, line_of
from assistant.interview.recording import Before
from assistant.tui.entry_page import entry_page, history_page
from assistant.tui.screens.once import OnceModal
from assistant.tui.screens.reading import ReadingScreen
from assistant.tui.text import plain
from assistant.tui.widgets.keys import Keys

_WHERE_IT_STANDS = frozenset({"correct", "withdraw", "take_up"})
"""What can be done only with an entry that is not withdrawn."""


class EntryScreen(OnceModal[Before | bool]):
    """Shows an entry; gives it to take up its interview again, else whether the list has changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "history", "History"),
        Binding("e", "correct", "Correct"),
        Binding("x", "withdraw", "Withdraw"),
        Binding("g", "take_up", "Go on from its answers"),
        Binding("y", "copy", "Copy memo"),
        Binding("m", "save", "Save memo"),
        Binding("escape,q", "close", "Close", key_display="Esc"),
    ]

    def __init__(self, services: Services, line: EntryLine) -> None:
        super().__init__()
        self._services = services
        self._line = line
        self._changed = False
        self._typed: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page"):
            yield Static(id="said", markup=False)
            yield Static(id="entry", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        return self._line.stands or action not in _WHERE_IT_STANDS

    def action_close(self) -> None:
        self.dismiss(self._changed)

    def action_history(self) -> None:
        page = history_page(self._services.loaded.guide, self._line)
        self.app.push_screen(ReadingScreen(f"History of entry {self._line.now.seq}", page))

    def action_take_up(self) -> None:
        self.dismiss(self._line.now)

    @work
    async def action_correct(self) -> None:
        """Show what was recorded in place of the entry, once it is."""
        if not self.is_active:
            return
        from assistant.tui.screens.correct import CorrectScreen  # noqa: PLC0415 - when asked for

        screen = CorrectScreen(self._services, self._line.now, self._typed)
        recorded = await self.app.push_screen_wait(screen)
        if recorded:
            self._typed = {}
            self._read_again(recorded.sentence)

    @work
    async def action_withdraw(self) -> None:
        if not self.is_active:
            return
        from assistant.tui.screens.withdraw import WithdrawScreen  # noqa: PLC0415 - when asked for

        sentence = await self.app.push_screen_wait(WithdrawScreen(self._services, self._line.now))
        if sentence:
            self._read_again(sentence)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._memo()["txt"])
        self._show("The memo, without the case number, was sent to the clipboard.")

    def action_save(self) -> None:
        """Save the memo, without the case number."""
        try:
            paths = self._services.memos.save(
                self._services.now(), self._memo(), number=self._line.now.seq
            )
        except RecordsError as error:
            self._show(str(error))
        else:
            names = " and ".join(path.name for path in paths)
            self._show(f"Saved {names} in {paths[0].parent}")

    def _memo(self) -> dict[str, str]:
        from assistant.interview.entries_memo import entry_memo_texts  # noqa: PLC0415 - when asked for

        now = self._line.now
        return entry_memo_texts(self._services.loaded, now.seq, now.entry, line=self._line)

    def _read_again(self, sentence: str) -> None:
        """Show the entry as it now is, and say what was done."""
        self._changed = True
        try:
            self._line = line_of(self._services.open_records(), self._line.now.seq)
        except RecordsError as error:
            self._show(f"{sentence}\n{error}")
        else:
            self._show(sentence)

    def _show(self, said: str = "") -> None:
        title = f"Entry {self._line.now.seq}"
        self.query_one("#page").border_title = plain(title).markup
        self.query_one("#said", Static).update(plain(f"{said}\n", "bold"))
        self.query_one("#said").display = bool(said)
        page = entry_page(self._services.loaded.guide, self._line)
        self.query_one("#entry", Static).update(page)
        self.query_one("#page").scroll_home(animate=False)
        self.refresh_bindings()
