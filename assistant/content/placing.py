"""Parses files as one body of data, and finds the line and column of what is wrong in it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from assistant.content.files import SECTIONS, root_of
from assistant.content.problems import Fault
from assistant.problems import Problem

if TYPE_CHECKING:
    from assistant.content.source import Source


def parsed(
    texts: Mapping[str, str], problems: list[Problem], sections: Mapping[str, str] = SECTIONS
) -> "Source":
    """Give the data in files, each below the part that its name in `sections` makes it.

    `problems` are those met while reading; the files that they name count as not read.
    """
    # Only a guide that is not kept needs the YAML parser.
    from assistant.content.source import Source  # noqa: PLC0415

    unread = {problem.file for problem in problems if problem.rule != "unknown-file"}
    source = Source(problems=problems, unread=unread)
    for name, text in texts.items():
        source.read(text, name, root_of(name, sections))
    return source


def placed(source: "Source", faults: Iterable[Fault]) -> list[Problem]:
    """Give each fault the file, line and column of what it is about."""
    return [
        Problem(*source.place(fault.path, of_key=fault.of_key), fault.message, fault.rule)
        for fault in faults
    ]


def news(source: "Source", faults: Iterable[Fault]) -> list[Problem]:
    """Place faults, less those that only follow from a mistake already named.

    A fault without a path is that a whole part is missing; in place of an alias stands no value.
    """
    named = {(p.file, p.line, p.column) for p in source.problems if p.rule == "anchor"}
    return [
        problem
        for problem in placed(source, (fault for fault in faults if fault.path))
        if problem.file not in source.unread
        and (problem.file, problem.line, problem.column) not in named
    ]
