"""Keeps what lists are found by in step with the entries: shelves, days and words.

All of it repeats what the records say, so it can be made anew from them; `verify` compares it.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from assistant.records.entry import Entry, Record, Withdrawal
from assistant.records.rows import overridden, words_of
from assistant.records.schema import DAYS, ENTRIES, SHELVES, WORDS

Shelf = tuple[str | None, str, int | None, int]
"""What the entries of a shelf have in common: chosen, certainty, overridden, withdrawn."""


def shelf_of(connection: Connection, record: Record) -> int | None:
    """Give the shelf that a new record goes on, made if there is none like it; None for no entry."""
    if not isinstance(record, Entry):
        return None
    return _numbered(connection, (record.chosen, record.certainty, overridden(record), 0))


def put_up(connection: Connection, seq: int, entry: Entry, row: Mapping[str, Any]) -> None:
    """Have lists find a new entry, whose row this is, by its words and its day."""
    words = [{"word": word, "shelf": row["shelf"], "seq": seq} for word in sorted(words_of(entry))]
    if words:
        connection.execute(insert(WORDS), words)
    same = DAYS.c.day == row["day"]
    if connection.execute(update(DAYS).where(same).values(last=seq)).rowcount == 0:
        connection.execute(insert(DAYS).values(day=row["day"], first=seq, last=seq))


def give_way(connection: Connection, record: Record) -> None:
    """Take down the entry that a new record corrects, or move the one that it withdraws."""
    if isinstance(record, Withdrawal):
        _move(connection, record.withdraws)
    elif isinstance(record, Entry) and record.corrects is not None:
        _take_down(connection, record.corrects)


def all_shelves(connection: Connection, *conditions: ColumnElement[bool]) -> dict[int, Shelf]:
    """Give the shelves that conditions leave, by number."""
    columns = SHELVES.c
    query = select(
        columns.shelf, columns.chosen, columns.certainty, columns.overridden, columns.withdrawn
    )
    return {row[0]: tuple(row[1:]) for row in connection.execute(query.where(*conditions))}


def _take_down(connection: Connection, id_: str) -> None:
    seq = connection.scalar(select(ENTRIES.c.seq).where(ENTRIES.c.id == id_))
    connection.execute(update(ENTRIES).where(ENTRIES.c.seq == seq).values(shelf=None))
    connection.execute(delete(WORDS).where(WORDS.c.seq == seq))


def _move(connection: Connection, id_: str) -> None:
    columns = ENTRIES.c
    query = select(columns.seq, columns.chosen, columns.certainty, columns.overridden)
    seq, *common = connection.execute(query.where(columns.id == id_)).one()
    shelf = _numbered(connection, (common[0], common[1], common[2], 1))
    connection.execute(update(ENTRIES).where(columns.seq == seq).values(shelf=shelf))
    connection.execute(update(WORDS).where(WORDS.c.seq == seq).values(shelf=shelf))


def _numbered(connection: Connection, shelf: Shelf) -> int:
    columns = SHELVES.c
    common = (columns.chosen, columns.certainty, columns.overridden, columns.withdrawn)
    same = (column == value for column, value in zip(common, shelf, strict=True))
    found: int | None = connection.scalar(select(columns.shelf).where(*same))
    if found is not None:
        return found
    number = 1 + (connection.scalar(select(func.max(columns.shelf))) or 0)
    connection.execute(insert(SHELVES).values((number, *shelf)))
    return number
