"""What can be counted by reading: modules, lines, names that mean two things, circles of imports."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import grimp


@dataclass(frozen=True)
class House:
    """The modules of the package `assistant` in a checkout."""

    root: Path

    @cached_property
    def sources(self) -> dict[str, str]:
        """Return the text of each file by its path below the root."""
        files = sorted((self.root / "assistant").rglob("*.py"))
        return {
            file.relative_to(self.root).as_posix(): file.read_text(encoding="utf-8")
            for file in files
        }

    @cached_property
    def trees(self) -> dict[str, ast.Module]:
        return {path: ast.parse(text) for path, text in self.sources.items()}

    @cached_property
    def lines(self) -> dict[str, int]:
        return {path: text.count("\n") for path, text in self.sources.items()}

    @property
    def modules(self) -> int:
        """Return how many files hold more than a docstring."""
        return sum(
            len(tree.body) > (ast.get_docstring(tree) is not None) for tree in self.trees.values()
        )

    def longer_than(self, most: int) -> list[str]:
        return [f"{path} ({count})" for path, count in self.lines.items() if count > most]

    def repeated_classes(self) -> list[str]:
        """Return each class name that several modules define, with their files."""
        found = defaultdict(list)
        for path, tree in self.trees.items():
            for node in tree.body:
                if isinstance(node, ast.ClassDef):
                    found[node.name].append(path)
        return [
            f"{name} in {', '.join(paths)}"
            for name, paths in sorted(found.items())
            if len(paths) > 1
        ]

    def docstrings_with(self, first_word: str) -> list[str]:
        """Return where a docstring begins with a word."""
        return [
            f"{path}:{getattr(node, 'lineno', 1)}"
            for path, tree in self.trees.items()
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module)
            and (ast.get_docstring(node) or "").startswith(f"{first_word} ")
        ]

    def circles(self) -> list[str]:
        """Return the sets of modules that import each other in a circle, whenever they do it."""
        graph = grimp.build_graph("assistant", cache_dir=None)
        imports = {
            module: graph.find_modules_directly_imported_by(module) for module in graph.modules
        }
        return [", ".join(sorted(circle)) for circle in _circles(imports)]


def _circles(imports: dict[str, set[str]]) -> Iterator[set[str]]:
    """Yield the sets of nodes that reach each other."""
    reached = {node: _reachable(node, imports) for node in imports}
    left = set(imports)
    while left:
        node = left.pop()
        circle = {other for other in reached[node] if node in reached[other]} | {node}
        left -= circle
        if len(circle) > 1:
            yield circle


def _reachable(start: str, imports: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    open_ = [start]
    while open_:
        for node in imports[open_.pop()] - found:
            found.add(node)
            open_.append(node)
    return found
