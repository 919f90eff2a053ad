"""Draws a class report: the grid of what was chosen against what was right, then the rest in words."""

from collections.abc import Iterator

from assistant.content.model import Guide
from assistant.training.reporting.lines import ClassReport
from assistant.training.reporting.text import report_text
from assistant.training.reporting.words import answer_name
from assistant.tui.text import Part, joined
from assistant.tui.widgets.conversation import Block

_NAME, _NUMBER, _CELL = 36, 3, 4
"""Columns for the longest name of a group, for its number, and for a count."""


def report_blocks(guide: Guide, report: ClassReport, width: int) -> Iterator[Block]:
    """Give a report as blocks in lines of `width`; the words below the grid say all that it shows."""
    parts = report_text(guide, report).strip().split("\n\n")
    yield _part(parts[0])
    if report.grid:
        yield Block("story", joined(_grid(guide, report, width)))
    yield from map(_part, parts[1:])
    if len(report.days) > 1:
        yield Block(
            "story", joined([("Right or acceptable, day by day\n", "bold"), _chart(report, width)])
        )


def _chart(report: ClassReport, width: int) -> Part:
    from assistant.tui.practice.chart import days_chart  # noqa: PLC0415 - its library loads late

    return days_chart(report.days, width), ""


def _part(text: str) -> Block:
    title, line, rest = text.partition("\n")
    return Block("story", joined([(title, "bold"), (line + rest, "")]))


def _grid(guide: Guide, report: ClassReport, width: int) -> Iterator[Part]:
    yield "Chosen against right", "bold"
    yield "\nA row is the right answer; a column, by its number, what was chosen.", ""
    numbers = range(1, len(report.answers) + 1)
    wide = max(_CELL, min(_NAME, width - len(numbers) * _CELL - _NUMBER))
    yield f"\n{'':{wide + _NUMBER}}{''.join(f'{number:>{_CELL}}' for number in numbers)}", "bold"
    for number, right in zip(numbers, report.answers, strict=True):
        name = answer_name(guide, right).removesuffix(" Services")
        yield f"\n{number:>2} {name[:wide]:{wide}}", ""
        for chosen in report.answers:
            count = report.grid.get((right, chosen), 0)
            yield f"{count or '·':>{_CELL}}", "bold" if count and chosen == right else ""
