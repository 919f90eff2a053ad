"""Where practice was left: one small file, so that it goes on at the same story.

Names of stories, answers in the guide's vocabulary and an alias; nothing else can stand in it.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.records.private import create_private, private_folder

FILE_NAME = "practice.place"
"""Name of the file, beside the drafts."""

_MOST_BYTES = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A session that was left: its mode, the stories in it, and what was answered.

    `given` are the answers to questions about the story shown. `class_text` is the class file that
    the session follows, if any.
    """

    alias: str
    mode: str
    session: str
    stories: tuple[str, ...]
    given: tuple[str, ...] = ()
    pass_mark: int = 0
    class_text: str = ""


class PlaceFile:
    """Keeps the latest place in a folder; nothing here stops practice, so no method raises."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    def left(self) -> Place | None:
        """Give the place that was left, None where there is none that can be read."""
        try:
            if self._path.stat().st_size > _MOST_BYTES:
                return None
            plain = json.loads(self._path.read_bytes())
            plain |= {"stories": tuple(plain["stories"]), "given": tuple(plain["given"])}
            return Place(**plain)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def leave(self, place: Place) -> None:
        """Keep a place over the one before."""
        part = self._path.with_name(f"{FILE_NAME}.{os.getpid()}.part")
        try:
            private_folder(self._path.parent.parent)
            private_folder(self._path.parent, wholly_ours=True)
            with open(part, "wb", opener=create_private) as file:
                file.write(json.dumps(asdict(place)).encode())
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path)
        except OSError:
            return

    def forget(self) -> None:
        """Keep no place: the session is at its end."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return
