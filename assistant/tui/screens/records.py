"""What was recorded on this computer, newest first."""

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import DataTable, Static

from assistant.bootstrap import Services
from assistant.errors import RecordsError
from assistant.interview.entries import local_time, recorded_group
from assistant.records.entry import EntrySummary
from assistant.tui.entry_page import entry_page
from assistant.tui.screens.reading import ReadingScreen
from assistant.tui.text import cell, plain
from assistant.tui.widgets.keys import Keys
from assistant.tui.widgets.titlebar import TitleBar

PAGE = 50
"""How many entries are read at a time."""


class _Entries(DataTable[Text]):
    """A table whose lines open at the first click, in whatever column."""

    def on_click(self, event: events.Click) -> None:
        row = event.style.meta.get("row", -1)
        if row >= 0:
            event.prevent_default()
            self.move_cursor(row=row)
            self.action_select_cursor()


class RecordsScreen(Screen[None]):
    """Lists entries a page at a time; Enter or a click opens one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,i", "app.interview", "Interview", key_display="Esc"),
        Binding("m", "more", "Older", tooltip="Read older entries."),
    ]

    table = query_one("#entries", _Entries)
    words = query_one("#words", Static)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._oldest: int | None = None
        self._more = True

    def compose(self) -> ComposeResult:
        yield TitleBar("records")
        yield Static(id="words", markup=False)
        yield _Entries(id="entries", cursor_type="row", zebra_stripes=True)
        yield Keys()

    def on_mount(self) -> None:
        self.table.add_columns("No.", "When", "Group", "Advice", "Case", "Whom for", "Service")
        self._read()
        self.table.focus()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Read on when the cursor comes to the oldest entry shown."""
        if self._more and event.cursor_row == self.table.row_count - 1:
            self._read()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open an entry."""
        number = int(event.row_key.value or 0)
        try:
            entry = self._services.open_records().get(number)
        except RecordsError as error:
            self.words.update(plain(str(error)))
            return
        page = entry_page(self._services.loaded.guide, number, entry)
        self.app.push_screen(ReadingScreen(f"Entry {number}", page))

    def action_more(self) -> None:
        if self._more:
            self._read()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        return self._more if action == "more" else True

    def _read(self) -> None:
        try:
            store = self._services.open_records()
            entries, count = store.page(self._oldest, PAGE), store.count()
        except RecordsError as error:
            self._more = False
            self.words.update(plain(str(error)))
            return
        for entry in entries:
            self.table.add_row(*self._cells(entry), key=str(entry.seq))
        self._more = len(entries) == PAGE
        self._oldest = entries[-1].seq if entries else self._oldest
        self.words.update(plain(_words(self.table.row_count, count)))
        self.refresh_bindings()

    def _cells(self, entry: EntrySummary) -> list[Text]:
        group = recorded_group(self._services.loaded.guide, entry.chosen).removesuffix(" Services")
        advice = "followed" if entry.chosen == entry.recommended else "not followed"
        cells = (
            str(entry.seq),
            local_time(entry.when),
            group.split(":")[0],
            advice,
            entry.case_number,
            entry.whom,
            entry.service,
        )
        return [cell(text) for text in cells]


def _words(shown: int, count: int) -> str:
    if not count:
        return (
            "Nothing is recorded yet. Finish an interview and record its group; it is listed here."
        )
    return f"{shown} of {count} shown, newest first. Enter opens one. A memo of advice, not the record."
