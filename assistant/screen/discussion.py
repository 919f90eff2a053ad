"""A discussion on the screen: one story large, its answer hidden until a key reveals it."""

import textwrap
from collections.abc import Sequence
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from assistant.screen.column import joined, plain, turn_pages
from assistant.screen.theme import DARK, LIGHT
from assistant.services import Services
from assistant.training.feedback import Slide

_LONGEST = 64  # columns of a line that is read from afar

HOW = "Enter or space: reveal the answer, then the next story. ←: back. q: quit."
"""What can be pressed."""


class DiscussionApp(App[None]):
    """Goes through slides: each is shown, then revealed, then the next one."""

    TITLE = "Service Group Assistant"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #page { align: center top; padding: 1 2; }
    #page > Static { width: 100%; max-width: 76; padding-bottom: 1; }
    #answer { border-left: outer $settled; padding-left: 2; }
    #how { dock: bottom; height: 1; padding: 0 2; color: $quiet; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,n,right,pagedown", "forward", "Reveal", priority=True),
        Binding("left,b,backspace,pageup", "backward", "Back", priority=True),
        Binding("down", "scroll(2)", priority=True),
        Binding("up", "scroll(-2)", priority=True),
        Binding("q,escape", "quit", "Quit", priority=True),
    ]

    step = reactive(0, init=False)
    """Slides passed, twice each: an even step hides the answer."""

    def __init__(self, services: Services, shown: Sequence[Slide]) -> None:
        super().__init__()
        self._shown = shown
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = (LIGHT if services.settings.theme == "light" else DARK).name

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="story", markup=False)
            yield Static(id="answer", markup=False)
        yield Static(plain(HOW), id="how", markup=False)

    def on_resize(self) -> None:
        """Lay the story out anew; a new app is told its size in this way too."""
        self.watch_step()

    @property
    def slide(self) -> Slide:
        return self._shown[self.step // 2]

    @property
    def revealed(self) -> bool:
        return self.step % 2 == 1

    def watch_step(self) -> None:
        """Show the slide of the step, with its answer if it is revealed."""
        slide = self.slide
        text = large(slide, self.size.width - 8, self.size.height - 4)
        parts = [(f"{slide.place}\n\n", "$quiet"), (text, "")]
        self.query_one("#story", Static).update(joined(parts))
        answer = self.query_one("#answer", Static)
        first, *rest = slide.answer
        answer.update(joined([(f"{first}\n", "bold $settled"), ("\n\n".join(["", *rest])[1:], "")]))
        answer.display = self.revealed
        page = self.query_one("#page", VerticalScroll)
        if self.revealed:
            self.call_after_refresh(page.scroll_end, animate=False)
        else:
            page.scroll_home(animate=False)

    def action_forward(self) -> None:
        self.step = min(self.step + 1, 2 * len(self._shown) - 1)

    def action_backward(self) -> None:
        self.step = max(self.step - 1, 0)

    def action_scroll(self, lines: int) -> None:
        turn_pages(self.query_one("#page", VerticalScroll), 1 if lines > 0 else -1, abs(lines))


def run(services: Services, shown: Sequence[Slide]) -> int:
    """Hold a discussion until it is left, and give the exit code."""
    app = DiscussionApp(services, shown)
    app.run()
    return app.return_code or 0


def large(slide: Slide, columns: int, rows: int) -> str:
    """Return a story for the back of the room: short lines, and where there are rows for it, wide apart."""
    lines: list[str] = []
    for paragraph in (*slide.paragraphs, slide.asked):
        lines += [*textwrap.wrap(paragraph, min(columns, _LONGEST)), ""]
    wide = 2 * len(lines) <= rows
    return ("\n\n" if wide else "\n").join(line for line in lines[:-1] if line or not wide)
