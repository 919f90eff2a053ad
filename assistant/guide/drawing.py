"""The tree drawn as text or as a Mermaid diagram."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import svg

from assistant.guide.model import Guide

Edges = frozenset[tuple[str, str]]
"""Edges of the tree: the node they leave, and the answer they stand for."""

NO_EDGES: Edges = frozenset()
"""No path is marked."""


@dataclass(frozen=True)
class Item:
    """A place in the drawing and what lies beyond it.

    `label` is short, `title` says all. `answer` leads here from the place before (empty at the
    start); `again` is a place whose own branches were drawn before, where subtrees are shared;
    `taken` marks the path of an interview.
    """

    name: str
    label: str
    title: str
    kind: Literal["question", "outcome", "again"]
    answer: str = ""
    taken: bool = False
    branches: tuple["Item", ...] = field(default=())


def outline(guide: Guide, path: Edges = NO_EDGES, *, shared: bool = True) -> Item:
    """Give the tree from its start; `shared` subtrees are drawn once and named after that."""
    return _Outliner(guide, path, shared=shared).item(guide.tree.start, "", taken=bool(path))


def as_text(guide: Guide, path: Edges = NO_EDGES) -> str:
    """Give the tree as an indented outline, one answer a line."""
    return "\n".join(_lines(outline(guide, path), 0)) + "\n"


def as_mermaid(guide: Guide, path: Edges = NO_EDGES) -> str:
    """Give the tree as a Mermaid flow chart, outcomes gathered by group."""
    lines = ["flowchart LR"]
    lines += [f'  {name}["{_flat(_question(guide, name))}"]' for name in guide.tree.nodes]
    for number, (title, outcomes) in enumerate(_by_group(guide).items()):
        lines.append(f'  subgraph group{number}["{_flat(title)}"]')
        lines += [f'    {name}(["{_flat(_outcome(guide, name))}"])' for name in outcomes]
        lines.append("  end")
    marked = []
    for number, (source, value, target) in enumerate(_edges(guide)):
        lines.append(f'  {source} -->|"{_flat(_answer(guide, source, value))}"| {target}')
        if (source, value) in path:
            marked.append(str(number))
    if marked:
        lines.append(f"  linkStyle {','.join(marked)} stroke-width:4px")
    return "\n".join(lines) + "\n"


def as_dot(guide: Guide, path: Edges = NO_EDGES) -> str:
    """Give the tree in Graphviz's DOT language, outcomes gathered by group."""
    lines = ["digraph tree {", "  rankdir=LR;", "  node [shape=box];"]
    lines += [f'  {name} [label="{_flat(_question(guide, name))}"];' for name in guide.tree.nodes]
    for number, (title, outcomes) in enumerate(_by_group(guide).items()):
        lines += [f"  subgraph cluster_{number} {{", f'    label="{_flat(title)}";']
        lines += [
            f'    {name} [shape=oval, label="{_flat(_outcome(guide, name))}"];' for name in outcomes
        ]
        lines.append("  }")
    for source, value, target in _edges(guide):
        bold = ", penwidth=4" if (source, value) in path else ""
        lines.append(
            f'  {source} -> {target} [label="{_flat(_answer(guide, source, value))}"{bold}];'
        )
    return "\n".join([*lines, "}"]) + "\n"


class _Outliner:
    """Builds items from the start of the tree; `shared` subtrees are drawn once."""

    def __init__(self, guide: Guide, path: Edges, *, shared: bool) -> None:
        self._guide = guide
        self._path = path
        self._shared = shared
        self._numbers: dict[str, int] = {}

    def item(self, name: str, answer: str, *, taken: bool) -> Item:
        if name in self._guide.outcomes:
            title = _outcome(self._guide, name)
            return Item(name, title, title, "outcome", answer, taken)
        label, title = _name(self._guide, name), _question(self._guide, name)
        if self._shared:
            drawn = self._numbers.get(name)
            if drawn is not None:
                return Item(
                    name, f"as at {drawn}", f"as at {drawn}: {title}", "again", answer, taken
                )
            number = self._numbers[name] = len(self._numbers) + 1
            label, title = f"{number} {label}", f"{number} {title}"
        return Item(
            name, label, title, "question", answer, taken, self._branches(name, taken=taken)
        )

    def _branches(self, name: str, *, taken: bool) -> tuple[Item, ...]:
        return tuple(
            self.item(
                target,
                _answer(self._guide, name, value),
                taken=taken and (name, value) in self._path,
            )
            for value, target in self._guide.tree.nodes[name].to.items()
        )


def _lines(item: Item, depth: int) -> Iterator[str]:
    mark = "* " if item.taken else "  "
    answer = f"{item.answer}: " if item.answer else ""
    end = "=> " if item.kind == "outcome" else ""
    ask = "?" if item.kind == "question" else ""
    yield f"{mark}{'    ' * depth}{answer}{end}{item.label}{ask}"
    for branch in item.branches:
        yield from _lines(branch, depth + 1)


def _edges(guide: Guide) -> Iterator[tuple[str, str, str]]:
    for name, node in guide.tree.nodes.items():
        for value, target in node.to.items():
            yield name, value, target


def _by_group(guide: Guide) -> dict[str, list[str]]:
    gathered: dict[str, list[str]] = {group.name: [] for group in guide.groups.values()}
    for name, outcome in guide.outcomes.items():
        title = guide.groups[outcome.group].name if outcome.group else "No group named"
        gathered.setdefault(title, []).append(name)
    return {title: names for title, names in gathered.items() if names}


def _name(guide: Guide, name: str) -> str:
    return guide.questions[guide.tree.nodes[name].ask].name


def _question(guide: Guide, name: str) -> str:
    return guide.questions[guide.tree.nodes[name].ask].ask


def _answer(guide: Guide, name: str, value: str) -> str:
    return guide.questions[guide.tree.nodes[name].ask].options[value].short


def _outcome(guide: Guide, name: str) -> str:
    outcome = guide.outcomes[name]
    if outcome.group is None:
        return "No group named: ask your supervisor"
    return f"{guide.groups[outcome.group].name} ({outcome.certainty})"


def _flat(text: str) -> str:
    """Keep a label from ending its own quotation in Mermaid and DOT."""
    return text.replace("\\", "/").replace('"', "'")


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
