"""Which question a trainee is told to watch: one that its own bar shows to be misread."""

from collections.abc import Sequence

from assistant.training.attempts import Attempt
from assistant.training.bars import fork_bars
from assistant.training.diagnosis import RECENT
from assistant.training.ground import Ground
from assistant.training.memory import Memory
from assistant.training.naming import Named, named, put_down
from assistant.training.readings import Reading


def watched(ground: Ground, memory: Memory, log: Sequence[Attempt]) -> Named | None:
    """Give the question to be told to watch, if one stands out and its own bar shows it, or None.

    `memory` is the fold of `log`, in order.
    """
    told = as_told(ground, memory, log)
    found = named(memory.diagnosis.found(ground), told[-RECENT:])
    if found is None:
        return None
    same = alike(ground, found)
    bars = [bar for bar in fork_bars(ground, told) if bar.id in same]
    return found if any(bar.well < bar.of for bar in bars) else None


def as_told(ground: Ground, memory: Memory, log: Sequence[Attempt]) -> list[Attempt]:
    """Give one trainee's attempts with what was found to be misread, where that explains them."""
    found = memory.diagnosis.found(ground)
    return [put_down(ground, found, attempt) for attempt in log]


def alike(ground: Ground, watch: Named) -> set[str]:
    """Give a named question, and those that no answer tells from it."""
    if watch.taken is None:
        return {watch.fact}
    same = ground.alike.get(Reading(watch.fact, watch.taken), frozenset())
    return {watch.fact, *(reading.fact for reading in same)}
