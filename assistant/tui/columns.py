"""Lays two groups that were mixed up side by side, or one under the other where there is no room."""

from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap

from textual.content import Content

from assistant.interview.visible import visible
from assistant.training.explaining import Pair, Side
from assistant.tui.text import Part, joined

ROOM = 66
"""Columns from which two groups stand side by side."""

_BETWEEN = " │ "


def side_by_side(pair: Pair, width: int) -> Content:
    """Give both groups as text for lines of `width`, and below them what tells them apart."""
    sides = (pair.right, pair.chosen)
    parts = list(_columns(sides, width) if width >= ROOM else _under(sides))
    if pair.difference:
        parts += [("\nWhat tells them apart: ", "bold"), (pair.difference, "")]
    return joined(parts)


def _under(sides: tuple[Side, Side]) -> Iterator[Part]:
    for number, side in enumerate(sides):
        yield "\n" if number else "", ""
        yield f"{_title(side)}\n", "bold"
        yield side.what, ""


def _columns(sides: tuple[Side, Side], width: int) -> Iterator[Part]:
    each = (width - len(_BETWEEN)) // 2
    for style, texts in (("bold", map(_title, sides)), ("", (side.what for side in sides))):
        columns = [wrapped(text, each) for text in texts]
        for left, right in zip_longest(*columns, fillvalue=""):
            yield left + " " * (each - Content(left).cell_length), style
            yield _BETWEEN, ""
            yield f"{right}\n", style


def wrapped(text: str, width: int) -> list[str]:
    """Give text in lines of at most `width` cells, in whole words where they fit."""
    return wrap(visible(text), width) or [""]


def _title(side: Side) -> str:
    return f"{'You chose' if side.chosen else 'Right'}: {side.name}"
