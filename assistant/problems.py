"""Mistakes in a file that a person wrote, as data, and the ways they are printed."""

import json
from collections.abc import Callable, Iterable, Mapping
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
