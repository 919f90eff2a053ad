"""Measurements as medians with their spread, taken in turns, and the table they are printed in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

HEADINGS = ("what", "median ±", "unit", "beside", "median ±", "ratio", "aim")
"""The table's columns."""

_TO_THE_RIGHT = {1, 4}


@dataclass(frozen=True)
class Figures:
    """Measurements of one thing, all in one unit."""

    values: tuple[float, ...]

    @property
    def middle(self) -> float:
        return median(self.values)

    @property
    def spread(self) -> float:
        """Half of what lies between the quartiles: half of all runs fall this near the middle."""
        low, _, high = quantiles(self.values, n=4, method="inclusive")
        return (high - low) / 2

    def __str__(self) -> str:
        """Show three digits; a single measurement, or an aim, has no spread to show."""
        places = max(0, 3 - len(str(int(self.middle)))) if self.middle else 0
        spread = f" ±{self.spread:,.{places}f}" if len(self.values) > 1 else ""
        return f"{self.middle:,.{places}f}{spread}"


@dataclass(frozen=True)
class Row:
    """One line of the table: something of the assistant's beside something plain, or beside an aim.

    `most` is the ratio aimed at, where one was set.
    """

    what: str
    ours: Figures
    unit: str
    beside: str
    base: Figures
    most: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours.middle / self.base.middle if self.base.middle else float("inf")

    @property
    def cells(self) -> tuple[str, ...]:
        """What each column shows."""
        aim = "" if self.most is None else f"≤ {self.most:g}"
        over = " over" if self.most is not None and self.ratio > self.most else ""
        ratio = f"{self.ratio:.2f}{over}"
        return (self.what, str(self.ours), self.unit, self.beside, str(self.base), ratio, aim)


def beside_aim(what: str, ours: Figures, most: float) -> Row:
    """Return a row of ms beside the most that they may be."""
    return Row(what, ours, "ms", "the aim", Figures((most,)), 1)


def in_turns(*actions: Callable[[], float], times: int) -> list[Figures]:
    """Have each action give a measurement, one after the other, `times` over.

    What slows the machine down for a while then slows all of them; who goes first changes.
    """
    found: list[list[float]] = [[] for _ in actions]
    for turn in range(times):
        for offset in range(len(actions)):
            index = (turn + offset) % len(actions)
            found[index].append(actions[index]())
    return [Figures(tuple(values)) for values in found]


def timed(action: Callable[[], object]) -> float:
    """Return the time of one call, in ms."""
    started = perf_counter()
    action()
    return (perf_counter() - started) * 1e3


def table(rows: Iterable[Row]) -> str:
    """Lay rows out in columns."""
    lines = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(cells, widths) for cells in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell.rjust(width) if index in _TO_THE_RIGHT else cell.ljust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(padded).rstrip()
