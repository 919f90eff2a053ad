"""The screen of a running app as plain text: the one place in the tests that looks inside Textual."""

from textual import events
from textual.app import App
from textual.keys import _character_to_key

CHARACTERS = {"question_mark": "?", "slash": "/"}
"""What is typed by keys that tests call by name."""


def screen_text(app: App[None]) -> str:
    """Return what the terminal shows now, line by line, without colours."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def key_event(key: str) -> events.Key:
    """Return what the terminal sends for a key: by Textual's name, or as the one character it types."""
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    return events.Key(key, CHARACTERS.get(key))
