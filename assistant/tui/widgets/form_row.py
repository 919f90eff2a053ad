"""What a form is made of: rows with a label and what to put in, and buttons."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static

from assistant.interview.form_fields import Field
from assistant.tui.text import Visible, plain
from assistant.tui.widgets.pick import Pick

if TYPE_CHECKING:
    from assistant.records.guard.field_text import FieldProblem


class TextLine(Input):
    """A field of one line that keeps every line of what is pasted into it."""

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class FormButton(Button):
    """A button below a form, beside which no letter is a command.

    It stays under the mouse: taking the focus would move it, by the line of keys.
    """

    FOCUS_ON_CLICK: ClassVar[bool] = False

    def on_key(self, event: events.Key) -> None:
        if self.check_consume_key(event.key, event.character):
            event.stop()

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002 - Textual's
        return character is not None and character.isprintable()


class FormRow(Vertical):
    """Asks for one field by name, holding `value` at first; `input` is what takes the keyboard."""

    def __init__(self, name: str, field: Field, value: str) -> None:
        super().__init__()
        self.field_name = name
        self._field = field
        self._first = value
        self.input = self._made()

    def compose(self) -> ComposeResult:
        with Horizontal(classes="line"):
            yield Label(plain(self._field.label), markup=False)
            yield self.input
        yield Static(classes="problem", markup=False)

    def on_mount(self) -> None:
        self.say("")

    @property
    def value(self) -> str:
        """What the row holds now."""
        return self.input.value

    def say(self, words: str) -> None:
        """Say below the line what is wrong with it; nothing takes that away."""
        problem = self.query_one(".problem", Static)
        problem.update(plain(words))
        problem.display = bool(words)

    def _made(self) -> TextLine | Pick:
        if self._field.choices:
            return Pick(self._field.choices, self._first, id=self.field_name)
        return TextLine(
            self._first,
            id=self.field_name,
            placeholder=self._field.hint,
            highlighter=Visible(),
            compact=True,
            select_on_focus=False,
        )


def say_problems(rows: Iterable[FormRow], problems: "Iterable[FieldProblem]") -> None:
    """Say what is wrong in the row of each field."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.field, []).append(problem.message)
    for row in rows:
        row.say("\n".join(found.get(row.field_name, ())))


def go_to(row: FormRow) -> None:
    """Give the keyboard to a row, and bring all of it into sight."""
    row.input.focus()
    row.call_after_refresh(row.scroll_visible, animate=False)
