"""A discussion on the screen: one story large, its answer hidden until a key reveals it."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.reactive import reactive
from textual.widgets import Static

from assistant.screen.column import Paragraph, Prose, Sheet, plain, turn_pages
from assistant.screen.theme import DARK, DOT, LIGHT, MORE_BELOW, SETTLED
from assistant.screen.widgets import Keys
from assistant.services import Services
from assistant.training.feedback import Slide


class LargeText(Prose):
    """Shows its rows wide apart, for the back of the room, where all of them have room so."""

    def _wrap(self, width: int) -> list[Content]:
        rows = super()._wrap(width)
        lines = [row for row in rows if row.plain.strip()]
        if 2 * len(lines) > self.room:
            return rows
        return [row for line in lines for row in (line, Content(""))]


class DiscussionApp(App[None]):
    """Goes through slides: each is shown, then revealed, then the next one."""

    TITLE = "Service Group Assistant"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH: ClassVar[list[str | PurePath]] = [Path(__file__).parent / "styles" / "screen.tcss"]
    CSS = """
    #page { padding-top: 1; }
    LargeText { max-width: 69; }
    #note { color: $quiet; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space,n,right,pagedown", "forward", "Next", key_display="Enter", priority=True
        ),
        Binding("left,b,backspace,pageup", "backward", "Back", key_display="←", priority=True),
        Binding("down", "scroll(2)", priority=True),
        Binding("up", "scroll(-2)", priority=True),
        Binding("q,escape", "quit", "Quit", key_display="q", priority=True),
    ]

    page = query_one("#page", Sheet)
    text = query_one(LargeText)

    step = reactive(0, init=False)
    """Slides passed, twice each: an even step hides the answer."""

    def __init__(self, services: Services, shown: Sequence[Slide]) -> None:
        super().__init__()
        self._shown = shown
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = (LIGHT if services.settings.theme == "light" else DARK).name

    def compose(self) -> ComposeResult:
        with Sheet(id="page"):
            yield LargeText()
        yield Static(id="note", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.watch(self.page, "scroll_y", self._tell, init=False)

    def on_resize(self) -> None:
        """Lay the story out anew; a new app is told its size in this way too."""
        self.call_after_refresh(self.watch_step)

    @property
    def slide(self) -> Slide:
        return self._shown[self.step // 2]

    @property
    def revealed(self) -> bool:
        return self.step % 2 == 1

    def watch_step(self) -> None:
        """Show the slide of the step, with its answer if it is revealed."""
        self.text.room = self.page.size.height
        self.text.write([*_paragraphs(self.slide, revealed=self.revealed)])
        self.call_after_refresh(self._to_what_is_new)

    def _to_what_is_new(self) -> None:
        """Bring the answer into sight, else the beginning."""
        self.page.scroll_to(y=self.page.max_scroll_y * self.revealed, animate=False, immediate=True)
        self._tell()

    def _tell(self) -> None:
        """Say which story it is, and what of it is not in sight."""
        at, last = self.page.scroll_target_y, self.page.max_scroll_y
        above, below = (
            ("More above (↑)" if at else ""),
            (f"{MORE_BELOW} More below (↓)" if at < last else ""),
        )
        said = filter(None, (below, above, self.slide.place))
        self.query_one("#note", Static).update(plain(f" {DOT} ".join(said)))

    def action_forward(self) -> None:
        self.step = min(self.step + 1, 2 * len(self._shown) - 1)

    def action_backward(self) -> None:
        self.step = max(self.step - 1, 0)

    def action_scroll(self, lines: int) -> None:
        turn_pages(self.page, 1, lines)


def _paragraphs(slide: Slide, *, revealed: bool) -> Iterator[Paragraph]:
    for number, paragraph in enumerate(slide.paragraphs):
        yield Paragraph(plain(paragraph), gap=number > 0)
    yield Paragraph(plain(slide.asked, "bold"), gap=True)
    first, *rest = slide.answer if revealed else [""]
    if first:
        yield Paragraph(plain(first, "bold $settled"), mark=plain(SETTLED, "$settled"), gap=True)
    for line in rest:
        yield Paragraph(plain(line), gap=True)


def run(services: Services, shown: Sequence[Slide]) -> int:
    """Hold a discussion until it is left, and give the exit code."""
    app = DiscussionApp(services, shown)
    app.run()
    return app.return_code or 0
