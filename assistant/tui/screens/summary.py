"""How often what was recorded: counts in words, and as bars."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.bootstrap import Services
from assistant.errors import RecordsError
from assistant.interview.summarising.tables import Table, in_full, tables
from assistant.interview.wanting import wanted_words
from assistant.records.wanted import Wanted
from assistant.tui.screens.once import OnceModal
from assistant.tui.text import plain
from assistant.tui.widgets.bar_chart import BarChart
from assistant.tui.widgets.keys import Keys


class SummaryScreen(OnceModal[None]):
    """Counts the entries that stand and are wanted, by group, certainty, advice and month."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,s,q", "dismiss", "Close", key_display="Esc"),
        Binding("t", "app.theme", show=False),
    ]

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide")]  # noqa: RUF012 - Textual declares it

    def __init__(self, services: Services, wanted: Wanted) -> None:
        super().__init__()
        self._services = services
        self._wanted = wanted

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page") as page:
            page.border_title = "Summary"
            yield from self._counted()
        yield Keys("↑ ↓ PgUp PgDn read")

    def _counted(self) -> ComposeResult:
        guide = self._services.loaded.guide
        try:
            summary = self._services.open_records().summary(self._wanted)
        except RecordsError as error:
            yield Static(plain(str(error)), markup=False)
            return
        yield Static(_lead(summary.total, wanted_words(guide, self._wanted)), markup=False)
        for table in tables(guide, in_full(summary)) if summary.total else ():
            yield Static(plain(table.title, "bold"), classes="heading", markup=False)
            with Horizontal(classes="counts"):
                yield Static(_in_words(table), markup=False)
                yield BarChart(table)


def _lead(total: int, narrowed: str) -> Content:
    entries = "1 entry stands" if total == 1 else f"{total:,} entries stand"
    only = f" Only: {narrowed}." if narrowed else ""
    words = f"{entries}.{only} Corrected ones count once, withdrawn ones not at all."
    return plain(words, "bold")


def _in_words(table: Table) -> Content:
    return plain("\n".join(f"{line.words}: {line.count}" for line in table.lines))
