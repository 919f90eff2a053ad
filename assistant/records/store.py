"""The record store: records are added and read, never changed; an erasure empties them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from assistant.records import adding, erasing
from assistant.records.databases.database import Database, plain_words
from assistant.records.databases.migrate import prepare
from assistant.records.databases.sqlite_file import FILE_NAME as FILE_NAME  # noqa: PLC0414 - part of what a store is
from assistant.records.databases.sqlite_file import sqlite_database
from assistant.records.entry import Entry, Erasure, Withdrawal
from assistant.records.erasing import OldRecords
from assistant.records.moving import importing
from assistant.records.practice_log import PracticeLog
from assistant.records.store_reading import ReadableStore


def open_store(
    folder: Path, *, url: str = "", rules: str = "", patience: float = 10.0
) -> "RecordStore":
    """Open the store in a data folder, or at a database's `url`; what is missing is made.

    `rules` is the decision of the guide in use, as JSON, kept with the first entry made under it.
    `patience` is how many seconds a write waits for another copy of the assistant. Raises
    `RecordsUnavailableError`, `RecordsDamagedError`, `RecordsNewerError` or `RecordsBusyError`; a
    file that is not the assistant's own is left untouched. A store at a `url` is reached when it
    is first used, and its `add` keeps what cannot be sent (see `SharedStore`).
    """
    if url:
        from assistant.records.databases.postgres import postgres_database  # noqa: PLC0415 - a driver of its own
        from assistant.records.databases.shared import SharedStore  # noqa: PLC0415

        return SharedStore(postgres_database(url, folder, patience=patience), rules, folder)
    database = sqlite_database(folder, patience=patience)
    prepare(database)
    return RecordStore(database, rules)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that is not in the store yet; `refused` says why the store does not take it, or ""."""

    record: Entry | Withdrawal
    refused: str = ""


class RecordStore(ReadableStore):
    """Records in the order they were made, which is their `seq`, from 1 up without a gap.

    Every method may raise a `RecordsError`; after one the store stands as before and the call can
    be made again.
    """

    def __init__(self, database: Database, rules: str = "") -> None:
        super().__init__(database)
        self._rules = rules

    @property
    def practice(self) -> PracticeLog:
        """What was answered in practice, in the same database."""
        return PracticeLog(self._database)

    def add(self, record: Entry | Withdrawal) -> int:
        """Keep a record and give its `seq`; when this returns, it is on the disk.

        The same one given twice is kept once, so a failed or doubtful save may be repeated with
        the same `id`, even if `when` is now later. Another under that `id` is refused, and so is
        one that corrects or withdraws what is already corrected, withdrawn or erased.
        """
        with self._database.writing() as connection:
            seq, head = adding.add(
                connection, self._database, self._witness.remembered(), record, self._rules
            )
        self._witness.saw(head)
        return seq

    def take_in(self, lines: Iterable[bytes]) -> importing.Imported:
        """Add the records of an export, all or none, and give how many were new and how many known."""
        with self._database.writing() as connection:
            done, head = importing.take_in(
                connection, self._database, self._witness.remembered(), lines
            )
        self._witness.saw(head)
        return done

    def to_erase(self, before: date) -> int:
        """Count the records that erasing all from before a day would empty."""
        with self._database.reading() as connection:
            return erasing.count_in(erasing.to_erase(connection, before))

    def days_to_erase(self, before: date) -> OldRecords:
        """Say of what days the records are that erasing would empty, and how many are in the lists."""
        with self._database.reading() as connection:
            return erasing.old_records(connection, before)

    def erase(self, before: date, *, id_: str, when: datetime) -> int:
        """Empty every record from before a day, for good, and give how many; the chain stays whole.

        `id_` is 32 hexadecimal digits for the record that says so, and `when` is now, aware.
        """
        with self._database.writing() as connection:
            head = adding.locked_head(connection, self.where)
            erased = erasing.to_erase(connection, before)
            if erased:
                erasure = Erasure(id=id_, when=when, before=before, erased=erased)
                head = erasing.erase(connection, head, erasure)
        self._witness.saw(head)
        self.forget()
        return erasing.count_in(erased)

    def forget(self) -> None:
        """Overwrite what is left of erased records; done by each erasure, and needed again if that failed."""
        with plain_words(self._database.explain, self.where):
            self._database.forget()

    def waiting(self) -> list[Waiting]:
        """Give what is kept on this computer until it can be sent; a store of its own has none."""
        return []

    def send(self) -> int:
        """Send what waits, and give how many records that were."""
        return 0

    def close(self) -> None:
        """Let go of the store; it holds no file open between calls."""
        self._database.reader.dispose()
