"""Runs old answers through today's guide, and says whose recommendation would be another.

Only rules count: an entry made under the same meaning hash is passed over, however the wording has
changed since.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.content.load import LoadedGuide
from assistant.content.model import Guide
from assistant.engine.verdict import Status, verdict
from assistant.engine.walk import UNSURE, replay
from assistant.engine.wording import NO_GROUP
from assistant.interview.replaying.parting import known_to, rule_that_changed
from assistant.interview.replaying.rules import guide_of_rules
from assistant.interview.summarising.tables import chosen_words
from assistant.records.entry import Entry
from assistant.records.wanted import EVERYTHING, Wanted

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
    """An entry whose recommendation would be another today; `rule` says in words what changed."""

    seq: int
    entry: Entry
    then: Advice
    now: Advice
    rule: str


_Items = tuple[tuple[str, str], ...]


def differences(
    loaded: LoadedGuide, store: "RecordStore", wanted: Wanted = EVERYTHING
) -> Iterator[Difference]:
    """Give the entries that stand and whose recommendation would be another today, oldest first."""
    old_guide = lru_cache(maxsize=16)(lambda hash_: guide_of_rules(hash_, store.rules(hash_)))
    today = lru_cache(_REMEMBERED)(lambda items: advice_now(loaded.guide, dict(items)))

    @lru_cache(_REMEMBERED)
    def rule(meaning_hash: str, items: _Items) -> str:
        return rule_that_changed(old_guide(meaning_hash), loaded.guide, dict(items))

    for summary, entry in store.entries(wanted):
        if summary.withdrawn or entry.meaning_hash == loaded.meaning_hash:
            continue
        items = tuple(entry.answers.items())
        then, now = advice_then(entry), today(items)
        if then != now:
            yield Difference(summary.seq, entry, then, now, rule(entry.meaning_hash, items))


def advice_then(entry: Entry) -> Advice:
    """Give what an entry says was recommended."""
    if entry.certainty == "depends":
        return Advice("depends")
    return Advice("recommended" if entry.recommended else "refer", entry.recommended)


def advice_now(guide: Guide, answers: Mapping[str, str]) -> Advice:
    """Give what a guide recommends for old answers; what it asks beside them counts as not known.

    Answers that the guide does not have, or that cannot stand together any more, settle nothing.
    """
    known = known_to(guide, answers)
    if not guide.space.stands(known):
        return Advice("depends")
    said = verdict(guide, replay(guide, dict.fromkeys(guide.space.values, UNSURE), known))
    return Advice(said.status, said.group)


def advice_words(guide: Guide, advice: Advice) -> str:
    """Give advice as a group's name, or the words that stand for none."""
    if advice.status == "depends":
        return DEPENDS
    return chosen_words(guide, advice.group) if advice.group else NO_GROUP
