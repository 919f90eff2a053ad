"""Reads an export line by line, and believes nothing in it that its hashes do not bear out."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from assistant.errors import RecordsError
from assistant.records.entry import Entry, Erasure, Withdrawal
from assistant.records.moving.exporting_json import BETWEEN, FIRST, FORMAT, VERSION, hash_of_text
from assistant.records.written import read_back, written

_LINE_MOST = 64 * 1024 * 1024
"""No line comes near this, in bytes; what does is no export."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A record of an export, with the number it had where it comes from."""

    number: int
    record: Entry | Withdrawal


@dataclass(frozen=True, slots=True)
class Rules:
    """The decision of a meaning hash, as JSON."""

    meaning_hash: str
    decision: str


_NOT_AN_EXPORT = "This is not a file that `service-group records export --format json` wrote."
_NEWER = "This file was written by a newer version of the assistant."
_CUT = "The file does not end as it should: a part of it is missing."


def exported_in(lines: Iterable[bytes]) -> Iterator[Exported | Rules]:
    """Give the records of an export, then their rules; the last step holds the whole to its hash.

    Raises `RecordsError`, which names the record that is damaged, or says that the file is none.
    """
    digest = hashlib.sha256()
    rest = _counted(lines)
    first = next(rest, b"")
    _check_first(first)
    digest.update(first + b"\n")
    numbers = 0
    part: type[Exported | Rules] = Exported
    for line in rest:
        if line.startswith(b"}"):
            return _check_end(line, digest.hexdigest(), numbers, rest)
        digest.update(line + b"\n")
        if line == BETWEEN.encode():
            part = Rules
        elif part is Exported:
            numbers += 1
            yield _record(line, numbers)
        else:
            yield _rules(line)
    _refuse(_CUT)


def _counted(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Give lines without their ends, which a mail program may have changed."""
    for line in lines:
        if len(line) > _LINE_MOST:
            _refuse(_NOT_AN_EXPORT)
        yield line.rstrip(b"\r\n")


def _check_first(line: bytes) -> None:
    if line == FIRST.encode():
        return
    start = json.dumps({"format": FORMAT})[:-1].encode()
    _refuse(
        _NEWER if line.startswith(start) and str(VERSION).encode() not in line else _NOT_AN_EXPORT
    )


def _check_end(line: bytes, digest: str, count: int, rest: Iterator[bytes]) -> None:
    try:
        end = json.loads(b"{" + line.lstrip(b"}, "))
        known = (end["digest"], end["count"])
    except (ValueError, TypeError, KeyError, RecursionError):
        _refuse(_CUT)
    if known[1] != count:
        _refuse(f"The file tells of {known[1]} records and holds {count}: it was changed.")
    if known[0] != digest:
        _refuse("The file is not as it was written: it was changed somewhere between its records.")
    if any(rest):
        _refuse("Something follows after the end of the file.")


def _record(line: bytes, place: int) -> Exported:
    try:
        parsed = json.loads(line.removesuffix(b","))
        number, text = parsed["number"], _canonical(parsed["record"])
        unchanged = parsed["hash"] == hash_of_text(text) and isinstance(number, int)
        record = read_back(text)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        _refuse(f"Record {place} in the file cannot be read.")
    if not unchanged:
        _refuse(f"Record {place} in the file was changed after it was written.")
    if isinstance(record, Erasure) or not _holds_together(text, record):
        _refuse(f"Record {place} in the file is none that an export holds.")
    return Exported(number, record)


def _rules(line: bytes) -> Rules:
    try:
        ((meaning_hash, decision),) = json.loads(b"{" + line.removesuffix(b",") + b"}").items()
        unchanged = hash_of_text(decision) == meaning_hash
    except (ValueError, TypeError, AttributeError, RecursionError):
        unchanged = False
    if not unchanged:
        _refuse("The rules in the file, which entries were made under, were changed.")
    return Rules(meaning_hash, decision)


def _canonical(record: object) -> str:
    return json.dumps(record, sort_keys=True, separators=(",", ":"))


def _holds_together(text: str, record: Entry | Withdrawal) -> bool:
    """Tell whether a record is kept as it would be written, but for the day on another clock."""
    if isinstance(record, Entry) and record.linked not in {None, True, False}:
        return False
    again, before = json.loads(written(record)), json.loads(text)
    days = (again.pop("day"), before.pop("day", None))
    return bool(again == before and isinstance(days[1], str))


def _refuse(why: str) -> NoReturn:
    raise RecordsError(
        why,
        mend="Nothing was added. Export again where the records are, and bring the new file over"
        " unchanged.",
    )
