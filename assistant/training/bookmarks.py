"""Where each alias left practice, kept on this computer."""

from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import RecordsUnavailableError
from assistant.private import Box

FILE_NAME = "practice.place"  # name of the file, beside the drafts

_MOST_BYTES = 262_144

_MOST_KEPT = 16  # so many are kept; of more, the oldest are let go


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
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
        """What one is kept of: each alias has one for each mode, for a class, for what is over."""
        if self.over:
            return self.alias, "over"
        return self.alias, "class" if self.class_text else self.mode


class Bookmarks:
    """Keeps the latest bookmarks in a folder; nothing here stops practice, so no method raises."""

    def __init__(self, folder: Path) -> None:
        self._box = Box(
            folder,
            name=lambda _all: FILE_NAME,
            to_plain=lambda kept: {"places": list(map(asdict, kept))},
            from_plain=lambda plain: tuple(map(_bookmark, plain["places"])),
            most_bytes=_MOST_BYTES,
            wholly_ours=False,
        )

    def left(self) -> Bookmark | None:
        return next((bookmark for bookmark in self.all() if not bookmark.over), None)

    def all(self) -> tuple[Bookmark, ...]:
        return self._box.get(FILE_NAME) or ()

    def leave(self, bookmark: Bookmark) -> None:
        """Keep a bookmark, over the one before of the same kind."""
        self._write((bookmark, *self._others(bookmark.kind)))

    def forget(self, kind: tuple[str, str]) -> None:
        """Keep no bookmark of a kind: the session is at its end."""
        others = self._others(kind)
        if len(others) < len(self.all()):
            self._write(others)

    def _others(self, kind: tuple[str, str]) -> tuple[Bookmark, ...]:
        return tuple(bookmark for bookmark in self.all() if bookmark.kind != kind)

    def _write(self, bookmarks: tuple[Bookmark, ...]) -> None:
        with suppress(RecordsUnavailableError):
            self._box.put(bookmarks[:_MOST_KEPT])


def _bookmark(plain: dict[str, Any]) -> Bookmark:
    lists = {"stories": tuple(plain["stories"]), "given": tuple(plain["given"])}
    return Bookmark(**{**plain, **lists})
