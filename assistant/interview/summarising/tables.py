"""A summary of what was recorded, as tables of words and counts that every front end shows alike."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from assistant.content.model import Guide
from assistant.interview.summarising.hiding import LEAST, NOT_SHOWN, Count, hidden, under

if TYPE_CHECKING:
    from assistant.records.counting import Summary

LEFT = "Left to the supervisor"
"""Stands where no group was chosen."""

CERTAINTIES: Mapping[str, str] = MappingProxyType(
    {
        "settled": "The documents settle it",
        "judgement": "A matter of judgement",
        "refer": "The documents name no group",
        "depends": "Unresolved",
    }
)
"""How sure the documents were, in the few words that fit beside a bar, surest first."""

FOLLOWED = "As recommended"
OVERRIDDEN = "Chosen otherwise"
NOTHING = "Nothing was recommended"

_BAR = 40
"""Longest bar, in columns."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A summary as it is shown: each count is a number, or the words that stand for it."""

    by_group: Mapping[str | None, Count]
    by_certainty: Mapping[str, Count]
    by_overridden: Mapping[bool | None, Count]
    by_month: Mapping[str, Count]
    total: Count


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what is counted, by its id and in words, and how many."""

    name: str
    words: str
    count: Count


@dataclass(frozen=True, slots=True)
class Table:
    """One way to count the entries; `name` is for programs, `title` for people."""

    name: str
    title: str
    lines: tuple[Line, ...]


def in_full(summary: "Summary") -> Shown:
    """Give a summary with every count, for whoever works on this computer."""
    parts = (summary.by_group, summary.by_certainty, summary.by_overridden, summary.by_month)
    return Shown(*parts, summary.total)


def suppressed(summary: "Summary", least: int = LEAST) -> Shown:
    """Give a summary that can be handed on: counts below `least` are hidden (see `hidden`).

    All four parts have the same total. Where one of them cannot be made safe, every count is hidden,
    the total too, since another part would else give that total away.
    """
    group = hidden(summary.by_group, least)
    certainty = hidden(summary.by_certainty, least)
    followed = hidden(summary.by_overridden, least)
    month = hidden(summary.by_month, least)
    if group is None or certainty is None or followed is None or month is None:
        return _nothing_of(summary, under(least) if summary.total < least else NOT_SHOWN)
    return Shown(group, certainty, followed, month, summary.total)


def tables(guide: Guide, shown: Shown) -> tuple[Table, ...]:
    """Give the four tables of a summary; groups stand in the guide's order, months in time's."""
    groups = in_guide_order(guide, shown.by_group)
    certainties = sorted(shown.by_certainty, key=_surest_first)
    overridden = ((FOLLOWED, False), (OVERRIDDEN, True), (NOTHING, None))
    return (
        Table(
            "group",
            "By group",
            tuple(_line(g, chosen_words(guide, g), shown.by_group[g]) for g in groups),
        ),
        Table(
            "certainty",
            "By certainty",
            tuple(_line(c, CERTAINTIES.get(c, c), shown.by_certainty[c]) for c in certainties),
        ),
        Table(
            "overridden",
            "By recommendation",
            tuple(
                _line(str(flag).lower(), words, shown.by_overridden[flag])
                for words, flag in overridden
                if flag in shown.by_overridden
            ),
        ),
        Table("month", "By month", tuple(_line(m, m, n) for m, n in shown.by_month.items())),
    )


def chosen_words(guide: Guide, group: str | None) -> str:
    """Give the name of a group chosen, as kept where today's guide does not have it."""
    if group is None:
        return LEFT
    return guide.groups[group].name if group in guide.groups else group


def in_guide_order(guide: Guide, groups: Iterable[str | None]) -> list[str | None]:
    """Give groups as the guide has them; then those it has no longer, and last no group."""
    order = {name: place for place, name in enumerate(guide.groups)}
    return sorted(groups, key=lambda g: (g is None, order.get(g or "", len(order)), g or ""))


def bars(table: Table) -> Iterator[tuple[Line, str]]:
    """Give each line of a table with a bar as long as its count is great; "" for one not shown."""
    counts = [line.count for line in table.lines if isinstance(line.count, int)]
    most = max(counts, default=0) or 1
    for line in table.lines:
        number = line.count if isinstance(line.count, int) else 0
        yield line, "█" * max(round(number * _BAR / most), int(number > 0))


def _line(name: str | None, words: str, count: Count) -> Line:
    return Line(name or "", words, count)


def _surest_first(certainty: str) -> tuple[int, str]:
    order = list(CERTAINTIES)
    return (order.index(certainty) if certainty in order else len(order)), certainty


def _nothing_of(summary: "Summary", words: str) -> Shown:
    return Shown(
        dict.fromkeys(summary.by_group, words),
        dict.fromkeys(summary.by_certainty, words),
        dict.fromkeys(summary.by_overridden, words),
        dict.fromkeys(summary.by_month, words),
        words,
    )
