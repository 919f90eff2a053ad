"""Erases what was recorded before a day, and leaves the chain whole.

What is erased keeps its number, its id and its hashes, and loses all else, with the salt of its
hash. The erasure is a record of its own: a row that is empty and not named by one was emptied by
somebody else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, func, select, update

from assistant.records.adding import append
from assistant.records.chain.links import Head
from assistant.records.entry import ERASED, Erasure
from assistant.records.schema import DAYS, ENTRIES, WORDS

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
