"""Old entries under today's rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.engine.interview import UNSURE, replay
from assistant.engine.verdict import NO_GROUP, Status, recorded_group, verdict
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from assistant.records.entry import EVERYTHING, Entry, EntryFilter

if TYPE_CHECKING:
    from assistant.records.store import RecordStore


DEPENDS = "It depends on what is not known"
"""Stands for advice that names several groups, each under a condition."""

_REMEMBERED = 4_096
"""Entries with the same answers are compared once; an office has far fewer different ones."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What an interview recommends: a group, no group, or several that depend on open facts."""

    status: Status
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry, by its number, whose recommendation would be another today."""

    seq: int
    entry: Entry
    then: Advice
    now: Advice


def differences(
    loaded: LoadedGuide, store: "RecordStore", wanted: EntryFilter = EVERYTHING
) -> Iterator[Difference]:
    """Return the entries that stand and whose recommendation would be another today, oldest first."""
    today = lru_cache(_REMEMBERED)(lambda items: advice_now(loaded.guide, dict(items)))
    for summary, entry in store.entries(wanted):
        if summary.withdrawn or entry.meaning_hash == loaded.meaning_hash:
            continue
        then, now = advice_then(entry), today(tuple(entry.answers.items()))
        if then != now:
            yield Difference(summary.seq, entry, then, now)


def advice_then(entry: Entry) -> Advice:
    """Return what an entry says was recommended."""
    if entry.certainty == "depends":
        return Advice("depends")
    return Advice("recommended" if entry.recommended else "refer", entry.recommended)


def advice_now(guide: Guide, answers: Mapping[str, str]) -> Advice:
    """Return what a guide recommends for old answers; what it asks beside them counts as not known.

    Answers that the guide does not have, or that cannot stand together any more, settle nothing.
    """
    values = guide.space.values
    known = {fact: value for fact, value in answers.items() if value in values.get(fact, ())}
    if not guide.space.stands(known):
        return Advice("depends")
    said = verdict(guide, replay(guide, dict.fromkeys(values, UNSURE), known))
    return Advice(said.status, said.group)


def advice_words(guide: Guide, advice: Advice) -> str:
    """Return advice as a group's name, or the words that stand for none."""
    if advice.status == "depends":
        return DEPENDS
    return recorded_group(guide, advice.group) if advice.group else NO_GROUP
