"""The ends of the interview in words: which answers lead to each."""

from collections.abc import Iterable, Mapping

from assistant.content.model import Guide
from assistant.engine.verdict import Row, verdict
from assistant.engine.walk import UNSURE, replay
from assistant.engine.wording import condition


def ends_in_words(guide: Guide) -> dict[str, str]:
    """Give for each outcome what is so of every case that ends there: `the goal is adoption, and ...`."""
    nothing_known = replay(guide, dict.fromkeys(guide.space.values, UNSURE))
    rows: dict[str, list[Row]] = {}
    for row in verdict(guide, nothing_known).details:
        for outcome in row.outcomes:
            rows.setdefault(outcome, []).append(row)
    return {
        outcome: condition(guide, Row(_common(guide, [row.assumed for row in some]), (outcome,)))
        for outcome, some in rows.items()
    }


def _common(
    guide: Guide, assumed: Iterable[Mapping[str, tuple[str, ...]]]
) -> dict[str, tuple[str, ...]]:
    """Give the facts that every way there settles, each with all values that it has on one of them."""
    first, *others = assumed
    found = {}
    for fact in first:
        if all(fact in other for other in others):
            taken = {value for way in (first, *others) for value in way[fact]}
            found[fact] = tuple(value for value in guide.space.values[fact] if value in taken)
    return found
