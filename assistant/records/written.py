"""Records as text: one line of JSON each, the same for the same record everywhere and for good.

Hashes are taken of this text, so it is kept as it was written. A field that is empty is left out:
a field added later then changes nothing that was written before.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from assistant.records.entry import Entry, Erasure, Record, Withdrawal

KINDS: Mapping[str, type[Record]] = MappingProxyType(
    {"choice": Entry, "correction": Entry, "withdrawal": Withdrawal, "erasure": Erasure}
)
"""What is kept, by the name it is kept under."""


def kind_of(record: Record) -> str:
    """Give the name that a record is kept under."""
    match record:
        case Withdrawal():
            return "withdrawal"
        case Erasure():
            return "erasure"
    return "choice" if record.corrects is None else "correction"


def points_at(record: Record) -> str | None:
    """Give the id of the entry that a record corrects or withdraws."""
    match record:
        case Withdrawal():
            return record.withdraws
        case Erasure():
            return None
    return record.corrects


def written(record: Record) -> str:
    """Give a record as text, with the day that the clock on the wall showed."""
    plain = {field.name: _plain(getattr(record, field.name)) for field in fields(record)}
    plain |= {"kind": kind_of(record), "day": f"{record.when.astimezone():%Y-%m-%d}"}
    kept = {key: value for key, value in plain.items() if value not in (None, "", [])}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"))


def read_back(text: str) -> Record:
    """Give the record that a text is; raises `ValueError`, `TypeError` or `KeyError` for any other."""
    plain = json.loads(text)
    kind: type[Any] = KINDS[plain.pop("kind")]
    plain.pop("day")
    known = {field.name: field for field in fields(kind)}
    values = {name: _typed(name, value) for name, value in plain.items()}
    missing = {name: _NOTHING[name] for name in known.keys() & _NOTHING.keys() - values.keys()}
    record: Record = kind(**missing, **values)
    return record


def moment(when: datetime) -> str:
    """Give a time as it is kept: UTC to the microsecond, so that later text is later in time."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: object) -> object:
    match value:
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case Mapping():
            return [[key, item] for key, item in value.items()]
        case tuple():
            return [_plain(item) for item in value]
    return value


_NOTHING: Mapping[str, Any] = MappingProxyType(
    {
        **dict.fromkeys(("whom", "service", "reason", "certainty"), ""),
        **dict.fromkeys(("content_version", "raw_hash", "meaning_hash"), ""),
        **dict.fromkeys(("outcome", "recommended", "chosen")),
        "answers": {},
        "erased": (),
    }
)
"""What stands for a field that was left out, where the record itself has no default."""

_READERS: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "when": datetime.fromisoformat,
        "begun": date.fromisoformat,
        "ended": date.fromisoformat,
        "before": date.fromisoformat,
        "answers": dict,
        "assumed": tuple,
        "erased": tuple,
    }
)


def _typed(name: str, value: object) -> object:
    return _READERS[name](value) if name in _READERS else value
