"""Which of the facts given the interview makes use of."""

from collections.abc import Iterator

from assistant.content.facts import Case
from assistant.content.model import Guide


def facts_used(guide: Guide, given: Case) -> tuple[str, ...]:
    """Give the facts of `given` that the interview meets, in the order it meets them.

    It meets a fact where it would ask for it, and where the fact settles or narrows another one
    that it would ask for: `report=no` says that there is no investigation. Every way the facts not
    given may be is followed. Without the facts it never meets, the answer is the same.
    """
    return tuple(dict.fromkeys(_met(guide, guide.tree.start, given, {})))


def _met(guide: Guide, place: str, given: Case, path: Case) -> Iterator[str]:
    """Follow every way the case may be; `path` has what was met or supposed on this one."""
    if place in guide.outcomes:
        return
    node = guide.tree.nodes[place]
    if len(guide.space.values_left(node.ask, path)) > 1:
        yield from _settling(guide, node.ask, given, path)
    for value in guide.space.values_left(node.ask, {**given, **path}):
        yield from _met(guide, node.to[value], given, {**path, node.ask: value})


def _settling(guide: Guide, fact: str, given: Case, path: Case) -> Iterator[str]:
    """Give the fact itself if it is given, or else as few as leave it the values it has left."""
    if fact in given:
        yield fact
        return
    left = guide.space.values_left(fact, {**given, **path})
    needed = dict(given)
    for other in reversed(list(given)):
        fewer = {name: value for name, value in needed.items() if name != other}
        if guide.space.values_left(fact, {**fewer, **path}) == left:
            needed = fewer
    yield from needed
