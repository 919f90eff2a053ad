"""The store of records: add, read, list, count, erase, and send what waits."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from assistant.errors import (
    NoSuchEntryError,
    RecordsBusyError,
    RecordsDamagedError,
    RecordsError,
    RecordsNewerError,
    RecordsOlderError,
    RecordsPendingError,
    RecordsUnavailableError,
    RecordsUnreachableError,
)
from assistant.private import sweep
from assistant.records import finding
from assistant.records.chain import (
    Head,
    OldRecords,
    RememberedHead,
    append,
    checked_head,
    erase,
    head_of,
    keep_rules,
    known_as,
    old_records,
    refuse_unless_fit,
    spans,
    to_erase,
)
from assistant.records.database import (
    Database,
    EntryCount,
    count_entries,
    prepare,
    upgrade,
)
from assistant.records.entry import (
    EVERYTHING,
    Entry,
    EntryFilter,
    EntrySummary,
    Erasure,
    Recorded,
    Withdrawal,
    read_back,
)
from assistant.records.finding import CHUNK, OverrideCount, Summary
from assistant.records.outbox import Outbox
from assistant.records.practice_log import PracticeLog
from assistant.records.schema import ENTRIES, RULES
from assistant.records.sqlite import SqliteDatabase
from assistant.records.transfer import Imported, take_in
from assistant.records.verify import ChainFault, faults_of
from assistant.shapes import Frozen
from assistant.text import counted, day_shown

_SEQ_END = 2**31
"""Numbers a record can have lie below this."""

_PASSING = (RecordsUnreachableError, RecordsBusyError, RecordsOlderError)
"""What may be over the next time, so that a record is worth keeping for it."""

_OF_THE_STORE = (
    *(RecordsUnavailableError, RecordsBusyError, RecordsDamagedError),
    *(RecordsNewerError, RecordsOlderError),
)
"""What is wrong with the store, and not with the record."""


def open_store(
    folder: Path, *, url: str = "", rules: str = "", patience: float = 10.0
) -> "RecordStore":
    """Open the store in a data folder, or at a database's `url`; what is missing is made.

    `rules` is the decision of the guide in use, as JSON, kept with the first entry made under it.
    `patience` is how many seconds a write waits for another copy of the assistant. Raises
    `RecordsUnavailableError`, `RecordsDamagedError`, `RecordsNewerError` or `RecordsBusyError`; a
    file that is not the assistant's own is left untouched. A store at a `url` is reached when it
    is first used, and what cannot be sent waits in an outbox. What a kill left half-written is swept.
    """
    sweep(folder)
    if url:
        from assistant.records.postgres import PostgresDatabase  # noqa: PLC0415 - it needs its own driver

        shared = PostgresDatabase(url, folder, patience=patience)
        return RecordStore(shared, rules, Outbox(folder))
    database = SqliteDatabase(folder, patience=patience)
    database.claim()
    prepare(database)
    return RecordStore(database, rules)


class Waiting(Frozen):
    """A record that is not in the store yet; `refused` says why the store does not take it, or ""."""

    record: Entry | Withdrawal
    refused: str = ""


class RecordStore:
    """Records in the order they were made, which is their `seq`, from 1 up without a gap.

    Every method may raise a `RecordsError`; after one the store is as before and the call can
    be made again. A store that others share has an outbox: its first use sends what waits there, in
    the order it was made. Sent again after a doubtful end, a record is there once, since the store
    knows it by its id. `where` names the store to a person, without a password, and `begin_anew`
    says how new records can begin beside these; "" on a server.
    """

    def __init__(self, database: Database, rules: str = "", outbox: Outbox | None = None) -> None:
        self._database = database
        self.where, self.begin_anew = database.where, database.begin_anew
        self._remembered = RememberedHead(database.head_file)
        self._rules = rules
        self._outbox = outbox
        self._prepared = self._sent = outbox is None
        self._refused: dict[str, str] = {}

    @property
    def practice(self) -> PracticeLog:
        """What was answered in practice, in the same database."""
        return PracticeLog(self.reading, self.writing)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that sees one state of the store, once it is ready."""
        self._make_ready()
        with self._database.reading() as connection, self._database.readable():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a connection whose changes all come to pass, or none, once the store is ready."""
        self._make_ready()
        with self._database.writing() as connection:
            yield connection

    def add(self, record: Entry | Withdrawal) -> int:
        """Keep a record and return its `seq`; when this returns, it is on the disk.

        The same one given twice is kept once, so a failed or doubtful save may be repeated with
        the same `id`, even if `when` is now later. Another under that `id` is refused, and so is
        one that corrects or withdraws what is already corrected, withdrawn or erased, or restores
        what is not withdrawn. Raises
        `RecordsPendingError` where a shared store is away, busy or of an older version, or was lost
        at the last moment: the record is then safe on this computer, and is sent at the next use.
        """
        if self._outbox is None:
            return self._add(record, self._rules)
        try:
            self.send()
            return self._add(record, self._rules)
        except _PASSING as cause:
            self._keep(self._outbox, record, cause)
            raise RecordsPendingError(
                f"{cause.what} Your entry is saved on this computer. It will be sent to the shared"
                " records as soon as possible.",
                mend=cause.mend if isinstance(cause, RecordsOlderError) else "",
            ) from None

    def _add(self, record: Entry | Withdrawal, rules: str) -> int:
        database = self._database
        with database.writing() as connection:
            head = checked_head(connection, database, self._remembered.get())
            known = known_as(connection, database, record)
            if known is None:
                refuse_unless_fit(connection, database, record)
                if isinstance(record, Entry) and rules:
                    keep_rules(connection, record.meaning_hash, rules)
                head = append(connection, head, record)
        self._remembered.remember(head)
        return head.count if known is None else known

    def _keep(self, outbox: Outbox, record: Entry | Withdrawal, cause: RecordsError) -> None:
        self._sent = False
        try:
            outbox.keep(record, self._rules)
        except RecordsUnavailableError as error:
            raise RecordsUnavailableError(
                f"{cause.what} {error.what}", where=error.where, mend=error.mend
            ) from None

    def send(self) -> int:
        """Send all that waits and return how many were; what the store refuses keeps waiting.

        Raises a `RecordsError` where the store cannot be used; what is not sent is still kept.
        """
        if self._outbox is None:
            return 0
        self._prepare()
        refused, sent = dict[str, str](), 0
        for pending in self._outbox.waiting():
            try:
                self._add(pending.record, pending.rules)
            except _OF_THE_STORE:
                raise
            except RecordsError as error:
                refused[pending.record.id] = error.what
            else:
                self._outbox.discard(pending.record.id)
                sent += 1
        self._refused, self._sent = refused, True
        return sent

    def waiting(self) -> list[Waiting]:
        """Return what is kept on this computer and not in the store, with why it was refused, if it was."""
        pending = self._outbox.waiting() if self._outbox else []
        return [Waiting(one.record, self._refused.get(one.record.id, "")) for one in pending]

    def is_older(self) -> bool:
        """Tell whether a shared store is still of an older version, and waits for its upgrade."""
        try:
            self._prepare()
        except RecordsOlderError:
            return True
        return False

    def upgrade(self) -> None:
        """Copy the tables of an older store, and change them to what this version needs."""
        upgrade(self._database)

    def copies(self) -> list[str]:
        """Return the names of the copies made before upgrades, which hold what was erased since."""
        return self._database.copies()

    def erase_copies(self) -> None:
        """Erase those copies for good."""
        self._database.erase_copies()

    def _prepare(self) -> None:
        if not self._prepared:
            prepare(self._database)
            self._prepared = True

    def _make_ready(self) -> None:
        """Make ready to read, which does not have to wait for what cannot be sent just now."""
        if self._outbox is None:
            return
        try:
            self._prepare()
        except _PASSING as cause:
            number = len(self._outbox.waiting())
            later = f" {counted(number, 'record')} on this computer will be sent later."
            what = f"{cause.what}{later if number else ''}"
            raise type(cause)(what, where=cause.where, mend=cause.mend) from None
        if not self._sent:
            with suppress(*_OF_THE_STORE):
                self.send()

    def take_in(self, lines: Iterable[bytes]) -> Imported:
        """Add the records of an export, all or none, and return how many were new and how many known."""
        with self.writing() as connection:
            head = checked_head(connection, self._database, self._remembered.get())
            done, head = take_in(connection, self._database, head, lines)
        self._remembered.remember(head)
        return done

    def page(
        self, before_seq: int | None, limit: int, wanted: EntryFilter = EVERYTHING
    ) -> list[EntrySummary]:
        """Return up to `limit` entries as they now are, newest first: the newest, or those before a `seq`.

        An entry that was corrected is listed as its correction; one that was withdrawn is marked.
        """
        with self.reading() as connection:
            return finding.page(connection, before_seq, limit, wanted)

    def entries(self, wanted: EntryFilter = EVERYTHING) -> Iterator[tuple[EntrySummary, Entry]]:
        """Yield every entry as it now is, oldest first, in constant memory.

        They are read a piece at a time, so that others can keep recording.
        """
        last, some = 0, CHUNK
        while some == CHUNK:
            with self.reading() as connection:
                found = finding.some_after(connection, last, wanted)
            yield from found
            some, last = len(found), found[-1][0].seq if found else last

    def count(self, wanted: EntryFilter = EVERYTHING, *, most: int = 1_000) -> int:
        """Count the entries as they now are, up to `most` and one: then there are more."""
        with self.reading() as connection:
            return finding.count(connection, wanted, most)

    def summary(self, wanted: EntryFilter = EVERYTHING) -> Summary:
        """Count the active entries, by group, certainty, override and month."""
        with self.reading() as connection:
            return finding.summary(connection, wanted)

    def overrides(self, wanted: EntryFilter = EVERYTHING) -> list[OverrideCount]:
        """Count for each outcome how often workers chose otherwise, and what."""
        with self.reading() as connection:
            return finding.overrides(connection, wanted)

    def records(self, wanted: EntryFilter = EVERYTHING) -> Iterator[Recorded]:
        """Yield all records to be taken along, or those of the entries wanted, each with its history.

        What a record points at comes before it, unless it was erased. Erasures are left out, since
        they tell of this store alone.
        """
        if wanted != EVERYTHING:
            for summary, _ in self.entries(wanted):
                yield from self.history(summary.seq)
            return
        last, some = 0, CHUNK
        target = ENTRIES.alias()
        pointer = func.coalesce(ENTRIES.c.of_id, ENTRIES.c.restores)
        orphan = and_(pointer.is_not(None), target.c.content.is_(None)).label("orphan")
        query = select(ENTRIES.c.seq, ENTRIES.c.content, orphan).order_by(ENTRIES.c.seq)
        query = query.outerjoin(target, target.c.id == pointer).limit(CHUNK)
        while some == CHUNK:
            with self.reading() as connection:
                rows = connection.execute(query.where(ENTRIES.c.seq > last)).all()
                found = [
                    Recorded(r.seq, read_back(r.content), bool(r.orphan)) for r in rows if r.content
                ]
            yield from (one for one in found if not isinstance(one.record, Erasure))
            some, last = len(rows), rows[-1].seq if rows else last

    def get(self, seq: int) -> Entry:
        """Return one whole entry; a `RecordsError` says that there is none of that number."""
        record = self.record(seq).record
        if isinstance(record, Entry):
            return record
        did = (
            "a withdrawal" if isinstance(record, Withdrawal) else "a note that records were erased"
        )
        raise RecordsError(
            f"Number {seq} is not an entry. It is {did}.",
            where=self.where,
            mend=f"See it with `service-group records show {seq}`.",
        )

    def record(self, seq: int) -> Recorded:
        """Return whatever has a number; a `RecordsError` says that there is none, or that it is erased."""
        with self.reading() as connection:
            row = self._row(connection, seq)
            if row.content is None:
                raise RecordsError(
                    f"Entry {seq} was erased.",
                    where=self.where,
                    mend="Its number stays in the records, but its contents are gone for good.",
                )
            return Recorded(seq, read_back(row.content))

    def history(self, seq: int) -> list[Recorded]:
        """Return all versions of an entry, with what withdrew or restored it, oldest first.

        What was erased has no record left.
        """
        with self.reading() as connection:
            line = finding.line_of(connection, self._row(connection, seq))
            left = {None, *(row.id for row in line if row.content)}
            ids = [(row, row.of_id or row.restores) for row in line if row.content]
            return [Recorded(row.seq, read_back(row.content), of not in left) for row, of in ids]

    def number_of(self, id_: str) -> int | None:
        """Return the `seq` of the record with an id, None where there is none."""
        with self.reading() as connection:
            return connection.scalar(select(ENTRIES.c.seq).where(ENTRIES.c.id == id_))

    def size(self) -> EntryCount:
        """Count the active entries, and the lines of the chain."""
        with self.reading() as connection:
            return count_entries(connection)

    def head(self) -> Head:
        """Return the end of the chain."""
        with self.reading() as connection:
            return head_of(connection, self._database)

    def rules(self, meaning_hash: str) -> str | None:
        """Return the decision that entries of a meaning hash were made under, as JSON."""
        query = select(RULES.c.decision).where(RULES.c.meaning_hash == meaning_hash)
        with self.reading() as connection:
            return connection.scalar(query)

    def rules_beginning(self, beginning: str) -> dict[str, str]:
        """Return the decisions kept under a meaning hash that begins so, by the whole hash."""
        query = select(RULES.c.meaning_hash, RULES.c.decision).where(
            RULES.c.meaning_hash.startswith(beginning, autoescape=True)
        )
        with self.reading() as connection:
            return {str(kept): str(decision) for kept, decision in connection.execute(query)}

    def faults(self) -> Iterator[ChainFault]:
        """Yield all that is wrong with the chain, first things first, in constant memory.

        It is read a piece at a time, so that others can keep recording.
        """
        self._make_ready()
        yield from faults_of(self._database)

    def to_erase(self, before: date) -> int:
        """Count the records that erasing all from before a day would empty, with those that wait."""
        with self.reading() as connection:
            numbers = to_erase(connection, before)
        return len(numbers) + (len(self._outbox.before(before)) if self._outbox else 0)

    def days_to_erase(self, before: date) -> OldRecords:
        """Say of what days the records are that erasing would empty, and how many are in the lists."""
        with self.reading() as connection:
            return old_records(connection, before)

    def erase(self, before: date, *, id_: str, when: datetime) -> int:
        """Empty every record from before a day, for good, and return how many; the chain stays whole.

        `id_` is for the record that says so, and `when` is now, aware. What waits from before that
        day is let go of as well.
        """
        with self.writing() as connection:
            head = head_of(connection, self._database, lock=True)
            numbers = to_erase(connection, before)
            if numbers:
                erasure = Erasure(id=id_, when=when, before=before, erased=spans(numbers))
                head = erase(connection, head, erasure)
        self._remembered.remember(head)
        waited = self._outbox.discard_before(before) if self._outbox else 0
        try:
            self.overwrite_erased()
        except RecordsError as error:
            raise type(error)(
                f"{counted(len(numbers) + waited, 'line')} from before {day_shown(before)} were erased, but"
                " what is left of them on the disk could not be overwritten.",
                where=self.where,
                mend="free up space, and run the same command again. It then overwrites what is left.",
            ) from None
        return len(numbers) + waited

    def overwrite_erased(self) -> None:
        """Overwrite what is left of erased records; each erasure does it, and it may be done again."""
        self._database.overwrite_erased()

    def close(self) -> None:
        """Let go of the store; it holds no file open between calls."""
        self._database.reader.dispose()

    def _row(self, connection: Connection, seq: int) -> Row[Any]:
        found = finding.first(connection, ENTRIES.c.seq == seq) if 0 < seq < _SEQ_END else None
        if found is not None:
            return found
        raise NoSuchEntryError(
            f"The records have no entry {seq}.",
            where=self.where,
            mend="List the records to see the numbers.",
        )
