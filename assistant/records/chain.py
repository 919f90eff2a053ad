"""The chain of records: how each is tied to the one before, added, and remembered by this computer."""

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, case, delete, func, insert, select, update

from assistant.errors import RecordsDamagedError, RecordsError, RecordsUnavailableError
from assistant.private import Box, shaped_as
from assistant.records.database import Database, count_entries, revision_of
from assistant.records.entry import (
    ERASED,
    Entry,
    Erasure,
    Record,
    Withdrawal,
    points_at,
    read_back,
    restored_by,
    written,
)
from assistant.records.finding import search_columns, words_of
from assistant.records.schema import (
    ACTIVE,
    CHAIN,
    CORRECTED,
    ENTRIES,
    HEAD,
    RULES,
    WITHDRAWN,
    WORDS,
)
from assistant.shapes import Frozen
from assistant.text import hash_of


class Head(Frozen):
    """The end of a chain: which store, how many records, and the last one's hash."""

    store_id: str
    count: int
    hash: str


@dataclass(frozen=True, slots=True)
class Link:
    """What ties a record to the one before: all hashes are 64 hexadecimal digits."""

    seq: int
    salt: str
    content_hash: str
    previous: str
    hash: str


def next_link(head: Head, text: str) -> Link:
    """Return the link that ties a record's text to the end of a chain."""
    salt = secrets.token_hex(16)
    content_hash = hash_of_content(salt, text)
    seq = head.count + 1
    return Link(seq, salt, content_hash, head.hash, hash_of_link(seq, head.hash, content_hash))


def hash_of_content(salt: str, text: str) -> str:
    """Return the hash of a record's text under its salt."""
    return hash_of(f"{salt} {text}")


def hash_of_link(seq: int, previous: str, content_hash: str) -> str:
    """Return the hash of a record in its place."""
    return hash_of(f"{seq} {previous} {content_hash}")


_MOST_BYTES = 1_024


class RememberedHead:
    """Where this computer remembers the end of a chain, in a small file."""

    def __init__(self, path: Path) -> None:
        self._box = Box(
            path.parent,
            name=lambda _head: path.name,
            to_plain=asdict,
            from_plain=partial(shaped_as, Head),
            most_bytes=_MOST_BYTES,
            wholly_ours=False,
        )
        self.path = path

    def get(self) -> Head | None:
        """Return the end of the chain as last seen here, None where none can be read."""
        return self._box.get(self.path.name)

    def is_damaged(self) -> bool:
        """Tell whether there is something that cannot be read as the end of a chain."""
        return os.path.lexists(self.path) and self.get() is None

    def remember(self, head: Head) -> None:
        """Remember a later end of the chain; what cannot be read is left for `verify` to name.

        What cannot be written is let be: the entry is safe already, and the next one tells as much.
        """
        if self.is_damaged():
            return
        known = self.get()
        if known and known.store_id == head.store_id and known.count >= head.count:
            return
        with suppress(RecordsUnavailableError):
            self._box.put(head)


def held_by(database: Database) -> str:
    """Say what a store holds, without changing it; "" where there is none yet.

    Raises `RecordsDamagedError` also where it is not what this computer remembers of it, or where that
    cannot be read.
    """
    if RememberedHead(database.head_file).is_damaged():
        raise RecordsDamagedError(
            "The file that remembers where the records end cannot be read.",
            where=str(database.head_file),
            mend="Run `service-group records verify`. If it names nothing else, delete this file.",
        )
    with database.reading() as connection:
        database.refuse_foreign(connection)
        revision = revision_of(connection, database)
        if revision == HEAD:
            remembered = RememberedHead(database.head_file).get()
            if said := mismatch(connection, head_of(connection, database), remembered):
                raise RecordsDamagedError(said, where=database.where, mend=database.nothing_added)
            return str(count_entries(connection))
        return "in an older form, which needs an upgrade" if revision else ""


def mismatch(connection: Connection, head: Head, remembered: Head | None) -> str:
    """Say in a sentence how a store's end contradicts what this computer remembers; "" if it does not."""
    if remembered is None or remembered.count == 0:
        return ""
    if remembered.store_id != head.store_id:
        return (
            "These are not the records that were here before. Those held"
            f" {remembered.count:,} lines."
        )
    if head.count < remembered.count:
        return (
            f"The last records are missing. The file ends at number {head.count:,}, but this computer"
            f" had saved up to number {remembered.count:,}."
        )
    query = select(ENTRIES.c.hash).where(ENTRIES.c.seq == remembered.count)
    if connection.scalar(query) != remembered.hash:
        return f"Number {remembered.count:,} in the records is not the one that was saved here."
    return ""


def head_of(connection: Connection, database: Database, *, lock: bool = False) -> Head:
    """Return the end of the chain; locked, nobody else can move it before the transaction ends."""
    query = select(CHAIN).with_for_update() if lock else select(CHAIN)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise RecordsDamagedError(
            "The records are incomplete: they do not say where they end.",
            where=database.where,
            mend=database.nothing_added,
        )
    return Head(**row)


def checked_head(connection: Connection, database: Database, remembered: Head | None) -> Head:
    """Return the end of the chain, locked; raises `RecordsDamagedError` where it is not as remembered.

    A record more would hide what is missing.
    """
    head = head_of(connection, database, lock=True)
    missing = mismatch(connection, head, remembered)
    if missing:
        raise RecordsDamagedError(missing, where=database.where, mend=database.nothing_added)
    return head


def append(connection: Connection, head: Head, record: Record) -> Head:
    """Add a record after `head`, which is locked, and return the new end."""
    text = written(record)
    link = next_link(head, text)
    row = {**search_columns(record, text), **asdict(link), "content": text}
    if isinstance(record, Entry):
        row["state"] = ACTIVE
    connection.execute(insert(ENTRIES).values(row))
    words = [{"word": word, "seq": link.seq} for word in sorted(words_of(record))]
    if words:
        connection.execute(insert(WORDS), words)
    _change_state(connection, record)
    connection.execute(update(CHAIN).values(count=link.seq, hash=link.hash))
    return Head(head.store_id, link.seq, link.hash)


def _change_state(connection: Connection, record: Record) -> None:
    """Mark the entry that a new record withdraws, corrects or restores.

    One that is corrected or restored is not found any more: the new record is.
    """
    target = points_at(record) or restored_by(record)
    if target is None:
        return
    withdrawn = isinstance(record, Withdrawal)
    there = (ENTRIES.c.id == target, ENTRIES.c.state.is_not(None))
    connection.execute(
        update(ENTRIES).where(*there).values(state=WITHDRAWN if withdrawn else CORRECTED)
    )
    if not withdrawn:
        seq = select(ENTRIES.c.seq).where(ENTRIES.c.id == target).scalar_subquery()
        connection.execute(delete(WORDS).where(WORDS.c.seq == seq))


def known_as(connection: Connection, database: Database, record: Record) -> int | None:
    """Return the `seq` of the same record if it was kept before; another under its id is refused."""
    query = select(ENTRIES.c.seq, ENTRIES.c.content).where(ENTRIES.c.id == record.id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    with database.readable():
        before = read_back(row.content) if row.content else None
    if before and replace(before, when=record.when) == record:
        return int(row.seq)
    raise RecordsError(
        f"You already recorded this as entry {row.seq}, with different details.",
        where=database.where,
        mend="Check that entry. If you need both, start a new interview and record this one again.",
    )


def refuse_unless_fit(connection: Connection, database: Database, record: Record) -> None:
    """Refuse a record that corrects or withdraws what is not active, or restores what is not withdrawn."""
    restored, columns = restored_by(record), ENTRIES.c
    id_, needed = restored or points_at(record), WITHDRAWN if restored else ACTIVE
    if id_ is None:
        return
    row = connection.execute(select(columns.seq, columns.state).where(columns.id == id_)).first()
    successor = columns.restores == id_ if restored else columns.of_id == id_
    later = connection.scalar(select(columns.seq).where(successor))
    if row is not None and row.state == needed and later is None:
        return
    is_not = "is not withdrawn" if restored else "was already corrected or withdrawn"
    what = "This entry is not in these records" if row is None else f"Entry {row.seq} {is_not}"
    instead = f" (see number {later})" if later else ""
    cannot = "restore" if restored else "correct or withdraw"
    raise RecordsError(
        f"{what}{instead}, so you cannot {cannot} it.",
        where=database.where,
        mend="List the records, and choose the newest version of the entry.",
    )


def keep_rules(connection: Connection, meaning_hash: str, rules: str) -> None:
    """Keep a decision under its meaning hash; one of another hash is left, as for a corrected entry."""
    if hash_of(rules) != meaning_hash:
        return
    there = select(RULES.c.meaning_hash).where(RULES.c.meaning_hash == meaning_hash)
    if connection.execute(there).first() is None:
        connection.execute(insert(RULES).values(meaning_hash=meaning_hash, decision=rules))


_KEPT = ("seq", "id", "content_hash", "previous", "hash")  # columns that an erasure leaves


def to_erase(connection: Connection, before: date) -> list[int]:
    """Return the numbers of what would be erased, in order.

    What an old record corrects, withdraws or restores goes with it, even where a wrong clock made that
    look younger: else it would count again.
    """
    columns = ENTRIES.c
    left = columns.kind.not_in(("erasure", ERASED))
    pointer = func.coalesce(columns.of_id, columns.restores).label("pointer")
    old = select(columns.id, pointer).where(columns.day < before.isoformat(), left)
    line = old.cte(recursive=True)
    line = line.union(
        select(columns.id, pointer).join(line, columns.id == line.c.pointer).where(left)
    )
    query = select(columns.seq).where(columns.id.in_(select(line.c.id))).order_by(columns.seq)
    return list(connection.execute(query).scalars())


class OldRecords(Frozen):
    """The first and the last day of some old records, "" if there are none, and how many lists show."""

    first_day: str
    last_day: str
    listed: int


def old_records(connection: Connection, before: date) -> OldRecords:
    """Return of what days the records from before a day are, and how many are in the lists."""
    columns = ENTRIES.c
    listed = func.count(case((columns.state != CORRECTED, 1)))
    query = select(func.min(columns.day), func.max(columns.day), listed)
    query = query.where(columns.day < before.isoformat(), columns.kind != "erasure")
    first, last, number = connection.execute(query).one()
    return OldRecords(first or "", last or "", number)


def spans(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return ordered numbers as the first and the last of each unbroken run."""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return tuple(spans)


def erase(connection: Connection, head: Head, erasure: Erasure) -> Head:
    """Empty what an erasure names, record the erasure after `head`, and return the new end."""
    emptied = {c.name: None for c in ENTRIES.c if c.name not in _KEPT} | {"kind": ERASED}
    for first, last in erasure.erased:
        within = ENTRIES.c.seq.between(first, last)
        connection.execute(update(ENTRIES).where(within).values(emptied))
        connection.execute(delete(WORDS).where(WORDS.c.seq.between(first, last)))
    return append(connection, head, erasure)
