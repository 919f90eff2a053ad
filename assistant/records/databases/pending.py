"""Records that could not be sent to a shared store: kept on this computer until they can be."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.errors import RecordsError, RecordsUnavailableError
from assistant.records.entry import Entry, Erasure, Withdrawal
from assistant.records.private import private_folder, replace_private, why_refused
from assistant.records.written import read_back, written

FOLDER_NAME = "pending"
"""Name of the folder in the data folder; a file in it is named by the record's id."""

_NAME = re.compile(r"[0-9a-f]{32}\.json")


@dataclass(frozen=True, slots=True)
class Pending:
    """A record that waits to be sent, with the decision of the guide it was made under, as JSON."""

    record: Entry | Withdrawal
    rules: str = ""


class PendingBox:
    """What waits in a data folder; every method may raise `RecordsUnavailableError`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER_NAME

    @property
    def folder(self) -> Path:
        """Where it waits."""
        return self._folder

    def keep(self, record: Entry | Withdrawal, rules: str = "") -> None:
        """Keep a record; when this returns, it is on the disk.

        The same one given twice is kept once; another under its id is refused, as the store would.
        """
        path = self._folder / f"{record.id}.json"
        before = _read(path)
        if before and replace(before.record, when=record.when) != record:
            raise RecordsError(
                "This waits to be sent already, with other details.",
                where=str(path),
                mend="If this one is to stand beside it, record it as new.",
            )
        if before is None:
            self._write(path, Pending(record, rules))

    def waiting(self) -> list[Pending]:
        """Give what waits, in the order it was made; a file that cannot be read is passed over."""
        found = [pending for pending in self._read_all() if pending]
        return sorted(found, key=lambda pending: (pending.record.when, pending.record.id))

    def unreadable(self) -> int:
        """Count the files that cannot be read as what they should hold."""
        return sum(pending is None for pending in self._read_all())

    def before(self, day: date) -> list[Pending]:
        """Give what was made before a day, by the clock on the wall."""
        return [kept for kept in self.waiting() if kept.record.when.astimezone().date() < day]

    def discard(self, id_: str) -> None:
        """Let go of what is in the store; what is gone already is no matter."""
        try:
            (self._folder / f"{id_}.json").unlink(missing_ok=True)
        except OSError as error:
            raise self._unavailable(error) from None

    def _write(self, path: Path, pending: Pending) -> None:
        try:
            private_folder(self._folder.parent)
            private_folder(self._folder, wholly_ours=True)
            replace_private(path, _text(pending).encode())
            _sync(self._folder)
            _sync(self._folder.parent)
        except OSError as error:
            raise self._unavailable(error) from None

    def _read_all(self) -> Iterator[Pending | None]:
        try:
            if self._folder.is_dir():
                names = sorted(path.name for path in self._folder.iterdir())
                yield from (_read(self._folder / name) for name in names if _NAME.fullmatch(name))
        except OSError as error:
            raise self._unavailable(error) from None

    def _unavailable(self, error: OSError) -> RecordsUnavailableError:
        return RecordsUnavailableError(
            f"What waits to be sent cannot be kept here: {why_refused(error, self._folder)}.",
            where=str(self._folder),
            mend="Make room, or choose a folder that you may write in.",
        )


def _text(pending: Pending) -> str:
    return json.dumps({"record": written(pending.record), "rules": pending.rules})


def _read(path: Path) -> Pending | None:
    """Give what a file holds, None where there is none that can be read."""
    try:
        plain = json.loads(path.read_bytes())
        record, rules = read_back(plain["record"]), plain["rules"]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    sound = not isinstance(record, Erasure) and record.id == path.stem and isinstance(rules, str)
    return Pending(record, rules) if sound and not isinstance(record, Erasure) else None


def _sync(folder: Path) -> None:
    """See that a name in a folder outlasts a power cut; Windows sees to that itself."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
