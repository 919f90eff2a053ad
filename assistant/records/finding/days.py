"""The days that entries are found by; after a wrong clock, other days may lie between them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, not_, select

from assistant.records.schema import DAYS, ENTRIES
from assistant.records.wanted import Wanted


def of_days(wanted: Wanted, table: Table = ENTRIES) -> Iterator[ColumnElement[bool]]:
    """Give that a row is of the days wanted, where it says its day."""
    if wanted.since:
        yield table.c.day >= wanted.since.isoformat()
    if wanted.until:
        yield table.c.day <= wanted.until.isoformat()


def numbers_of_days(connection: Connection, wanted: Wanted) -> tuple[int, int] | None:
    """Give the first and the last number of the days wanted, None where there is none."""
    query = select(func.min(DAYS.c.first), func.max(DAYS.c.last)).where(*of_days(wanted, DAYS))
    first, last = connection.execute(query).one()
    return None if first is None else (first, last)


def days_between(
    connection: Connection, table: Table, wanted: Wanted, numbers: tuple[int, int]
) -> Iterator[ColumnElement[bool]]:
    """Give that a row between some numbers is of the days wanted.

    A word's row does not know its day; that is asked only where other days lie between.
    """
    if table is ENTRIES:
        yield from of_days(wanted)
    elif connection.scalar(_others_between(wanted, numbers)):
        same = select(ENTRIES.c.seq).where(ENTRIES.c.seq == table.c.seq, *of_days(wanted))
        yield same.exists()


def _others_between(wanted: Wanted, numbers: tuple[int, int]) -> Select[Any]:
    first, last = numbers
    other = not_(and_(*of_days(wanted, DAYS)))
    return select(DAYS.c.day).where(other, DAYS.c.last >= first, DAYS.c.first <= last).limit(1)
