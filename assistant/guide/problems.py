"""Mistakes in a guide, each with file, line and column, and how they are reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.errors import GuideError
from assistant.text import Problem, as_text, counted

KeyPath = tuple[str | int, ...]
"""Keys and list positions that lead from the top of the guide to one value."""

Rule = Literal[
    "also-fits-missing",
    "also-fits-wrong",
    "anchor",
    "cannot-stand",
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
    "unknown-outcome",
    "unknown-question",
    "unknown-section",
    "unknown-value",
    "unreached",
    "wrong-outcome",
    "wrong-shape",
    "yaml",
]
"""What a mistake breaks: the name at the end of its line, for looking it up and for telling alike."""


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

    def __init__(
        self, folder: str, problems: Iterable[Problem], *, what: str = "The guide"
    ) -> None:
        self.problems = tuple(sorted(problems))
        mistakes = counted(len(self.problems), "mistake")
        super().__init__(
            f"{what} cannot be used: it has {mistakes}.\n{as_text(self.problems)}",
            where=folder,
            mend="correct the lines named above, or use the guide that came with the assistant.",
        )
