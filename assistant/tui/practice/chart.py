"""Draws a class's progress over time as a line; the numbers it shows stand in words beside it."""

from collections.abc import Sequence

from rich.text import Text
from textual_plotext import Plot

from assistant.training.reporting.lines import DayLine

_HEIGHT, _WIDEST = 10, 80
"""Lines, and at most columns, of the picture."""


def days_chart(days: Sequence[DayLine], width: int) -> str:
    """Give the share right of each day, first to last, as plain characters without colour."""
    plot = Plot()
    numbers = list(range(1, len(days) + 1))
    shares = [line.picked.percent for line in days]
    plot.theme("clear")
    plot.plotsize(min(width, _WIDEST), _HEIGHT)
    plot.ylim(0, 100)
    plot.yticks([0, 50, 100], ["0%", "50%", "100%"])
    plot.xticks([1, len(days)], [days[0].day.isoformat(), days[-1].day.isoformat()])
    plot.plot(numbers, shares, marker="braille")
    plot.scatter(numbers, shares, marker="●")
    return Text.from_ansi(plot.build()).plain.rstrip()
