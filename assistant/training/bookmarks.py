"""Where each alias left practice, kept on this computer."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import RecordsUnavailableError
from assistant.private import Box
from assistant.records.privacy import personal_details
from assistant.text import alias_mistake

FILE_NAME = "practice.place"  # name of the file, beside the drafts

_MOST_BYTES = 262_144

_MOST_KEPT = 16  # so many are kept; of more, the oldest are let go


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """A session that was left: its mode, the stories in it, and what was answered.

    `given` are the answers to questions about the story shown; in a test, one for each story, and
    `times` when each was given, empty where it was not. `place` is the page of a test, and `left` how
    often it was left. `class_text` is the class file that the session follows, if any. `over` is a
    test at its end, kept to be looked at again.
    """

    alias: str
    mode: str
    session: str
    stories: tuple[str, ...]
    given: tuple[str, ...] = ()
    pass_mark: int = 0
    class_text: str = ""
    over: bool = False
    times: tuple[str, ...] = ()
    place: int = -1
    left: int = 0

    @property
    def kind(self) -> tuple[str, str]:
        """What one is kept of: each alias has one for each mode, for each class, for what is over."""
        return self.alias, "over" if self.over else self.class_text or self.mode

    def is_same(self, other: "Bookmark") -> bool:
        """Tell whether two are of one session; in a class, the session's id is new each time."""
        if self.class_text or other.class_text:
            return self.class_text == other.class_text
        return self.session == other.session


class Bookmarks:
    """Keeps the latest bookmarks in a folder; nothing here stops practice, so no method raises.

    `trouble` says why the last one is not kept; it is empty where it is.
    """

    def __init__(self, folder: Path) -> None:
        self.trouble = ""
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
        self.trouble = ""
        try:
            self._box.put(bookmarks[:_MOST_KEPT])
        except RecordsUnavailableError as error:
            self.trouble = f"Your place is not being saved. {error}"


def _bookmark(plain: dict[str, Any]) -> Bookmark:
    lists = {name: tuple(said) for name, said in plain.items() if isinstance(said, list)}
    return Bookmark(**{**plain, **lists})


ASK = (
    "Choose an alias for practice: a word that is not your name, such as blue-heron.\n"
    "Your trainer may see it next to your answers."
)
"""What is asked once, where no alias is set."""

FOR_GOOD = (
    'To skip this question next time, add alias = "blue-heron", or your own word, to settings.toml.'
    " The command service-group settings --path shows where that file is."
)
"""How to set an alias for good."""


def alias_refusal(typed: str) -> str:
    """Say in a sentence what keeps words from being an alias; empty if nothing does.

    A name cannot be told from any other word; two words, an address or a number can.
    """
    if not typed.strip():
        return "Choose an alias: a word that is not your name."
    if mistake := alias_mistake(typed):
        return f"Choose a different word: {mistake}."
    found = personal_details(typed)
    return f"Choose a different word: this looks like {found[0].kind}." if found else ""


def spelled(alias: str, known: Iterable[str]) -> str:
    """Return an alias as it is already known, whatever its capitals; as it is where it is not."""
    same = [name for name in known if name.casefold() == alias.casefold()]
    return alias if alias in same or not same else same[0]
