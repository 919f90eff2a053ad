"""The top line: what this is, and the places one can go."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label

PLACES = (
    ("interview", "Interview"),
    ("lookup", "Look up"),
    ("practice", "Practice"),
    ("records", "Records"),
)
"""Each place's name for `app.show`, and its words."""


class TitleBar(Horizontal):
    """Names the assistant and links to its places; `here` is the one being shown."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = here

    def compose(self) -> ComposeResult:
        yield Label("Service Group Assistant", id="title")
        for place, words in PLACES:
            if not self.app.check_action(place, ()):
                continue
            shown = f"[{words}]" if place == self._here else words
            yield Label(
                f"[@click=app.show('{place}')]{shown.replace('[', chr(92) + '[')}[/]",
                classes="place",
            )
