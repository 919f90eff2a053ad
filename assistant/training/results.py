"""A results file: attempts handed in by a trainee, taken in once however often the file is read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from assistant.training.attempts import Attempt, in_order
from assistant.training.wire import Reader, written

KIND = "service_group_results"
"""The key that a results file is known by."""

_NAMES = tuple(field.name for field in fields(Attempt))


def results_text(attempts: Iterable[Attempt]) -> str:
    """Write a results file; the same attempts give the same text."""
    return written(KIND, {"attempts": [plain(attempt) for attempt in in_order(attempts)]})


def read_results(text: str, where: str = "") -> tuple[Attempt, ...]:
    """Read a results file strictly; raises `UsageError` that names the file as `where`."""
    reader = Reader(KIND, "results file", where)
    listed = reader.a(list, reader.read(text, ("attempts",))["attempts"], "the list of answers")
    return tuple(_attempt(reader, item, n) for n, item in enumerate(listed, start=1))


def not_yet_in(attempts: Iterable[Attempt], known: Collection[str]) -> tuple[Attempt, ...]:
    """Give the attempts whose ids are not `known`, each once, as they were made."""
    return tuple(attempt for attempt in in_order(attempts) if attempt.id not in known)


def plain(attempt: Attempt) -> dict[str, Any]:
    """Give an attempt as plain data that JSON holds."""
    data = {name: getattr(attempt, name) for name in _NAMES}
    return {**data, "when": attempt.when.isoformat(), "facts": list(map(list, _pairs(attempt)))}


def from_plain(data: Mapping[str, Any]) -> Attempt:
    """Give the attempt back; raises `ValueError`, `TypeError` or `KeyError` where it cannot be one."""
    facts = dict(data["facts"])
    when = datetime.fromisoformat(data["when"])
    return Attempt(**{**data, "facts": facts, "when": when})


def _pairs(attempt: Attempt) -> Iterable[tuple[str, str]]:
    return attempt.facts.items()


def _attempt(reader: Reader, item: object, number: int) -> Attempt:
    data = reader.a(dict, item, f"answer {number}")
    reader.exactly(data, _NAMES, f"answer {number}")
    try:
        return from_plain(data)
    except (ValueError, TypeError, KeyError):
        reader.refuse(f"Answer {number} of the results file is not one that can be.")
