"""Mistakes in a guide, each with file, line and column, and how they are reported."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from assistant.errors import GuideError
from assistant.shapes import Frozen
from assistant.text import counted

KeyPath = tuple[str | int, ...]  # keys and positions in lists, from the top to one value

Rule = Literal[
    "also-fits-missing",
    "also-fits-wrong",
    "anchor",
    "cannot-stand",
    "certainty",
    "character",
    "contrast",
    "cycle",
    "date",
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
    "personal",
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
    "unknown-outcome",
    "unknown-question",
    "unknown-reading",
    "unknown-section",
    "unknown-value",
    "unreached",
    "wrong-answer",
    "wrong-outcome",
    "wrong-shape",
    "yaml",
]
"""What a mistake breaks: the name at the end of its line, for looking it up and for telling alike."""


class GuideFault(Frozen):
    """One mistake found in the parsed guide, before its place in a file is looked up.

    `of_key` points at the key itself rather than at its value.
    """

    path: KeyPath
    message: str
    rule: Rule
    of_key: bool = False


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it is (line and column from 1), what it is, which rule it breaks."""

    file: str
    line: int
    column: int
    message: str
    rule: str
    level: str = "error"


def problems_text(problems: Iterable[Problem]) -> str:
    """Return one line a problem: `file:line:column: level: message (rule)`."""
    return "\n".join(
        f"{p.file}:{p.line}:{p.column}: {p.level}: {p.message} ({p.rule})" for p in problems
    )


def problems_json(problems: Iterable[Problem]) -> str:
    """Return a JSON list of objects with the fields of `Problem`."""
    return json.dumps([asdict(problem) for problem in problems], indent=2)


def problems_github(problems: Iterable[Problem]) -> str:
    """Return workflow commands that mark each problem on the changed line of a pull request."""
    return "\n".join(
        f"::{p.level} file={p.file},line={p.line},col={p.column},title={p.rule}::{p.message}"
        for p in problems
    )


REPORTERS: Mapping[str, Callable[[Iterable[Problem]], str]] = {
    "text": problems_text,
    "json": problems_json,
    "github": problems_github,
}
"""Ways to print problems, by the name a person types."""


class GuideProblemsError(GuideError):
    """The guide has mistakes; `problems` holds all of them, in the order of the files."""

    def __init__(
        self,
        folder: str,
        problems: Iterable[Problem],
        *,
        what: str = "The guide",
        instead: str = "use the guide that came with the assistant",
    ) -> None:
        self.problems = tuple(sorted(problems))
        mistakes = counted(len(self.problems), "mistake")
        super().__init__(
            f"{what} cannot be used: it has {mistakes}.\n{problems_text(self.problems)}",
            where=folder,
            mend=f"fix the lines named above, or {instead}.",
        )
