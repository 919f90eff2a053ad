"""The tree drawn as text or as a Mermaid diagram."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.guide.model import Guide, Question

Edges = frozenset[tuple[str, str]]
"""Edges of the tree: the node they leave, and the answer they stand for."""

NO_EDGES: Edges = frozenset()  # no path is marked


@dataclass(frozen=True)
class Item:
    """A place in the drawing and what lies beyond it.

    `answer` leads here from the place before (empty at the start); `again` is a place whose own
    branches were drawn before, where subtrees are shared; `taken` marks the path of an interview.
    """

    name: str
    label: str
    kind: Literal["question", "outcome", "again"]
    answer: str = ""
    taken: bool = False
    branches: tuple["Item", ...] = ()


def outline(guide: Guide, path: Edges = NO_EDGES, *, shared: bool = True) -> Item:
    """Return the tree from its start; `shared` subtrees are drawn once and named after that."""
    return _Outliner(guide, path, shared=shared).item(guide.tree.start, "", taken=bool(path))


def as_text(guide: Guide, path: Edges = NO_EDGES) -> str:
    """Return the tree as an indented outline, one answer a line."""
    return "\n".join(_lines(outline(guide, path), 0)) + "\n"


def as_mermaid(guide: Guide) -> str:
    """Return the tree as a Mermaid flow chart, outcomes gathered by group."""
    lines = ["flowchart LR"]
    lines += [f'  {name}["{_flat(_asked(guide, name).ask)}"]' for name in guide.tree.nodes]
    for number, (title, outcomes) in enumerate(_by_group(guide).items()):
        lines.append(f'  subgraph group{number}["{_flat(title)}"]')
        lines += [f'    {name}(["{_flat(_outcome(guide, name))}"])' for name in outcomes]
        lines.append("  end")
    for source, node in guide.tree.nodes.items():
        for value, target in node.to.items():
            answer = _flat(_asked(guide, source).options[value].short)
            lines.append(f'  {source} -->|"{answer}"| {target}')
    return "\n".join(lines) + "\n"


class _Outliner:
    """Builds items from the start of the tree; `shared` subtrees are drawn once."""

    def __init__(self, guide: Guide, path: Edges, *, shared: bool) -> None:
        self._guide = guide
        self._path = path
        self._shared = shared
        self._numbers: dict[str, int] = {}

    def item(self, name: str, answer: str, *, taken: bool) -> Item:
        if name in self._guide.outcomes:
            return Item(name, _outcome(self._guide, name), "outcome", answer, taken)
        label = _asked(self._guide, name).name
        if self._shared:
            drawn = self._numbers.get(name)
            if drawn is not None:
                return Item(name, f"as at {drawn}", "again", answer, taken)
            number = self._numbers[name] = len(self._numbers) + 1
            label = f"{number} {label}"
        return Item(name, label, "question", answer, taken, self._branches(name, taken=taken))

    def _branches(self, name: str, *, taken: bool) -> tuple[Item, ...]:
        options = _asked(self._guide, name).options
        return tuple(
            self.item(target, options[value].short, taken=taken and (name, value) in self._path)
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


def _by_group(guide: Guide) -> dict[str, list[str]]:
    gathered: dict[str, list[str]] = {group.name: [] for group in guide.groups.values()}
    for name, outcome in guide.outcomes.items():
        title = guide.groups[outcome.group].name if outcome.group else "No group named"
        gathered.setdefault(title, []).append(name)
    return {title: names for title, names in gathered.items() if names}


def _asked(guide: Guide, node: str) -> Question:
    return guide.questions[guide.tree.nodes[node].ask]


def _outcome(guide: Guide, name: str) -> str:
    outcome = guide.outcomes[name]
    if outcome.group is None:
        return "No group named: ask your supervisor"
    return f"{guide.groups[outcome.group].name} ({outcome.certainty})"


def _flat(text: str) -> str:
    """Keep a label from ending its own quotation in Mermaid."""
    return text.replace("\\", "/").replace('"', "'")
