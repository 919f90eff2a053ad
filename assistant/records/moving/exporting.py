"""Gives records to be written elsewhere, some at a time."""

from sqlalchemy import Connection, select

from assistant.records.entry import Erasure, Recorded
from assistant.records.schema import ENTRIES
from assistant.records.written import read_back

_CHUNK = 1_000


def some_after(connection: Connection, last: int) -> tuple[list[Recorded], int | None]:
    """Give the next records after a `seq`, and the `seq` to go on from, None at the end.

    Erasures are left out, since they tell of this store alone, and so is what was erased.
    """
    columns = ENTRIES.c
    query = select(columns.seq, columns.content).where(columns.seq > last)
    rows = connection.execute(query.order_by(columns.seq).limit(_CHUNK)).all()
    found = [Recorded(row.seq, read_back(row.content)) for row in rows if row.content]
    kept = [recorded for recorded in found if not isinstance(recorded.record, Erasure)]
    return kept, rows[-1].seq if len(rows) == _CHUNK else None
