"""Entries as the interview makes them, without typing through one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from assistant.engine.interview import UNSURE, replay
from assistant.engine.verdict import verdict
from assistant.guide.loading import LoadedGuide
from assistant.records.entry import Entry, Withdrawal
from tests.builders import answers, shipped

ADOPTION = "investigation=none goal=adoption fins=no"
HOME = "investigation=none goal=return_home fins=no setting=out_of_home"
DEPENDS = f"investigation={UNSURE} goal=no_plan setting=voluntary_in_home"
REFER = "investigation=none goal=other fins=no"

_NUMBERS = count(0xABC)
_FIRST = datetime(2026, 10, 3, 14, 5, tzinfo=UTC)


def entry_of(said: str, *, loaded: LoadedGuide | None = None, **changed: object) -> Entry:
    """Return the entry of an interview whose recommendation was followed, with anything changed."""
    loaded = loaded or shipped()
    standing = replay(loaded.guide, answers(said))
    assert standing.asking is None, f"{said} leaves {standing.asking} open"
    found = verdict(loaded.guide, standing)
    number = next(_NUMBERS)
    entry = Entry(
        id=f"{number:032x}",
        when=_FIRST + timedelta(hours=(number - 0xABC) % 400),  # October, however many are made
        case_number="0042",
        whom="child 1",
        service="home study",
        outcome=found.outcomes[0] if len(found.outcomes) == 1 else None,
        recommended=found.group,
        certainty=found.certainty or "depends",
        chosen=found.group,
        reason="",
        answers=dict(standing.trail),
        content_version=loaded.guide.about.version,
        raw_hash=loaded.raw_hash,
        meaning_hash=loaded.meaning_hash,
    )
    return replace(entry, **changed)  # type: ignore[arg-type]


def overriding(said: str, chosen: str | None, code: str = "supervisor", **changed: object) -> Entry:
    """Return an entry whose worker chose otherwise."""
    return replace(entry_of(said), chosen=chosen, reason_code=code, **changed)  # type: ignore[arg-type]


def correcting(before: Entry, **changed: object) -> Entry:
    """Return the entry that takes the place of another."""
    other = {"id": f"{next(_NUMBERS):032x}", "corrects": before.id, "why": "a slip of the keys"}
    return replace(before, **{**other, **changed})  # type: ignore[arg-type]


def withdrawing(before: Entry, why: str = "recorded twice") -> Withdrawal:
    """Return the record that withdraws an entry."""
    return Withdrawal(id=f"{next(_NUMBERS):032x}", when=before.when, withdraws=before.id, why=why)
