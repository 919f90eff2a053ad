"""A class report as text, HTML and CSV."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from io import StringIO
from textwrap import wrap

from assistant.guide.model import Guide
from assistant.text import bar
from assistant.training.attempts import Attempt, in_order
from assistant.training.judging import Answer
from assistant.training.report import (
    DAYS,
    FORKS,
    GRID,
    REWRITE,
    ClassReport,
    DayLine,
    ForkLine,
    StoryLine,
    Table,
    Tally,
    TraineeLine,
    answer_name,
    first_words,
    fork_name,
    learned_words,
    misread_words,
    mixup_words,
    tables,
    tally_words,
    trainee_words,
)

MIXUPS_MOST = 10
"""How many mix-ups are listed; the other forms of a report have them all."""


def report_text(guide: Guide, report: ClassReport) -> str:
    """Give the whole report without a bar or a table: every line is a sentence or a count."""
    if not report.trainees:
        return "No answers are recorded yet.\n"
    parts: dict[str, tuple[str, ...]] = {
        f"The class: {trainee_words(report)}": (),
        "Trainees": tuple(_trainee(guide, line) for line in report.trainees),
    }
    if report.picked.count:
        parts["Mix-ups, most frequent first"] = tuple(_mixups(guide, report))
    parts["Questions misread"] = tuple(_fork(guide, line) for line in report.forks)
    if report.picked.count:
        parts["Hardest stories"] = tuple(_stories(guide, report))
        parts["Progress over time"] = tuple(_day(line) for line in report.days)
    blocks = [
        "\n".join((title, *(f"  {line}" for line in lines))) for title, lines in parts.items()
    ]
    return "\n\n".join(blocks) + "\n"


def _trainee(guide: Guide, line: TraineeLine) -> str:
    return f"{line.alias}: {trainee_words(line)} Misreads: {misread_words(guide, line.misreads)}."


def _mixups(guide: Guide, report: ClassReport) -> Iterator[str]:
    wrong = {pair: count for pair, count in report.grid.items() if pair[0] != pair[1]}
    often = sorted(wrong.items(), key=lambda item: (-item[1], str(item[0])))
    for (right, chosen), count in often[:MIXUPS_MOST]:
        names = f"{answer_name(guide, chosen)} chosen, {answer_name(guide, right)} right"
        acceptable = report.acceptable.get((right, chosen), 0)
        yield f"{names}: {mixup_words(count, acceptable)}"
    if not wrong:
        yield "None: every answer was right."


def _fork(guide: Guide, line: ForkLine) -> str:
    by = ", ".join(f"{alias} {count}" for alias, count in line.by_trainee.items())
    times = mixup_words(line.misread, 0)
    return f"{fork_name(guide, line.fact)}: {times}{f' ({by})' if by else ''}"


def _stories(guide: Guide, report: ClassReport) -> Iterator[str]:
    for line in report.hardest:
        yield _story(guide, line)
    if not report.hardest:
        yield "None was missed."


def _story(guide: Guide, line: StoryLine) -> str:
    said = f"{first_words(line)}: missed by {line.missed_by} of {line.seen_by}"
    right = f"{answer_name(guide, line.right)} is right"
    name = f" ({line.story})" if line.told else ""
    return f"{said}; {right}{f'; {REWRITE}' if line.leech else ''}{name}"


def _day(line: DayLine) -> str:
    return f"{line.day.isoformat()}: {tally_words(line.picked)}"


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


_BAR = 20
_INDENT = "  "
_EMPTY = "·"


def report_columns(
    guide: Guide, report: ClassReport, width: int = 80, first: Sequence[Table] = ()
) -> Iterator[str]:
    """Give the whole report in lines of at most `width` columns, which is 60 or more.

    `first` are tables to begin with, such as the scores of a test.
    """
    if not report.trainees:
        yield "No answers are recorded yet."
        return
    yield from wrap(f"The class: {trainee_words(report)}", width)
    for table in first:
        yield from _part(f"{table.title}. {table.note}", _table(table), width)
    names = max(len(line.alias) for line in report.trainees)
    trainees = [text for line in report.trainees for text in _columns_trainee(guide, line, names)]
    yield from _part("Trainees", trainees, width)
    picked = report.picked.count > 0
    note = "Chosen against right: a row is the right answer, a column what was chosen"
    yield from _part(note, list(_grid(guide, report, width)), width) if picked else ()
    yield from _part("Questions misread", list(_forks(guide, report)), width)
    yield from _picked_last(guide, report, width) if picked else ()


def _picked_last(guide: Guide, report: ClassReport, width: int) -> Iterator[str]:
    hardest = "Hardest stories: how many missed it, of all who answered it"
    yield from _part(hardest, list(_columns_stories(guide, report)), width)
    days = [f"{line.day.isoformat()}  {_shares(line.picked)}" for line in report.days]
    yield from _part("Progress over time", days, width)


def _part(title: str, lines: Sequence[str], width: int) -> Iterator[str]:
    yield ""
    yield from wrap(title, width)
    for line in lines:
        yield from wrap(
            line,
            width,
            initial_indent=_INDENT,
            subsequent_indent=_INDENT * 3,
            drop_whitespace=True,
            replace_whitespace=False,
        )


def _shares(picked: Tally) -> str:
    shown = bar(picked.right, picked.count, _BAR).ljust(_BAR, "░")
    said = f"{picked.right} of {picked.count} right"
    others = f", {picked.acceptable} acceptable, {picked.wrong} wrong"
    return f"{shown}  {said}{others if picked.right < picked.count else ''}"


def _columns_trainee(guide: Guide, line: TraineeLine, names: int) -> Iterator[str]:
    learned = learned_words(line.learned, line.smooth).removesuffix(".") if line.learned else ""
    picked = _shares(line.picked) if line.picked.count else ""
    yield "  ".join(part for part in (line.alias.ljust(names), picked, learned) if part)
    if line.misreads:
        yield f"{_INDENT}misreads {misread_words(guide, line.misreads)}"


def _grid(guide: Guide, report: ClassReport, width: int) -> Iterator[str]:
    """Give a numbered row for each right answer, and a column of each number; right ones in brackets."""
    answers = report.answers
    cell = max(4, *(len(str(count)) + 3 for count in report.grid.values()), 0)
    room = width - len(_INDENT) - cell * len(answers)
    names = [f"{n} {_short(guide, answer)}" for n, answer in enumerate(answers, start=1)]
    longest = min(room, max(map(len, names)))
    head = "".join(str(n).rjust(cell) for n in range(1, len(answers) + 1))
    yield f"{'Right answer'.ljust(longest)[:longest]}{head}"
    for name, right in zip(names, answers, strict=True):
        cells = "".join(_columns_cell(report, right, chosen).rjust(cell) for chosen in answers)
        yield f"{name.ljust(longest)[:longest]}{cells}"


def _columns_cell(report: ClassReport, right: Answer, chosen: Answer) -> str:
    count = report.grid.get((right, chosen), 0)
    if right == chosen:
        return f"[{count}]"
    return f"{count} " if count else f"{_EMPTY} "


def _short(guide: Guide, answer: Answer) -> str:
    return answer_name(guide, answer).removesuffix(" Services")


def _forks(guide: Guide, report: ClassReport) -> Iterator[str]:
    most = max((line.misread for line in report.forks), default=0)
    names = max((len(fork_name(guide, line.fact)) for line in report.forks), default=0)
    for line in report.forks:
        yield _columns_fork(guide, line, most, names)


def _columns_fork(guide: Guide, line: ForkLine, most: int, names: int) -> str:
    by = ", ".join(f"{alias} {count}" for alias, count in line.by_trainee.items())
    shown = bar(line.misread, most, _BAR).ljust(_BAR)
    times = "once" if line.misread == 1 else f"{line.misread} times"
    name = fork_name(guide, line.fact).ljust(names)
    return f"{name}  {shown}  {times}{f': {by}' if by else ''}"


def _columns_stories(guide: Guide, report: ClassReport) -> Iterator[str]:
    for line in report.hardest:
        yield _columns_story(guide, line)
    if not report.hardest:
        yield "None was missed."


def _columns_story(guide: Guide, line: StoryLine) -> str:
    rewrite = REWRITE if line.leech else ""
    said = f"{line.missed_by} of {line.seen_by}".rjust(8)
    known = f"{_short(guide, line.right)}: {first_words(line)}"
    return (
        f"{said}  {rewrite.ljust(len(REWRITE))}  {known}{f' ({line.story})' if line.told else ''}"
    )


def _table(table: Table) -> list[str]:
    """Lay out a table in columns: numbers to the right, words to the left."""
    columns = list(zip(table.head, *table.rows, strict=True))
    wide = [max(len(str(cell)) for cell in column) for column in columns]
    return ["  ".join(map(_laid, row, wide)).rstrip() for row in (table.head, *table.rows)]


def _laid(cell: object, width: int) -> str:
    return str(cell).rjust(width) if isinstance(cell, int) else str(cell).ljust(width)


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How text begins that a spreadsheet would calculate."""

_COLUMNS = (
    *("when", "alias", "session", "mode", "class_id", "story", "outcome"),
    *("right", "chosen", "grade", "misread", "taken", "meaning_hash"),
)


def report_csv(
    guide: Guide, report: ClassReport, attempts: Iterable[Attempt], first: Iterable[Table] = ()
) -> dict[str, str]:
    """Return the text of each file by its name: `first`, the report's tables, and every answer.

    In the file of answers, an empty group is "ask the supervisor".
    """
    made = {
        f"{table.title.lower().replace(' ', '-')}.csv": _text([table.head, *table.rows])
        for table in (*first, *tables(guide, report))
    }
    answers = _text([_COLUMNS, *(_cells(attempt) for attempt in in_order(attempts))])
    return {**made, "answers.csv": answers}


def _cells(attempt: Attempt) -> list[object]:
    found = [getattr(attempt, name) for name in _COLUMNS[1:]]
    return [attempt.when.isoformat(), *("" if value is None else value for value in found)]


def _text(rows: Iterable[Iterable[object]]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _safe(cell: object) -> object:
    """Put a mark before text that would be calculated; numbers are left as they are."""
    if isinstance(cell, str) and cell.lstrip().startswith(_FORMULA):
        return f"'{cell}"
    return cell
