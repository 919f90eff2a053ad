"""The smallest change of answers that would make another group the recommendation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.content.model import Guide
from assistant.content.remainder import ends
from assistant.engine.walk import Standing


@dataclass(frozen=True)
class Need:
    """What another recommendation would need.

    `changed` holds facts that are otherwise now, `added` facts that no answer settles and that
    would have to be so; both map a fact to the value needed.
    """

    changed: Mapping[str, str]
    added: Mapping[str, str]

    @property
    def facts(self) -> dict[str, str]:
        """Everything that would have to be so, changes first."""
        return {**self.changed, **self.added}


def smallest_change(guide: Guide, standing: Standing, group: str | None) -> Need | None:
    """Give the least that would have to be so for `group` (None: no group) to be recommended.

    None where nothing would.

    Fewest changed facts first, then fewest added ones; ties go to the facts, then the values, that
    come first in the guide.
    """
    search = _Search(guide, group, standing.known, _known(guide, standing))
    needs = search.needs(guide.tree.start, {})
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


@dataclass(frozen=True)
class _Search:
    """Looks for every way to a group; `known` holds what was answered and what follows from it."""

    guide: Guide
    group: str | None
    answered: Mapping[str, str]
    known: Mapping[str, str]

    def needs(self, place: str, chosen: Mapping[str, str]) -> Iterator[Need]:
        groups = _groups_from(self.guide, place, chosen)
        if groups == {self.group}:
            yield self._need(chosen)
        elif self.group in groups:
            node = self.guide.tree.nodes[place]
            left = self.guide.space.values_left(node.ask, chosen)
            for value in left:
                now_chosen = {**chosen, node.ask: value} if len(left) > 1 else chosen
                yield from self.needs(node.to[value], now_chosen)

    def _need(self, chosen: Mapping[str, str]) -> Need:
        changed = {f: value for f, value in chosen.items() if self.known.get(f, value) != value}
        settled = {**changed, **self.answered}
        return Need(changed, {f: value for f, value in chosen.items() if f not in settled})


def _groups_from(guide: Guide, place: str, known: Mapping[str, str]) -> set[str | None]:
    reached = ends(guide.remainders.at(place, known))
    return {guide.outcomes[outcome].group for outcome in reached}


def _size(guide: Guide, need: Need) -> tuple[int, int, list[tuple[int, int]]]:
    facts = list(guide.space.values)
    ranks = [
        (facts.index(fact), guide.space.values[fact].index(value))
        for fact, value in need.facts.items()
    ]
    return len(need.changed), len(need.added), sorted(ranks)
