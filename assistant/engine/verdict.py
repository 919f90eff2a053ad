"""What an interview that has ended says: a group, no group, or "if ... then ..."."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.content.model import Certainty, Guide
from assistant.engine.walk import Branch, Standing

Status = Literal["recommended", "refer", "depends"]
"""`recommended`: one group; `refer`: the documents name none; `depends`: on facts still open."""

_LEAST_SURE_FIRST: tuple[Certainty, ...] = ("refer", "judgement", "settled")


@dataclass(frozen=True)
class Row:
    """One line of an "if ... then ..." table.

    `assumed` gives for each fact that matters here the values it may have; `outcomes` are those
    the line may end in, all of them with the same result.
    """

    assumed: Mapping[str, tuple[str, ...]]
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """The end of an interview.

    `group` is set when status is `recommended`. `certainty` is that of the least sure outcome, or
    None when status is `depends`. `rows` tell groups apart; `details` tell outcomes apart. Both
    have a single row, which assumes nothing, when no open fact matters to them.
    """

    status: Status
    group: str | None
    certainty: Certainty | None
    rows: tuple[Row, ...]
    details: tuple[Row, ...]

    @property
    def open_facts(self) -> tuple[str, ...]:
        """The facts the worker is not sure of that still make a difference, in the order asked."""
        return tuple(dict.fromkeys(fact for row in self.details for fact in row.assumed))

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes the interview may end in, each once."""
        return tuple(dict.fromkeys(outcome for row in self.details for outcome in row.outcomes))


def verdict(guide: Guide, standing: Standing) -> Verdict:
    """Give what the interview says; `standing.asking` must be None."""
    branches = standing.branches
    details = _table(branches, 0, lambda outcome: outcome)
    rows = _table(branches, 0, lambda outcome: guide.outcomes[outcome].group)
    ends = [guide.outcomes[branch.place] for branch in branches]
    groups = {end.group for end in ends}
    if len(groups) > 1:
        return Verdict("depends", None, None, rows, details)
    (group,) = groups
    status: Status = "refer" if group is None else "recommended"
    certainty = least_sure(end.certainty for end in ends)
    return Verdict(status, group, certainty, rows, details)


def least_sure(certainties: Iterable[Certainty]) -> Certainty:
    """Give the certainty that promises least."""
    return min(certainties, key=_LEAST_SURE_FIRST.index)


def _table(
    branches: Sequence[Branch], depth: int, result: Callable[[str], str | None]
) -> tuple[Row, ...]:
    """Fold branches that split on the same facts into as few rows as tell the results apart."""
    first = branches[0]
    if len(first.assumed) == depth:
        return (Row({}, (first.place,)),)
    fact = list(first.assumed)[depth]
    by_value: dict[str, list[Branch]] = {}
    for branch in branches:
        by_value.setdefault(branch.assumed[fact], []).append(branch)
    tables = {value: _table(some, depth + 1, result) for value, some in by_value.items()}
    merged: list[tuple[list[str], tuple[Row, ...]]] = []
    for value, table in tables.items():
        same = next((i for i, (_, old) in enumerate(merged) if _alike(old, table, result)), None)
        if same is None:
            merged.append(([value], table))
        else:
            values, old = merged[same]
            merged[same] = ([*values, value], _joined(old, table))
    if len(merged) == 1:
        return merged[0][1]
    return tuple(
        Row({fact: tuple(values), **row.assumed}, row.outcomes)
        for values, table in merged
        for row in table
    )


def _alike(one: Sequence[Row], other: Sequence[Row], result: Callable[[str], str | None]) -> bool:
    """Tell whether two tables say the same; the outcomes of one row all have one result."""
    return [(row.assumed, result(row.outcomes[0])) for row in one] == [
        (row.assumed, result(row.outcomes[0])) for row in other
    ]


def _joined(one: Sequence[Row], other: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(
        Row(a.assumed, tuple(dict.fromkeys((*a.outcomes, *b.outcomes))))
        for a, b in zip(one, other, strict=True)
    )
