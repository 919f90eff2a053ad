"""The least Textual app with the same kinds and number of widgets as the first question.

It is copied, compiled and run by itself. Beside it lie the assistant's own style sheets, with the
assistant's widgets named as classes.
"""

from pathlib import Path

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Key
from textual.widgets import Input, Label, OptionList, Static

OPTIONS = (
    "No, it has not opened one",
    "Yes, and it was open on that day",
    "Yes, and it had ended by that day",
    "Not sure",
)


class BareApp(App[None]):
    """Shows step 0, and the next step at each key."""

    CSS_PATH = sorted(Path(__file__).parent.glob("*.tcss"))
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (50, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-low"), (22, "-tall")]  # noqa: RUF012

    step = 0

    def compose(self) -> ComposeResult:
        with Horizontal(classes="TitleBar"):
            yield Label("A bare app", id="title")
            yield Label("Interview", classes="place")
            yield Label("Records", classes="place")
        with Horizontal(id="body"):
            with Vertical(id="main"):
                with VerticalScroll(id="talk", classes="Conversation"):
                    yield Static("Two lines that say what to do\n" * 2, classes="hint")
                    yield Static(asked(0), id="asked", classes="question")
                with Vertical(id="card"):
                    yield OptionList(*OPTIONS, id="choices", classes="Choices", compact=True)
                    yield Static(id="notice")
                    yield Input(id="typed", compact=True, placeholder="type a few words")
            with Vertical(classes="Aside"):
                with VerticalScroll(id="possible"):
                    yield Static("A group\n" * 7, id="groups")
                yield OptionList(id="answers", compact=True)
                yield Static("Step 0", id="progress")
        yield Label("Step 0", id="folded")
        yield Static("This window is too small.", id="too-small")
        yield Static("1-9 choose   q quit", id="keys", classes="Keys")

    def on_mount(self) -> None:
        self.query_one("#notice").display = False
        self.query_one("#choices").focus()

    def on_key(self, event: Key) -> None:
        event.stop()
        self.step += 1
        self.query_one("#asked", Static).update(asked(self.step))
        self.query_one("#groups", Static).update(f"A group {self.step}\n" * 7)
        self.query_one("#progress", Static).update(f"Step {self.step}")
        self.query_one("#folded", Label).update(f"Step {self.step}")
        self.query_one("#keys", Static).update(f"1-9 choose   q quit {self.step}")
        self.query_one("#choices", OptionList).set_options(OPTIONS)
        self.query_one("#answers", OptionList).set_options(OPTIONS)


def asked(step: int) -> str:
    """Return the question of a step, as long as the assistant's are."""
    return f"Question {step:04} of a bare app, as long as others?\nA line that helps with it"


if __name__ == "__main__":
    BareApp().run()
