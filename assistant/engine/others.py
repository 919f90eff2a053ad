"""The groups beside an answer: those whose rule is met too, and those ruled out and what they need."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.content.model import Guide
from assistant.engine.explain import GroupView
from assistant.engine.partly import said_in
from assistant.engine.smallest import smallest_change
from assistant.engine.verdict import Verdict
from assistant.engine.walk import Standing
from assistant.engine.wording import sentence


@dataclass(frozen=True)
class AlsoFits:
    """A group whose rule is met too, and why it is not the one named."""

    group: str
    reason: str


@dataclass(frozen=True)
class RuledOut:
    """A group that is not recommended, whatever the open facts turn out to be.

    `would_need` has the values of the fewest facts that, the others being as given, would make it
    the one recommended; it is empty where nothing would.
    """

    group: str
    because: str
    would_need: Mapping[str, str]


def also_fits(guide: Guide, said: Verdict) -> tuple[AlsoFits, ...]:
    """Give the groups that outcomes name beside their own; one may stand there for two reasons."""
    return _beside(guide, said, also=True)


def ruled_out(guide: Guide, standing: Standing, said: Verdict, view: GroupView) -> RuledOut:
    """Say of a group that is no longer possible why not, and what would make it the one."""
    too = [fit.reason for fit in also_fits(guide, said) if fit.group == view.group]
    near = [fit.reason for fit in nearest(guide, said) if fit.group == view.group]
    if too:
        because = ["It also fits." if view.also_fits else "It may also fit.", *too]
    else:
        because = [sentence(view.because), *(["It is among the nearest.", *near] if near else [])]
    need = smallest_change(guide, standing, view.group)
    needed = _together(guide, standing, need.facts if need else {})
    return RuledOut(view.group, " ".join(because), needed)


def nearest(guide: Guide, said: Verdict) -> tuple[AlsoFits, ...]:
    """Give what speaks for and against the groups near a case for which no group is named."""
    return _beside(guide, said, also=False) if said.status == "refer" else ()


def _beside(guide: Guide, said: Verdict, *, also: bool) -> tuple[AlsoFits, ...]:
    def named(outcome: str) -> Iterator[tuple[str, str]]:
        found = guide.outcomes[outcome]
        for one in found.also_fits if also else found.nearest:
            yield one.group, one.reason

    return tuple(
        AlsoFits(group, lead + reason)
        for (group, reason), lead in said_in(guide, said, named).items()
    )


def _together(guide: Guide, standing: Standing, need: Mapping[str, str]) -> Mapping[str, str]:
    """Give what is needed with whatever else would have to change to stand beside it."""
    needed = dict(need)
    kept: dict[str, str] = {}
    for fact, value in standing.given.items():
        if fact in needed:
            continue
        if guide.space.stands({**needed, **kept, fact: value}):
            kept[fact] = value
        else:
            needed[fact] = guide.space.values_left(fact, {**needed, **kept})[0]
    return needed
