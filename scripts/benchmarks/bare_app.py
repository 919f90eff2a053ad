"""The least Textual app with the same kinds and number of widgets as the first question.

It is copied, compiled and run by itself. Beside it lie the assistant's own style sheets, with the
assistant's widgets named as classes.
"""

from pathlib import Path

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Key
from textual.widgets import Input, OptionList, Static

OPTIONS = (
    "No, it has not opened one",
    "Yes, and it was open on that day",
    "Yes, and it had ended by that day",
    "Not sure",
)


class BareApp(App[None]):
    """Shows step 0, and the next step at each key."""

    CSS_PATH = sorted(Path(__file__).parent.glob("*.tcss"))
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (50, "-narrow"), (72, "-normal"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-low"), (22, "-tall"), (30, "-high")]  # noqa: RUF012

    step = 0

    def compose(self) -> ComposeResult:
        yield Static(
            "   A bare app      Interview   Look up   Practice   Records", classes="TitleBar"
        )
        with Horizontal(id="body"):
            with Vertical(id="main"), VerticalScroll(id="page"):
                yield Static("Step 0", id="trail")
                yield Static(asked(0), id="asked")
                yield OptionList(*OPTIONS, id="choices", compact=True)
            yield Static("A group\n" * 7, id="side")
        yield Static("Step 0", id="note")
        yield Input(id="typed", compact=True, placeholder="a few words, then Enter")
        yield Static("This window is too small.", id="too-small")
        yield Static("1-9 choose   q quit", id="keys", classes="Keys")

    def on_mount(self) -> None:
        self.theme = "textual-dark"
        self.query_one("#typed").display = False
        self.query_one("#choices").focus()

    def on_key(self, event: Key) -> None:
        event.stop()
        self.step += 1
        self.query_one("#trail", Static).update("Step\n" * (self.step % 3 + 1))
        self.query_one("#asked", Static).update(asked(self.step))
        self.query_one("#side", Static).update(f"A group {self.step}\n" * 7)
        self.query_one("#note", Static).update(f"Step {self.step}")
        self.query_one("#keys", Static).update(f"1-9 choose   q quit {self.step}")
        self.query_one("#choices", OptionList).set_options(OPTIONS)


def asked(step: int) -> str:
    """Return the question of a step, as long as the assistant's are."""
    return f"Question {step:04} of a bare app, as long as others?\nA line that helps with it"


if __name__ == "__main__":
    BareApp().run()
