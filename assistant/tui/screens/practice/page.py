"""What every screen of practice looks like: something to read, and numbered choices below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from assistant.interview.choice import Choice
from assistant.tui.screens.once import OnceScreen
from assistant.tui.text import plain
from assistant.tui.widgets.choices import Choices
from assistant.tui.widgets.conversation import Block
from assistant.tui.widgets.keys import Keys
from assistant.tui.widgets.practice_reading import PracticeReading
from assistant.tui.widgets.titlebar import TitleBar

LEAD = ("1-9 ↑↓ Enter choose", "PgUp PgDn read")
"""Keys that are no commands."""

_FRAME = 5
"""Columns that frame, padding and scroll bar take from what is read."""

_WIDEST = 106
"""Columns beyond which a line is hard to read."""

MORE = "More below: PgDn"
"""Said where what is to be read is not wholly in sight."""


@dataclass(frozen=True)
class Page:
    """One page: blocks of which one is to be on top, a question with a hint, choices, a line.

    `ready` is where the first choice only goes on, so that Enter may take it at once.
    """

    blocks: Sequence[Block]
    choices: Sequence[Choice]
    read_from: int = 0
    ask: str = ""
    hint: str = ""
    standing: str = ""
    trouble: str = ""
    ready: bool = False


class PracticePage(OnceScreen[None]):
    """Shows one page at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", key_display="Esc"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (50, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-low"), (22, "-tall"), (30, "-high")]  # noqa: RUF012

    reading = query_one("#reading", PracticeReading)
    choices = query_one("#choices", Choices)

    _standing = ""

    def compose(self) -> ComposeResult:
        yield TitleBar("practice")
        with Vertical(id="body"):
            yield PracticeReading(id="reading")
            with Vertical(id="card"):
                yield Static(id="ask", markup=False)
                yield Static(id="hint", markup=False)
                yield Choices(id="choices")
            yield Static(id="standing", markup=False)
            yield Static(id="trouble", markup=False)
        yield Static(
            "This window is too small. Make it at least 50 wide and 16 high, or q to quit.",
            id="too-small",
        )
        yield Keys(*LEAD)

    def on_mount(self) -> None:
        self.watch(self.reading, "more", self._tell)

    @property
    def room_for_text(self) -> int:
        """How many columns a line that is read may have."""
        return max(1, min(self.size.width - _FRAME, _WIDEST))

    def show(self, page: Page) -> None:
        """Draw a page, and give its choices the keyboard."""
        self.reading.show(page.blocks, page.read_from)
        self._say("#ask", page.ask, "bold")
        self._say("#hint", page.hint)
        self.query_one("#card").display = bool(page.choices)
        self.choices.show(page.choices)
        self.choices.highlighted = 0 if page.ready else None
        self._standing = page.standing
        self._tell()
        self._say("#trouble", " ".join(page.trouble.split()), "bold")
        self.choices.focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Do nothing that cannot be seen."""
        return not (self.has_class("-tiny") or self.has_class("-flat"))

    def on_resize(self) -> None:
        """Give the keyboard back to the choices after the window was too small to show them."""
        if self.focused is None:
            self.call_after_refresh(self.choices.focus)

    def action_read(self, pages: int) -> None:
        """Scroll what is read by whole pages, while the choices keep the keyboard."""
        step = max(1, self.reading.size.height - 2)
        self.reading.scroll_relative(y=pages * step, animate=False)

    def action_leave(self) -> None:
        self.dismiss()

    def _tell(self) -> None:
        """Say where things stand, and whether there is more to read than is in sight."""
        said = (self._standing, MORE if self.reading.more else "")
        self.query_one("#standing", Static).update(plain("  ".join(filter(None, said))))

    def _say(self, where: str, words: str, style: str = "") -> None:
        line = self.query_one(where, Static)
        line.update(plain(words, style))
        line.set_class(not words, "-nothing")
