"""What remains of the tree once some facts are known: a pure function, each part worked out once.

A part of the tree depends on nothing but the facts asked in it and those tied to them by what can
stand together. So subtrees that many paths share, and every subtree an answer does not bear on, are
worked out a single time for a guide, however great it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.content.facts import Case, FactSpace

if TYPE_CHECKING:
    from assistant.content.model import Node


@dataclass(frozen=True)
class Open:
    """What remains of the tree from a question on: for each value it can have, what follows.

    An outcome stands for itself. Only questions that can change it are there. `ends` holds the
    outcomes that can be reached, each once, in tree order; `longest` counts the most questions that
    remain, and `may_ask` holds the facts that may yet be asked.
    """

    place: str = field(compare=False)
    fact: str
    to: tuple[tuple[str, "Open | str"], ...]
    ends: tuple[str, ...] = field(compare=False)
    longest: int = field(compare=False)
    may_ask: frozenset[str] = field(compare=False)


Remainder = Open | str


def ends(remainder: Remainder) -> tuple[str, ...]:
    """Give the outcomes that can be reached, each once."""
    return (remainder,) if isinstance(remainder, str) else remainder.ends


def longest(remainder: Remainder) -> int:
    """Give the most questions that remain."""
    return 0 if isinstance(remainder, str) else remainder.longest


def may_ask(remainder: Remainder) -> frozenset[str]:
    """Give the facts that may yet be asked."""
    return frozenset() if isinstance(remainder, str) else remainder.may_ask


class Remainders:
    """What remains of one guide's tree from any place on, given any facts."""

    def __init__(self, nodes: Mapping[str, "Node"], space: FactSpace) -> None:
        self._nodes = nodes
        self._space = space
        self._bearing: dict[str, frozenset[str]] = {}
        self._found: dict[tuple[str, frozenset[tuple[str, str]]], Remainder] = {}

    def at(self, place: str, known: Case) -> Remainder:
        """Give the tree from `place` on, less the questions that are settled or change nothing."""
        if place not in self._nodes:
            return place
        bearing = self._bearing_on(place)
        key = (place, frozenset(item for item in known.items() if item[0] in bearing))
        if key not in self._found:
            self._found[key] = self._worked_out(place, dict(key[1]))
        return self._found[key]

    def _worked_out(self, place: str, known: dict[str, str]) -> Remainder:
        node = self._nodes[place]
        follows = {}
        for value in self._space.values_left(node.ask, known):
            follows[value] = self.at(node.to[value], {**known, node.ask: value})
        first, *others = follows.values()
        if all(other == first for other in others):
            return first
        return Open(
            place,
            node.ask,
            tuple(follows.items()),
            ends=tuple(dict.fromkeys(end for one in follows.values() for end in ends(one))),
            longest=1 + max(map(longest, follows.values())),
            may_ask=frozenset({node.ask}).union(*map(may_ask, follows.values())),
        )

    def _bearing_on(self, place: str) -> frozenset[str]:
        """Give the facts asked from `place` on, and those tied to them."""
        if place not in self._nodes:
            return frozenset()
        if place not in self._bearing:
            node = self._nodes[place]
            below = (self._bearing_on(target) for target in node.to.values())
            self._bearing[place] = frozenset(self._space.tied_to(node.ask)).union(*below)
        return self._bearing[place]
