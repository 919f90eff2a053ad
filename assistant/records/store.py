"""The store of records: add, read, list, count, erase."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from heapq import nlargest
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import (
    Column,
    Connection,
    Row,
    RowMapping,
    Subquery,
    delete,
    func,
    insert,
    select,
    union_all,
    update,
)

from assistant.errors import RecordsDamagedError, RecordsError
from assistant.records.chain import Fault, RememberedHead, Walk, mismatch, some_faults
from assistant.records.database import Database, Size, plain_words, prepare, size_of
from assistant.records.entry import (
    ERASED,
    EVERYTHING,
    Entry,
    EntrySummary,
    Erasure,
    Head,
    PracticeLine,
    Record,
    Recorded,
    Wanted,
    Withdrawal,
    moment,
    next_link,
    points_at,
    read_back,
    written,
)
from assistant.records.finding import (
    Search,
    Shelf,
    all_shelves,
    conditions,
    give_way,
    put_up,
    row_of,
    search_for,
    shelf_of,
)
from assistant.records.schema import ATTEMPTS, CHAIN, DAYS, ENTRIES, RULES, WORDS
from assistant.records.sqlite import sqlite_database
from assistant.records.transfer import Exported, Rules, exported_in

_MONTH = len("2026-10")


@dataclass(frozen=True, slots=True)
class Summary:
    """How many entries there are: by group chosen, certainty, overridden or not, month, and in all.

    The group None stands for what was left to the supervisor, and None among `by_overridden` for where
    nothing was recommended; a month reads `2026-10`, in order.
    """

    by_group: dict[str | None, int] = field(default_factory=dict)
    by_certainty: dict[str, int] = field(default_factory=dict)
    by_overridden: dict[bool | None, int] = field(default_factory=dict)
    by_month: dict[str, int] = field(default_factory=dict)
    total: int = 0


@dataclass(frozen=True, slots=True)
class OverrideCount:
    """What workers chose where an outcome recommended a group, or named none.

    `total` counts its entries; `chosen` counts the groups chosen otherwise, None for what was left
    to the supervisor, and `codes` the reasons for it, "" where none was picked. Where nothing was
    recommended, `chosen` counts every group that was decided on, and nothing is overridden.
    `outcome` is None where the interview had several possible ends.
    """

    outcome: str | None
    recommended: str | None
    total: int
    chosen: dict[str | None, int]
    codes: dict[str, int]

    @property
    def overridden(self) -> int:
        """How many chose otherwise than was recommended."""
        return sum(self.chosen.values()) if self.recommended else 0


def summary(connection: Connection, wanted: Wanted) -> Summary:
    """Count the entries wanted that stand, along each of four lines, in one reading."""
    rows = _standing(connection, wanted)
    parts = (rows.c.chosen, rows.c.certainty, rows.c.overridden, rows.c.month)
    counts = tuple(Counter[Any]() for _ in parts)
    for *values, number in connection.execute(select(*parts, func.count()).group_by(*parts)):
        for counter, value in zip(counts, values, strict=True):
            counter[value] += number
    group, certainty, overridden, month = counts
    return Summary(
        by_group=dict(group),
        by_certainty=dict(certainty),
        by_overridden={_flag(value): number for value, number in overridden.items()},
        by_month=dict(sorted(month.items())),
        total=month.total(),
    )


def overrides(connection: Connection, wanted: Wanted) -> list[OverrideCount]:
    """Count for each outcome what was chosen instead, where most workers chose otherwise first.

    Those that recommended nothing come last.
    """
    rows = _standing(connection, wanted)
    parts = (
        rows.c.outcome,
        rows.c.recommended,
        rows.c.overridden,
        rows.c.chosen,
        rows.c.reason_code,
    )
    found: dict[tuple[str | None, str | None], list[Row[Any]]] = {}
    for row in connection.execute(select(*parts, func.count().label("n")).group_by(*parts)):
        found.setdefault((row.outcome, row.recommended), []).append(row)
    counts = [_folded(*ends, some) for ends, some in found.items()]
    return sorted(counts, key=_most_doubtful_first)


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _standing(connection: Connection, wanted: Wanted) -> Subquery:
    """Give what is counted of each entry; the month is named here, as no database groups by it else."""
    columns = ENTRIES.c
    parts = (columns.outcome, columns.recommended, columns.certainty, columns.chosen)
    month = func.substr(columns.day, 1, _MONTH).label("month")
    query = select(*parts, columns.overridden, columns.reason_code, month)
    return query.where(*conditions(connection, replace(wanted, standing="standing"))).subquery()


def _folded(outcome: str | None, recommended: str | None, rows: list[Row[Any]]) -> OverrideCount:
    chosen: Counter[str | None] = Counter()
    codes: Counter[str] = Counter()
    for row in rows:
        if row.overridden or not recommended:
            chosen[row.chosen] += row.n
        if row.overridden:
            codes[row.reason_code or ""] += row.n
    total = sum(int(row.n) for row in rows)
    return OverrideCount(
        outcome, recommended, total, dict(chosen.most_common()), dict(codes.most_common())
    )


def _most_doubtful_first(count: OverrideCount) -> tuple[bool, float, int, str]:
    share = count.overridden / count.total
    return count.recommended is None, -share, -count.total, count.outcome or ""


CHUNK = 1_000
"""How many entries are read at once where all of them are."""


def page(
    connection: Connection, before_seq: int | None, limit: int, wanted: Wanted
) -> list[EntrySummary]:
    """Give up to `limit` entries, newest first: the newest ones, or those before a `seq`."""
    search = search_for(connection, wanted)
    if search is None:
        return []
    found: set[int] = set()
    for place in search.places():
        found.update(_newest(connection, place, before_seq, limit))
    columns = ENTRIES.c
    rows = select(columns.seq, columns.shelf, columns.content)
    rows = rows.where(columns.seq.in_(nlargest(limit, found))).order_by(columns.seq.desc())
    return [_both(row, search.shelves)[0] for row in connection.execute(rows).mappings()]


def count(connection: Connection, wanted: Wanted, most: int) -> int:
    """Count entries, up to `most` and one more."""
    search = search_for(connection, wanted)
    if search is None:
        return 0
    some = [place.rows().limit(most + 1).subquery() for place in search.places()]
    together = union_all(*(select(one.c.seq) for one in some)).subquery()
    number = connection.scalar(select(func.count(together.c.seq.distinct()))) or 0
    return min(number, most + 1)


def some_after(
    connection: Connection, last: int, wanted: Wanted
) -> list[tuple[EntrySummary, Entry]]:
    """Give the next entries after a `seq`, oldest first: `CHUNK` of them, or fewer at the end."""
    columns = ENTRIES.c
    query = select(columns.seq, columns.shelf, columns.content)
    query = query.where(*conditions(connection, wanted), columns.seq > last)
    shelves = all_shelves(connection)
    rows = connection.execute(query.order_by(columns.seq).limit(CHUNK))
    return [_both(row, shelves) for row in rows.mappings()]


def _newest(
    connection: Connection, search: Search, before_seq: int | None, limit: int
) -> list[int]:
    each = [search.newest(shelf, before_seq, limit) for shelf in search.shelves]
    together = union_all(*each).subquery()
    query = select(together.c.seq).order_by(together.c.seq.desc()).limit(limit)
    return list(connection.execute(query).scalars())


def _both(row: RowMapping, shelves: dict[int, Shelf]) -> tuple[EntrySummary, Entry]:
    entry = read_back(row["content"])
    if not isinstance(entry, Entry):
        raise TypeError("a row of the list is an entry")
    summary = EntrySummary(
        seq=row["seq"],
        when=entry.when,
        case_number=entry.case_number,
        whom=entry.whom,
        service=entry.service,
        recommended=entry.recommended,
        chosen=entry.chosen,
        certainty=entry.certainty,
        corrects=entry.corrects is not None,
        withdrawn=bool(shelves[row["shelf"]][3]),
    )
    return summary, entry


_SEQ_END = 2**31
"""Numbers a record can have lie below this."""

_COLUMNS: tuple[Column[Any], ...] = (
    ENTRIES.c.seq,
    ENTRIES.c.id,
    ENTRIES.c.of_id,
    ENTRIES.c.content,
)


def record(connection: Connection, seq: int, where: str) -> Recorded:
    """Give the record of a number; a `RecordsError` says that there is none, or that it is erased."""
    row = _row(connection, seq, where)
    if row.content is None:
        raise RecordsError(
            f"Entry {seq} was erased.",
            where=where,
            mend="Its place in the records stays; what it said is gone for good.",
        )
    return Recorded(seq, read_back(row.content))


def history(connection: Connection, seq: int, where: str) -> list[Recorded]:
    """Give a record's line, oldest first: all that it stands in for, and all that followed."""
    here = _row(connection, seq, where)
    line = [here]
    while line[0].of_id and (before := _first(connection, ENTRIES.c.id == line[0].of_id)):
        line.insert(0, before)
    while after := _first(connection, ENTRIES.c.of_id == line[-1].id):
        line.append(after)
    return [Recorded(row.seq, read_back(row.content)) for row in line if row.content]


def number_of(connection: Connection, id_: str) -> int | None:
    """Give the `seq` of the record with an id, None where there is none."""
    return connection.scalar(select(ENTRIES.c.seq).where(ENTRIES.c.id == id_))


def head(connection: Connection, where: str) -> Head:
    """Give the end of the chain as the store has it."""
    row = connection.execute(select(CHAIN)).mappings().first()
    if row is None:
        raise RecordsDamagedError(
            "The records do not say where they end.",
            where=where,
            mend="Keep them as they are. `service-group records verify` says more.",
        )
    return Head(**row)


def rules(connection: Connection, meaning_hash: str) -> str | None:
    """Give the decision kept under a meaning hash, None where there is none."""
    return connection.scalar(select(RULES.c.decision).where(RULES.c.meaning_hash == meaning_hash))


def _row(connection: Connection, seq: int, where: str) -> Row[Any]:
    found = _first(connection, ENTRIES.c.seq == seq) if 0 < seq < _SEQ_END else None
    if found is not None:
        return found
    raise RecordsError(
        f"There is no entry {seq} in the records.",
        where=where,
        mend="List the records to see which numbers there are.",
    )


def _first(connection: Connection, condition: Any) -> Row[Any] | None:  # noqa: ANN401 - SQLAlchemy's conditions
    return connection.execute(select(*_COLUMNS).where(condition)).first()


_CHUNK = 1_000


def exporting_some_after(connection: Connection, last: int) -> tuple[list[Recorded], int | None]:
    """Give the next records after a `seq`, and the `seq` to go on from, None at the end.

    Erasures are left out, since they tell of this store alone, and so is what was erased.
    """
    columns = ENTRIES.c
    query = select(columns.seq, columns.content).where(columns.seq > last)
    rows = connection.execute(query.order_by(columns.seq).limit(_CHUNK)).all()
    found = [Recorded(row.seq, read_back(row.content)) for row in rows if row.content]
    kept = [recorded for recorded in found if not isinstance(recorded.record, Erasure)]
    return kept, rows[-1].seq if len(rows) == _CHUNK else None


class ReadableStore:
    """Records in the order they were made, as anybody may read them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._remembered = RememberedHead(database.head_file)

    @property
    def where(self) -> str:
        """Name the store to a person, without a password."""
        return self._database.where

    @property
    def begin_anew(self) -> str:
        """Return how new records can begin beside these, as a sentence after another, or ""."""
        return self._database.begin_anew

    def page(
        self, before_seq: int | None, limit: int, wanted: Wanted = EVERYTHING
    ) -> list[EntrySummary]:
        """Give up to `limit` entries as they now are, newest first: the newest, or those before a `seq`.

        An entry that was corrected is listed as its correction; one that was withdrawn is marked.
        """
        with self._database.reading() as connection, self._database.readable():
            return page(connection, before_seq, limit, wanted)

    def entries(self, wanted: Wanted = EVERYTHING) -> Iterator[tuple[EntrySummary, Entry]]:
        """Give every entry as it now is, oldest first, in constant memory.

        They are read a piece at a time, so that others can go on recording meanwhile.
        """
        last, some = 0, CHUNK
        while some == CHUNK:
            with self._database.reading() as connection, self._database.readable():
                found = some_after(connection, last, wanted)
            yield from found
            some, last = len(found), found[-1][0].seq if found else last

    def count(self, wanted: Wanted = EVERYTHING, *, most: int = 1_000) -> int:
        """Count the entries as they now are, up to `most` and one: then there are more."""
        with self._database.reading() as connection:
            return count(connection, wanted, most)

    def summary(self, wanted: Wanted = EVERYTHING) -> Summary:
        """Count the entries that stand, by group, certainty, override and month."""
        with self._database.reading() as connection:
            return summary(connection, wanted)

    def overrides(self, wanted: Wanted = EVERYTHING) -> list[OverrideCount]:
        """Count for each outcome how often workers chose otherwise, and what."""
        with self._database.reading() as connection:
            return overrides(connection, wanted)

    def records(self, wanted: Wanted = EVERYTHING) -> Iterator[Recorded]:
        """Give all records to be taken along, or those of the entries wanted, each with its history.

        What a record points at comes before it, unless it was erased.
        """
        last: int | None = 0
        while wanted == EVERYTHING and last is not None:
            with self._database.reading() as connection, self._database.readable():
                some, last = exporting_some_after(connection, last)
            yield from some
        for summary, _ in self.entries(wanted) if wanted != EVERYTHING else ():
            yield from self.history(summary.seq)

    def get(self, seq: int) -> Entry:
        """Give one whole entry; a `RecordsError` says that there is none of that number."""
        record = self.record(seq).record
        if isinstance(record, Entry):
            return record
        did = "withdraws one" if isinstance(record, Withdrawal) else "says that others were erased"
        raise RecordsError(
            f"Number {seq} is not an entry: it {did}.",
            where=self.where,
            mend=f"See it with `service-group records show {seq}`.",
        )

    def record(self, seq: int) -> Recorded:
        """Give whatever has a number; a `RecordsError` says that there is none, or that it is erased."""
        with self._database.reading() as connection, self._database.readable():
            return record(connection, seq, self.where)

    def history(self, seq: int) -> list[Recorded]:
        """Give an entry with all that it corrects and all that corrects or withdraws it, oldest first.

        What was erased has no record left.
        """
        with self._database.reading() as connection, self._database.readable():
            return history(connection, seq, self.where)

    def number_of(self, id_: str) -> int | None:
        """Give the `seq` of the record with an id, None where there is none."""
        with self._database.reading() as connection:
            return number_of(connection, id_)

    def size(self) -> Size:
        """Count the entries that stand, and the lines of the chain."""
        with self._database.reading() as connection:
            return size_of(connection)

    def head(self) -> Head:
        """Give the end of the chain."""
        with self._database.reading() as connection:
            return head(connection, self.where)

    def rules(self, meaning_hash: str) -> str | None:
        """Give the decision that entries of a meaning hash were made under, as JSON."""
        with self._database.reading() as connection:
            return rules(connection, meaning_hash)

    def faults(self) -> Iterator[Fault]:
        """Give all that is wrong with the chain, first things first, in constant memory.

        It is read a piece at a time, so that others can go on recording meanwhile.
        """
        walk, remembered = Walk(), self._remembered.get()
        while not walk.done:
            with self._database.reading() as connection:
                found = some_faults(connection, remembered, walk)
            yield from found


def add(
    connection: Connection, database: Database, remembered: Head | None, record: Record, rules: str
) -> tuple[int, Head]:
    """Add a record, and give its `seq` and the new end of the chain; one already there stays as it is.

    Raises `RecordsDamagedError` where the chain does not end as `remembered`, since a record more
    would hide that; `RecordsError` for another record under the same id, or for one that corrects
    or withdraws what no longer stands.
    """
    head = locked_head(connection, database)
    missing = mismatch(connection, head, remembered)
    if missing:
        raise RecordsDamagedError(missing, where=database.where, mend=database.nothing_added)
    known = known_as(connection, database, record)
    if known is not None:
        return known, head
    _refuse_unless_standing(connection, database, points_at(record))
    if isinstance(record, Entry) and rules:
        keep_rules(connection, record.meaning_hash, rules)
    return append(connection, head, record)


def append(connection: Connection, head: Head, record: Record) -> tuple[int, Head]:
    """Add a record after `head`, which is locked, and give its `seq` and the new end."""
    text = written(record)
    link = next_link(head, text)
    row = row_of(record, text, link) | {"shelf": shelf_of(connection, record)}
    connection.execute(insert(ENTRIES).values(row))
    if isinstance(record, Entry):
        put_up(connection, link.seq, record, row)
    give_way(connection, record)
    connection.execute(update(CHAIN).values(count=link.seq, hash=link.hash))
    return link.seq, Head(head.store_id, link.seq, link.hash)


def locked_head(connection: Connection, database: Database) -> Head:
    """Give the end of the chain, which nobody else can then move before the transaction ends."""
    row = connection.execute(select(CHAIN).with_for_update()).mappings().one_or_none()
    if row is None:
        raise RecordsDamagedError(
            "The records do not say where they end.",
            where=database.where,
            mend=database.nothing_added,
        )
    return Head(**row)


def known_as(connection: Connection, database: Database, record: Record) -> int | None:
    """Give the `seq` of the same record if it was kept before."""
    query = select(ENTRIES.c.seq, ENTRIES.c.content).where(ENTRIES.c.id == record.id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    with database.readable():
        before = read_back(row.content) if row.content else None
    if before and replace(before, when=record.when) == record:
        return int(row.seq)
    raise RecordsError(
        f"This was recorded before, as number {row.seq}, with other details.",
        where=database.where,
        mend="Look at that entry; if this one is to stand beside it, record it as new.",
    )


def _refuse_unless_standing(connection: Connection, database: Database, id_: str | None) -> None:
    if id_ is None:
        return
    columns = ENTRIES.c
    row = connection.execute(select(columns.seq, columns.kind).where(columns.id == id_)).first()
    later = connection.execute(select(columns.seq).where(columns.of_id == id_)).scalar()
    if row is not None and row.kind in {"choice", "correction"} and later is None:
        return
    what = "The entry is not here" if row is None else f"Entry {row.seq} no longer stands"
    instead = f": see number {later}" if later else ""
    raise RecordsError(
        f"{what}{instead}, so it cannot be corrected or withdrawn.",
        where=database.where,
        mend="List the records, and choose the entry as it is now.",
    )


def keep_rules(connection: Connection, meaning_hash: str, rules: str) -> None:
    """Keep a decision under its meaning hash; one of another hash is left, as for a corrected entry."""
    if sha256(rules.encode()).hexdigest() != meaning_hash:
        return
    there = select(RULES.c.meaning_hash).where(RULES.c.meaning_hash == meaning_hash)
    if connection.execute(there).first() is None:
        connection.execute(insert(RULES).values(meaning_hash=meaning_hash, decision=rules))


_KEPT = ("seq", "id", "content_hash", "previous", "hash")


@dataclass(frozen=True, slots=True)
class OldRecords:
    """The first and the last day of some old records, "" if there are none, and how many lists show."""

    first_day: str
    last_day: str
    listed: int


def to_erase(connection: Connection, before: date) -> tuple[tuple[int, int], ...]:
    """Give the numbers of what would be erased, as first and last of each unbroken run.

    What an old record corrects or withdraws goes with it, even where a wrong clock made that look
    younger: else it would stand again.
    """
    columns = ENTRIES.c
    left = columns.kind.not_in(("erasure", ERASED))
    old = select(columns.id, columns.of_id).where(columns.day < before.isoformat(), left)
    line = old.cte(recursive=True)
    line = line.union(
        select(columns.id, columns.of_id).join(line, columns.id == line.c.of_id).where(left)
    )
    query = select(columns.seq).where(columns.id.in_(select(line.c.id))).order_by(columns.seq)
    return tuple(_runs(connection.execute(query).scalars()))


def old_records(connection: Connection, before: date) -> OldRecords:
    """Say what of the store is from before a day."""
    columns = ENTRIES.c
    parts = (func.min(columns.day), func.max(columns.day), func.count(columns.shelf))
    old = (columns.day < before.isoformat(), columns.kind != "erasure")
    first, last, listed = connection.execute(select(*parts).where(*old)).one()
    return OldRecords(first or "", last or "", listed)


def erase(connection: Connection, head: Head, erasure: Erasure) -> Head:
    """Empty what an erasure names, record the erasure after `head`, and give the new end."""
    emptied = {c.name: None for c in ENTRIES.c if c.name not in _KEPT} | {"kind": ERASED}
    for first, last in erasure.erased:
        connection.execute(
            update(ENTRIES).where(ENTRIES.c.seq.between(first, last)).values(emptied)
        )
        connection.execute(delete(WORDS).where(WORDS.c.seq.between(first, last)))
    connection.execute(delete(DAYS).where(DAYS.c.day < erasure.before.isoformat()))
    return append(connection, head, erasure)[1]


def count_in(erased: Iterable[tuple[int, int]]) -> int:
    """Count the numbers in some runs."""
    return sum(last - first + 1 for first, last in erased)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for number in numbers:
        if last is not None and first is not None and number != last + 1:
            yield first, last
            first = number
        first, last = (number if first is None else first), number
    if first is not None and last is not None:
        yield first, last


_PRACTICE_LOG_CHUNK = 1_000


class PracticeLog:
    """Lines in the order of time; every method may raise a `RecordsError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, lines: Iterable[PracticeLine]) -> int:
        """Keep some lines, and give how many are new; one whose id is there already is passed over."""
        new = {line.id: line for line in lines}
        with self._database.writing() as connection:
            for known in _known(connection, list(new)):
                del new[known]
            if new:
                connection.execute(
                    insert(ATTEMPTS), [_practice_log_row(line) for line in new.values()]
                )
        return len(new)

    def texts(self, *, alias: str | None = None, class_id: str | None = None) -> Iterator[str]:
        """Give the text of every line, oldest first; only one alias's or one class's if asked."""
        query = select(ATTEMPTS.c.content).order_by(ATTEMPTS.c.at, ATTEMPTS.c.id)
        if alias is not None:
            query = query.where(ATTEMPTS.c.alias == alias)
        if class_id is not None:
            query = query.where(ATTEMPTS.c.class_id == class_id)
        with self._database.reading() as connection:
            yield from connection.execute(query).scalars()

    def aliases(self) -> tuple[str, ...]:
        """Give every alias that something was answered under, in the order of the alphabet."""
        query = select(ATTEMPTS.c.alias).distinct().order_by(ATTEMPTS.c.alias)
        with self._database.reading() as connection:
            return tuple(connection.execute(query).scalars())


def _known(connection: Connection, ids: list[str]) -> Iterator[str]:
    for first in range(0, len(ids), _PRACTICE_LOG_CHUNK):
        some = ids[first : first + _PRACTICE_LOG_CHUNK]
        yield from connection.execute(
            select(ATTEMPTS.c.id).where(ATTEMPTS.c.id.in_(some))
        ).scalars()


def _practice_log_row(line: PracticeLine) -> dict[str, str]:
    return {
        "id": line.id,
        "at": moment(line.when),
        "alias": line.alias,
        "class_id": line.class_id,
        "content": line.text,
    }


@dataclass(frozen=True, slots=True)
class Imported:
    """How many records of a file were new, here already, or of what was erased, and so not taken in."""

    new: int = 0
    known: int = 0
    erased: int = 0


def take_in(
    connection: Connection, database: Database, remembered: Head | None, lines: Iterable[bytes]
) -> tuple[Imported, Head]:
    """Add what a file holds, line by line and in its order; give what came of it, and the new end.

    Runs in the caller's transaction, which must not stand where this raises: `RecordsError` for a
    file that is damaged or is none, naming the record, and for a record that contradicts one here.
    """
    head = locked_head(connection, database)
    missing = mismatch(connection, head, remembered)
    if missing:
        raise RecordsDamagedError(missing, where=database.where, mend=database.nothing_added)
    done = Imported()
    for part in exported_in(lines):
        match part:
            case Rules(meaning_hash, decision):
                keep_rules(connection, meaning_hash, decision)
            case Exported():
                done, head = _taken(connection, database, head, part, done)
    return done, head


def _taken(
    connection: Connection, database: Database, head: Head, part: Exported, done: Imported
) -> tuple[Imported, Head]:
    columns = ENTRIES.c
    query = select(columns.content.is_(None)).where(columns.id == part.record.id)
    erased = connection.scalar(query)
    if erased or _withdraws_what_was_erased(connection, part.record):
        return replace(done, erased=done.erased + 1), head
    if erased is None:
        _refuse_second_successor(connection, part)
        return replace(done, new=done.new + 1), append(connection, head, part.record)[1]
    try:
        known_as(connection, database, part.record)
    except RecordsDamagedError:
        raise
    except RecordsError as error:
        _conflict(part, error.what)
    return replace(done, known=done.known + 1), head


def _withdraws_what_was_erased(connection: Connection, record: Record) -> bool:
    """Tell whether nothing is left for a withdrawal to withdraw, here or where it comes from."""
    if not isinstance(record, Withdrawal):
        return False
    columns = ENTRIES.c
    query = select(columns.seq).where(columns.id == record.withdraws, columns.content.is_not(None))
    return connection.scalar(query) is None


def _refuse_second_successor(connection: Connection, part: Exported) -> None:
    """Refuse a record that corrects or withdraws an entry which something else did here already.

    An entry that is not here at all was erased where the file comes from; that is in order.
    """
    target = points_at(part.record)
    other = connection.scalar(select(ENTRIES.c.seq).where(ENTRIES.c.of_id == target))
    if target is not None and other is not None:
        _conflict(
            part, f"It {_does(part.record)} an entry that number {other} here already stands for."
        )


def _does(record: Record) -> str:
    return "corrects" if isinstance(record, Entry) else "withdraws"


def _conflict(part: Exported, why: str) -> NoReturn:
    raise RecordsError(
        f"Record {part.number} of the file does not go with the records here. {why}",
        mend="Nothing was added. Look at both, here with service-group records show NUMBER, and"
        " correct by hand the one that is to change.",
    )


def open_store(
    folder: Path, *, url: str = "", rules: str = "", patience: float = 10.0
) -> "RecordStore":
    """Open the store in a data folder, or at a database's `url`; what is missing is made.

    `rules` is the decision of the guide in use, as JSON, kept with the first entry made under it.
    `patience` is how many seconds a write waits for another copy of the assistant. Raises
    `RecordsUnavailableError`, `RecordsDamagedError`, `RecordsNewerError` or `RecordsBusyError`; a
    file that is not the assistant's own is left untouched. A store at a `url` is reached when it
    is first used, and its `add` keeps what cannot be sent (see `SharedStore`).
    """
    if url:
        from assistant.records.outbox import SharedStore  # noqa: PLC0415
        from assistant.records.postgres import postgres_database  # noqa: PLC0415 - a driver of its own

        return SharedStore(postgres_database(url, folder, patience=patience), rules, folder)
    database = sqlite_database(folder, patience=patience)
    prepare(database)
    return RecordStore(database, rules)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that is not in the store yet; `refused` says why the store does not take it, or ""."""

    record: Entry | Withdrawal
    refused: str = ""


class RecordStore(ReadableStore):
    """Records in the order they were made, which is their `seq`, from 1 up without a gap.

    Every method may raise a `RecordsError`; after one the store stands as before and the call can
    be made again.
    """

    def __init__(self, database: Database, rules: str = "") -> None:
        super().__init__(database)
        self._rules = rules

    @property
    def practice(self) -> PracticeLog:
        """What was answered in practice, in the same database."""
        return PracticeLog(self._database)

    def add(self, record: Entry | Withdrawal) -> int:
        """Keep a record and give its `seq`; when this returns, it is on the disk.

        The same one given twice is kept once, so a failed or doubtful save may be repeated with
        the same `id`, even if `when` is now later. Another under that `id` is refused, and so is
        one that corrects or withdraws what is already corrected, withdrawn or erased.
        """
        with self._database.writing() as connection:
            seq, head = add(connection, self._database, self._remembered.get(), record, self._rules)
        self._remembered.remember(head)
        return seq

    def take_in(self, lines: Iterable[bytes]) -> Imported:
        """Add the records of an export, all or none, and give how many were new and how many known."""
        with self._database.writing() as connection:
            done, head = take_in(connection, self._database, self._remembered.get(), lines)
        self._remembered.remember(head)
        return done

    def to_erase(self, before: date) -> int:
        """Count the records that erasing all from before a day would empty."""
        with self._database.reading() as connection:
            return count_in(to_erase(connection, before))

    def days_to_erase(self, before: date) -> OldRecords:
        """Say of what days the records are that erasing would empty, and how many are in the lists."""
        with self._database.reading() as connection:
            return old_records(connection, before)

    def erase(self, before: date, *, id_: str, when: datetime) -> int:
        """Empty every record from before a day, for good, and give how many; the chain stays whole.

        `id_` is 32 hexadecimal digits for the record that says so, and `when` is now, aware.
        """
        with self._database.writing() as connection:
            head = locked_head(connection, self._database)
            erased = to_erase(connection, before)
            if erased:
                erasure = Erasure(id=id_, when=when, before=before, erased=erased)
                head = erase(connection, head, erasure)
        self._remembered.remember(head)
        self.forget()
        return count_in(erased)

    def forget(self) -> None:
        """Overwrite what is left of erased records; done by each erasure, and needed again if that failed."""
        with plain_words(self._database.explain, self.where):
            self._database.forget()

    def waiting(self) -> list[Waiting]:
        """Give what is kept on this computer until it can be sent; a store of its own has none."""
        return []

    def send(self) -> int:
        """Send what waits, and give how many records that were."""
        return 0

    def close(self) -> None:
        """Let go of the store; it holds no file open between calls."""
        self._database.reader.dispose()
