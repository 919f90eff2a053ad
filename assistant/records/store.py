"""The record store: entries are added and read, never changed."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Select, func, insert, select
from sqlalchemy.exc import DBAPIError

from assistant.errors import RecordsDamagedError, RecordsError
from assistant.records.entry import Entry, EntrySummary
from assistant.records.migrate import prepare
from assistant.records.private import private_folder
from assistant.records.schema import ENTRIES
from assistant.records.sqlite_failures import explain, explain_os
from assistant.records.sqlite_file import claim, mark, sqlite_engine

FILE_NAME = "records.sqlite3"
"""Name of the store's file in the data folder."""

_SEQ_END = 2**63
"""Numbers an entry can have lie below this."""

_SUMMARY = tuple(ENTRIES.c[field.name].label(field.name) for field in fields(EntrySummary))
_WHOLE = tuple(ENTRIES.c[field.name].label(field.name) for field in fields(Entry))

Explain = Callable[[BaseException | None], RecordsError]
"""Turns a database's failure into one a caseworker can act on."""


def open_store(folder: Path, *, patience: float = 10.0) -> "RecordStore":
    """Open the store in a data folder, making both if they are missing.

    `patience` is how many seconds a write waits for another copy of the assistant. Raises
    `RecordsUnavailableError`, `RecordsDamagedError`, `RecordsNewerError` or `RecordsBusyError`;
    a file that is not the assistant's own is left untouched.
    """
    path = folder / FILE_NAME
    say = partial(explain, where=str(path))
    with _plain_words(say, str(path)):
        private_folder(folder)
        claim(path)
        reader, writer = sqlite_engine(path, patience=patience)
        prepare(reader, writer, mark, where=str(path))
    return RecordStore(reader, writer, say, where=str(path))


class RecordStore:
    """Entries in the order they were recorded, which is their `seq`.

    Every method may raise a `RecordsError`; after one the store stands as before and the call can
    be made again.
    """

    def __init__(self, reader: Engine, writer: Engine, explain: Explain, *, where: str) -> None:
        self._reader = reader
        self._writer = writer
        self._explain = explain
        self._where = where

    def add(self, entry: Entry) -> int:
        """Record an entry and give its `seq`; when this returns, the entry is on the disk.

        The same entry given twice is recorded once, so a failed or doubtful save may be repeated
        with the same `id`, even if `when` is now later. Another entry under that `id` is refused.
        """
        with self._plain_words(), self._writer.begin() as connection:
            known = self._seq_of(connection, entry)
            return _insert(connection, entry) if known is None else known

    def page(self, before_seq: int | None, limit: int) -> list[EntrySummary]:
        """Give up to `limit` entries, newest first: the newest ones, or those before a `seq`."""
        query = select(*_SUMMARY).order_by(ENTRIES.c.seq.desc()).limit(limit)
        if before_seq is not None:
            query = query.where(ENTRIES.c.seq < before_seq)
        with self._plain_words(), self._reader.connect() as connection:
            return [EntrySummary(**row) for row in self._rows(connection, query)]

    def count(self) -> int:
        """Give how many entries there are."""
        query = select(func.count()).select_from(ENTRIES)
        with self._plain_words(), self._reader.connect() as connection:
            return connection.scalar(query) or 0

    def get(self, seq: int) -> Entry:
        """Give one whole entry; a `RecordsError` says that there is none of that number."""
        query = select(*_WHOLE).where(ENTRIES.c.seq == seq)
        with self._plain_words(), self._reader.connect() as connection:
            rows = self._rows(connection, query) if 0 < seq < _SEQ_END else ()
        for row in rows:
            with self._readable():
                return Entry(**row)
        raise RecordsError(
            f"There is no entry {seq} in the records.",
            where=self._where,
            mend="List the records to see which numbers there are.",
        )

    def close(self) -> None:
        """Let go of the store; it holds no file open between calls."""
        self._reader.dispose()

    def _seq_of(self, connection: Connection, entry: Entry) -> int | None:
        """Give the `seq` of the same entry if it was recorded before."""
        query = select(ENTRIES.c.seq, *_WHOLE).where(ENTRIES.c.id == entry.id)
        for row in self._rows(connection, query):
            if all(row[key] == value for key, value in _values(entry).items() if key != "when"):
                return int(row["seq"])
            raise RecordsError(
                f"This choice was recorded before, as entry {row['seq']}, with other details.",
                where=self._where,
                mend="Look at that entry; if this one is to stand beside it, record it as new.",
            )
        return None

    def _rows(self, connection: Connection, query: Select[Any]) -> Sequence[RowMapping]:
        with self._readable():
            return connection.execute(query).mappings().all()

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """Say plainly that a value cannot be what it stands for: only another program wrote that."""
        try:
            yield
        except (ValueError, TypeError):
            raise RecordsDamagedError(
                "The records hold an entry that cannot be read.",
                where=self._where,
                mend="Nothing was changed. Keep the file, and use a copy made before.",
            ) from None

    def _plain_words(self) -> AbstractContextManager[None]:
        return _plain_words(self._explain, self._where)


def _insert(connection: Connection, entry: Entry) -> int:
    statement = insert(ENTRIES).values(_values(entry)).returning(ENTRIES.c.seq)
    return int(connection.execute(statement).scalar_one())


def _values(entry: Entry) -> dict[str, object]:
    values = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return {**values, "answers": dict(entry.answers), "assumed": list(entry.assumed)}


@contextmanager
def _plain_words(say: Explain, where: str) -> Iterator[None]:
    """Turn a failure of the database or the file system into a `RecordsError`.

    The cause is not chained to it, since it can carry what was being written.
    """
    try:
        yield
    except DBAPIError as error:
        raise say(error.orig) from None
    except sqlite3.Error as error:
        raise say(error) from None
    except OSError as error:
        raise explain_os(error, where) from None
