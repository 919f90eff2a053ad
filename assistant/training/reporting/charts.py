"""The pictures of a class report: inline SVG, each with its meaning in words."""

from collections.abc import Mapping, Sequence
from html import escape

from assistant.training.reporting.lines import DayLine

_LABELS = 330
_BARS = 300
_STEP = 26
_HEIGHT = 140
_WIDTH = 600
_EDGE = 40


def bars(title: str, shares: Mapping[str, tuple[int, int]], *, of_most: bool = False) -> str:
    """Give a bar for each name under a title, as long as its first number is of its second.

    Both numbers stand beside the bar, unless the second is only the most of all.
    """
    lines = []
    for place, (name, (part, whole)) in enumerate(shares.items()):
        top = place * _STEP
        width = part * _BARS // whole if whole else 0
        number = str(part) if of_most else f"{part} of {whole}"
        lines.append(
            f'<text x="0" y="{top + 17}">{escape(name)}</text>'
            f'<rect class="bar" x="{_LABELS}" y="{top + 4}" width="{width}" height="18"/>'
            f'<text x="{_LABELS + width + 8}" y="{top + 17}">{number}</text>'
        )
    said = "; ".join(
        f"{name}: {part}" if of_most else f"{name}: {part} of {whole}"
        for name, (part, whole) in shares.items()
    )
    size = (_LABELS + _BARS + 90, len(shares) * _STEP + 4)
    return _svg(f"{title}. {said}.", size, lines)


def days_line(title: str, days: Sequence[DayLine]) -> str:
    """Give the share right or acceptable of each day as a line with its numbers."""
    span = max(1, len(days) - 1)
    room = _WIDTH - 2 * _EDGE
    points = [
        (_EDGE + place * room // span, 10 + (100 - day.picked.percent) * _HEIGHT // 100)
        for place, day in enumerate(days)
    ]
    lines = [_axis(percent) for percent in (0, 50, 100)]
    drawn = " ".join(f"{x},{y}" for x, y in points)
    lines.append(f'<polyline class="line" points="{drawn}"/>')
    lines += [f'<circle class="bar" cx="{x}" cy="{y}" r="4"/>' for x, y in points]
    lines += _ends(days)
    said = "; ".join(f"{day.day.isoformat()}: {day.picked.percent}%" for day in days)
    return _svg(f"{title}. {said}.", (_WIDTH, _HEIGHT + 40), lines)


def _axis(percent: int) -> str:
    height = 10 + (100 - percent) * _HEIGHT // 100
    return (
        f'<line class="axis" x1="{_EDGE}" x2="{_WIDTH - _EDGE}" y1="{height}" y2="{height}"/>'
        f'<text x="0" y="{height + 4}">{percent}%</text>'
    )


def _ends(days: Sequence[DayLine]) -> list[str]:
    """Give the first and the last day below the line."""
    below = _HEIGHT + 32
    first = [f'<text x="{_EDGE}" y="{below}">{days[0].day.isoformat()}</text>'] if days else []
    if len(days) > 1:
        last = days[-1].day.isoformat()
        first.append(f'<text x="{_WIDTH - _EDGE}" y="{below}" text-anchor="end">{last}</text>')
    return first


def _svg(said: str, size: tuple[int, int], lines: Sequence[str]) -> str:
    width, height = size
    body = "\n".join(lines)
    title, _, _ = said.partition(".")
    return (
        f"<p>{escape(title)}</p>\n"
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" '
        f'aria-label="{escape(said)}">\n{body}\n</svg>'
    )
