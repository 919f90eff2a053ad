"""Writers of drafts: a draft's file is always the last one acknowledged, or the one after it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from assistant.cases.drafts import Draft, DraftBox
from torturing.killing import Acknowledge, Fallen, Killing, KillsLeft, killed

_ANSWERS = 400


def torture_drafts(
    folder: Path,
    killing: Killing,
    *,
    write: Callable[[DraftBox, int, Acknowledge], None] | None = None,
) -> KillsLeft:
    """Kill writers of drafts, each with one of its own, and give what they left."""
    box, left = DraftBox(folder / "drafts"), KillsLeft("drafts")
    for fallen in killed(killing, partial(write or write_drafts, box)):
        left.kills += 1
        left.failed += fallen.failed
        left.acknowledged += len(fallen.acknowledged)
        _count(box, fallen, left)
        box.discard(_id(fallen.number))
    left.look_for_parts(folder / "drafts", folder)
    return left


def write_drafts(box: DraftBox, number: int, acknowledge: Acknowledge) -> None:
    """Save one draft over and over, each time another, and acknowledge each once it is saved."""
    turn = 0
    while True:
        turn += 1
        box.save(made_of(number, turn))
        acknowledge(str(turn))


def made_of(number: int, turn: int) -> Draft:
    """Return the draft that a writer saves at its n-th turn: every answer says which."""
    return Draft(
        id=_id(number),
        saved_at=datetime(2026, 1, 1, tzinfo=UTC),
        answers={f"fact{place}": f"v{turn}" for place in range(_ANSWERS)},
        meaning_hash="0" * 64,
        content_version="1",
    )


def _count(box: DraftBox, fallen: Fallen, left: KillsLeft) -> None:
    last = int(fallen.acknowledged[-1]) if fallen.acknowledged else 0
    mine = [draft for draft in box.waiting() if draft.id == _id(fallen.number)]
    left.half += box.unreadable()
    either = [made_of(fallen.number, turn) for turn in (last, last + 1)]
    left.half += sum(not any(_same(draft, one) for one in either) for draft in mine)
    left.lost += last > 0 and not mine


def _same(one: Draft, other: Draft) -> bool:
    return one == replace(other, saved_at=one.saved_at)


def _id(number: int) -> str:
    return f"{number:032x}"
