"""The groups and answers as a page of their own, for a window too narrow to show them beside."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from assistant.interview.view import View
from assistant.tui.screens.once import OnceModal
from assistant.tui.widgets.aside import Aside
from assistant.tui.widgets.keys import Keys


class PanelScreen(OnceModal[str | None]):
    """Shows what stands beside a wide conversation; gives the fact whose answer is to change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,o,q", "dismiss(None)", "Close", key_display="Esc")
    ]

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        yield Aside()
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Aside).show(self._view)

    def on_aside_change_asked(self, event: Aside.ChangeAsked) -> None:
        self.dismiss(event.fact)
