"""Asks once under which alias to practise."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input, Static

from assistant.interview.practice.alias import ASK, FOR_GOOD, alias_refusal
from assistant.tui.screens.once import OnceModal
from assistant.tui.text import Visible, plain
from assistant.tui.widgets.keys import Keys

HINT = "type the word here, then Enter"
"""Shown while nothing is typed."""


class PracticeAlias(OnceModal[str | None]):
    """Gives the alias that was typed, None where practice is not wanted after all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Not now", key_display="Esc"),
    ]

    words = query_one("#alias", Input)
    refusal = query_one("#refusal", Static)

    def __init__(self, suggested: str = "") -> None:
        super().__init__()
        self._suggested = suggested

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Static(plain(ASK), markup=False)
            yield Input(
                self._suggested, id="alias", placeholder=HINT, highlighter=Visible(), compact=True
            )
            yield Static(id="refusal", markup=False)
            yield Static(plain(FOR_GOOD), markup=False, id="for-good")
        yield Keys()

    def on_mount(self) -> None:
        self.words.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed, or say what keeps it from being an alias."""
        event.stop()
        typed = event.value.strip()
        refusal = alias_refusal(typed)
        if refusal:
            self.refusal.update(plain(refusal, "bold"))
        else:
            self.dismiss(typed)
