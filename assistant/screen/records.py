"""Records on the screen: list, entry, summary, filter."""

from collections.abc import Iterator
from typing import ClassVar

from rich.console import Console, ConsoleOptions
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.getters import query_one
from textual.widgets import DataTable, Static

from assistant.cases.entries import (
    NONE_YET,
    NOT_THE_RECORD,
    EntryLine,
    entry_answers,
    entry_fields,
    entry_memo,
    history_lines,
    line_of,
    waiting_words,
)
from assistant.cases.forms import (
    Correction,
    PreviousEntry,
    SavedEntry,
    WithdrawalForm,
)
from assistant.cases.summary import (
    FOLLOWED,
    HOW_WORDS_ARE_FOUND,
    NOTHING,
    OVERRIDDEN,
    FilterForm,
    filter_words,
    summary_tables,
)
from assistant.commands import Where
from assistant.engine.verdict import recorded_group
from assistant.errors import RecordsError
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from assistant.records.entry import EVERYTHING, Entry, EntryFilter, EntrySummary
from assistant.screen.column import Part, joined, plain
from assistant.screen.dialogs import OnceModal, OnceScreen, ReadingScreen
from assistant.screen.form import FormScreen
from assistant.screen.widgets import Keys, TitleBar, bindings, cell
from assistant.services import Services
from assistant.tables import Table, as_columns
from assistant.text import counted, shortened


def _entry_parts(loaded: LoadedGuide, line: EntryLine) -> Iterator[Part]:
    """Return everything that the last version of an entry holds, in words."""
    now = line.now
    if became := line.became(now.seq):
        yield f"{became}\n\n", "bold"
    elif now.entry.corrects:
        yield "This replaces an earlier entry. See its history.\n\n", "bold"
    for field in entry_fields(loaded, now.seq, now.entry):
        yield f"{field.about}: ", "bold"
        yield f"{field.says}\n", ""
    yield f"\n{NOT_THE_RECORD}\n\n", ""
    yield "Answers\n", "bold"
    for answer in entry_answers(loaded, now.entry):
        yield f"{answer.about}\n", ""
        yield f"  {answer.says}\n", "bold"


def _history_parts(loaded: LoadedGuide, line: EntryLine) -> Iterator[Part]:
    """Return every version of an entry with why it was made, oldest first."""
    for one, words in zip(line.history, history_lines(line.history, loaded.guide), strict=True):
        yield f"{words}\n", "bold"
        if isinstance(one.record, Entry):
            for field in entry_fields(loaded, one.seq, one.record):
                yield f"  {field.line}\n", ""
        yield "\n", ""


class EntryScreen(OnceModal[PreviousEntry | bool]):
    """Shows an entry; gives it to take up its interview again, else whether the list has changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Where.ENTRY),
        Binding("escape,q", "close", "Close", key_display="Esc", priority=True),
    ]

    def __init__(self, services: Services, line: EntryLine) -> None:
        super().__init__()
        self._services = services
        self._line = line
        self._changed = False
        self._typed: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="box", classes="reading"):
            yield Static(plain(f"Entry {self._line.now.seq}", "bold"), id="title", markup=False)
            with VerticalScroll(id="page"):
                yield Static(id="said", markup=False)
                yield Static(id="entry", markup=False)
            yield Keys()

    def on_mount(self) -> None:
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        return self._line.stands or action not in {"correct", "withdraw", "go_on"}

    def action_close(self) -> None:
        self.dismiss(self._changed)

    async def action_history(self) -> None:
        page = joined(_history_parts(self._services.loaded, self._line))
        await self.app.push_screen(ReadingScreen(f"History of entry {self._line.now.seq}", page))

    def action_go_on(self) -> None:
        self.dismiss(self._line.now)

    async def action_correct(self) -> None:
        form = Correction(self._services, self._line.now)
        await self.app.push_screen(FormScreen(form, self._typed, more=True), self._corrected)

    def _corrected(self, saved: SavedEntry | None) -> None:
        """Show what was recorded in place of the entry, once it is."""
        if saved:
            self._typed = {}
            self._read_again(saved.sentence)

    async def action_withdraw(self) -> None:
        form = WithdrawalForm(self._services, self._line.now)
        await self.app.push_screen(FormScreen(form, {}), self._withdrawn)

    def _withdrawn(self, sentence: str | None) -> None:
        if sentence:
            self._read_again(sentence)

    def action_copy_memo(self) -> None:
        self.app.copy_to_clipboard(self._memo())
        self._show("The memo was copied to the clipboard, without the case number.")

    def action_save_memo(self) -> None:
        """Save the memo, without the case number."""
        try:
            path = self._services.memos.save(
                self._services.now(), self._memo(), number=self._line.now.seq
            )
        except RecordsError as error:
            self._show(str(error))
        else:
            self._show(f"Saved {path.name} in {path.parent}")

    def _memo(self) -> str:
        return entry_memo(self._services.loaded, self._line.now, line=self._line)

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
        title = plain(f"Entry {self._line.now.seq}", "bold")
        self.query_one("#title", Static).update(title)
        self.query_one("#said", Static).update(plain(f"{said}\n", "bold"))
        self.query_one("#said").display = bool(said)
        parts = _entry_parts(self._services.loaded, self._line)
        self.query_one("#entry", Static).update(joined(parts))
        self.query_one("#page").scroll_home(animate=False)
        self.refresh_bindings()


COLUMNS = ("No.", "State", "Day", "Case", "Group", "For", "Service")
"""The columns, each as wide as what stands in it."""

GROUP_MOST = 24
"""Longest name of a group, in characters; its beginning tells it from the others."""

MOST_COUNTED = 1_000
"""Entries beyond these are not counted: that there are more is enough."""

_FOLLOWED = {True: FOLLOWED.lower(), False: OVERRIDDEN.lower(), None: NOTHING.lower()}


def row(guide: Guide, entry: EntrySummary) -> list[Text]:
    """Return the cells of an entry, one for each of the columns."""
    group = recorded_group(guide, entry.chosen) if entry.chosen else "No group"
    cells = (
        str(entry.seq),
        state(entry),
        f"{entry.when.astimezone():%b %d}",
        entry.case_number,
        shortened(group.removesuffix(" Services"), GROUP_MOST),
        entry.whom,
        entry.service,
    )
    return [cell(text) for text in cells]


def state(entry: EntrySummary) -> str:
    """Say what became of the entry, and whether it matches the advice."""
    first = "not decided" if entry.unresolved else _FOLLOWED[entry.followed]
    first = "withdrawn" if entry.withdrawn else first
    return f"{first}, corrected" if entry.corrects else first


def list_words(shown: int, count: int, narrowed: str) -> str:
    """Say how many of all entries a list shows, and which; `narrowed` is "" where it shows any."""
    if not count and narrowed:
        return (
            f"No entry matches: {narrowed}. Press c to show all, or f to change the filter."
            f" {HOW_WORDS_ARE_FOUND}"
        )
    if not count:
        return NONE_YET
    of = f"more than {MOST_COUNTED:,}" if count > MOST_COUNTED else f"{count:,}"
    only = f" Filter: {narrowed}." if narrowed else ""
    return f"{shown:,} of {of} shown, newest first.{only} This is advice, not the official record."


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


class RecordsScreen(OnceScreen[PreviousEntry | None]):
    """Lists entries a page at a time; gives one whose interview is to be taken up again, if any."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", key_display="Enter", priority=True),
        Binding("escape,i", "app.interview", "Interview", key_display="Esc", priority=True),
        *bindings(Where.RECORDS),
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
        yield _Entries(id="entries", cursor_type="row")
        yield Keys()

    def on_mount(self) -> None:
        self.table.add_columns(*COLUMNS)
        self._read()
        self.set_focus(self.table)

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Read on when the cursor comes to the oldest entry shown."""
        if self._more and event.cursor_row == self.table.row_count - 1:
            self._read()

    async def on_data_table_row_selected(self) -> None:
        await self.action_open()

    async def action_open(self) -> None:
        """Open the entry that the cursor is at; what is typed next waits for it."""
        if not self.is_active or not self.table.row_count:
            return
        row = self.table.ordered_rows[self.table.cursor_row]
        try:
            line = line_of(self._services.open_records(), int(row.key.value or 0))
        except RecordsError as error:
            self.words.update(plain(str(error)))
            return
        await self.app.push_screen(EntryScreen(self._services, line), self._left_entry)

    def action_older(self) -> None:
        if self._more:
            self._read()

    async def action_filter(self) -> None:
        form = FilterForm(self._services.loaded.guide, self._wanted)
        await self.app.push_screen(FormScreen(form, {}), self._show_wanted)

    def action_show_all(self) -> None:
        self._show_wanted(EVERYTHING)

    async def action_summary(self) -> None:
        await self.app.push_screen(SummaryScreen(self._services, self._wanted))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Offer only what would change something."""
        return {"older": self._more, "show_all": self._wanted != EVERYTHING}.get(action, True)

    def _show_wanted(self, wanted: EntryFilter | None) -> None:
        if wanted is not None:
            self._wanted = wanted
            self._read_anew()

    def _left_entry(self, left: PreviousEntry | bool | None) -> None:
        """Go to the interview that is taken up again, or show what has become of the list."""
        if isinstance(left, PreviousEntry):
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
        narrowed = filter_words(self._services.loaded.guide, self._wanted)
        words = (list_words(self.table.row_count, count, narrowed), waiting_words(store))
        self.words.update(plain("\n".join(filter(None, words))))
        self.refresh_bindings()


class TableText:
    """A table of counts in columns, as wide as the widget that shows it."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[Text]:
        yield from map(Text, as_columns(self._table, options.max_width))


class SummaryScreen(OnceModal[None]):
    """Counts the entries that stand and are wanted, by group, certainty, advice and month."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,s,q", "dismiss", "Close", key_display="Esc", priority=True),
    ]

    def __init__(self, services: Services, wanted: EntryFilter) -> None:
        super().__init__()
        self._services = services
        self._wanted = wanted

    def compose(self) -> ComposeResult:
        with Vertical(id="box", classes="reading"):
            yield Static(plain("Summary", "bold"), id="title", markup=False)
            with VerticalScroll(id="page"):
                yield from self._counted()
            yield Keys(("PgDn", "Read on"))

    def _counted(self) -> ComposeResult:
        guide = self._services.loaded.guide
        try:
            summary = self._services.open_records().summary(self._wanted)
        except RecordsError as error:
            yield Static(plain(str(error)), markup=False)
            return
        active = counted(summary.total, "active entry", "active entries")
        narrowed = filter_words(guide, self._wanted)
        only = f" Filter: {narrowed}." if narrowed else ""
        lead = f"{active}.{only} A corrected entry counts once. A withdrawn entry does not count."
        yield Static(plain(lead, "bold"), markup=False)
        for table in summary_tables(guide, summary):
            yield Static(plain(table.title, "bold"), classes="heading", markup=False)
            yield Static(TableText(table), markup=False)
