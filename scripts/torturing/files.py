"""Writers of exports, of what waits, and of what is sent: no file by half, nothing lost, no leftovers."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import uuid4

from assistant.records.outbox import Outbox
from assistant.records.sqlite import SqliteDatabase
from assistant.records.store import RecordStore, open_store
from assistant.records.transfer import as_json, exported_in, private_file
from torturing.killing import Acknowledge, Fallen, Killing, KillsLeft, killed
from torturing.records import made_of

_ENTRIES = 20  # in the store that is exported

_PATIENCE = 10.0

WriteFiles = Callable[[Path, int, Acknowledge], None]


def torture_exports(folder: Path, killing: Killing, write: WriteFiles | None = None) -> KillsLeft:
    """Kill writers of exports, each with a file of its own: it is always whole."""
    folder = folder / "exporting"
    store = open_store(folder / "data")
    for _ in range(_ENTRIES):
        store.add(made_of(uuid4().hex))
    (folder / "out").mkdir()
    return _tortured("exports", folder, killing, write or write_exports, _count_export)


def torture_waiting(folder: Path, killing: Killing, write: WriteFiles | None = None) -> KillsLeft:
    """Kill writers of what waits to be sent: each that was acknowledged waits."""
    return _tortured("waiting", folder / "waiting", killing, write or write_waiting, _count_waiting)


def torture_sending(folder: Path, killing: Killing, write: WriteFiles | None = None) -> KillsLeft:
    """Kill senders: what was acknowledged is in the store or waits, and the chain is whole."""
    folder = folder / "sending"
    open_store(folder / "shared")
    left = _tortured("sending", folder, killing, write or write_sent, _count_sent)
    left.half += sum(1 for _ in sender(folder).faults())
    return left


def write_exports(folder: Path, number: int, acknowledge: Acknowledge) -> None:
    """Export the same records again and again, over what is there."""
    store = open_store(folder / "data")
    while True:
        with private_file(_export(folder, number), force=True, data=folder / "data") as file:
            file.writelines(as_json(store.records(), store.rules))
        acknowledge(str(number))


def write_waiting(folder: Path, _number: int, acknowledge: Acknowledge) -> None:
    """Keep one entry after the other for later."""
    box = Outbox(folder / "data")
    while True:
        entry = made_of(uuid4().hex)
        box.keep(entry)
        acknowledge(entry.id)


def write_sent(folder: Path, _number: int, acknowledge: Acknowledge) -> None:
    """Keep a few entries for later, and then send all that wait."""
    store, box = sender(folder), Outbox(folder / "data")
    while True:
        for _ in range(3):
            entry = made_of(uuid4().hex)
            box.keep(entry)
            acknowledge(entry.id)
        store.send()


def sender(folder: Path) -> RecordStore:
    """Return a store that others share, as far as sending goes, in a file."""
    database = SqliteDatabase(folder / "shared", patience=_PATIENCE)
    return RecordStore(database, outbox=Outbox(folder / "data"))


def _tortured(
    what: str,
    folder: Path,
    killing: Killing,
    write: WriteFiles,
    count: Callable[[Path, list[Fallen], KillsLeft], None],
) -> KillsLeft:
    left, fallen = KillsLeft(what), list[Fallen]()
    for one in killed(killing, partial(write, folder)):
        fallen.append(one)
        left.kills += 1
        left.failed += one.failed
        left.acknowledged += len(one.acknowledged)
    count(folder, fallen, left)
    left.look_for_parts(folder, folder / "data")
    return left


def _count_export(folder: Path, fallen: list[Fallen], left: KillsLeft) -> None:
    for one in fallen:
        path = _export(folder, one.number)
        if not path.exists():
            left.lost += bool(one.acknowledged)
            continue
        with path.open("rb") as file:
            try:
                found = sum(1 for _ in exported_in(file))
            except Exception:  # noqa: BLE001 - whatever refuses it, it is not whole
                found = 0
        left.half += found != _ENTRIES


def _count_waiting(folder: Path, fallen: list[Fallen], left: KillsLeft) -> None:
    box = Outbox(folder / "data")
    waiting = {pending.record.id for pending in box.waiting()}
    left.lost = len({id_ for one in fallen for id_ in one.acknowledged} - waiting)
    left.half = box.unreadable()


def _count_sent(folder: Path, fallen: list[Fallen], left: KillsLeft) -> None:
    store, box = sender(folder), Outbox(folder / "data")
    waiting = {pending.record.id for pending in box.waiting()}
    sent = [entry for _, entry in store.entries()]
    promised = {id_ for one in fallen for id_ in one.acknowledged}
    left.lost = len(promised - waiting - {entry.id for entry in sent})
    left.half = box.unreadable() + sum(entry != made_of(entry.id) for entry in sent)


def _export(folder: Path, number: int) -> Path:
    return folder / "out" / f"{number}.json"
