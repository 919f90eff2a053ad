"""The line of keys at the bottom: what can be pressed now, each a click too, wrapped to the width."""

from collections.abc import Iterator

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from assistant.tui.text import in_lines
from assistant.tui.widgets.choices import Choices


class Keys(Static):
    """Lists the keys that work now; `lead` names those of the choices, which are no commands."""

    def __init__(self, *lead: str) -> None:
        super().__init__(markup=False)
        self._lead = [Content(words) for words in lead]
        self._keys = Content("")

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._list)

    def on_resize(self) -> None:
        self._list(self.screen)

    def _list(self, screen: Screen[object]) -> None:
        lead = self._lead if isinstance(screen.focused, Choices) else []
        width = self.size.width or self.app.size.width - 2  # before it has a size of its own
        keys = Content("\n").join(in_lines([*lead, *_shown(screen)], width))
        if keys != self._keys:  # drawing it lays the whole screen out anew
            self._keys = keys
            self.update(keys)


def _shown(screen: Screen[object]) -> Iterator[Content]:
    seen = set()
    for _, binding, enabled, _ in screen.active_bindings.values():
        if binding.show and enabled and binding.description and binding.action not in seen:
            seen.add(binding.action)
            markup = f"[@click=app.simulate_key('{binding.key}')][b]$key[/b] $words[/]"
            key = screen.app.get_key_display(binding)
            yield Content.from_markup(markup, key=key, words=binding.description)
