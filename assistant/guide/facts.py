"""Facts, their values, which of them can be true together, and what they leave of the tree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from math import prod

Case = Mapping[str, str]  # facts and their values; complete where every fact of the space has one


class FactSpace:
    """Facts with their values, less the combinations that are `never` true together.

    `values` maps each fact to its values in order. Each entry of `never` maps facts to values that
    exclude one another: decision-rules, "Facts".
    """

    def __init__(
        self,
        values: Mapping[str, tuple[str, ...]],
        never: Sequence[Mapping[str, tuple[str, ...]]],
    ) -> None:
        self.values = values
        self.never = never
        self._bundle_of = _bundles(never)
        self._left = lru_cache(maxsize=None)(self._values_left)

    def values_left(self, fact: str, known: Case) -> tuple[str, ...]:
        """Return the values `fact` can still have beside `known`, in order; empty if none."""
        if fact in known:
            return (known[fact],)
        bundle = self._bundle_of.get(fact)
        if bundle is None:
            return self.values[fact]
        return self._left(fact, tuple((other, known[other]) for other in bundle if other in known))

    def tied_to(self, fact: str) -> tuple[str, ...]:
        """Return the facts that bear on the values of `fact`, itself included."""
        return self._bundle_of.get(fact, (fact,))

    def stands(self, known: Case) -> bool:
        """Tell whether some complete case holds all of `known`."""
        return all(
            any(self._agreeing(bundle, known)) for bundle in dict.fromkeys(self._bundle_of.values())
        )

    def broken_by(self, known: Case) -> Mapping[str, tuple[str, ...]] | None:
        """Return the first rule of `never` that `known` breaks outright, if any."""
        for rule in self.never:
            if all(known.get(fact) in values for fact, values in rule.items()):
                return rule
        return None

    def count(self) -> int:
        bundles = set(self._bundle_of.values())
        tied = prod(sum(1 for _ in self._agreeing(bundle, {})) for bundle in bundles)
        return tied * prod(len(v) for f, v in self.values.items() if f not in self._bundle_of)

    def cases(self) -> Iterator[dict[str, str]]:
        """Return every complete set of facts that can be true together."""
        return self._agreeing(tuple(self.values), {})

    def _values_left(self, fact: str, known: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
        bundle = self._bundle_of[fact]
        possible = {case[fact] for case in self._agreeing(bundle, dict(known))}
        return tuple(value for value in self.values[fact] if value in possible)

    def _agreeing(self, facts: tuple[str, ...], known: Case) -> Iterator[dict[str, str]]:
        """Return every way these facts can be true together beside what is known of them."""
        choices = [(known[fact],) if fact in known else self.values[fact] for fact in facts]
        for combination in product(*choices):
            case = dict(zip(facts, combination, strict=True))
            if self.broken_by(case) is None:
                yield case


def _bundles(never: Sequence[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Return for each fact the facts it is tied to, itself included, through any chain of rules."""
    bundle_of: dict[str, tuple[str, ...]] = {}
    for rule in never:
        joined = dict.fromkeys(rule)
        for fact in rule:
            joined |= dict.fromkeys(bundle_of.get(fact, ()))
        bundle = tuple(joined)
        bundle_of |= dict.fromkeys(bundle, bundle)
    return bundle_of


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
    """Return the outcomes that can be reached, each once."""
    return (remainder,) if isinstance(remainder, str) else remainder.ends


def longest(remainder: Remainder) -> int:
    """Return the most questions that remain."""
    return 0 if isinstance(remainder, str) else remainder.longest


def may_ask(remainder: Remainder) -> frozenset[str]:
    """Return the facts that may yet be asked."""
    return frozenset() if isinstance(remainder, str) else remainder.may_ask


class Remainders:
    """What remains of one guide's tree from any place on, given any facts.

    `edges` maps each node to the fact asked there, and to where each of its values leads.
    """

    def __init__(
        self, edges: Mapping[str, tuple[str, Mapping[str, str]]], space: FactSpace
    ) -> None:
        self._edges = edges
        self._space = space
        self._bearing: dict[str, frozenset[str]] = {}
        self._found: dict[tuple[str, frozenset[tuple[str, str]]], Remainder] = {}

    def at(self, place: str, known: Case) -> Remainder:
        """Return the tree from `place` on, less the questions that are settled or change nothing."""
        if place not in self._edges:
            return place
        bearing = self._bearing_on(place)
        key = (place, frozenset(item for item in known.items() if item[0] in bearing))
        if key not in self._found:
            self._found[key] = self._worked_out(place, dict(key[1]))
        return self._found[key]

    def _worked_out(self, place: str, known: dict[str, str]) -> Remainder:
        fact, to = self._edges[place]
        follows = {}
        for value in self._space.values_left(fact, known):
            follows[value] = self.at(to[value], {**known, fact: value})
        first, *others = follows.values()
        if all(other == first for other in others):
            return first
        return Open(
            place,
            fact,
            tuple(follows.items()),
            ends=tuple(dict.fromkeys(end for one in follows.values() for end in ends(one))),
            longest=1 + max(map(longest, follows.values())),
            may_ask=frozenset({fact}).union(*map(may_ask, follows.values())),
        )

    def _bearing_on(self, place: str) -> frozenset[str]:
        """Return the facts asked from `place` on, and those tied to them."""
        if place not in self._edges:
            return frozenset()
        if place not in self._bearing:
            fact, to = self._edges[place]
            below = (self._bearing_on(target) for target in to.values())
            self._bearing[place] = frozenset(self._space.tied_to(fact)).union(*below)
        return self._bearing[place]
