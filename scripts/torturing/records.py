"""Writers of records: what they acknowledged is there, whole, and in one chain."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from assistant.records.chain import RememberedHead
from assistant.records.entry import Entry
from assistant.records.store import RecordStore, open_store
from torturing.killing import Acknowledge, Killing, KillsLeft, killed

Open = Callable[[], RecordStore]
WriteTo = Callable[[Open, int, Acknowledge], None]


def torture_records(
    folder: Path, killing: Killing, *, url: str = "", write: WriteTo | None = None
) -> KillsLeft:
    """Kill writers of one store, and give what they left; `write` can be another writer."""
    opened = partial(open_store, folder / "records", url=url)
    store, left, promised = opened(), KillsLeft("records"), set[str]()
    for fallen in killed(killing, partial(write or write_records, opened)):
        left.kills += 1
        left.failed += fallen.failed
        promised.update(fallen.acknowledged)
        left.ahead += _is_ahead(store, folder)
    left.acknowledged = len(promised)
    _count(store, promised, left)
    left.look_for_parts(folder / "records", folder / "records")
    return left


def write_records(opened: Open, _number: int, acknowledge: Acknowledge) -> None:
    """Record one entry after the other, and acknowledge each once it is recorded."""
    store = opened()
    while True:
        entry = made_of(uuid4().hex)
        store.add(entry)
        acknowledge(entry.id)


def made_of(id_: str) -> Entry:
    """Return the whole entry that an id stands for, so that one kept by half is told from it."""
    return Entry(
        id=id_,
        when=datetime(2026, 1, 1, tzinfo=UTC),
        case_number=str(int(id_, 16)),
        whom="child 1",
        service=f"service {id_[:4]}",
        outcome=None,
        recommended="a_group",
        certainty="settled",
        chosen="b_group",
        reason=f"{id_} " * (1 + int(id_[0], 16) * 40),
        answers={"fact": f"v{id_}"},
        content_version="1",
        raw_hash="0" * 64,
        meaning_hash="0" * 64,
    )


def _is_ahead(store: RecordStore, folder: Path) -> bool:
    """Tell whether this computer remembers an entry that the store does not have; the store only grows."""
    heads = (RememberedHead(path).get() for path in (folder / "records").glob("records*.head"))
    most = max((head.count for head in heads if head), default=0)
    return most > store.head().count


def _count(store: RecordStore, promised: set[str], left: KillsLeft) -> None:
    for _, entry in store.entries():
        left.half += entry != made_of(entry.id)
        promised.discard(entry.id)
    left.lost = len(promised)
    left.breaks = sum(1 for _ in store.faults())
