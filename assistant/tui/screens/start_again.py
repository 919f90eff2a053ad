"""What becomes of the answers so far, when another interview is to be begun."""

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from assistant.interview.choice import Choice
from assistant.interview.saying import BEGIN_ANEW, begin_choices
from assistant.tui.screens.once import OnceModal
from assistant.tui.text import plain
from assistant.tui.widgets.choices import Choices
from assistant.tui.widgets.keys import Keys

Fate = Literal["drop", "keep"]
"""What is done with the answers: thrown away, or kept among the unfinished interviews."""


class StartAgainScreen(OnceModal[Fate | None]):
    """Gives what becomes of the answers, None to go on with them; Esc is that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "dismiss(None)", "Go on", key_display="Esc"),
        Binding("y", "dismiss('drop')", "Start again"),
    ]

    def __init__(self, *, can_be_kept: bool) -> None:
        super().__init__()
        self._choices: list[Choice] = begin_choices(can_be_kept=can_be_kept)

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Static(plain(BEGIN_ANEW, "bold"), markup=False)
            yield Choices(id="choices")
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Choices).show(self._choices)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        fates: dict[str, Fate] = {"drop": "drop", "keep": "keep"}
        self.dismiss(fates.get(event.does[0]))
