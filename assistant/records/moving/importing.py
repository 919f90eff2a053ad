"""Takes in records that were exported elsewhere: all of a file or nothing, and each record once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NoReturn

from sqlalchemy import Connection, select

from assistant.errors import RecordsDamagedError, RecordsError
from assistant.records.adding import append, keep_rules, known_as, locked_head
from assistant.records.chain.links import Head
from assistant.records.chain.witness import contradiction
from assistant.records.databases.database import Database
from assistant.records.entry import Entry, Record, Withdrawal
from assistant.records.moving.importing_reading import Exported, Rules, exported_in
from assistant.records.schema import ENTRIES
from assistant.records.written import points_at


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
    head = locked_head(connection, database.where)
    missing = contradiction(connection, head, remembered)
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
