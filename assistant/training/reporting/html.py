"""A class report as one page that needs nothing else: no script, no network, fit to print."""

from collections.abc import Iterable, Mapping
from html import escape

from assistant.content.model import Guide
from assistant.training.reporting.charts import bars, days_line
from assistant.training.reporting.lines import ClassReport
from assistant.training.reporting.parts import tables
from assistant.training.reporting.words import (
    DAYS,
    FORKS,
    GRID,
    Table,
    answer_name,
    fork_name,
    trainee_words,
)

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #c7ccd1; --fill: #2f6fb0;
  --tint: 47, 111, 176; --soft: #57606a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --paper: #15181c; --line: #444b54; --fill: #7fb4e6;
    --tint: 127, 180, 230; --soft: #a8b0b8; }
}
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { line-height: 1.2; }
section { margin: 2.5rem 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
th, td { border: 1px solid var(--line); padding: .3rem .55rem; text-align: left;
  vertical-align: top; }
tbody th { white-space: nowrap; }
.grid tbody th { white-space: normal; }
table.grid { table-layout: fixed; width: 100%; font-size: .8rem; hyphens: auto;
  overflow-wrap: anywhere; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.grid td { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
td.right { outline: 2px solid var(--fill); outline-offset: -2px; font-weight: bold; }
.grid th[scope=col] { font-size: .75rem; font-weight: normal; padding: .3rem .2rem;
  overflow-wrap: anywhere; vertical-align: bottom; }
.grid th:first-child { width: 24%; }
svg { max-width: 100%; height: auto; }
svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
svg .bar { fill: var(--fill); }
svg .line { fill: none; stroke: var(--fill); stroke-width: 2; }
svg .axis { stroke: var(--line); }
@media print {
  @page { margin: 1.3cm; }
  :root { --ink: #000; --paper: #fff; --line: #888; --fill: #444; --tint: 120, 120, 120;
    --soft: #333; }
  html { font-size: 8.5pt; }
  body { margin: 0; max-width: none; }
  section { break-inside: avoid; }
  .wide { overflow: visible; }
  h1 { font-size: 16pt; }
  h2 { font-size: 12pt; break-after: avoid; }
  th, td { padding: .15rem .3rem; }
  .grid th[scope=col] { font-size: 6.5pt; padding: .15rem .1rem; }
  .grid th:first-child { width: 22%; }
  section { margin: 1rem 0; }
  svg { max-width: 75%; }
}
"""


NOTHING = "No answers are recorded yet."
"""Said of a class that has not begun."""


def report_html(
    guide: Guide,
    report: ClassReport,
    title: str = "Class report",
    first: Iterable[Table] = (),
) -> str:
    """Give the whole page, with the tables `first` on top; every picture's numbers stand in a table."""
    pictures = _pictures(guide, report) if report.trainees else {}
    parts = [_section(table, report, pictures.get(table.title)) for table in tables(guide, report)]
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
            f"<h1>{escape(title)}</h1>",
            f"<p>{escape(trainee_words(report) or NOTHING)}</p>",
            *(_section(table, report, None) for table in first),
            *parts,
            "</body>\n</html>\n",
        )
    )


def _pictures(guide: Guide, report: ClassReport) -> Mapping[str, str]:
    """Give the pictures by the title of the table that has their numbers."""
    by_group = {
        answer_name(guide, right): (
            report.grid.get((right, right), 0),
            sum(report.grid.get((right, chosen), 0) for chosen in report.answers),
        )
        for right in report.answers
    }
    most = max((line.misread for line in report.forks), default=0)
    forks = {fork_name(guide, line.fact): (line.misread, most) for line in report.forks}
    if not report.picked.count:
        return {FORKS: bars("Times misread, by question", forks, of_most=True)}
    return {
        GRID: bars("Answered right, by group", by_group),
        FORKS: bars("Times misread, by question", forks, of_most=True),
        DAYS: days_line("Share right or acceptable, day by day", report.days),
    }


def _section(table: Table, report: ClassReport, picture: str | None) -> str:
    title = escape(table.title)
    head = "".join(f'<th scope="col">{_head(table, cell)}</th>' for cell in table.head)
    most = max(report.grid.values(), default=0) if table.title == GRID else 0
    kind = ' class="grid"' if table.title == GRID else ""
    rows = "\n".join(_row(row, number, most) for number, row in enumerate(table.rows))
    return (
        f"<section>\n<h2>{title}</h2>\n{picture or ''}\n"
        f'<div class="wide" role="region" aria-label="{title}" tabindex="0">\n'
        f"<table{kind}>\n<caption>{escape(table.note)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n</section>"
    )


def _head(table: Table, cell: str) -> str:
    """Give a column's head; in the grid without the word that all groups share, to be narrow."""
    if table.title != GRID:
        return escape(cell)
    return escape(cell.removesuffix(" Services")).replace("/", "/&#8203;")


def _row(row: tuple[object, ...], number: int, most: int) -> str:
    first, *rest = row
    cells = "".join(
        _cell(cell, most, right=most > 0 and n == number) for n, cell in enumerate(rest)
    )
    return f'<tr><th scope="row">{escape(str(first))}</th>{cells}</tr>'


def _cell(cell: object, most: int, *, right: bool) -> str:
    """Lay out one cell; with `most` it is shaded by its share of that, and framed where it is right."""
    if not isinstance(cell, int):
        return f"<td>{escape(str(cell))}</td>"
    shade = (
        f' style="background: rgba(var(--tint), {cell / most / 2:.2f})"' if most and cell else ""
    )
    return f'<td class="number{" right" if right else ""}"{shade}>{cell}</td>'
