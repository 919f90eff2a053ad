"""The numbered choices: a digit, arrows and Enter, or a click."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.interview.choice import Choice
from assistant.tui.commands import COMMANDS
from assistant.tui.text import Marker, Part, joined

_COMMAND_KEYS = frozenset(command.keys for command in COMMANDS)
"""Keys of commands, which begin no words even where the command cannot be used just now."""


class Choices(OptionList):
    """Shows numbered choices, with none picked beforehand, and says which was chosen."""

    # A click that took the focus would change the line of keys, and by its height move the choices
    # from under the mouse before the button is let go.
    FOCUS_ON_CLICK: ClassVar[bool] = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "screen.read(-1)", "Read up", show=False),
        Binding("pagedown", "screen.read(1)", "Read on", show=False),
    ]

    class Chosen(Message):
        """A choice was made among those of a list; `does` says which."""

        def __init__(self, does: tuple[str, ...], among: "Choices") -> None:
            super().__init__()
            self.does = does
            self._among = among
            self._shown = among.shown

        @property
        def in_time(self) -> bool:
            """Tell whether the choices are still the same: a fast second key may come too late."""
            return self._among.shown == self._shown

    class Typed(Message):
        """A letter that is no command was pressed: the worker has begun to type words."""

        def __init__(self, character: str) -> None:
            super().__init__()
            self.character = character

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False, compact=True)
        self._choices: Sequence[Choice] = ()
        self._in_a_word = False
        self.shown = 0
        """How often choices were replaced."""
        self.pressed = ""
        """The key that was pressed last, or `click`."""
        self.pressed_at = 0.0
        """When that was, as Textual's events count time."""

    def show(self, choices: Sequence[Choice], mark: Marker | None = None) -> None:
        """Replace the choices, terms marked by `mark`; nothing is highlighted afterwards."""
        self._choices = choices
        self._in_a_word = False
        self.shown += 1
        self.set_options(
            _line(number, choice, mark) for number, choice in enumerate(choices, start=1)
        )

    @property
    def offered(self) -> Sequence[Choice]:
        """The choices that are shown."""
        return self._choices

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.pressed, self.pressed_at = "click", event.time

    def on_key(self, event: events.Key) -> None:
        """Take digits as answers, and other letters as the beginning of words."""
        self.pressed, self.pressed_at = event.key, event.time
        character = event.character or ""
        if character.isdecimal() and character.isascii():
            event.stop()
            if 0 < int(character) <= len(self._choices):
                self._choose(int(character) - 1)
        elif character.isalpha() and (self._in_a_word or event.key not in _COMMAND_KEYS):
            # A fast typist's next letters come here too, until the line for words has the keyboard.
            self._in_a_word = True
            event.stop()
            self.post_message(self.Typed(character))

    def on_focus(self) -> None:
        self._in_a_word = False

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Pass a choice on in our own words."""
        event.stop()
        self._choose(event.option_index)

    def _choose(self, place: int) -> None:
        self.post_message(self.Chosen(self._choices[place].does, self))


def _line(number: int, choice: Choice, mark: Marker | None) -> Option:
    label = mark.parts(choice.label) if mark else [(choice.label, "")]
    parts: list[Part] = [(f"{number}  ", "bold"), *label]
    if choice.note:
        parts.append((f"\n   {choice.note}", "italic"))
    return Option(joined(parts))
