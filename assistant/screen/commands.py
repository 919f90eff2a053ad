"""The commands of the screen: keys, labels, palette."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Place = Literal["app", "interview"]
"""Where a command works: everywhere, or on the interview's screen."""


@dataclass(frozen=True)
class Command:
    """Something a person can do: `action` is run where it belongs, `keys` are Textual's names.

    `at_once` is done before a widget is given the keys that follow.
    """

    action: str
    keys: str
    shown_key: str
    label: str
    about: str
    place: Place
    at_once: bool = False


COMMANDS = (
    Command("back", "backspace", "⌫", "Back", "Take back the last answer.", "interview"),
    Command(
        "why", "question_mark", "?", "Why", "Why this is asked, and where to look.", "interview"
    ),
    Command("change", "c", "c", "Change", "Change any earlier answer.", "interview"),
    Command("type", "slash", "/", "Type", "Answer in your own words.", "interview", at_once=True),
    Command("words", "w", "w", "Words", "What the words on the screen mean.", "interview"),
    Command("tree", "v", "v", "Tree", "See the whole tree and where you are.", "interview"),
    Command("panel", "o", "o", "Groups", "Show the groups still possible.", "interview"),
    Command("draft", "u", "u", "Unfinished", "Go on with the unfinished interview.", "interview"),
    Command("start_again", "n", "n", "New", "Start again with no answers.", "interview"),
    Command("copy", "y", "y", "Copy", "Copy the group's name, once only one is left.", "interview"),
    Command("lookup", "l", "l", "Look up", "Search groups, goals, situations and words.", "app"),
    Command("practice", "d", "d", "Practice", "Practise on made-up stories.", "app"),
    Command("records", "r", "r", "Records", "List what was recorded on this computer.", "app"),
    Command("theme", "t", "t", "Light/dark", "Switch between light and dark.", "app"),
    Command("commands", "p", "p", "Commands", "Find any command by name.", "app"),
    Command("quit", "q", "q", "Quit", "Leave; answers are kept, a record form is not.", "app"),
)
"""All commands, in the order the footer shows them."""


def bindings(place: Place) -> list[Binding]:
    """Give the key bindings of the commands that work in one place."""
    return [
        Binding(
            c.keys,
            c.action,
            c.label,
            key_display=c.shown_key,
            tooltip=c.about,
            priority=c.at_once,
        )
        for c in COMMANDS
        if c.place == place
    ]


def commands_in(places: Iterable[Place]) -> list[Command]:
    """Give the commands that work in any of the places."""
    return [command for command in COMMANDS if command.place in places]
