"""The outbox: records that wait on this computer for a shared store."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.errors import RecordsError
from assistant.private import Box
from assistant.records.entry import Entry, Erasure, Withdrawal, day_recorded, read_back, written
from assistant.shapes import Frozen

FOLDER_NAME = "pending"  # the folder in the data folder; a file is named by its record's id
_MOST_BYTES = 16_777_216  # no record comes near this with its rules; another's file may


class Pending(Frozen):
    """A record that waits to be sent, with the decision of the guide it was made under, as JSON."""

    record: Entry | Withdrawal
    rules: str = ""


class Outbox:
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
            what="Records that wait to be sent cannot be saved",
        )

    @property
    def folder(self) -> Path:
        return self._box.folder

    def keep(self, record: Entry | Withdrawal, rules: str = "") -> None:
        """Keep a record; when this returns, it is on the disk.

        The same one given twice is kept once; another under its id is refused, as the store would.
        """
        before = self._box.get(f"{record.id}.json")
        if before and replace(before.record, when=record.when) != record:
            raise RecordsError(
                "This record is already waiting to be sent, with different details.",
                where=str(self.folder / f"{record.id}.json"),
                mend="If you need both, start a new interview and record this one again.",
            )
        if before is None:
            self._box.put(Pending(record, rules))

    def waiting(self) -> list[Pending]:
        """Return what waits, in the order it was made; a file that cannot be read is passed over."""
        return sorted(self._box.all(), key=lambda pending: (pending.record.when, pending.record.id))

    def unreadable(self) -> int:
        return self._box.unreadable()

    def before(self, day: date) -> list[Pending]:
        """Return what was made before a day."""
        return [kept for kept in self.waiting() if day_recorded(kept.record.when) < day]

    def discard(self, id_: str) -> None:
        """Let go of what is in the store; what is gone already is no matter."""
        self._box.remove(f"{id_}.json")

    def discard_before(self, day: date) -> int:
        """Let go of what was made before a day, and return how many that were."""
        old = self.before(day)
        for pending in old:
            self.discard(pending.record.id)
        return len(old)


def _pending(plain: dict[str, str]) -> Pending:
    record, rules = read_back(plain["record"]), plain["rules"]
    if isinstance(record, Erasure) or not isinstance(rules, str):
        raise TypeError("what waits is an entry or a withdrawal, with its rules")
    return Pending(record, rules)
