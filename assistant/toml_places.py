"""Reads TOML together with where each of its top keys stands, which the standard library does not say."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
"""How Python before 3.14 ends a message: with the place, which later ones also have as numbers."""

_UP_TO_VALUE = re.compile(r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[\w-]+|[\s.])+=\s*""")
"""A key, plain, quoted or dotted, its equals sign, and the blanks before its value."""


class Place(NamedTuple):
    """Where a key and its value stand, each as line and column from 1."""

    key: tuple[int, int]
    value: tuple[int, int]


class TomlMistakeError(ValueError):
    """The text is not TOML: `message` says why, `line` and `column` (from 1) where."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


def parsed(text: str) -> dict[str, Any]:
    """Give what the text holds; raises `TomlMistakeError`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        where = _WHERE.search(message)
        place = (int(where[1]), int(where[2])) if where and where[1] else _end(text)
        raise TomlMistakeError(_WHERE.sub("", message), *place) from None
    except (ValueError, RecursionError):
        raise TomlMistakeError("A number or a list is far too long", 1, 1) from None


def places(text: str) -> dict[str, Place]:
    """Give where each top key is first written, for text that is TOML."""
    found: dict[str, Place] = {}
    in_table = False
    for line, statement, key in _statements(text):
        header = statement.lstrip().startswith("[")
        if header or not in_table:
            found.setdefault(key, _place(line, statement))
        in_table = in_table or header
    return found


def _statements(text: str) -> Iterator[tuple[int, str, str]]:
    """Give each statement with the line it begins on and its top key.

    A statement that is cut short is no TOML, so it ends where it becomes some.
    """
    statement, begins = "", 1
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        statement += f"{line}\n"
        try:
            holds = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        for key in holds:
            yield begins, statement, key
        statement, begins = "", number + 1


def _place(line: int, statement: str) -> Place:
    indent = len(statement) - len(statement.lstrip())
    key = (line, indent + 1)
    before_value = _UP_TO_VALUE.match(statement)
    return Place(key, (line, before_value.end() + 1) if before_value else key)


def _end(text: str) -> tuple[int, int]:
    return text.count("\n") + 1, len(text) - text.rfind("\n")
