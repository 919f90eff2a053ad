"""Mistakes in the guide as data, and the ways they are printed."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Literal

from assistant.errors import GuideError

KeyPath = tuple[str | int, ...]
"""Keys and list positions that lead from the top of the guide to one value."""

Rule = Literal[
    "also-fits-missing",
    "also-fits-wrong",
    "anchor",
    "certainty",
    "character",
    "cycle",
    "dead-end",
    "duplicate-key",
    "empty",
    "empty-file",
    "encoding",
    "group-does-not-fit",
    "long-quote",
    "missing-file",
    "missing-key",
    "name",
    "pointless-question",
    "same-name",
    "stale-quote",
    "tag",
    "too-few",
    "too-long",
    "unknown-certainty",
    "unknown-document",
    "unknown-fact",
    "unknown-file",
    "unknown-group",
    "unknown-key",
    "unknown-node",
    "unknown-question",
    "unknown-section",
    "unknown-value",
    "unreached",
    "wrong-shape",
    "yaml",
]
"""What a mistake breaks: the name at the end of its line, for looking it up and for telling alike."""


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it stands (line and column from 1), what it is, which rule it breaks."""

    file: str
    line: int
    column: int
    message: str
    rule: Rule
    level: str = "error"


@dataclass(frozen=True)
class Fault:
    """One mistake found in the parsed guide, before its place in a file is looked up.

    `of_key` points at the key itself rather than at its value.
    """

    path: KeyPath
    message: str
    rule: Rule
    of_key: bool = False


class GuideProblemsError(GuideError):
    """The guide has mistakes; `problems` holds all of them, in the order of the files."""

    def __init__(self, folder: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        mistakes = "1 mistake" if count == 1 else f"{count} mistakes"
        super().__init__(
            f"The guide cannot be used: it has {mistakes}.\n{as_text(self.problems)}",
            where=folder,
            mend="correct the lines named above, or use the guide that came with the assistant.",
        )


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


def position_after(text: str) -> tuple[int, int]:
    """Give the line and column, from 1, of what follows `text` in its file."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give a clause that offers the nearest known words, or nothing when none is near."""
    near = get_close_matches(word, list(known), n=2)
    return f"; did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
