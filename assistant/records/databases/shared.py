"""A store on a server that may be out of reach: what cannot be sent now is kept, and sent later."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from assistant.errors import (
    RecordsBusyError,
    RecordsDamagedError,
    RecordsError,
    RecordsNewerError,
    RecordsPendingError,
    RecordsUnavailableError,
    RecordsUnreachableError,
)
from assistant.problems import counted
from assistant.records.databases.database import Database
from assistant.records.databases.migrate import prepare
from assistant.records.databases.pending import PendingBox
from assistant.records.entry import Entry, Withdrawal
from assistant.records.store import RecordStore, Waiting

PASSING = (RecordsUnreachableError, RecordsBusyError)
"""What may be over the next time, so that a record is worth keeping for it."""

_OF_THE_STORE = (
    RecordsUnavailableError,
    RecordsBusyError,
    RecordsDamagedError,
    RecordsNewerError,
)
"""What is wrong with the store, and not with the record."""


@dataclass(frozen=True)
class _Opened(Database):
    """A database that is made ready when it is first used."""

    make_ready: Callable[[], None] = lambda: None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        self.make_ready()
        with super().reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        self.make_ready()
        with super().writing() as connection:
            yield connection


class SharedStore(RecordStore):
    """A store on a server: opening it reaches nothing, and no record is lost while it is away.

    The first use makes the tables ready and sends what waits, in the order it was made. Sent again
    after a doubtful end, a record is there once, since the store knows it by its id.
    """

    def __init__(self, database: Database, rules: str, folder: Path) -> None:
        parts = {part.name: getattr(database, part.name) for part in fields(database)}
        super().__init__(_Opened(**parts, make_ready=self._for_reading), rules)
        self._bare = database
        self._box = PendingBox(folder)
        self._prepared = False
        self._sent = False
        self._refused: dict[str, str] = {}

    def add(self, record: Entry | Withdrawal) -> int:
        """Send a record after all that waits, and give its `seq`.

        Raises `RecordsPendingError` where the server is away or busy, or was lost at the last
        moment: the record is then safe on this computer, and is sent at the next use.
        """
        try:
            self.send()
            return self._plain_store(self._rules).add(record)
        except PASSING as cause:
            self._keep(record, cause)
            raise RecordsPendingError(
                f"{cause.what} Kept on this computer, and sent when it can be;"
                " not yet in the shared records."
            ) from None

    def send(self) -> int:
        """Send all that waits and give how many were; what the store refuses goes on waiting.

        Raises a `RecordsError` where the store cannot be used; what is not sent is still kept.
        """
        self._prepare()
        refused, sent = dict[str, str](), 0
        for pending in self._box.waiting():
            try:
                self._plain_store(pending.rules).add(pending.record)
            except _OF_THE_STORE:
                raise
            except RecordsError as error:
                refused[pending.record.id] = error.what
            else:
                self._box.discard(pending.record.id)
                sent += 1
        self._refused, self._sent = refused, True
        return sent

    def waiting(self) -> list[Waiting]:
        """Give what is kept on this computer and not in the store, with why it was refused, if it was."""
        return [
            Waiting(pending.record, self._refused.get(pending.record.id, ""))
            for pending in self._box.waiting()
        ]

    def to_erase(self, before: date) -> int:
        """Count the records that erasing all from before a day would empty, with those that wait."""
        return super().to_erase(before) + len(self._box.before(before))

    def erase(self, before: date, *, id_: str, when: datetime) -> int:
        """Empty every record from before a day, let go of those that wait, and give how many."""
        erased, waiting = super().erase(before, id_=id_, when=when), self._box.before(before)
        for pending in waiting:
            self._box.discard(pending.record.id)
        return erased + len(waiting)

    def _plain_store(self, rules: str) -> RecordStore:
        return RecordStore(self._bare, rules)

    def _prepare(self) -> None:
        if not self._prepared:
            prepare(self._bare)
            self._prepared = True

    def _for_reading(self) -> None:
        """Make ready to read, which does not have to wait for what cannot be sent just now."""
        try:
            self._prepare()
        except PASSING as cause:
            raise type(cause)(
                f"{cause.what}{self._waiting_words()}", where=cause.where, mend=cause.mend
            ) from None
        if not self._sent:
            with suppress(*_OF_THE_STORE):
                self.send()

    def _waiting_words(self) -> str:
        number = len(self._box.waiting())
        return (
            f" {counted(number, 'record')} on this computer will be sent later." if number else ""
        )

    def _keep(self, record: Entry | Withdrawal, cause: RecordsError) -> None:
        self._sent = False
        try:
            self._box.keep(record, self._rules)
        except RecordsUnavailableError as error:
            raise RecordsUnavailableError(
                f"{cause.what} {error.what}", where=error.where, mend=error.mend
            ) from None
