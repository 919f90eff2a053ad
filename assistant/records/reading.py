"""Reads records by number, with what came before and after each."""

from typing import Any

from sqlalchemy import Column, Connection, Row, select

from assistant.errors import RecordsDamagedError, RecordsError
from assistant.records.chain.links import Head
from assistant.records.entry import Recorded
from assistant.records.schema import CHAIN, ENTRIES, RULES
from assistant.records.written import read_back

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
