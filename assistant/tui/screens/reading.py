"""A page of text over the screen, left with Esc."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.tui.screens.once import OnceModal
from assistant.tui.text import plain
from assistant.tui.widgets.keys import Keys


class ReadingScreen(OnceModal[None]):
    """Shows text that may be longer than the screen, with arrows and page keys to read it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss", "Close", key_display="Esc")
    ]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page") as page:
            page.border_title = plain(self._title).markup
            yield Static(self._text, markup=False)
        yield Keys()
