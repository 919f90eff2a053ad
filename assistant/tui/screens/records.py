"""What was recorded on this computer, as it now is, newest first."""

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.widgets import DataTable, Static

from assistant.bootstrap import Services
from assistant.errors import RecordsError
from assistant.interview.entry_line import line_of
from assistant.interview.recording import Before
from assistant.interview.waiting import waiting_words
from assistant.interview.wanting import wanted_words
from assistant.records.wanted import EVERYTHING, Wanted
from assistant.tui.entry_rows import COLUMNS, MOST_COUNTED, list_words, row
from assistant.tui.screens.entry import EntryScreen
from assistant.tui.screens.once import OnceScreen
from assistant.tui.text import plain
from assistant.tui.widgets.keys import Keys
from assistant.tui.widgets.titlebar import TitleBar

PAGE = 50
"""How many entries are read at a time."""


class _Entries(DataTable[Text]):
    """A table whose lines open at the first click, in whatever column."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Open", key_display="Enter")
    ]

    def on_click(self, event: events.Click) -> None:
        row = event.style.meta.get("row", -1)
        if row >= 0:
            event.prevent_default()
            self.move_cursor(row=row)
            self.action_select_cursor()


class RecordsScreen(OnceScreen[Before | None]):
    """Lists entries a page at a time; gives one whose interview is to be taken up again, if any."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,i", "app.interview", "Interview", key_display="Esc"),
        Binding("f", "filter", "Filter", tooltip="Show only some of the entries."),
        Binding("c", "clear", "Show all", tooltip="Show all entries again."),
        Binding("s", "summary", "Summary", tooltip="Count the entries shown."),
        Binding("m", "more", "Older", tooltip="Read older entries."),
    ]

    table = query_one("#entries", _Entries)
    words = query_one("#words", Static)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._wanted = EVERYTHING
        self._oldest: int | None = None
        self._more = True

    def compose(self) -> ComposeResult:
        yield TitleBar("records")
        yield Static(id="words", markup=False)
        yield _Entries(id="entries", cursor_type="row", zebra_stripes=True)
        yield Keys()

    def on_mount(self) -> None:
        self.table.add_columns(*COLUMNS)
        self._read()
        self.table.focus()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Read on when the cursor comes to the oldest entry shown."""
        if self._more and event.cursor_row == self.table.row_count - 1:
            self._read()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open an entry."""
        if not self.is_active:
            return
        try:
            line = line_of(self._services.open_records(), int(event.row_key.value or 0))
        except RecordsError as error:
            self.words.update(plain(str(error)))
            return
        self.app.push_screen(EntryScreen(self._services, line), self._left_entry)

    def action_more(self) -> None:
        if self._more:
            self._read()

    def action_filter(self) -> None:
        from assistant.tui.screens.filter import FilterScreen  # noqa: PLC0415 - when asked for

        screen = FilterScreen(self._services.loaded.guide, self._wanted)
        self.app.push_screen(screen, self._show_wanted)

    def action_clear(self) -> None:
        self._show_wanted(EVERYTHING)

    def action_summary(self) -> None:
        from assistant.tui.screens.summary import SummaryScreen  # noqa: PLC0415 - it draws with plotext

        self.app.push_screen(SummaryScreen(self._services, self._wanted))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Offer only what would change something."""
        possible = {"more": self._more, "clear": self._wanted != EVERYTHING}
        return possible.get(action, True)

    def _show_wanted(self, wanted: Wanted | None) -> None:
        if wanted is not None:
            self._wanted = wanted
            self._read_anew()

    def _left_entry(self, left: Before | bool | None) -> None:
        """Go to the interview that is taken up again, or show what has become of the list."""
        if isinstance(left, Before):
            self.dismiss(left)
        elif left:
            self._read_anew()

    def _read_anew(self) -> None:
        cursor = self.table.cursor_row
        self.table.clear()
        self._oldest = None
        self._read()
        self.table.move_cursor(row=min(cursor, max(0, self.table.row_count - 1)))

    def _read(self) -> None:
        self._more = False
        try:
            store = self._services.open_records()
            entries = store.page(self._oldest, PAGE, self._wanted)
            count = store.count(self._wanted, most=MOST_COUNTED)
        except RecordsError as error:
            self.words.update(plain(str(error)))
            self.refresh_bindings()
            return
        for entry in entries:
            self.table.add_row(*row(self._services.loaded.guide, entry), key=str(entry.seq))
        self._more = len(entries) == PAGE
        self._oldest = entries[-1].seq if entries else self._oldest
        narrowed = wanted_words(self._services.loaded.guide, self._wanted)
        words = (list_words(self.table.row_count, count, narrowed), waiting_words(store))
        self.words.update(plain("\n".join(filter(None, words))))
        self.refresh_bindings()
