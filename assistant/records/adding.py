"""Adds a record to the end of the chain, inside the caller's transaction."""

from dataclasses import replace
from hashlib import sha256

from sqlalchemy import Connection, insert, select, update

from assistant.errors import RecordsDamagedError, RecordsError
from assistant.records.chain.links import Head, next_link
from assistant.records.chain.witness import contradiction
from assistant.records.databases.database import NOTHING_ADDED, Database
from assistant.records.entry import Entry, Record
from assistant.records.rows import row_of
from assistant.records.schema import CHAIN, ENTRIES, RULES
from assistant.records.shelving import give_way, put_up, shelf_of
from assistant.records.written import points_at, read_back, written


def add(
    connection: Connection, database: Database, remembered: Head | None, record: Record, rules: str
) -> tuple[int, Head]:
    """Add a record, and give its `seq` and the new end of the chain; one already there stays as it is.

    Raises `RecordsDamagedError` where the chain does not end as `remembered`, since a record more
    would hide that; `RecordsError` for another record under the same id, or for one that corrects
    or withdraws what no longer stands.
    """
    head = locked_head(connection, database.where)
    missing = contradiction(connection, head, remembered)
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


def locked_head(connection: Connection, where: str) -> Head:
    """Give the end of the chain, which nobody else can then move before the transaction ends."""
    row = connection.execute(select(CHAIN).with_for_update()).mappings().one_or_none()
    if row is None:
        raise RecordsDamagedError(
            "The records do not say where they end.", where=where, mend=NOTHING_ADDED
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
