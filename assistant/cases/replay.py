"""Old entries and drafts under today's rules."""

from collections.abc import Iterator
from dataclasses import field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.engine.interview import OPEN, UNSURE, Answers, Standing, replay
from assistant.engine.verdict import NO_GROUP, Status, recorded_group, verdict
from assistant.guide.earlier import EarlierGuide, Values, carried, earlier_guide, meant
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from assistant.records.entry import EVERYTHING, Entry, EntryFilter
from assistant.shapes import Frozen

if TYPE_CHECKING:
    from assistant.records.store import RecordStore


DEPENDS = "It depends on what is not known"
"""Stands for advice that names several groups, each under a condition."""

_REMEMBERED = 4_096  # entries with the same answers are compared once


class Advice(Frozen):
    """What an interview recommends: a group, no group, or several that depend on open facts.

    `among` names those several, where they are known.
    """

    status: Status
    group: str | None = None
    among: tuple[str | None, ...] = field(default=(), compare=False)


class Difference(Frozen):
    """An entry, by its number, whose recommendation would be another today.

    `asked_under` is the version of the guide that asked it otherwise than today's does, if one did.
    """

    seq: int
    entry: Entry
    then: Advice
    now: Advice
    asked_under: str = ""


def differences(
    loaded: LoadedGuide, store: "RecordStore", wanted: EntryFilter = EVERYTHING
) -> Iterator[Difference]:
    """Return the active entries whose recommendation would be another today, oldest first."""

    @lru_cache(_REMEMBERED)
    def today(meaning_hash: str, items: tuple[tuple[str, str], ...]) -> tuple[Advice, bool]:
        answers, earlier = dict(items), earlier_guide(loaded, meaning_hash)
        return advice_now(loaded.guide, answers, earlier), _asked_otherwise(
            loaded.guide, earlier, answers
        )

    for summary, entry in store.entries(wanted):
        if summary.withdrawn or entry.meaning_hash == loaded.meaning_hash:
            continue
        then = advice_then(entry)
        now, otherwise = today(entry.meaning_hash, tuple(entry.answers.items()))
        if then != now:
            asked_under = entry.content_version if otherwise else ""
            yield Difference(summary.seq, entry, then, now, asked_under)


def _asked_otherwise(guide: Guide, earlier: EarlierGuide | None, answers: Answers) -> bool:
    """Tell whether old answers are to questions that the guide no longer has, or asks otherwise."""
    return any(
        fact not in guide.questions or meant(earlier, fact, said) != {fact: (said,)}
        for fact, said in answers.items()
    )


def advice_then(entry: Entry) -> Advice:
    """Return what an entry says was recommended."""
    if entry.certainty == "depends":
        return Advice("depends")
    return Advice("recommended" if entry.recommended else "refer", entry.recommended)


def advice_now(guide: Guide, answers: Answers, earlier: EarlierGuide | None = None) -> Advice:
    """Return what a guide recommends for old answers, those of an `earlier` guide where they were.

    Every value that they leave open is followed; what the guide asks beside them is not known.
    Answers that it does not have, or that cannot be true together any more, settle nothing.
    """
    left = carried(guide, earlier, answers)
    known = {fact: values[0] for fact, values in left.items() if len(values) == 1}
    if not guide.space.stands(known):
        left, known = {}, {}
    said = verdict(
        guide, narrowed(replay(guide, dict.fromkeys(guide.space.values, UNSURE), known), left)
    )
    groups = dict.fromkeys(guide.outcomes[outcome].group for outcome in said.outcomes)
    return Advice(said.status, said.group, tuple(groups))


def narrowed(standing: Standing, left: Values) -> Standing:
    """Return where an interview is, following of a fact in `left` only the values that it has there."""
    branches = tuple(
        branch
        for branch in standing.branches
        if all(value in left.get(fact, (value,)) for fact, value in branch.assumed.items())
    )
    return replace(standing, branches=branches or standing.branches)


def advice_words(guide: Guide, advice: Advice) -> str:
    """Return advice as a group's name, or the words that stand for none."""
    if advice.status == "depends":
        names = [recorded_group(guide, group) if group else NO_GROUP for group in advice.among]
        return f"{DEPENDS} ({', or '.join(names)})" if names else DEPENDS
    return recorded_group(guide, advice.group) if advice.group else NO_GROUP


class CarriedOver(Frozen):
    """The answers of an unfinished or recorded interview as today's guide has them.

    `lost` has, in the words they had then, the answers that it has to ask again.
    """

    answers: dict[str, str]
    lost: str = ""

    @property
    def notice(self) -> str:
        """Say which answers are asked again; "" where there are none."""
        if not self.lost:
            return ""
        return f"Today's guide asks some questions differently. Please answer again: {self.lost}."


def carried_over(loaded: LoadedGuide, meaning_hash: str, answers: Answers) -> CarriedOver:
    """Return old answers, given under the guide with this hash, as answers to today's questions.

    Only what is sure is taken over, and "not sure" where the same question is still asked; what was
    skipped is asked.
    """
    guide, earlier = loaded.guide, earlier_guide(loaded, meaning_hash)
    left = carried(guide, earlier, answers)
    now = {fact: values[0] for fact, values in left.items() if len(values) == 1}
    unsure = (fact for fact, said in answers.items() if said == UNSURE and fact not in left)
    now |= {fact: UNSURE for fact in unsure if fact in guide.questions}
    if earlier is None:
        return CarriedOver(now)
    lost = {
        fact: said
        for fact, said in answers.items()
        if said not in OPEN and not meant(earlier, fact, said).keys() <= now.keys()
    }
    return CarriedOver(now, earlier.marked(earlier.in_short(lost)) if lost else "")
