"""Which facts can stand together: the space of cases that the tree and the rules both speak of."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from math import prod

Case = Mapping[str, str]
"""Facts and their values; complete where every fact of the space has one."""


class FactSpace:
    """Facts with their values, less the combinations that `never` stand together.

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
        """Give the values `fact` can still have beside `known`, in order; empty if none."""
        if fact in known:
            return (known[fact],)
        bundle = self._bundle_of.get(fact)
        if bundle is None:
            return self.values[fact]
        return self._left(fact, tuple((other, known[other]) for other in bundle if other in known))

    def tied_to(self, fact: str) -> tuple[str, ...]:
        """Give the facts that bear on the values of `fact`, itself included."""
        return self._bundle_of.get(fact, (fact,))

    def stands(self, known: Case) -> bool:
        """Tell whether some complete case holds all of `known`."""
        return all(
            any(self._agreeing(bundle, known)) for bundle in dict.fromkeys(self._bundle_of.values())
        )

    def broken_by(self, known: Case) -> Mapping[str, tuple[str, ...]] | None:
        """Give the first rule of `never` that `known` breaks outright, if any."""
        return next((rule for rule in self.never if _all_within(rule, known)), None)

    def count(self) -> int:
        """Give how many complete sets of facts can stand together, without making them all."""
        bundles = set(self._bundle_of.values())
        tied = prod(sum(1 for _ in self._agreeing(bundle, {})) for bundle in bundles)
        return tied * prod(len(v) for f, v in self.values.items() if f not in self._bundle_of)

    def cases(self) -> Iterator[dict[str, str]]:
        """Give every complete set of facts that can stand together."""
        for combination in product(*self.values.values()):
            case = dict(zip(self.values, combination, strict=True))
            if self.broken_by(case) is None:
                yield case

    def _values_left(self, fact: str, known: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
        bundle = self._bundle_of[fact]
        possible = {case[fact] for case in self._agreeing(bundle, dict(known))}
        return tuple(value for value in self.values[fact] if value in possible)

    def _agreeing(self, bundle: tuple[str, ...], known: Case) -> Iterator[dict[str, str]]:
        choices = [(known[fact],) if fact in known else self.values[fact] for fact in bundle]
        for combination in product(*choices):
            case = dict(zip(bundle, combination, strict=True))
            if self.broken_by(case) is None:
                yield case


def _all_within(rule: Mapping[str, tuple[str, ...]], known: Case) -> bool:
    return all(known.get(fact) in values for fact, values in rule.items())


def _bundles(never: Sequence[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Give for each fact the facts it is tied to, itself included, through any chain of rules."""
    bundle_of: dict[str, tuple[str, ...]] = {}
    for rule in never:
        joined = dict.fromkeys(rule)
        for fact in rule:
            joined |= dict.fromkeys(bundle_of.get(fact, ()))
        bundle = tuple(joined)
        bundle_of |= dict.fromkeys(bundle, bundle)
    return bundle_of
