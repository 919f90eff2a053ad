"""Rules about the tree's shape that hold or fail without looking at a single case."""

from collections.abc import Callable, Iterator

from assistant.content.model import Guide
from assistant.content.problems import Fault


def _no_node_leads_back_to_itself(guide: Guide) -> Iterator[Fault]:
    nodes = guide.tree.nodes
    settled: set[str] = set()
    for first in nodes:
        trail: list[str] = []
        waiting = [(first, False)]
        while waiting:
            name, left = waiting.pop()
            if left:
                settled.add(trail.pop())
            elif name in trail:
                circle = " > ".join([*trail[trail.index(name) :], name])
                message = f"{name!r} leads back to itself: {circle}"
                yield Fault(("tree", "nodes", name), message, "cycle", of_key=True)
            elif name in nodes and name not in settled:
                trail.append(name)
                waiting.append((name, True))
                waiting += [(target, False) for target in dict.fromkeys(nodes[name].to.values())]


def _every_name_is_reached(guide: Guide) -> Iterator[Fault]:
    reached: set[str] = set()
    waiting = [guide.tree.start]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            if name in guide.tree.nodes:
                waiting += guide.tree.nodes[name].to.values()
    for name in guide.tree.nodes:
        if name not in reached:
            message = f"no path leads to the node {name!r}"
            yield Fault(("tree", "nodes", name), message, "unreached", of_key=True)
    for name in guide.outcomes:
        if name not in reached:
            message = f"no path leads to the outcome {name!r}"
            yield Fault(("outcomes", name), message, "unreached", of_key=True)


STRUCTURE_CHECKS: tuple[Callable[[Guide], Iterator[Fault]], ...] = (
    _no_node_leads_back_to_itself,
    _every_name_is_reached,
)
"""Rules about the tree's shape, for a guide in which every name is known."""
