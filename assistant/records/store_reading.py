"""What can be read of a record store: entries as they now are, each record, and the whole chain."""

from collections.abc import Iterator

from assistant.errors import RecordsError
from assistant.records import counting, listing, reading
from assistant.records.chain.links import Head
from assistant.records.chain.verifying import Fault, Walk, some_faults
from assistant.records.chain.witness import Witness
from assistant.records.databases.database import Database
from assistant.records.entry import Entry, EntrySummary, Recorded, Withdrawal
from assistant.records.moving import exporting
from assistant.records.size import Size, size_of
from assistant.records.wanted import EVERYTHING, Wanted


class ReadableStore:
    """Records in the order they were made, as anybody may read them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._witness = Witness(database.head_file)

    @property
    def where(self) -> str:
        """Name the store to a person, without a password."""
        return self._database.where

    def page(
        self, before_seq: int | None, limit: int, wanted: Wanted = EVERYTHING
    ) -> list[EntrySummary]:
        """Give up to `limit` entries as they now are, newest first: the newest, or those before a `seq`.

        An entry that was corrected is listed as its correction; one that was withdrawn is marked.
        """
        with self._database.reading() as connection, self._database.readable():
            return listing.page(connection, before_seq, limit, wanted)

    def entries(self, wanted: Wanted = EVERYTHING) -> Iterator[tuple[EntrySummary, Entry]]:
        """Give every entry as it now is, oldest first, in constant memory.

        They are read a piece at a time, so that others can go on recording meanwhile.
        """
        last, some = 0, listing.CHUNK
        while some == listing.CHUNK:
            with self._database.reading() as connection, self._database.readable():
                found = listing.some_after(connection, last, wanted)
            yield from found
            some, last = len(found), found[-1][0].seq if found else last

    def count(self, wanted: Wanted = EVERYTHING, *, most: int = 1_000) -> int:
        """Count the entries as they now are, up to `most` and one: then there are more."""
        with self._database.reading() as connection:
            return listing.count(connection, wanted, most)

    def summary(self, wanted: Wanted = EVERYTHING) -> counting.Summary:
        """Count the entries that stand, by group, certainty, override and month."""
        with self._database.reading() as connection:
            return counting.summary(connection, wanted)

    def overrides(self, wanted: Wanted = EVERYTHING) -> list[counting.OverrideCount]:
        """Count for each outcome how often workers chose otherwise, and what."""
        with self._database.reading() as connection:
            return counting.overrides(connection, wanted)

    def records(self, wanted: Wanted = EVERYTHING) -> Iterator[Recorded]:
        """Give all records to be taken along, or those of the entries wanted, each with its history.

        What a record points at comes before it, unless it was erased.
        """
        last: int | None = 0
        while wanted == EVERYTHING and last is not None:
            with self._database.reading() as connection, self._database.readable():
                some, last = exporting.some_after(connection, last)
            yield from some
        for summary, _ in self.entries(wanted) if wanted != EVERYTHING else ():
            yield from self.history(summary.seq)

    def get(self, seq: int) -> Entry:
        """Give one whole entry; a `RecordsError` says that there is none of that number."""
        record = self.record(seq).record
        if isinstance(record, Entry):
            return record
        did = "withdraws one" if isinstance(record, Withdrawal) else "says that others were erased"
        raise RecordsError(
            f"Number {seq} is not an entry: it {did}.",
            where=self.where,
            mend=f"See it with `service-group records show {seq}`.",
        )

    def record(self, seq: int) -> Recorded:
        """Give whatever has a number; a `RecordsError` says that there is none, or that it is erased."""
        with self._database.reading() as connection, self._database.readable():
            return reading.record(connection, seq, self.where)

    def history(self, seq: int) -> list[Recorded]:
        """Give an entry with all that it corrects and all that corrects or withdraws it, oldest first.

        What was erased has no record left.
        """
        with self._database.reading() as connection, self._database.readable():
            return reading.history(connection, seq, self.where)

    def number_of(self, id_: str) -> int | None:
        """Give the `seq` of the record with an id, None where there is none."""
        with self._database.reading() as connection:
            return reading.number_of(connection, id_)

    def size(self) -> Size:
        """Count the entries that stand, and the lines of the chain."""
        with self._database.reading() as connection:
            return size_of(connection)

    def head(self) -> Head:
        """Give the end of the chain."""
        with self._database.reading() as connection:
            return reading.head(connection, self.where)

    def rules(self, meaning_hash: str) -> str | None:
        """Give the decision that entries of a meaning hash were made under, as JSON."""
        with self._database.reading() as connection:
            return reading.rules(connection, meaning_hash)

    def faults(self) -> Iterator[Fault]:
        """Give all that is wrong with the chain, first things first, in constant memory.

        It is read a piece at a time, so that others can go on recording meanwhile.
        """
        walk, remembered = Walk(), self._witness.remembered()
        while not walk.done:
            with self._database.reading() as connection:
                found = some_faults(connection, remembered, walk)
            yield from found
