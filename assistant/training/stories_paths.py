"""Every way an interview with definite answers can go, and cases that take a given one."""

from collections.abc import Callable, Iterator, Mapping
from random import Random
from types import MappingProxyType

from assistant.content.model import Guide
from assistant.content.remainder import Remainder
from assistant.engine.walk import edges_taken, replay

Facts = Mapping[str, str]
"""Facts and their values, in the order the interview asks for them."""


def every_path(guide: Guide) -> Iterator[tuple[Facts, str]]:
    """Give the answers of each interview there can be, with the outcome it ends in."""
    yield from _paths(guide, guide.remainders.at(guide.tree.start, {}), {})


def _paths(
    guide: Guide, remaining: Remainder, facts: dict[str, str]
) -> Iterator[tuple[Facts, str]]:
    if isinstance(remaining, str):
        yield MappingProxyType(facts), remaining
        return
    for value, follows in remaining.to:
        yield from _paths(guide, follows, {**facts, remaining.fact: value})


def facts_for_outcome(guide: Guide, outcome: str, seed: int) -> Facts:
    """Give one case that ends in `outcome`; `KeyError` where none does."""
    return _one_of(guide, outcome, seed, lambda _, end: end == outcome)


def facts_through(guide: Guide, node: str, answer: str, seed: int) -> Facts:
    """Give one case that leaves `node` of the tree by `answer`; `KeyError` where none does."""

    def takes(facts: Facts, _: str) -> bool:
        return (node, answer) in edges_taken(guide, replay(guide, facts))

    return _one_of(guide, f"{node}={answer}", seed, takes)


def _one_of(guide: Guide, what: str, seed: int, fits: Callable[[Facts, str], bool]) -> Facts:
    fitting = [facts for facts, end in every_path(guide) if fits(facts, end)]
    if not fitting:
        raise KeyError(what)
    return Random(f"{seed} {what}").choice(fitting)  # noqa: S311 - the same seed, the same case
