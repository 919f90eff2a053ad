"""Tables of counts, and their layouts: columns for a terminal, sentences, a page, CSV."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from io import StringIO
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, TypeAlias

from assistant.shapes import Frozen
from assistant.text import bar, columns, csv_cell, day_shown, laid_out, visible

if TYPE_CHECKING:
    from datetime import date

Cell: TypeAlias = "str | int | float | date"
Rows = tuple[tuple[Cell, ...], ...]

_BAR_MOST, _BAR_LEAST = 24, 8  # columns of the longest bar, and room below which none is drawn
_SHORT = 18  # columns of a text that may stand beside the numbers while longer ones stand below
_NAME_LEAST = 12  # columns below which the names of rows are not folded

_INDENT = "  "


class Table(Frozen):
    """Counts under a title; the first cell of each row is its name.

    `bar` heads the column that is drawn as bars: each as its share of the column `whole`, or of the
    greatest in its own column where no whole is named. Text in place of a number has no bar.
    `empty` is said where there are no rows.
    """

    title: str
    note: str
    head: tuple[str, ...]
    rows: Rows
    bar: str = ""
    whole: str = ""
    empty: str = "None."

    @property
    def heading(self) -> str:
        return f"{self.title}. {self.note}" if self.note else f"{self.title}:"

    @property
    def is_square(self) -> bool:
        """Whether rows and columns have the same names, so that the diagonal is where they agree."""
        return len(self.rows) > 1 and self.head[1:] == tuple(row[0] for row in self.rows)

    @property
    def is_list(self) -> bool:
        """Whether one column alone follows the names, so that its head says nothing."""
        return len(self.head) == 2  # noqa: PLR2004 - the name, and what is told of it

    @property
    def as_read(self) -> "Table":
        """The table with its days as Americans read them, and fractions alike; CSV has them as they are."""
        return replace(self, rows=tuple(tuple(map(_as_read, row)) for row in self.rows))

    def column(self, head: str) -> list[Cell]:
        place = self.head.index(head)
        return [row[place] for row in self.rows]

    def shares(self) -> list[tuple[int, int]]:
        """Return each row's part and whole, for its bar."""
        if not self.bar:
            return []
        parts = [_number(cell) for cell in self.column(self.bar)]
        if self.whole:
            return list(zip(parts, map(_number, self.column(self.whole)), strict=True))
        return [(part, max(parts)) for part in parts]


def _as_read(cell: Cell) -> Cell:
    if isinstance(cell, float):
        return f"{cell:.2f}"
    return cell if isinstance(cell, (str, int)) else day_shown(cell)


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def as_columns(table: Table, width: int) -> Iterator[str]:
    """Return lines of at most `width` columns: numbers in columns with bars, long texts below them.

    A table whose numbers do not fit beside the names of its rows is said in sentences.
    """
    room, table = width - len(_INDENT), table.as_read
    if table.is_square:
        lines = list(_in_columns(_numbered(table), room, " "))
    else:
        lines = list(_in_columns(table, room) if table.rows else laid_out([table.empty], room))
    if any(columns(line) > room for line in lines):
        lines = list(laid_out(as_sentences(table), room))
    yield from (f"{_INDENT}{line}" for line in lines)


def as_sentences(table: Table) -> Iterator[str]:
    """Return a line a row that makes sense alone, for whoever hears it."""
    if not table.rows:
        yield table.empty
    for name, *cells in table.as_read.rows:
        told = [
            (head, cell) for head, cell in zip(table.head[1:], cells, strict=True) if cell != ""
        ]
        if table.is_list:
            yield f"{name}: {cells[0]}"
        else:
            yield f"{name}. {'; '.join(f'{head}: {cell}' for head, cell in told)}."


def as_text(tables: Iterable[Table], width: int, *, heard: bool = False) -> Iterator[str]:
    """Return tables under their headings in columns; to be heard, in sentences, and without squares."""
    for table in tables:
        if heard and table.is_square:
            continue
        yield ""
        yield from laid_out([table.heading], width)
        if heard:
            yield from laid_out(as_sentences(table), width)
        else:
            yield from as_columns(table, width)


def _numbered(table: Table) -> Table:
    """Return a square table with numbers for its columns' names, and the diagonal in brackets."""
    rows = (
        (
            f"{number} {name}",
            *(
                f"[{cell}]" if at == number else f"{cell or '·'} "
                for at, cell in enumerate(cells, 1)
            ),
        )
        for number, (name, *cells) in enumerate(table.rows, 1)
    )
    numbers = (str(number) for number in range(1, len(table.head)))
    return replace(table, head=(table.head[0], *numbers), rows=tuple(rows))


class _Column(Frozen):
    head: str
    cells: tuple[str, ...]
    width: int
    is_number: bool

    def padded(self, text: str) -> str:
        """Return text as wide as the column, a number to the right."""
        space = " " * (self.width - columns(text))
        return f"{space}{text}" if self.is_number else f"{text}{space}"


def _columns(table: Table) -> Iterator[_Column]:
    for at, head in enumerate(table.head):
        cells = tuple(visible(str(row[at])) for row in table.rows)
        words = () if table.is_list else head.split()
        is_number = at > 0 and not any(letter.isalpha() for cell in cells for letter in cell)
        yield _Column(head, cells, max(1, *map(columns, (*words, *cells))), is_number)


def _in_columns(table: Table, width: int, gap: str = "  ") -> Iterator[str]:
    """Return the heads, and each row with its bar; texts without room beside are below their row."""
    name, *others = _columns(table)
    numbers = [column for column in others if column.is_number and any(column.cells)]
    texts = [column for column in others if not column.is_number]
    room = width - sum(column.width + len(gap) for column in numbers)
    name = replace(name, width=min(name.width, max(_NAME_LEAST, room)))
    room -= name.width + (_BAR_LEAST + len(gap)) * bool(table.bar)
    beside = list(_fitting(texts, room, len(gap)))
    below = [column for column in texts if column not in beside]
    of_texts = sum(column.width + len(gap) for column in beside)
    bars = _bars(table, min(_BAR_LEAST + room - of_texts, _BAR_MOST))
    shown = (name, *numbers, *beside)
    for heads in () if table.is_list else _heads(shown):
        yield _line(shown, heads, gap).rstrip()
    for at, long_name in enumerate(name.cells):
        fits = columns(long_name) <= name.width
        *before, called = [long_name] if fits else laid_out([long_name], name.width)
        yield from before
        cells = (called, *(column.cells[at] for column in shown[1:]))
        yield f"{_line(shown, cells, gap)}{gap}{bars[at] if bars else ''}".rstrip()
        told = [f"{column.head}: {column.cells[at]}" for column in below if column.cells[at]]
        yield from (f"{_INDENT}{line}" for line in laid_out(told, width - len(_INDENT)))


def _fitting(texts: Sequence[_Column], room: int, gap: int) -> Iterator[_Column]:
    """Return the columns of texts that have room beside the numbers: all, or the short ones that fit."""
    whole = sum(column.width + gap for column in texts) <= room
    for column in texts:
        if whole or (column.width <= _SHORT and column.width + gap <= room):
            room -= column.width + gap
            yield column


def _line(shown: Iterable[_Column], cells: Iterable[str], gap: str) -> str:
    return gap.join(column.padded(cell) for column, cell in zip(shown, cells, strict=True))


def _bars(table: Table, room: int) -> list[str]:
    """Return a bar for each row; none where they have no room."""
    if room < _BAR_LEAST:
        return []
    drawn = [(bar(part, whole, room), whole) for part, whole in table.shares()]
    return [blocks.ljust(room, "░") if table.whole and whole else blocks for blocks, whole in drawn]


def _heads(shown: Sequence[_Column]) -> Iterator[list[str]]:
    """Return the heads in as many lines as the longest needs, each above its column."""
    broken = [wrap(column.head, column.width) for column in shown]
    tall = max(map(len, broken))
    for level in range(tall):
        yield [[*[""] * (tall - len(lines)), *lines][level] for lines in broken]


def csv_line(cells: Iterable[object]) -> str:
    """Return a line of CSV, every value quoted and none of them a formula."""
    line = StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(csv_cell, cells))
    return line.getvalue()


def as_csv(table: Table) -> str:
    """Return the head and the rows as CSV; its title is for the file's name."""
    return "".join(map(csv_line, (table.head, *table.rows)))


def as_html(table: Table) -> str:
    """Return a section of a page: bars lie behind the numbers that they draw, and a square is shaded.

    Texts too long for a column are below their row, and are kept on one sheet with it.
    """
    table = table.as_read
    title = escape(table.title)
    if not table.rows:
        return f"<section>\n<h2>{title}</h2>\n<p>{escape(table.empty)}</p>\n</section>"
    square = ' class="square"' if table.is_square else ""
    long = [at for at in range(1, len(table.head)) if _is_long(table, at)]
    short = [at for at in range(len(table.head)) if at not in long]
    head = "".join(f'<th scope="col">{escape(table.head[at])}</th>' for at in short)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(str(row[0]))}</th>'
        f"{''.join(cells[at - 1] for at in short[1:])}</tr>{_told(table, row, long, len(short))}"
        for row, cells in zip(table.rows, _cells(table), strict=True)
    )
    if long:
        rows = rows.replace("\n<tr><th", "\n</tbody><tbody>\n<tr><th")
    return (
        f"<section>\n<h2>{title}</h2>\n"
        f'<div class="wide" role="region" aria-label="{title}" tabindex="0">\n'
        f"<table{square}>\n"
        f"<caption><div>{escape(table.note)}</div></caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n</section>"
    )


_LONG = 60  # characters from which on a text is below its row, where a table has other columns


def _is_long(table: Table, at: int) -> bool:
    return not table.is_list and any(len(str(row[at])) > _LONG for row in table.rows)


def _told(table: Table, row: tuple[Cell, ...], long: Sequence[int], across: int) -> str:
    """Return the long texts of a row, each after the name of its column; nothing where there are none."""
    said = "<br>".join(
        f"<b>{escape(table.head[at])}</b> {escape(str(row[at]))}" for at in long if row[at]
    )
    return f'\n<tr class="told"><td colspan="{across}"><div>{said}</div></td></tr>' if said else ""


def _cells(table: Table) -> Iterator[list[str]]:
    """Return the cells of each row but its name."""
    most = max((_number(cell) for row in table.rows for cell in row[1:]), default=0) or 1
    shares = table.shares()
    for at, (_, *cells) in enumerate(table.rows):
        if table.is_square:
            shades = (f"--shade: {_number(cell) / most / 2:.2f}" for cell in cells)
            kinds = ["shade agrees" if place == at else "shade" for place in range(len(cells))]
            yield [_cell(*each) for each in zip(cells, kinds, shades, strict=True)]
        else:
            part, whole = shares[at] if shares else (0, 0)
            share = f"--share: {100 * part // (whole or 1)}%"
            drawn = [head == table.bar for head in table.head[1:]]
            yield [
                _cell(cell, "bar" * is_bar, share * is_bar)
                for cell, is_bar in zip(cells, drawn, strict=True)
            ]


def _cell(cell: Cell, kind: str, style: str) -> str:
    if not isinstance(cell, int):
        return f"<td>{escape(str(cell))}</td>"
    styled = f' style="{style}"' if style else ""
    classes = f"number {kind}".rstrip()
    return f'<td class="{classes}"{styled}>{cell}</td>'


def as_page(title: str, lead: str, tables: Iterable[Table], *, card: bool = False) -> str:
    """Return a page that needs nothing from anywhere, in either theme and on paper.

    A card is set in two columns and small enough for one sheet.
    """
    style = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>",
            '<body class="card">' if card else "<body>",
            f"<h1>{escape(title)}</h1>\n<p>{escape(lead)}</p>",
            *map(as_html, tables),
            "</body>\n</html>\n",
        )
    )
