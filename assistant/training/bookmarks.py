"""Whose each alias is, and where practice was left under it, kept on this computer."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from hmac import compare_digest
from pathlib import Path

from assistant.errors import RecordsUnavailableError, UsageError
from assistant.private import Box, shaped_as
from assistant.shapes import Frozen
from assistant.text import alias_mistake, hash_of

FILE_NAME = "practice.place"  # name of the file, beside the drafts

_MOST_BYTES = 262_144

_MOST_KEPT = 16  # so many are kept; of more, the oldest are let go


class Bookmark(Frozen, kw_only=True):
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
            from_plain=lambda plain: tuple(shaped_as(Bookmark, one) for one in plain["places"]),
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


def bookmarks_below(folder: Path) -> Iterator[Bookmark]:
    """Return every bookmark that is kept in a data folder, also those of visitors in a browser."""
    for place in sorted(folder.rglob(FILE_NAME)):
        yield from Bookmarks(place.parent).all()


ASK = (
    "Choose an alias for practice: a made-up word that is not your name. You can use letters, digits,"
    " and dashes.\nIf you have practiced before, type the alias you used. Your trainer may see it next"
    " to your answers."
)
"""What is asked once, where no alias is set."""

ABOUT_ALIASES = (
    "An alias keeps your name out of practice. An example is blue-heron.",
    "On a different computer, type your code after it, with a space between.",
    "Type q to leave.",
)
"""Said where help is asked for at that question."""

HERE = "here"  # the place of whoever practices at this computer itself, not in a browser

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
_LENGTH = 6  # letters of a code: too many to try them all


class Trainee(Frozen):
    """Somebody who practices: an alias, the code to come back with, and the places known as theirs."""

    alias: str
    code: str
    places: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What tells two apart who have one alias on two computers; it does not give the code away."""
        return hash_of(f"{self.alias.casefold()} {self.code}")[:16]

    @property
    def line(self) -> str:
        return (
            f"You practice as {self.alias}. Your code is {self.code}. Write it down. You need it to"
            " continue in a different browser or on a different computer."
        )


class Aliases:
    """Whose each alias is, kept in the data folder, a file for each."""

    def __init__(self, data: Path) -> None:
        self._box = Box(
            data / "aliases",
            name=lambda one: f"{hash_of(one.alias.casefold())[:32]}.json",
            to_plain=asdict,
            from_plain=partial(shaped_as, Trainee),
        )

    def claim(
        self, typed: str, place: str, known: Callable[[str], Collection[str]] = lambda _: ()
    ) -> Trainee:
        """Return who goes by an alias; raises `UsageError` for one that is somebody else's.

        It is theirs who first took it up here, and again with its code, which may stand after the
        `typed` alias. `place` is the browser, or `HERE`. `known` returns the ids of those who have
        answers under an alias, empty for answers of release 1: these are whose who takes it up first.
        """
        alias, code = alias_and_code(typed)
        if refusal := alias_refusal(alias):
            raise UsageError(refusal)
        found = self._box.get(self._box.name(Trainee(alias, "")))
        if found is None:
            found = Trainee(alias, code or _new_code())
            answered = known(alias)
            if not answered and not any(map(str.isalpha, alias)):
                raise UsageError("Choose a different word. An alias must have at least one letter.")
            theirs = {*answered} - {""}
            if theirs and found.id not in theirs:
                raise _taken(alias)
        elif place not in found.places and not compare_digest(code, found.code):
            raise _taken(alias)
        if place not in found.places:
            found = replace(found, places=(*found.places, place))
            with suppress(
                RecordsUnavailableError
            ):  # practice says so itself, where nothing is kept
                self._box.put(found)
        return found


def alias_and_code(typed: str) -> tuple[str, str]:
    """Return an alias and the code after it; without a digit, a second word is no code but a name."""
    alias, _, word = typed.strip().partition(" ")
    code = word.strip().casefold()
    is_code = len(code) == _LENGTH and {*code} <= {*_LETTERS} and not code.isalpha()
    return (alias, code) if is_code else (typed.strip(), "")


def _new_code() -> str:
    from secrets import choice  # noqa: PLC0415 - 3 ms, for who has no code yet

    letters = [choice(_LETTERS) for _ in range(_LENGTH - 1)]
    return "".join([*letters, choice(_LETTERS[-8:])])


def _taken(alias: str) -> UsageError:
    return UsageError(
        f"The alias {alias} is taken. Choose a different one. If it is yours, type your code after it,"
        " with a space between."
    )


def alias_refusal(typed: str) -> str:
    """Say in a sentence what keeps words from being an alias; empty if nothing does.

    A name cannot be told from any other word; two words, an address or a number can.
    """
    if not typed.strip():
        return "Choose an alias: a word that is not your name."
    if mistake := alias_mistake(typed):
        return f"Choose a different word: {mistake}."
    from assistant.records.privacy import personal_details  # noqa: PLC0415 - patterns take 15 ms

    found = personal_details(typed)
    return f"Choose a different word: this looks like {found[0].kind}." if found else ""


def spelled(alias: str, known: Iterable[str]) -> str:
    """Return an alias as it is already known, whatever its capitals; as it is where it is not."""
    same = [name for name in known if name.casefold() == alias.casefold()]
    return alias if alias in same or not same else same[0]
