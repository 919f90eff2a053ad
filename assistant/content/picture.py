"""Draws the decision tree as an SVG picture: questions from left to right, outcomes at the end."""

from collections.abc import Iterator
from dataclasses import dataclass

import svg

from assistant.content.drawing import NO_EDGES, Edges, Item, outline
from assistant.content.model import Guide

ROW, COLUMN, BOX, PAD = 34, 510, 390, 16
"""Height of a row, width of a column, width of a box and the margin, in pixels."""

_STYLE = """
text { font: 12px sans-serif; fill: #222; }
.answer { font-style: italic; }
.question { fill: #eef3fa; stroke: #4a6fa5; }
.outcome { fill: #eef7ee; stroke: #3d7a3d; stroke-width: 2; }
.again { fill: #fff; stroke: #999; stroke-dasharray: 4 3; }
path { fill: none; stroke: #888; }
.taken { stroke: #b04a00; stroke-width: 4; }
"""


@dataclass(frozen=True)
class _Placed:
    item: Item
    depth: int
    row: float
    branches: tuple["_Placed", ...]


def as_svg(guide: Guide, path: Edges = NO_EDGES) -> str:
    """Give the tree as an SVG document; the path of an interview is drawn thicker."""
    root, rows = _placed(outline(guide, path), 0, 0)
    deepest = max(placed.depth for placed in _all(root))
    width = PAD * 2 + COLUMN * deepest + BOX
    height = PAD * 2 + ROW * rows
    elements: list[svg.Element] = [svg.Style(text=_STYLE)]
    for placed in _all(root):
        elements += _lines_to(placed)
    for placed in _all(root):
        elements += _box(placed)
    title = svg.Title(text="Decision tree for service groups")
    document = svg.SVG(
        width=width,
        height=height,
        viewBox=svg.ViewBoxSpec(0, 0, width, height),
        elements=[title, *elements],
    )
    return f"{document}\n"


def _placed(item: Item, depth: int, row: int) -> tuple[_Placed, int]:
    """Give an item rows of its own, and the next row that is free."""
    branches = []
    free = row
    for branch in item.branches:
        placed, free = _placed(branch, depth + 1, free)
        branches.append(placed)
    if not branches:
        return _Placed(item, depth, row, ()), row + 1
    middle = (branches[0].row + branches[-1].row) / 2
    return _Placed(item, depth, middle, tuple(branches)), free


def _all(placed: _Placed) -> Iterator[_Placed]:
    yield placed
    for branch in placed.branches:
        yield from _all(branch)


def _corner(placed: _Placed) -> tuple[float, float]:
    return PAD + placed.depth * COLUMN, PAD + placed.row * ROW


def _lines_to(placed: _Placed) -> Iterator[svg.Element]:
    left, top = _corner(placed)
    for branch in placed.branches:
        x, y = _corner(branch)
        start, middle = left + BOX, left + BOX + 20
        steps = [
            svg.M(start, top + ROW / 2),
            svg.H(middle),
            svg.V(y + ROW / 2),
            svg.H(x),
        ]
        yield svg.Path(d=steps, class_=["taken"] if branch.item.taken else None)
        yield svg.Text(x=middle + 4, y=y + ROW / 2 - 4, text=branch.item.answer, class_=["answer"])


def _box(placed: _Placed) -> Iterator[svg.Element]:
    x, y = _corner(placed)
    taken = ["taken"] if placed.item.taken else []
    yield svg.Rect(x=x, y=y + 4, width=BOX, height=ROW - 8, rx=4, class_=[placed.item.kind, *taken])
    fits = BOX // 7
    label = placed.item.title
    shown = label if len(label) <= fits else f"{label[: fits - 1]}…"
    text = svg.Text(x=x + 8, y=y + ROW / 2 + 4, text=shown)
    yield svg.G(elements=[svg.Title(text=label), text])
