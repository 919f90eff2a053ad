"""One of a few values, all in sight: a digit, a first letter, the arrows to the sides, or a click."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from assistant.tui.text import in_lines, joined

_VALUE = "value"
"""Key under which the style of a value carries it, for a click to find."""


class Pick(Static, can_focus=True):
    """Shows values to choose from, the chosen one marked; `value` is empty until one is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", "Choose", key_display="1-9 ← →"),
        Binding("backspace,delete", "take_back", "None", key_display="⌫"),
        Binding("enter", "app.focus_next", show=False),
    ]
    FOCUS_ON_CLICK: ClassVar[bool] = False

    class Changed(Message):
        """Another value is chosen, or none any more."""

    def __init__(self, choices: Mapping[str, str], value: str, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(markup=False, id=id)
        self._choices = choices
        self.value = value

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Take a digit as the value of that number, and a letter as the next value that begins so."""
        typed = event.character or ""
        if self.check_consume_key(event.key, event.character):
            event.stop()  # a letter is no command while there is something to choose
            is_digit = typed.isascii() and typed.isdecimal()
            found = list(self._numbered(typed) if is_digit else self._begun(typed))
            if found:
                self._choose(found[0])

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002 - Textual's
        """Tell that whatever can be typed is for this, so that no command's key is offered."""
        return character is not None and character.isprintable()

    def on_click(self, event: events.Click) -> None:
        value = event.style.meta.get(_VALUE)
        if value is not None:
            event.stop()
            self.focus()
            self._choose(value)

    def action_step(self, step: int) -> None:
        """Go to the next value, or the one before; from none, to the first or the last."""
        values = list(self._choices)
        if self.value in values:
            self._choose(values[(values.index(self.value) + step) % len(values)])
        else:
            self._choose(values[0 if step > 0 else -1])

    def action_take_back(self) -> None:
        self._choose("")

    def _numbered(self, digit: str) -> list[str]:
        number = int(digit)
        return list(self._choices)[number - 1 : number] if number else []

    def _begun(self, letter: str) -> Iterator[str]:
        values = list(self._choices)
        after = values.index(self.value) + 1 if self.value in values else 0
        for value in (*values[after:], *values[:after]):
            if self._choices[value].casefold().startswith(letter.casefold()):
                yield value

    def _choose(self, value: str) -> None:
        if value != self.value:
            self.value = value
            self._draw()
            self.post_message(self.Changed())

    def _draw(self) -> None:
        self.update(Content("\n").join(in_lines(self._drawn(), self.size.width or 60)))

    def _drawn(self) -> Iterator[Content]:
        for number, (value, words) in enumerate(self._choices.items(), start=1):
            chosen = value == self.value
            style = Style(bold=chosen) + Style.from_meta({_VALUE: value})
            yield joined([(f"{'●' if chosen else '○'} {number} {words}", style)])
