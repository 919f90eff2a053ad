"""What stands below the fields of a long form, always in sight: what is said of it, and its buttons."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.widgets import Button, Static

from assistant.tui.text import plain
from assistant.tui.widgets.form_row import FormButton

_MORE, _FEWER = "More fields (Ctrl+O)", "Fewer fields (Ctrl+O)"


class FormFoot(Vertical):
    """Says a sentence or nothing; a button pressed is told by its id: save, more or leave."""

    said = query_one("#problems", Static)
    more = query_one("#more", Button)

    def compose(self) -> ComposeResult:
        yield Static(id="problems", markup=False)
        with Horizontal(id="buttons"):
            yield FormButton("Save (Ctrl+S)", id="save", compact=True)
            yield FormButton(plain(_MORE), id="more", compact=True)
            yield FormButton("Back (Esc)", id="leave", compact=True)

    def say(self, words: str) -> None:
        """Say words in place of what was said before; "" takes that away."""
        self.said.update(plain(words))
        self.said.display = bool(words)

    def offer(self, *, more: bool) -> None:
        """Name the button for what it does now: show fewer fields where there are `more`."""
        self.more.label = plain(_FEWER if more else _MORE)
        self.more.refresh(layout=True)  # one is longer than the other
