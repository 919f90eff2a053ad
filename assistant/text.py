"""Text that every front shares: counts, suggestions, safe characters, lines folded to a width."""

import json
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it stands (line and column from 1), what it is, which rule it breaks."""

    file: str
    line: int
    column: int
    message: str
    rule: str
    level: str = "error"


def as_text(problems: Iterable[Problem]) -> str:
    """Give one line a problem: `file:line:column: level: message (rule)`."""
    return "\n".join(
        f"{p.file}:{p.line}:{p.column}: {p.level}: {p.message} ({p.rule})" for p in problems
    )


def as_json(problems: Iterable[Problem]) -> str:
    """Give a JSON list of objects with the fields of `Problem`."""
    return json.dumps([asdict(problem) for problem in problems], indent=2)


def as_github(problems: Iterable[Problem]) -> str:
    """Give workflow commands that mark each problem on the changed line of a pull request."""
    return "\n".join(
        f"::{p.level} file={p.file},line={p.line},col={p.column},title={p.rule}::{p.message}"
        for p in problems
    )


REPORTERS: Mapping[str, Callable[[Iterable[Problem]], str]] = MappingProxyType(
    {"text": as_text, "json": as_json, "github": as_github}
)
"""Ways to print problems, by the name a person types."""


def counted(number: int, thing: str) -> str:
    """Say how many: "1 mistake", "2 mistakes"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def position_after(text: str) -> tuple[int, int]:
    """Give the line and column, from 1, of what follows `text` in its file."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give a clause that offers the nearest known words, or nothing when none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where something is wrong

    near = get_close_matches(word, list(known), n=2)
    return f"; did you mean {' or '.join(repr(name) for name in near)}?" if near else ""


_KEPT = "\n"

_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that make text read in another order than it is stored in."""


def visible(text: str) -> str:
    """Replace what a terminal would obey rather than show, so that it can be seen."""
    return "".join(
        character if character in _KEPT or _shows(character) else "\N{REPLACEMENT CHARACTER}"
        for character in text.replace("\t", " ")
    )


def _shows(character: str) -> bool:
    category = unicodedata.category(character)
    return category not in {"Cc", "Cs", "Cn", "Co"} and character not in _REORDERING


WIDEST = 80
"""Most columns of a line."""

NARROWEST = 40
"""Fewest columns that lines are broken to, however narrow the terminal is."""

_INDENT = "  "
"""Before every line that goes on from the one above."""

_WIDE = frozenset("WF")
_NO_COLUMN = frozenset(("Mn", "Me", "Cf"))


def width_now() -> int:
    """Give how many columns a line may take; where no terminal tells, the most."""
    columns = shutil.get_terminal_size((WIDEST, 24)).columns
    return min(max(columns, NARROWEST), WIDEST)


def laid_out(paragraphs: Iterable[str], width: int) -> Iterator[str]:
    """Give paragraphs as lines of at most `width` columns; an empty one stays an empty line."""
    for paragraph in paragraphs:
        for part in visible(paragraph).split("\n"):
            yield from _broken(part, width)


def columns(text: str) -> int:
    """Give how many columns text takes on a terminal."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in _NO_COLUMN:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _broken(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in _pieces(text, width - len(_INDENT)):
        longer = f"{line} {word}" if line.strip() else f"{line}{word}"
        if columns(longer) <= width:
            line = longer
        else:
            yield line
            line = f"{_INDENT}{word}"
    yield line


def _pieces(text: str, room: int) -> Iterator[str]:
    """Give the words of a text; one longer than a line is cut."""
    for word in text.split():
        piece, taken = "", 0
        for character in word:
            if taken + _columns(character) > room:
                yield piece
                piece, taken = "", 0
            piece, taken = piece + character, taken + _columns(character)
        yield piece


ALL = 100


def percent(part: int, whole: int, pass_mark: int = ALL) -> int:
    """Give a share rounded to the nearest per cent, but never up to a pass mark that it misses.

    All is a mark of its own: 100 is given only where nothing is missing. 0 where there is no whole.
    """
    if not whole:
        return 0
    near = (2 * ALL * part + whole) // (2 * whole)
    missed = [mark for mark in (pass_mark, ALL) if ALL * part < mark * whole]
    return min([near, *(mark - 1 for mark in missed)])


def reaches(part: int, whole: int, pass_mark: int) -> bool:
    """Tell whether a share is at least the pass mark, before any rounding."""
    return whole > 0 and ALL * part >= pass_mark * whole
