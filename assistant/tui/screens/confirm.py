"""One yes-or-no question over the screen."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from assistant.interview.choice import Choice
from assistant.interview.drafting import UNKEPT
from assistant.tui.screens.once import OnceModal
from assistant.tui.text import plain
from assistant.tui.widgets.choices import Choices
from assistant.tui.widgets.keys import Keys


class ConfirmScreen(OnceModal[bool]):
    """Asks before something is lost; Esc is no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "dismiss(False)", "No", key_display="Esc"),
        Binding("y", "dismiss(True)", "Yes"),
    ]

    def __init__(self, question: str, *, yes: str, no: str) -> None:
        super().__init__()
        self._question = question
        self._choices = [Choice(("yes",), yes), Choice(("no",), no)]

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Static(plain(self._question, "bold"), markup=False)
            yield Choices(id="choices")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Choices).show(self._choices)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(event.does == ("yes",))


class LeaveScreen(ConfirmScreen):
    """Asks before the answers are lost that cannot be kept; a second Ctrl-C is a yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "dismiss(True)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(UNKEPT, yes="Leave all the same", no="Stay")
