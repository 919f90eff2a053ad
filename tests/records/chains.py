"""A chain of a thousand records in memory, and what somebody may do to it from outside."""

# ruff: noqa: S608 - the words put into statements are the tests' own

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.pool import StaticPool

from assistant.records.chain import Head, append, hash_of_content, hash_of_link, head_of
from assistant.records.database import create
from assistant.records.entry import Entry, Withdrawal
from assistant.records.schema import NOTHING_BEFORE
from assistant.records.sqlite import SqliteDatabase
from assistant.records.verify import ChainFault, Walk, some_faults
from tests.examples import LARGE
from tests.records.conftest import any_entry

SIZE = 1_000
HERE = SqliteDatabase(Path("here"), patience=0)
SOMEWHERE = (1, 2, 3, 499, 500, SIZE - 1, SIZE)
FIRST_DAY = datetime(2020, 1, 6, 15, tzinfo=UTC)
CORRECTION, WITHDRAWAL, WITHDRAWN, RESTORING = 60, 70, 65, 75
_NEAR = {
    place + by
    for place in (CORRECTION - 10, CORRECTION, WITHDRAWN, WITHDRAWAL, RESTORING)
    for by in (-1, 0, 1)
}
EVERYWHERE = range(1, SIZE + 1) if LARGE else sorted({*SOMEWHERE, *_NEAR, *range(1, SIZE + 1, 37)})
"""Every place; by default a share of them, with the ends and what other records point at."""


class Chain:
    """A store of a thousand records in memory; a change to it lasts as long as its `with`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.head = head_of(connection, HERE)
        self.example = self.column("content", 1)
        self.hashes = ["", *self.run("SELECT hash FROM entries ORDER BY seq").scalars()]

    def run(self, sql: str, **values: object) -> Any:
        return self.connection.execute(text(sql), values)

    def column(self, name: str, seq: int) -> Any:
        return self.run(f"SELECT {name} FROM entries WHERE seq = :seq", seq=seq).scalar()

    def edit(self, seq: int, **values: object) -> None:
        for name, value in values.items():
            self.run(f"UPDATE entries SET {name} = :value WHERE seq = :seq", value=value, seq=seq)

    def first_fault(self, near: int, remembered: Head | None = None) -> ChainFault | None:
        """Return the first fault, where the chain is known to be right until shortly before a place."""
        last = max(0, min(near, SIZE) - 2)
        walk = Walk(last, self.hashes[last] or NOTHING_BEFORE, read=last or -(2**62))
        walk.before = self.hashes[last - 1] if last > 1 else NOTHING_BEFORE
        return next(self._follow(walk, remembered), None)

    def first_of_all(self) -> ChainFault | None:
        """Return the first fault, from the beginning."""
        return next(self._follow(Walk(), None), None)

    def faults(self, remembered: Head | None = None) -> list[ChainFault]:
        """Return every fault, from the beginning."""
        return list(self._follow(Walk(), remembered))

    def _follow(self, walk: Walk, remembered: Head | None) -> Iterator[ChainFault]:
        while not walk.done:
            yield from some_faults(self.connection, remembered, walk)

    @contextmanager
    def changed(self) -> Iterator[None]:
        try:
            yield
        finally:
            self.connection.rollback()


def made(connection: Connection) -> None:
    """Fill a new store with choices, a correction, a withdrawal and what undoes it, a day apart."""
    create(connection)
    head, ids = head_of(connection, HERE), [""]
    for number in range(1, SIZE + 1):
        when = FIRST_DAY + timedelta(days=number)
        record: Entry | Withdrawal = any_entry(when=when, service=f"service {number}")
        if number == CORRECTION and isinstance(record, Entry):
            record = replace(record, corrects=ids[CORRECTION - 10], why="the other goal")
        if number == WITHDRAWAL:
            record = Withdrawal(id=record.id, when=when, withdraws=ids[WITHDRAWN], why="twice")
        if number == RESTORING and isinstance(record, Entry):
            record = replace(record, restores=ids[WITHDRAWN])
        head = append(connection, head, record)
        ids.append(record.id)
    connection.commit()


def in_memory() -> Connection:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    event.listen(engine, "connect", lambda bare, _: setattr(bare, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine.connect()


def flipped(value: Any) -> Any:
    """Return a value with one letter or bit changed."""
    if value is None:
        return "x"
    if isinstance(value, int):
        return value ^ 1
    return value[:-1] + ("0" if value[-1] != "0" else "1")


def rechained(chain: Chain, seq: int, content: str) -> dict[str, str]:
    """Return the columns of a record that would be right at a place, if it had been there all along."""
    salt, previous = "5" * 32, chain.hashes[seq - 1] or NOTHING_BEFORE
    content_hash = hash_of_content(salt, content)
    own = hash_of_link(seq, previous, content_hash)
    return {
        "content": content,
        "salt": salt,
        "content_hash": content_hash,
        "previous": previous,
        "hash": own,
    }


def forge(chain: Chain, seq: int) -> None:
    """Put in a record that follows the one before it, as its hashes have it."""
    like = min(seq, SIZE)
    content = chain.example.replace("service 1", "service forged")
    chain.run(
        "INSERT INTO entries (seq, id, kind, at, day, certainty, content, salt, content_hash, previous,"
        " hash) SELECT :seq, 'f', 'choice', at, day, certainty, :content, :salt, :content_hash, :previous,"
        f" :hash FROM entries WHERE seq <> {like} LIMIT 1",
        seq=seq, **rechained(chain, seq, content),
    )  # fmt: skip


def swap(chain: Chain, seq: int, names: tuple[str, ...]) -> None:
    if names == ("seq",):
        for old, new in ((seq, 0), (seq + 1, seq), (0, seq + 1)):
            chain.run("UPDATE entries SET seq = :new WHERE seq = :old", old=old, new=new)
        return
    mine, other = ({name: chain.column(name, at) for name in names} for at in (seq, seq + 1))
    chain.edit(seq, **other)
    chain.edit(seq + 1, **mine)


def rewrite(chain: Chain, first: int) -> None:
    previous = chain.hashes[first - 1] or NOTHING_BEFORE
    for seq in range(first, SIZE + 1):
        salt = "7" * 32
        content_hash = hash_of_content(salt, chain.column("content", seq))
        own = hash_of_link(seq, previous, content_hash)
        chain.edit(seq, salt=salt, content_hash=content_hash, previous=previous, hash=own)
        previous = own
    chain.run("UPDATE chain SET hash = :hash", hash=previous)


def empty(chain: Chain, seq: int) -> None:
    names = ("of_id", "at", "day", "outcome", "recommended", "certainty", "chosen", "overridden")
    chain.edit(
        seq, **dict.fromkeys((*names, "reason_code", "state", "content", "salt")), kind="erased"
    )
    chain.run("DELETE FROM words WHERE seq = :seq", seq=seq)
