"""A small form over the screen: a few fields, what is wrong with them, and buttons."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from assistant.interview.form_fields import Field
from assistant.tui.screens.once import OnceModal
from assistant.tui.text import plain
from assistant.tui.widgets.form_row import FormButton, FormRow, go_to, say_problems
from assistant.tui.widgets.keys import Keys
from assistant.tui.widgets.pick import Pick

if TYPE_CHECKING:
    from assistant.records.guard.field_text import FieldProblem

Result = TypeVar("Result")


class AskingScreen(OnceModal[Result]):
    """Asks for fields, which hold `typed` at first; `done` is what it does with those that will do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", key_display="Esc"),
        Binding("ctrl+s", "done", "Done", key_display="Ctrl+S"),
        Binding("down", "app.focus_next", show=False, priority=True),
        Binding("up", "app.focus_previous", show=False, priority=True),
    ]
    DONE: ClassVar[str] = "Done"

    def __init__(
        self, title: str, fields: Mapping[str, Field], typed: Mapping[str, str], words: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._words = words
        self._fields = fields
        self._first = typed

    @abstractmethod
    def problems(self, form: Mapping[str, str]) -> "list[FieldProblem]":
        """List what is wrong with what was typed."""

    @abstractmethod
    def done(self, form: Mapping[str, str]) -> None:
        """Do what the screen is for."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page") as page:
            page.can_focus = False
            page.border_title = plain(self._title).markup
            yield Static(plain(self._words), id="lead", markup=False)
            for name, field in self._fields.items():
                yield FormRow(name, field, self._first.get(name, ""))
            yield Static(id="problems", markup=False)
            with Horizontal(id="buttons"):
                yield from self.buttons()
        yield Keys()

    def buttons(self) -> Iterator[Button]:
        """Give the buttons; each runs the action of its id."""
        yield FormButton(f"{self.DONE} (Ctrl+S)", id="done", compact=True)
        yield FormButton("Back (Esc)", id="leave", compact=True)

    def on_mount(self) -> None:
        self.query_one("#lead").display = bool(self._words)
        self.query_one("#problems").display = False
        self._inputs()[0].focus()

    def typed(self) -> dict[str, str]:
        """Give what the fields hold now."""
        return {row.field_name: row.value for row in self.query(FormRow)}

    def say(self, words: str) -> None:
        """Say why it cannot be done, below the fields."""
        problems = self.query_one("#problems", Static)
        problems.update(plain(words))
        problems.display = bool(words)
        self.call_after_refresh(problems.scroll_visible, animate=False)

    def on_input_changed(self) -> None:
        self._unsay()

    def on_pick_changed(self, event: Pick.Changed) -> None:
        event.stop()
        self._unsay()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field; be done on the last."""
        event.stop()
        if event.input is self._text_lines()[-1]:
            self.action_done()
        else:
            self.focus_next()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        getattr(self, f"action_{event.button.id}")()

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_done(self) -> None:
        form = self.typed()
        problems = self.problems(form)
        if problems:
            say_problems(self.query(FormRow), problems)
            go_to(next(row for row in self.query(FormRow) if row.field_name == problems[0].field))
        else:
            self.done(form)

    def _unsay(self) -> None:
        """Take away what was said of the fields as they were before."""
        self.query_one("#problems").display = False
        say_problems(self.query(FormRow), ())

    def _inputs(self) -> list[Widget]:
        return [row.input for row in self.query(FormRow)]

    def _text_lines(self) -> list[Widget]:
        return [widget for widget in self._inputs() if isinstance(widget, Input)]
