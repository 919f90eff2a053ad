"""Where each alias left practice, kept on this computer."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.private import private_folder, replace_private

FILE_NAME = "practice.place"
"""Name of the file, beside the drafts."""

_MOST_BYTES = 262_144

_MOST_PLACES = 16
"""Places of so many sessions are kept; of more, the oldest are let go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A session that was left: its mode, the stories in it, and what was answered.

    `given` are the answers to questions about the story shown. `class_text` is the class file that
    the session follows, if any. `over` is a test at its end, kept to be looked at again.
    """

    alias: str
    mode: str
    session: str
    stories: tuple[str, ...]
    given: tuple[str, ...] = ()
    pass_mark: int = 0
    class_text: str = ""
    over: bool = False

    @property
    def kind(self) -> tuple[str, str]:
        """What one place is kept of: each alias has one for each mode, for a class, for what is over."""
        if self.over:
            return self.alias, "over"
        return self.alias, "class" if self.class_text else self.mode


class PlaceFile:
    """Keeps the latest places in a folder; nothing here stops practice, so no method raises."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    def left(self) -> Place | None:
        """Give the place that was left last, None where there is none that can be read."""
        return next((place for place in self.all() if not place.over), None)

    def all(self) -> tuple[Place, ...]:
        """Give every place that can be read, the latest first."""
        try:
            if self._path.stat().st_size > _MOST_BYTES:
                return ()
            return tuple(map(_place, json.loads(self._path.read_bytes())["places"]))
        except (OSError, ValueError, TypeError, KeyError):
            return ()

    def leave(self, place: Place) -> None:
        """Keep a place, over the one before of the same kind."""
        self._write((place, *self._others(place.kind)))

    def forget(self, kind: tuple[str, str]) -> None:
        """Keep no place of a kind: the session is at its end."""
        others = self._others(kind)
        if len(others) < len(self.all()):
            self._write(others)

    def _others(self, kind: tuple[str, str]) -> tuple[Place, ...]:
        return tuple(place for place in self.all() if place.kind != kind)

    def _write(self, places: tuple[Place, ...]) -> None:
        written = {"places": list(map(asdict, places[:_MOST_PLACES]))}
        try:
            private_folder(self._path.parent.parent)
            private_folder(self._path.parent, wholly_ours=True)
            replace_private(self._path, json.dumps(written).encode())
        except OSError:
            return


def _place(plain: dict[str, Any]) -> Place:
    lists = {"stories": tuple(plain["stories"]), "given": tuple(plain["given"])}
    return Place(**{**plain, **lists})
