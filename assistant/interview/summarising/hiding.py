"""Hides small counts, and as many others as it takes that no sum gives a hidden one away."""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

LEAST = 15
"""A count below this could point at a person, so it does not leave the computer."""

NOT_SHOWN = "not shown"
"""Stands for a count that is hidden so that another cannot be worked out from it."""

Name = TypeVar("Name", bound=Hashable)
Count = int | str
"""A number, or the words that stand for it."""


def under(least: int) -> str:
    """Give the words for a count that is too small to be shown."""
    return f"under {least}"


def hidden(cells: Mapping[Name, int], least: int = LEAST) -> dict[Name, Count] | None:
    """Give counts with every one from 1 to below `least` hidden, None where that cannot be safe.

    The reader is taken to know the sum of the cells. So the next smallest counts are hidden too, as
    `NOT_SHOWN`, until no hidden count can be worked out, and all hidden ones make at least `least`.
    """
    small = {name for name, count in cells.items() if 0 < count < least}
    large = sorted((n for n, count in cells.items() if count >= least), key=cells.__getitem__)
    beside = 0
    while small and _given_away(cells, small, large, beside, least):
        if beside == len(large):
            return None
        beside += 1
    unseen = set(large[:beside])
    return {
        name: under(least) if name in small else NOT_SHOWN if name in unseen else count
        for name, count in cells.items()
    }


def _given_away(
    cells: Mapping[Name, int], small: Collection[Name], large: list[Name], beside: int, least: int
) -> bool:
    """Tell whether what is hidden can be worked out: that its sum is small, or a cell is certain."""
    sum_ = sum(cells[name] for name in (*small, *large[:beside]))
    most = cells[large[beside]] if beside < len(large) else sum_
    ranges = [*[(1, least - 1)] * len(small), *[(least, most)] * beside]
    lowest, highest = (sum(ends) for ends in zip(*ranges, strict=True))
    return sum_ < least or any(
        max(low, sum_ - (highest - high)) == min(high, sum_ - (lowest - low))
        for low, high in ranges
    )
