"""Facts, their values, and which of them can stand together."""

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
        """Return how many complete sets of facts can stand together, without making them all."""
        bundles = set(self._bundle_of.values())
        tied = prod(sum(1 for _ in self._agreeing(bundle, {})) for bundle in bundles)
        return tied * prod(len(v) for f, v in self.values.items() if f not in self._bundle_of)

    def cases(self) -> Iterator[dict[str, str]]:
        """Return every complete set of facts that can stand together."""
        return self._agreeing(tuple(self.values), {})

    def _values_left(self, fact: str, known: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
        bundle = self._bundle_of[fact]
        possible = {case[fact] for case in self._agreeing(bundle, dict(known))}
        return tuple(value for value in self.values[fact] if value in possible)

    def _agreeing(self, facts: tuple[str, ...], known: Case) -> Iterator[dict[str, str]]:
        """Return every way these facts can stand together beside what is known of them."""
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
