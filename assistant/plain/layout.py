"""Breaks text into lines that fit: at words, counted in columns, with nothing a terminal obeys."""

import shutil
import unicodedata
from collections.abc import Iterable, Iterator

from assistant.interview.visible import visible

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
