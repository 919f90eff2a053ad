"""Records that wait on this computer for a shared store."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
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
from assistant.private import Box, why_refused
from assistant.records.database import Database, Size, prepare, revision_of, size_of
from assistant.records.entry import Entry, Erasure, Withdrawal, read_back, written
from assistant.records.postgres import postgres_database
from assistant.records.store import RecordStore, Waiting
from assistant.text import counted

FOLDER_NAME = "pending"
"""Name of the folder in the data folder; a file in it is named by the record's id."""

_MOST_BYTES = 16_777_216
"""No record with its rules comes near this; what does is somebody else's file."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A record that waits to be sent, with the decision of the guide it was made under, as JSON."""

    record: Entry | Withdrawal
    rules: str = ""


class PendingBox:
    """What waits in a data folder; every method may raise `RecordsUnavailableError`."""

    def __init__(self, folder: Path) -> None:
        self._box = Box(
            folder / FOLDER_NAME,
            name=lambda pending: f"{pending.record.id}.json",
            to_plain=lambda pending: {
                "record": written(pending.record),
                "rules": pending.rules,
            },
            from_plain=_pending,
            most_bytes=_MOST_BYTES,
            lasting=True,
        )

    @property
    def folder(self) -> Path:
        """Where it waits."""
        return self._box.folder

    def keep(self, record: Entry | Withdrawal, rules: str = "") -> None:
        """Keep a record; when this returns, it is on the disk.

        The same one given twice is kept once; another under its id is refused, as the store would.
        """
        before = self._box.get(f"{record.id}.json")
        if before and replace(before.record, when=record.when) != record:
            raise RecordsError(
                "This waits to be sent already, with other details.",
                where=str(self.folder / f"{record.id}.json"),
                mend="If this one is to stand beside it, record it as new.",
            )
        if before is None:
            with self._in_words():
                self._box.put(Pending(record, rules))

    def waiting(self) -> list[Pending]:
        """Return what waits, in the order it was made; a file that cannot be read is passed over."""
        with self._in_words():
            found = [pending for pending in self._box.all() if pending]
        return sorted(found, key=lambda pending: (pending.record.when, pending.record.id))

    def unreadable(self) -> int:
        """Count the files that cannot be read as what they should hold."""
        with self._in_words():
            return self._box.all().count(None)

    def before(self, day: date) -> list[Pending]:
        """Return what was made before a day, by the clock on the wall."""
        return [kept for kept in self.waiting() if kept.record.when.astimezone().date() < day]

    def discard(self, id_: str) -> None:
        """Let go of what is in the store; what is gone already is no matter."""
        with self._in_words():
            self._box.remove(f"{id_}.json")

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise RecordsUnavailableError(
                f"What waits to be sent cannot be kept here: {why_refused(error, self.folder)}.",
                where=str(self.folder),
                mend="Make room, or choose a folder that you may write in.",
            ) from None


def _pending(plain: dict[str, str]) -> Pending:
    """Return what parsed JSON is; raises `ValueError`, `TypeError` or `KeyError` if it is none."""
    record, rules = read_back(plain["record"]), plain["rules"]
    if isinstance(record, Erasure) or not isinstance(rules, str):
        raise TypeError("what waits is an entry or a withdrawal, with its rules")
    return Pending(record, rules)


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


_PATIENCE = 2.0
"""Seconds to wait for others."""


def size_at(url: str, folder: Path) -> Size | None:
    """Give how much the store at an address holds, None where there is no store yet.

    Raises a `RecordsError` that says why they cannot be read.
    """
    database = postgres_database(url, folder, patience=_PATIENCE)
    with database.reading() as connection:
        database.refuse_foreign(connection)
        if revision_of(connection, database) is None:
            return None
        return size_of(connection)
