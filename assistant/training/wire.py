"""JSON files that pass between trainer and trainees: written with a checksum, read strictly.

The checksum finds what was cut off or changed by mistake. It is no signature: a person who means to
can make another.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeVar

from assistant.errors import UsageError

FORMAT = 1
"""The number of the format; a reader refuses any other."""

Value = TypeVar("Value")


def digest(data: object) -> str:
    """Give the hash of plain data, the same however its keys are ordered."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def written(kind: str, fields: Mapping[str, object]) -> str:
    """Give the text of a file of that kind."""
    data = {kind: FORMAT, **fields}
    return json.dumps({**data, "checksum": digest(data)}, indent=2, ensure_ascii=False) + "\n"


class Reader:
    """Reads one file; every mistake raises `UsageError`, which says where and what to do.

    `where` names the file for a person, `what` its kind in words: `class file`.
    """

    def __init__(self, kind: str, what: str, where: str) -> None:
        self.kind = kind
        self.what = what
        self.where = where

    def read(self, text: str, keys: Sequence[str]) -> dict[str, object]:
        """Give the fields of a file, which are `keys` and no others, its checksum verified."""
        data = self._parsed(text)
        if self.kind not in data:
            self.refuse(f"This is not a {self.what}.")
        if data[self.kind] != FORMAT:
            self.refuse(f"This {self.what} is in a format that this assistant does not know.")
        self.exactly(data, [self.kind, *keys, "checksum"], f"the {self.what}")
        if data.pop("checksum") != digest(data):
            self.refuse(f"This {self.what} was changed or cut off after it was written.")
        return data

    def exactly(self, data: Mapping[str, object], keys: Sequence[str], part: str) -> None:
        """Refuse an object that lacks a key or has one too many."""
        missing = [key for key in keys if key not in data]
        if missing:
            self.refuse(f"In {part}, {missing[0]!r} is missing.")
        if len(data) > len(keys):
            self.refuse(f"In {part} stands something that does not belong there.")

    def a(self, kind: type[Value], value: object, part: str) -> Value:
        """Give a value that must be of a kind; `True` is not a number."""
        if not isinstance(value, kind) or isinstance(value, bool):
            self.refuse(f"In the {self.what}, {part} is not what it should be.")
        return value

    def names(self, value: object, part: str) -> tuple[str, ...]:
        """Give a list of strings."""
        return tuple(self.a(str, item, part) for item in self.a(list, value, part))

    def refuse(self, sentence: str) -> NoReturn:
        raise UsageError(
            sentence, where=self.where, mend="ask for the file again, and use it unchanged."
        )

    def _parsed(self, text: str) -> dict[str, object]:
        try:
            data = json.loads(text, object_pairs_hook=_once)
        except (ValueError, RecursionError):
            self.refuse(f"This is not a {self.what}, or only a part of one.")
        if not isinstance(data, dict):
            self.refuse(f"This is not a {self.what}.")
        return data


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
