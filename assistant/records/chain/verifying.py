"""Follows the chain from its beginning and says where it breaks first, and why.

Nothing here trusts a value to be of its kind: a database can be written by any program. The store
is read a piece at a time, so that others can record meanwhile and memory stays small.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, literal, select

from assistant.records.chain.links import NOTHING_BEFORE, Head, hash_of_content, hash_of_link
from assistant.records.chain.repeating import Lists, repeats_wrongly
from assistant.records.chain.runs import Runs
from assistant.records.chain.witness import contradiction
from assistant.records.entry import ERASED, Erasure
from assistant.records.schema import CHAIN, ENTRIES, RULES
from assistant.records.written import read_back

_CHUNK = 1_000

_LATER = ENTRIES.alias("later")
_EMPTIED = set(ENTRIES.c.keys()) - {"seq", "id", "kind", "content_hash", "previous", "hash"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a record, in a sentence; `seq` is its number, or where it should be.

    The number 0 stands for what is kept beside the records.
    """

    seq: int
    why: str


@dataclass(slots=True)
class Walk:
    """How far the chain has been followed: the last record's number and hash, and the one before's."""

    last: int = 0
    hash: str = NOTHING_BEFORE
    before: str = ""
    read: int = -(2**62)
    done: bool = False
    erased: Runs = field(default_factory=Runs)
    erasures: int = 0


def some_faults(connection: Connection, remembered: Head | None, walk: Walk) -> list[Fault]:
    """Follow the chain a piece further, and give what is wrong with it there; sets `walk.done` at its end.

    After a break the chain is followed on from what stands there, so that one change is told once.
    """
    rows = _rows(connection, walk)
    _learn_erasures(connection, walk)
    lists = Lists(connection, rows)
    found: list[Fault] = []
    for row in rows:
        found += _row_faults(walk, row, lists)
        walk.read = row.seq
        if row.seq > 0:
            walk.last, walk.before, walk.hash = row.seq, walk.hash, row.hash
    walk.done = len(rows) < _CHUNK
    if walk.done:
        found += _end_faults(connection, walk, remembered)
        found += _rules_faults(connection)
    return found


def _rows(connection: Connection, walk: Walk) -> list[Row[Any]]:
    joined = ENTRIES.outerjoin(_LATER, _LATER.c.of_id == ENTRIES.c.id)
    query = select(ENTRIES, _LATER.c.kind.label("later_kind")).select_from(joined)
    query = (
        query.where(ENTRIES.c.seq > literal(walk.read, BigInteger))
        .order_by(ENTRIES.c.seq)
        .limit(_CHUNK)
    )
    return list(connection.execute(query).all())


def _learn_erasures(connection: Connection, walk: Walk) -> None:
    """Learn of erasures that were not there when the walk began."""
    columns = ENTRIES.c
    query = select(columns.seq, columns.content).where(columns.kind == "erasure")
    for row in connection.execute(query.where(columns.seq > walk.erasures).order_by(columns.seq)):
        record = _readable(row.content)
        walk.erased.add(record.erased if isinstance(record, Erasure) else ())
        walk.erasures = row.seq


def _row_faults(walk: Walk, row: Row[Any], lists: Lists) -> Iterator[Fault]:
    expected = _expected(hash_of_link, row.seq, row.previous, row.content_hash)
    if row.seq < 1:
        yield Fault(row.seq, "a record was put in before the first.")
    elif row.seq > walk.last + 1:
        last = f" to {row.seq - 1}" if row.seq > walk.last + 2 else ""
        yield Fault(walk.last + 1, f"number {walk.last + 1}{last} is missing: taken out.")
    elif row.previous != walk.hash:
        yield _unchained(walk, row, whole=row.hash == expected)
    elif row.hash != expected:
        yield Fault(
            row.seq, "its own hash is not right: it was changed, or another was put in its place."
        )
    else:
        why = _emptied(walk, row, lists) if row.content is None else _changed(walk, row, lists)
        if why:
            yield Fault(row.seq, why)


def _unchained(walk: Walk, row: Row[Any], *, whole: bool) -> Fault:
    """Say which of two records that do not follow each other is wrong: a whole one speaks for itself."""
    if walk.last and row.previous == walk.before:
        return Fault(walk.last, "it was put in: the next one follows the one before it.")
    if walk.last and whole:
        return Fault(
            walk.last, "another was put in its place: the next one follows what was there."
        )
    return Fault(row.seq, "it does not follow the one before: it was changed, swapped or put in.")


def _emptied(walk: Walk, row: Row[Any], lists: Lists) -> str:
    if row.seq not in walk.erased or row.kind != ERASED:
        return "it was emptied, and no erasure names it."
    left = any(getattr(row, name) is not None for name in _EMPTIED)
    some = left or row.seq in lists.words
    return "it was erased, but not all of it is gone." if some else ""


def _changed(walk: Walk, row: Row[Any], lists: Lists) -> str:
    if row.content_hash != _expected(hash_of_content, row.salt, row.content):
        return "what it says was changed after it was recorded."
    record = _readable(row.content)
    if record is None:
        return "what it says cannot be read."
    if row.seq in walk.erased:
        return "it was erased, and is there again."
    if isinstance(record, Erasure) and not all(0 < a <= b < row.seq for a, b in record.erased):
        return "it names numbers that it cannot have erased."
    return repeats_wrongly(row, record, lists)


def _expected(function: Any, *values: object) -> str | None:  # noqa: ANN401 - any of the two
    try:
        return str(function(*values))
    except UnicodeEncodeError:
        return None


def _readable(text: object) -> Any:  # noqa: ANN401 - a record of any kind, or None
    try:
        record = read_back(text) if isinstance(text, str) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    if isinstance(record, Erasure) and not all(
        isinstance(end, int) for run in record.erased for end in run
    ):
        return None
    return record


def _end_faults(connection: Connection, walk: Walk, remembered: Head | None) -> Iterator[Fault]:
    heads = [Head(**row) for row in connection.execute(select(CHAIN)).mappings()]
    if len(heads) != 1 or not isinstance(heads[0].count, int):
        yield Fault(walk.last, "the records do not say where they end.")
        return
    head = heads[0]
    if (head.count, head.hash) != (walk.last, walk.hash):
        yield _wrong_end(head, walk)
        return
    words = contradiction(connection, head, remembered)
    if words:
        yield Fault(walk.last + 1, words)


def _wrong_end(head: Head, walk: Walk) -> Fault:
    if head.count > walk.last:
        why = f"the records end at number {walk.last:,}, and there were {head.count:,}."
        return Fault(walk.last + 1, why)
    if head.count < walk.last:
        return Fault(
            head.count + 1, f"the records ended at number {head.count:,}: it was put in after."
        )
    return Fault(walk.last, "the last one is not the one that the records say they end with.")


def _rules_faults(connection: Connection) -> Iterator[Fault]:
    for meaning_hash, decision in connection.execute(
        select(RULES.c.meaning_hash, RULES.c.decision)
    ):
        if hashlib.sha256(str(decision).encode()).hexdigest() != meaning_hash:
            yield Fault(0, f"the rules kept under {str(meaning_hash)[:12]} were changed.")
