"""Counts entries as they now are: a corrected one once, a withdrawn one not at all."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, Subquery, func, select

from assistant.records.finding.search import conditions
from assistant.records.schema import ENTRIES
from assistant.records.wanted import Wanted

_MONTH = len("2026-10")


@dataclass(frozen=True, slots=True)
class Summary:
    """How many entries there are: by group chosen, certainty, overridden or not, month, and in all.

    The group None stands for what was left to the supervisor, and None among `by_overridden` for where
    nothing was recommended; a month reads `2026-10`, in order.
    """

    by_group: dict[str | None, int] = field(default_factory=dict)
    by_certainty: dict[str, int] = field(default_factory=dict)
    by_overridden: dict[bool | None, int] = field(default_factory=dict)
    by_month: dict[str, int] = field(default_factory=dict)
    total: int = 0


@dataclass(frozen=True, slots=True)
class OverrideCount:
    """What workers chose where an outcome recommended a group, or named none.

    `total` counts its entries; `chosen` counts the groups chosen otherwise, None for what was left
    to the supervisor, and `codes` the reasons for it, "" where none was picked. Where nothing was
    recommended, `chosen` counts every group that was decided on, and nothing is overridden.
    `outcome` is None where the interview had several possible ends.
    """

    outcome: str | None
    recommended: str | None
    total: int
    chosen: dict[str | None, int]
    codes: dict[str, int]

    @property
    def overridden(self) -> int:
        """How many chose otherwise than was recommended."""
        return sum(self.chosen.values()) if self.recommended else 0


def summary(connection: Connection, wanted: Wanted) -> Summary:
    """Count the entries wanted that stand, along each of four lines, in one reading."""
    rows = _standing(connection, wanted)
    parts = (rows.c.chosen, rows.c.certainty, rows.c.overridden, rows.c.month)
    counts = tuple(Counter[Any]() for _ in parts)
    for *values, number in connection.execute(select(*parts, func.count()).group_by(*parts)):
        for counter, value in zip(counts, values, strict=True):
            counter[value] += number
    group, certainty, overridden, month = counts
    return Summary(
        by_group=dict(group),
        by_certainty=dict(certainty),
        by_overridden={_flag(value): number for value, number in overridden.items()},
        by_month=dict(sorted(month.items())),
        total=month.total(),
    )


def overrides(connection: Connection, wanted: Wanted) -> list[OverrideCount]:
    """Count for each outcome what was chosen instead, where most workers chose otherwise first.

    Those that recommended nothing come last.
    """
    rows = _standing(connection, wanted)
    parts = (
        rows.c.outcome,
        rows.c.recommended,
        rows.c.overridden,
        rows.c.chosen,
        rows.c.reason_code,
    )
    found: dict[tuple[str | None, str | None], list[Row[Any]]] = {}
    for row in connection.execute(select(*parts, func.count().label("n")).group_by(*parts)):
        found.setdefault((row.outcome, row.recommended), []).append(row)
    counts = [_folded(*ends, some) for ends, some in found.items()]
    return sorted(counts, key=_most_doubtful_first)


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _standing(connection: Connection, wanted: Wanted) -> Subquery:
    """Give what is counted of each entry; the month is named here, as no database groups by it else."""
    columns = ENTRIES.c
    parts = (columns.outcome, columns.recommended, columns.certainty, columns.chosen)
    month = func.substr(columns.day, 1, _MONTH).label("month")
    query = select(*parts, columns.overridden, columns.reason_code, month)
    return query.where(*conditions(connection, replace(wanted, standing="standing"))).subquery()


def _folded(outcome: str | None, recommended: str | None, rows: list[Row[Any]]) -> OverrideCount:
    chosen: Counter[str | None] = Counter()
    codes: Counter[str] = Counter()
    for row in rows:
        if row.overridden or not recommended:
            chosen[row.chosen] += row.n
        if row.overridden:
            codes[row.reason_code or ""] += row.n
    total = sum(int(row.n) for row in rows)
    return OverrideCount(
        outcome, recommended, total, dict(chosen.most_common()), dict(codes.most_common())
    )


def _most_doubtful_first(count: OverrideCount) -> tuple[bool, float, int, str]:
    share = count.overridden / count.total
    return count.recommended is None, -share, -count.total, count.outcome or ""
