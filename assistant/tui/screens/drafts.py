"""The unfinished interviews: one is chosen to go on with, or discarded."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from assistant.interview.choice import Choice
from assistant.interview.drafting import Drafting
from assistant.records.drafts import Draft
from assistant.tui.screens.once import OnceModal
from assistant.tui.text import plain
from assistant.tui.widgets.choices import Choices
from assistant.tui.widgets.keys import Keys


class DraftsScreen(OnceModal[Draft | None]):
    """Lists what waits, the one left last first; gives the one to go on with, if any."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # The choices take letters for the beginning of words otherwise.
        Binding("x,delete", "discard", "Discard", key_display="x", priority=True),
        Binding("escape,u,q", "dismiss(None)", "Close", key_display="Esc"),
    ]

    choices = query_one(Choices)

    def __init__(self, drafting: Drafting) -> None:
        super().__init__()
        self._drafting = drafting

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Static(plain("Go on with which unfinished interview?", "bold"), markup=False)
            yield Choices(id="choices")
        yield Keys("1-9 ↑↓ Enter choose")

    def on_mount(self) -> None:
        self._list(0)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        if event.in_time and self.is_active:
            self.dismiss(self._drafting.waiting[int(event.does[0])])

    def action_read(self, pages: int) -> None:
        """Scroll by whole pages, as the choices' page keys ask their screen to."""
        self.choices.scroll_relative(y=pages * self.choices.size.height, animate=False)

    @work
    async def action_discard(self) -> None:
        """Ask first: what is discarded cannot be had back."""
        place = self.choices.highlighted
        if place is None or not self.is_active:
            return
        from assistant.tui.screens.confirm import ConfirmScreen  # noqa: PLC0415 - where it is needed

        draft, row = self._drafting.waiting[place], self._drafting.rows[place]
        ask = ConfirmScreen(f"Discard this interview? {row}.", yes="Discard it", no="Keep it")
        if await self.app.push_screen_wait(ask):
            self._drafting.discard(draft.id)
            self._list(place)

    def _list(self, place: int) -> None:
        """List what waits, with a place highlighted; leave where nothing waits any more."""
        rows = self._drafting.rows
        self.choices.show([Choice((str(number),), row) for number, row in enumerate(rows)])
        self.choices.highlighted = min(place, len(rows) - 1) if rows else None
        if not rows:
            self.dismiss(None)
