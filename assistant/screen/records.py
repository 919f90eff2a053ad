"""Records on the screen: list, entry, summary, filter."""

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.coordinate import Coordinate
from textual.getters import query_one
from textual.widgets import DataTable, Static

from assistant.cases.entries import (
    EntryLine,
    entry_memo,
    entry_row,
    entry_rows,
    line_of,
    list_help,
    waiting_words,
)
from assistant.cases.forms import (
    Correction,
    PreviousEntry,
    SavedEntry,
    WithdrawalForm,
    restore,
)
from assistant.cases.summary import FilterForm, filter_words, summary_tables
from assistant.commands import Choice, Where
from assistant.errors import RecordsError
from assistant.records.entry import EVERYTHING, EntryFilter, EntrySummary
from assistant.records.fields import Form, Result
from assistant.screen.column import (
    AXIS,
    MARGIN,
    QUIET,
    Choices,
    HangingText,
    Paragraph,
    Sheet,
    joined,
    plain,
    turn_pages,
)
from assistant.screen.dialogs import ReadingScreen
from assistant.screen.drawing import sections
from assistant.screen.form import FormPane
from assistant.screen.records_drawing import (
    MOST_COUNTED,
    TALL,
    TableText,
    entry_choices,
    entry_head,
    entry_rest,
    history_parts,
    list_words,
)
from assistant.screen.theme import HERE, MORE_BELOW
from assistant.screen.widgets import (
    BREAKPOINTS,
    HEIGHTS,
    Keys,
    NumberedScreen,
    OnceModal,
    OnceScreen,
    TitleBar,
    bindings,
    cell,
)
from assistant.services import Services
from assistant.text import counted


class FormScreen(OnceModal[Result | None]):
    """Asks for the fields of a form; gives what saving it gave, or None where it was left.

    `typed` is the caller's: what was typed stays there when the form is left.
    """

    pane = query_one(FormPane)

    def __init__(self, form: Form[Result], typed: dict[str, str], *, more: bool = False) -> None:
        super().__init__()
        self.form = form
        self._typed = typed
        self._more = more

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield FormPane(
                self.form, self._typed, saved=self.dismiss, left=self._keep, more=self._more
            )
            yield Keys()

    def on_mount(self) -> None:
        self.pane.begin()

    @property
    def lead(self) -> list[tuple[str, str]]:
        return self.pane.lead

    @property
    def row(self) -> tuple[str, ...]:
        return self.pane.row

    def _keep(self, _: str) -> None:
        """Keep what was typed for when the form is opened again."""
        self._typed |= self.pane.typed()
        self.dismiss(None)


class EntryScreen(NumberedScreen[PreviousEntry | bool]):
    """Shows an entry; gives it to take up its interview again, else whether the list has changed."""

    where = Where.ENTRY

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Where.ENTRY),
        Binding("escape,q", "close", "Back", key_display="Esc", priority=True),
    ]

    row = ("history", "correct", "withdraw", "restore", "close")
    page = query_one("#page", VerticalScroll)
    note = query_one("#note", Static)

    def __init__(self, services: Services, line: EntryLine) -> None:
        super().__init__()
        self._services = services
        self._line = line
        self._changed = False
        self._said = ""
        self._typed: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield TitleBar("records")
        with Sheet(id="page"):
            yield Choices(fills=True)
        yield Static(id="note", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.watch(self.page, "scroll_y", lambda: self.say(""), init=False)
        self._show()
        self.set_focus(self.choices)

    def on_resize(self) -> None:
        self.call_after_refresh(self._tell)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        needed = {"correct": True, "withdraw": True, "go_on": True, "restore": False}
        if action in needed:
            return needed[action] == self._line.stands
        return super().check_action(action, parameters)

    async def chosen(self, choice: Choice) -> None:
        done = getattr(self, f"action_{choice.command}")()
        if done is not None:
            await done

    def say(self, words: str) -> None:
        """Say words for as long as the page stays where it is."""
        self._said = words
        self._tell()

    def _tell(self) -> None:
        """Say what is new, or else whether more is below."""
        below = self.choices.below(int(self.page.scroll_y), "answers", key="PgDn")
        self.note.update(plain(self._said) if self._said else plain(below, QUIET))

    def action_read(self, pages: int) -> None:
        """Read on, from the choices to what stands below them."""
        begins, at, high = self.choices.more_row, self.page.scroll_y, self.page.size.height
        is_next = pages > 0 and at < begins <= at + high
        rows = begins - round(at) if is_next else high if pages < 0 else 0
        turn_pages(self.page, pages, rows)

    def action_close(self) -> None:
        self.dismiss(self._changed)

    async def action_history(self) -> None:
        page = joined(history_parts(self._services.loaded, self._line))
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

    def action_restore(self) -> None:
        """Undo the withdrawal; what is restored can be withdrawn again."""
        try:
            sentence, _ = restore(self._services, self._line.now)
        except RecordsError as error:
            self.say(str(error))
        else:
            self._read_again(sentence)

    def action_copy_memo(self) -> None:
        self.app.copy_to_clipboard(self._memo())
        self.say("The memo was copied to the clipboard, without the case number.")

    def action_save_memo(self) -> None:
        """Save the memo of five lines, without the case number."""
        self._save(self._memo())

    def action_save_long_memo(self) -> None:
        """Save the memo with every reason, without the case number."""
        self._save(self._memo(in_full=True))

    def _save(self, text: str) -> None:
        number = self._line.now.seq
        self.say(self._services.memos.save(self._services.now(), text, number=number))

    def _memo(self, *, in_full: bool = False) -> str:
        return entry_memo(self._services.loaded, self._line.now, line=self._line, in_full=in_full)

    def _read_again(self, sentence: str) -> None:
        """Show the entry as it now is, and say what was done."""
        self._changed = True
        try:
            self._line = line_of(self._services.open_records(), self._line.now.seq)
        except RecordsError as error:
            sentence = f"{sentence}\n{error}"
        self._show()
        self.say(sentence)

    def _show(self) -> None:
        loaded = self._services.loaded
        head, more = entry_head(loaded, self._line), entry_rest(loaded, self._line)
        offered = list(entry_choices(self._line))
        self.choices.fills = self.app.size.height < TALL
        self.choices.show(offered, list(head), more=list(more), columns=2)
        self.page.scroll_home(animate=False, immediate=True)
        self.say("")
        self.call_after_refresh(self._tell)
        self.refresh_bindings()


_SIDE = 46
"""Columns of the chosen entry beside a wide list, as the style sheet has them."""

PAGE = 50
"""How many entries are read at a time."""


class _Entries(DataTable[Text]):
    """A table whose lines open at the first click."""

    def on_click(self, event: events.Click) -> None:
        row = event.style.meta.get("row", -1)
        if row >= 0:
            event.prevent_default()
            self.move_cursor(row=row)
            self.action_select_cursor()


class RecordsScreen(OnceScreen[PreviousEntry | None]):
    """Lists entries a page at a time; gives one whose interview is to be taken up again, if any."""

    where = Where.RECORDS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", key_display="Enter", priority=True),
        Binding("escape,i", "app.interview", "Interview", key_display="Esc", priority=True),
        *bindings(Where.RECORDS),
    ]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    VERTICAL_BREAKPOINTS = HEIGHTS

    table = query_one("#entries", _Entries)
    words = query_one("#words", HangingText)
    entry = query_one("#entry", HangingText)
    note = query_one("#note", Static)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._wanted = EVERYTHING
        self._shown: list[EntrySummary] = []
        self._lines: list[str] = []
        self._marked = -1
        self._more = True

    def compose(self) -> ComposeResult:
        yield TitleBar("records")
        yield HangingText(id="words")
        with Horizontal(id="body"):
            yield _Entries(id="entries", cursor_type="row", show_header=False, cell_padding=0)
            with Sheet(id="side"):
                yield HangingText(id="entry")
        yield Static(id="note", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self._read()
        self.set_focus(self.table)
        self.watch(self.table, "scroll_y", self._tell, init=False)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Mark the row of the cursor; read on when it comes to the oldest entry shown."""
        self._mark(event.cursor_row)
        if self._more and event.cursor_row == len(self._shown) - 1:
            self._read()

    async def on_data_table_row_selected(self) -> None:
        await self.action_open()

    async def action_open(self) -> None:
        """Open the entry that the cursor is at; what is typed next waits for it."""
        line = self._chosen() if self.is_active else None
        if line:
            await self.app.push_screen(EntryScreen(self._services, line), self._left_entry)

    def _chosen(self) -> EntryLine | None:
        """Return the entry that the cursor is at, or say above the list why it cannot be read."""
        if not self._shown:
            return None
        try:
            seq = self._shown[self.table.cursor_row].seq
            return line_of(self._services.open_records(), seq)
        except RecordsError as error:
            self._say(str(error))
            return None

    async def action_filter(self) -> None:
        form = FilterForm(self._services.loaded.guide, self._wanted)
        await self.app.push_screen(FormScreen(form, {}), self._show_wanted)

    async def action_why(self) -> None:
        page = joined(sections(list_help()))
        await self.app.push_screen(ReadingScreen("What the list shows", page))

    def action_show_all(self) -> None:
        self._show_wanted(EVERYTHING)

    async def action_summary(self) -> None:
        await self.app.push_screen(SummaryScreen(self._services, self._wanted))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Offer only what would change something."""
        if action in {"open", "summary"}:
            return bool(self._shown)
        return action != "show_all" or self._wanted != EVERYTHING

    def _say(self, words: str) -> None:
        """Say below the title what is listed, or why it cannot be."""
        self.words.write(
            [Paragraph(plain("Records", "bold"), gap=True), Paragraph(plain(words, QUIET))]
        )

    def _tell(self) -> None:
        """Say whether more entries are below."""
        below = self._more or self.table.scroll_y < self.table.max_scroll_y
        self.note.update(plain(f"{MORE_BELOW} More below (PgDn)" if below else "", QUIET))

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
        self._shown = []
        self._read()

    def _read(self) -> None:
        """Read the next entries, and draw all of them in columns that fit."""
        self._more = False
        try:
            store = self._services.open_records()
            oldest = self._shown[-1].seq if self._shown else None
            entries = store.page(oldest, PAGE, self._wanted)
            count = store.count(self._wanted, most=MOST_COUNTED)
        except RecordsError as error:
            self._say(str(error))
            self.refresh_bindings()
            return
        self._shown += entries
        self._more = len(entries) == PAGE
        narrowed = filter_words(self._services.loaded.guide, self._wanted)
        words = (list_words(len(self._shown), count, narrowed), waiting_words(store))
        self._say("\n".join(filter(None, words)))
        self._draw()
        self.refresh_bindings()

    def _draw(self) -> None:
        """Draw the rows anew; the cursor stays where it was."""
        guide, now = self._services.loaded.guide, self._services.now()
        width = self.app.size.width - (_SIDE if self.has_class("-wide") else 0)
        cursor = self.table.cursor_row
        rows = [entry_row(guide, entry, now) for entry in self._shown]
        self._lines = list(entry_rows(rows, width - AXIS - MARGIN - 1))
        with self.prevent(DataTable.RowHighlighted):
            self.table.clear(columns=True)
            self.table.add_column("", width=width - MARGIN - 1)
            for entry, line in zip(self._shown, self._lines, strict=True):
                self.table.add_row(cell(f"  {line}"), key=str(entry.seq))
            self.table.move_cursor(row=min(cursor, max(0, len(rows) - 1)))
        self.call_after_refresh(self._tell)
        self._marked = -1
        self._mark(self.table.cursor_row)

    def _mark(self, here: int) -> None:
        """Put the mark before a row, and take it from the one before."""
        for place in {self._marked, here}:
            if 0 <= place < len(self._lines):
                mark = f"{HERE} " if place == here else "  "  # the column before it is the table's
                self.table.update_cell_at(Coordinate(place, 0), cell(f"{mark}{self._lines[place]}"))
        self._marked = here
        line = self._chosen() if self.has_class("-wide") else None
        self.entry.write(list(entry_head(self._services.loaded, line)) if line else [])


class SummaryScreen(OnceModal[None]):
    """Counts the active entries that are wanted, by group, certainty, advice and month."""

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
