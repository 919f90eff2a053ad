"""Numbers kept as runs, so that a million of them are a few pairs."""

from bisect import bisect_right
from collections.abc import Iterable


class Runs:
    """A growing set of numbers that lie mostly side by side."""

    def __init__(self) -> None:
        self._runs: list[tuple[int, int]] = []

    def add(self, runs: Iterable[tuple[int, int]]) -> None:
        """Add numbers, given as first and last of each run."""
        merged: list[tuple[int, int]] = []
        for first, last in sorted((*self._runs, *runs)):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        self._runs = merged

    def __contains__(self, number: int) -> bool:
        index = bisect_right(self._runs, (number, float("inf"))) - 1
        return index >= 0 and self._runs[index][0] <= number <= self._runs[index][1]
