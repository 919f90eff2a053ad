"""A class report as CSV, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable
from io import StringIO

from assistant.content.model import Guide
from assistant.training.attempts import Attempt, in_order
from assistant.training.reporting.lines import ClassReport
from assistant.training.reporting.parts import tables
from assistant.training.reporting.words import Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How text begins that a spreadsheet would calculate."""

_COLUMNS = (
    *("when", "alias", "session", "mode", "class_id", "story", "outcome"),
    *("right", "chosen", "grade", "misread", "taken", "meaning_hash"),
)


def report_csv(guide: Guide, report: ClassReport, first: Iterable[Table] = ()) -> str:
    """Give tables one below the other, each under its title: `first`, and those of the report."""
    rows: list[Iterable[object]] = []
    for table in (*first, *tables(guide, report)):
        rows += [(table.title,), table.head, *table.rows, ()]
    return _text(rows)


def attempts_csv(attempts: Iterable[Attempt]) -> str:
    """Give a line for each attempt; an empty group is "ask the supervisor"."""
    return _text([_COLUMNS, *(_cells(attempt) for attempt in in_order(attempts))])


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
