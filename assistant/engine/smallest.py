"""The smallest change of answers that would make another group the recommendation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.content.model import Guide
from assistant.engine.walk import Standing


@dataclass(frozen=True)
class Need:
    """What another recommendation would need.

    `changed` holds facts answered otherwise now, `added` facts that are not settled now and would
    have to be so; both map a fact to the value needed.
    """

    changed: Mapping[str, str]
    added: Mapping[str, str]

    @property
    def facts(self) -> dict[str, str]:
        """Everything that would have to be so, changes first."""
        return {**self.changed, **self.added}


def smallest_change(guide: Guide, standing: Standing, group: str) -> Need | None:
    """Give the least that would have to be so for `group` to be recommended, or None if nothing.

    Fewest changed facts first, then fewest added ones; ties go to the facts, then the values, that
    come first in the guide.
    """
    known = _known(guide, standing)
    needs = _needs(guide, guide.tree.start, group, known, {})
    return min(needs, key=lambda need: _size(guide, need), default=None)


def in_words(guide: Guide, need: Need) -> str:
    """Say what would have to be so: `the goal were adoption and no investigation were open`."""
    return " and ".join(
        guide.questions[fact].options[value].would for fact, value in need.facts.items()
    )


def _known(guide: Guide, standing: Standing) -> dict[str, str]:
    """Give what is known, and what follows from it."""
    known = standing.known
    for fact in guide.space.values:
        left = guide.space.values_left(fact, standing.known)
        if len(left) == 1:
            known[fact] = left[0]
    return known


def _needs(
    guide: Guide, place: str, group: str, known: Mapping[str, str], chosen: Mapping[str, str]
) -> Iterator[Need]:
    groups = _groups_from(guide, place, chosen)
    if groups == {group}:
        changed = {f: v for f, v in chosen.items() if f in known and known[f] != v}
        yield Need(changed, {f: v for f, v in chosen.items() if f not in known})
        return
    if group not in groups:
        return
    node = guide.tree.nodes[place]
    left = guide.space.values_left(node.ask, chosen)
    for value in left:
        now_chosen = {**chosen, node.ask: value} if len(left) > 1 else chosen
        yield from _needs(guide, node.to[value], group, known, now_chosen)


def _groups_from(guide: Guide, place: str, known: Mapping[str, str]) -> set[str | None]:
    if place in guide.outcomes:
        return {guide.outcomes[place].group}
    node = guide.tree.nodes[place]
    groups: set[str | None] = set()
    for value in guide.space.values_left(node.ask, known):
        groups |= _groups_from(guide, node.to[value], {**known, node.ask: value})
    return groups


def _size(guide: Guide, need: Need) -> tuple[int, int, list[tuple[int, int]]]:
    facts = list(guide.space.values)
    ranks = [
        (facts.index(fact), guide.space.values[fact].index(value))
        for fact, value in need.facts.items()
    ]
    return len(need.changed), len(need.added), sorted(ranks)
