"""The chain of records: links, the remembered head, verification."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, literal, select

from assistant.private import Box
from assistant.records.entry import (
    ERASED,
    NOTHING_BEFORE,
    Entry,
    Erasure,
    Head,
    Record,
    hash_of_content,
    hash_of_link,
    read_back,
)
from assistant.records.finding import Shelf, all_shelves, overridden, repeated, words_of
from assistant.records.schema import CHAIN, ENTRIES, RULES, WORDS

_REPEATED = (
    *("id", "kind", "of_id", "at", "day", "outcome", "recommended", "certainty"),
    *("chosen", "overridden", "reason_code"),
)
"""Columns that repeat what the content says."""


class Lists:
    """What lists find some rows by: their shelves, and their words with the shelf of each."""

    def __init__(self, connection: Connection, rows: Sequence[Row[Any]]) -> None:
        self.shelves = all_shelves(connection)
        self.words: dict[int, set[tuple[str, int]]] = {}
        if rows:
            columns = WORDS.c
            within = columns.seq.between(rows[0].seq, rows[-1].seq)
            for seq, word, shelf in connection.execute(
                select(columns.seq, columns.word, columns.shelf).where(within)
            ):
                self.words.setdefault(seq, set()).add((word, shelf))


def repeats_wrongly(row: Row[Any], record: Record, lists: Lists) -> str:
    """Say what of a row is not what its record says, "" where all is."""
    expected = {**dict.fromkeys(_REPEATED), **repeated(record, row.content)}
    changed = [name for name in _REPEATED if getattr(row, name) != expected[name]]
    if changed:
        return f"its {changed[0]} in the lists was changed."
    shelf = _shelf(row, record)
    if shelf != (None if row.shelf is None else lists.shelves.get(row.shelf, ())):
        return "lists do not show it as it is; what corrects or withdraws it may be missing."
    words = set() if shelf is None else {(word, row.shelf) for word in words_of(record)}
    return "" if lists.words.get(row.seq, set()) == words else "it is not found by its own words."


def _shelf(row: Row[Any], record: Record) -> Shelf | None:
    if not isinstance(record, Entry) or row.later_kind == "correction":
        return None
    withdrawn = int(row.later_kind == "withdrawal")
    return record.chosen, record.certainty, overridden(record), withdrawn


class Runs:
    """A growing set of numbers that lie mostly side by side."""

    def __init__(self) -> None:
        self._runs: list[tuple[int, int]] = []

    def add(self, runs: Iterable[tuple[int, int]]) -> None:
        """Add numbers, given as first and last of each run."""
        merged: list[tuple[int, int]] = []
        for first, last in sorted((*self._runs, *runs)):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        self._runs = merged

    def __contains__(self, number: int) -> bool:
        index = bisect_right(self._runs, (number, float("inf"))) - 1
        return index >= 0 and self._runs[index][0] <= number <= self._runs[index][1]


_MOST_BYTES = 1_024


class RememberedHead:
    """Where this computer remembers the end of a chain: a small file of its own."""

    def __init__(self, path: Path) -> None:
        self._box = Box(
            path.parent,
            name=lambda _head: path.name,
            to_plain=asdict,
            from_plain=lambda plain: Head(**plain),
            most_bytes=_MOST_BYTES,
            wholly_ours=False,
        )
        self.path = path

    def get(self) -> Head | None:
        """Return the end of the chain as last seen here, None where none can be read."""
        return self._box.get(self.path.name)

    def remember(self, head: Head) -> None:
        """Remember a later end of the chain.

        What cannot be written is let be: the entry is safe already, and the next one tells as much.
        """
        known = self.get()
        if known and known.store_id == head.store_id and known.count >= head.count:
            return
        with suppress(OSError):
            self._box.put(head)


def mismatch(connection: Connection, head: Head, remembered: Head | None) -> str:
    """Say in a sentence how a store's end contradicts what this computer remembers; "" if it does not."""
    if remembered is None or remembered.count == 0:
        return ""
    if remembered.store_id != head.store_id:
        return (
            "These are other records than were kept here before,"
            f" which held {remembered.count:,} entries."
        )
    if head.count < remembered.count:
        return (
            f"The records end at number {head.count:,}, but {remembered.count:,} were kept here:"
            " the last ones are missing."
        )
    query = select(ENTRIES.c.hash).where(ENTRIES.c.seq == remembered.count)
    if connection.scalar(query) != remembered.hash:
        return f"Number {remembered.count:,} in the records is not the one that was kept here."
    return ""


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
    words = mismatch(connection, head, remembered)
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
