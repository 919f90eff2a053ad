"""What a store holds, and the chain followed from first to last: what was changed from outside, and where."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, func, insert, literal, select, update

from assistant.errors import RecordsDamagedError
from assistant.records.chain import (
    Head,
    RememberedHead,
    hash_of_content,
    hash_of_link,
    held_by,
    mismatch,
)
from assistant.records.database import Database, revision_of
from assistant.records.entry import ERASED, Entry, Erasure, Record, read_back
from assistant.records.finding import search_columns, words_of
from assistant.records.schema import (
    ACTIVE,
    CHAIN,
    CORRECTED,
    ENTRIES,
    HEAD,
    NOTHING_BEFORE,
    RULES,
    WITHDRAWN,
    WORDS,
)
from assistant.records.sqlite import FILE_NAME, SqliteDatabase
from assistant.shapes import Frozen
from assistant.text import hash_of

_CHUNK = 1_000

_LATER, _RESTORED = ENTRIES.alias("later"), ENTRIES.alias("restored")
_TARGET = ENTRIES.alias("target")
_SEARCHED = (
    *("id", "kind", "of_id", "at", "day", "outcome", "recommended", "certainty"),
    *("chosen", "overridden", "reason_code", "restores"),
)
_EMPTIED = set(ENTRIES.c.keys()) - {"seq", "id", "kind", "content_hash", "previous", "hash"}


class Damage(StrEnum):
    """What can have happened to a record."""

    CHANGED = "was changed"
    MISSING = "is missing"
    CUT_OFF = "is cut off, with all that came after it"
    OUT_OF_PLACE = "is out of place"


class ChainFault(Frozen):
    """What is wrong with a record; `seq` is its number, or where it should be.

    The number 0 stands for what is kept beside the records: their end, and the rules.
    """

    seq: int
    damage: Damage

    def __str__(self) -> str:
        if self.seq == 0:
            return "The data stored beside the entries was changed: where the records end, or the rules."
        return f"Number {self.seq:,} {self.damage}."


class _Spans:
    """A growing set of numbers that lie mostly side by side."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def add(self, spans: Iterable[tuple[int, int]]) -> None:
        merged: list[tuple[int, int]] = []
        for first, last in sorted((*self._spans, *spans)):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        self._spans = merged

    def __contains__(self, number: int) -> bool:
        index = bisect_right(self._spans, (number, float("inf"))) - 1
        return index >= 0 and self._spans[index][0] <= number <= self._spans[index][1]


@dataclass(slots=True)
class Walk:
    """How far the chain has been followed: the last record's number and hash, and the one before's."""

    last: int = 0
    hash: str = NOTHING_BEFORE
    before: str = ""
    read: int = -(2**62)
    done: bool = False
    erased: _Spans = field(default_factory=_Spans)
    erasures: int = 0


def some_faults(connection: Connection, remembered: Head | None, walk: Walk) -> list[ChainFault]:
    """Follow the chain a piece further, and return what is wrong there; sets `walk.done` at its end.

    After a break the chain is followed on from what is there, so that one change is told once.
    """
    joined = ENTRIES.outerjoin(_LATER, _LATER.c.of_id == ENTRIES.c.id)
    joined = joined.outerjoin(_RESTORED, _RESTORED.c.restores == ENTRIES.c.id)
    pointer = func.coalesce(ENTRIES.c.of_id, ENTRIES.c.restores)
    joined = joined.outerjoin(_TARGET, _TARGET.c.id == pointer)
    later = (
        *(_LATER.c.kind.label("later_kind"), _RESTORED.c.id.label("restored_by")),
        *(_TARGET.c.seq.label("target"), _TARGET.c.kind.label("target_kind")),
    )
    query = select(ENTRIES, *later).select_from(joined)
    query = query.where(ENTRIES.c.seq > literal(walk.read, BigInteger))
    rows = connection.execute(query.order_by(ENTRIES.c.seq).limit(_CHUNK)).all()
    _learn_erasures(connection, walk)
    words = _words(connection, rows[0].seq, rows[-1].seq) if rows else {}
    found: list[ChainFault] = []
    for row in rows:
        found += _faults_at(walk, row, words.get(row.seq, set()))
        walk.read = row.seq
        if row.seq > 0:
            walk.last, walk.before, walk.hash = row.seq, walk.hash, row.hash
    walk.done = len(rows) < _CHUNK
    if walk.done:
        found += _faults_at_end(connection, walk, remembered)
    return found


def _learn_erasures(connection: Connection, walk: Walk) -> None:
    """Learn of erasures that were not there when the walk began."""
    columns = ENTRIES.c
    query = select(columns.seq, columns.content).where(columns.kind == "erasure")
    for row in connection.execute(query.where(columns.seq > walk.erasures).order_by(columns.seq)):
        record = _readable(row.content)
        walk.erased.add(record.erased if isinstance(record, Erasure) else ())
        walk.erasures = row.seq


def _words(connection: Connection, first: int, last: int) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    query = select(WORDS.c.seq, WORDS.c.word).where(WORDS.c.seq.between(first, last))
    for seq, word in connection.execute(query):
        found.setdefault(seq, set()).add(word)
    return found


def _faults_at(walk: Walk, row: Row[Any], words: set[str]) -> Iterator[ChainFault]:
    right = row.hash == _hashed(hash_of_link, row.seq, row.previous, row.content_hash)
    if row.seq < 1:
        yield ChainFault(row.seq, Damage.OUT_OF_PLACE)
    elif row.seq > walk.last + 1:
        yield ChainFault(walk.last + 1, Damage.MISSING)
    elif row.previous != walk.hash:
        yield _unchained(walk, row, right=right)
    elif not right or not (
        _is_emptied(walk, row, words) if row.content is None else _is_whole(walk, row, words)
    ):
        yield ChainFault(row.seq, Damage.CHANGED)


def _unchained(walk: Walk, row: Row[Any], *, right: bool) -> ChainFault:
    """Say which of two records that do not follow each other is wrong: one right in itself is not."""
    if walk.last and row.previous == walk.before:
        return ChainFault(walk.last, Damage.OUT_OF_PLACE)
    return (
        ChainFault(walk.last, Damage.CHANGED)
        if walk.last and right
        else ChainFault(row.seq, Damage.CHANGED)
    )


def _is_emptied(walk: Walk, row: Row[Any], words: set[str]) -> bool:
    """Tell whether nothing is left of a record that an erasure names."""
    left = words or any(getattr(row, name) is not None for name in _EMPTIED)
    return row.seq in walk.erased and row.kind == ERASED and not left


def _is_whole(walk: Walk, row: Row[Any], words: set[str]) -> bool:
    """Tell whether a record says what it said, and lists find it as what it is."""
    record = _readable(row.content)
    if record is None or row.content_hash != _hashed(hash_of_content, row.salt, row.content):
        return False
    if row.seq in walk.erased or not _points_back(row):
        return False
    if isinstance(record, Erasure) and not all(0 < a <= b < row.seq for a, b in record.erased):
        return False
    state = _state(record, row)
    expected = {**dict.fromkeys(_SEARCHED), **search_columns(record, row.content), "state": state}
    if any(getattr(row, name) != value for name, value in expected.items()):
        return False
    return words == (set() if state == CORRECTED else words_of(record))


def _points_back(row: Row[Any]) -> bool:
    """Tell whether a record points at an earlier entry, or at none that is left, and not in a circle."""
    kinds = {"choice", "correction", ERASED}
    return row.target is None or (row.target < row.seq and row.target_kind in kinds)


def _state(record: Record, row: Row[Any]) -> str | None:
    if not isinstance(record, Entry):
        return None
    if row.restored_by:
        return CORRECTED
    return {"correction": CORRECTED, "withdrawal": WITHDRAWN}.get(row.later_kind or "", ACTIVE)


def _hashed(function: Any, *values: object) -> str | None:  # noqa: ANN401 - any of the two
    try:
        return str(function(*values))
    except UnicodeEncodeError:
        return None


def _readable(text: object) -> Record | None:
    try:
        record = read_back(text) if isinstance(text, str) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    if isinstance(record, Erasure) and not all(
        isinstance(end, int) for span in record.erased for end in span
    ):
        return None
    return record


def _faults_at_end(
    connection: Connection, walk: Walk, remembered: Head | None
) -> Iterator[ChainFault]:
    heads = [Head(**row) for row in connection.execute(select(CHAIN)).mappings()]
    if len(heads) != 1 or not isinstance(heads[0].count, int):
        yield ChainFault(0, Damage.CHANGED)
    elif heads[0].count > walk.last:
        yield ChainFault(walk.last + 1, Damage.CUT_OFF)
    elif heads[0].count < walk.last:
        yield ChainFault(heads[0].count + 1, Damage.OUT_OF_PLACE)
    elif heads[0].hash != walk.hash:
        yield ChainFault(walk.last, Damage.CHANGED)
    elif remembered and mismatch(connection, heads[0], remembered):
        yield _mismatch_fault(heads[0], remembered)
    for meaning_hash, decision in connection.execute(
        select(RULES.c.meaning_hash, RULES.c.decision)
    ):
        if hash_of(str(decision)) != meaning_hash:
            yield ChainFault(0, Damage.CHANGED)


def _mismatch_fault(head: Head, remembered: Head) -> ChainFault:
    if head.store_id != remembered.store_id:
        return ChainFault(0, Damage.CHANGED)
    if head.count < remembered.count:
        return ChainFault(head.count + 1, Damage.CUT_OFF)
    return ChainFault(remembered.count, Damage.CHANGED)


_LOOK_SECONDS = 2.0


def look(folder: Path, *, url: str = "") -> str:
    """Say what the store in a folder or at a `url` holds, and make or change nothing; "" if none is there.

    Raises a `RecordsError` that says why it cannot be read.
    """
    if url:
        from assistant.records.postgres import PostgresDatabase  # noqa: PLC0415 - it needs its own driver

        shared = PostgresDatabase(url, folder, patience=_LOOK_SECONDS)
        held = held_by(shared)
        if held:
            _try_saving(shared)
        return held
    database = SqliteDatabase(folder, patience=_LOOK_SECONDS, read_only=True)
    path = folder / FILE_NAME
    with database.plain_words():
        database.refuse_planted()
        database.refuse_where_gone()
        if not path.exists() or not path.stat().st_size:
            return ""
        path.open("r+b").close()
    with database.reading() as connection:
        database.check(connection)
        is_new = revision_of(connection, database) == HEAD
    held = held_by(database)
    fault = next(faults_of(database), None) if is_new else None
    if fault:
        raise RecordsDamagedError(
            str(fault), where=database.where, mend="Run `service-group records verify` to see more."
        )
    return held


class _NotMeantError(Exception):
    """Ends a change that was only tried."""


def _try_saving(database: Database) -> None:
    """Change a store as a save does, and take it back; raises a `RecordsError` where that is refused."""
    with suppress(_NotMeantError), database.writing() as connection:
        connection.execute(update(CHAIN).values(count=CHAIN.c.count))
        connection.execute(insert(RULES).values(meaning_hash="tried", decision=""))
        raise _NotMeantError


def faults_of(database: Database) -> Iterator[ChainFault]:
    """Yield all that is wrong with a store's chain; raises `RecordsDamagedError` where its file is broken."""
    remembered = RememberedHead(database.head_file)
    if remembered.is_damaged():
        yield ChainFault(0, Damage.CHANGED)
    walk, known = Walk(), remembered.get()
    while not walk.done:
        with database.reading() as connection, database.readable():
            if not walk.last:
                database.check(connection)
            found = some_faults(connection, known, walk)
        yield from found
