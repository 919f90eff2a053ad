"""Entries counted: by group, certainty, choice, month; small counts hidden."""

import csv
import json
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from assistant.engine.explain import ends_in_words
from assistant.guide.model import Guide
from assistant.text import bar

if TYPE_CHECKING:
    from assistant.records.store import OverrideCount, Summary


LEAST = 15
"""A count below this could point at a person, so it does not leave the computer."""

NOT_SHOWN = "not shown"
"""Stands for a count that is hidden so that another cannot be worked out from it."""

Name = TypeVar("Name", bound=Hashable)
Count = int | str
"""A number, or the words that stand for it."""


def under(least: int) -> str:
    """Give the words for a count that is too small to be shown."""
    return f"under {least}"


def hidden(cells: Mapping[Name, int], least: int = LEAST) -> dict[Name, Count] | None:
    """Give counts with every one from 1 to below `least` hidden, None where that cannot be safe.

    The reader is taken to know the sum of the cells. So the next smallest counts are hidden too, as
    `NOT_SHOWN`, until no hidden count can be worked out, and all hidden ones make at least `least`.
    """
    small = {name for name, count in cells.items() if 0 < count < least}
    large = sorted((n for n, count in cells.items() if count >= least), key=cells.__getitem__)
    beside = 0
    while small and _given_away(cells, small, large, beside, least):
        if beside == len(large):
            return None
        beside += 1
    unseen = set(large[:beside])
    return {
        name: under(least) if name in small else NOT_SHOWN if name in unseen else count
        for name, count in cells.items()
    }


def _given_away(
    cells: Mapping[Name, int], small: Collection[Name], large: list[Name], beside: int, least: int
) -> bool:
    """Tell whether what is hidden can be worked out: that its sum is small, or a cell is certain."""
    sum_ = sum(cells[name] for name in (*small, *large[:beside]))
    most = cells[large[beside]] if beside < len(large) else sum_
    ranges = [*[(1, least - 1)] * len(small), *[(least, most)] * beside]
    lowest, highest = (sum(ends) for ends in zip(*ranges, strict=True))
    return sum_ < least or any(
        max(low, sum_ - (highest - high)) == min(high, sum_ - (lowest - low))
        for low, high in ranges
    )


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
        yield line, bar(number, most, _BAR)


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


def as_csv(guide: Guide, shown: Shown) -> str:
    """Give one line a count: by what, its id, its words, how many; the total comes first."""
    text = StringIO()
    rows = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(("by", "id", "words", "entries"))
    rows.writerow(("total", "", "All entries that stand", shown.total))
    for table in tables(guide, shown):
        rows.writerows((table.name, line.name, line.words, line.count) for line in table.lines)
    return text.getvalue()


def as_json(guide: Guide, shown: Shown) -> str:
    """Give an object with the total and a list a table; a hidden count is text."""
    plain = {
        table.title.lower().replace(" ", "_"): [
            {"id": line.name, "words": line.words, "entries": line.count} for line in table.lines
        ]
        for table in tables(guide, shown)
    }
    return json.dumps({"total": shown.total, **plain}, indent=2) + "\n"


def as_markdown(guide: Guide, shown: Shown) -> str:
    """Give a page with a table for each way to count."""
    lines = ["# Entries that stand", "", f"In all: {shown.total}"]
    for table in tables(guide, shown):
        lines += ["", f"## {table.title}", "", "| | Entries |", "| --- | ---: |"]
        lines += [f"| {_shown(line.words)} | {line.count} |" for line in table.lines]
    return "\n".join(lines) + "\n"


FORMATS: Mapping[str, Callable[[Guide, Shown], str]] = MappingProxyType(
    {"csv": as_csv, "json": as_json, "markdown": as_markdown}
)
"""Ways to write a summary, by the name a person types."""


def _shown(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|" else c for c in text)


_FOLLOWED = "followed"
"""Stands among the groups chosen for the recommended one."""


@dataclass(frozen=True, slots=True)
class ShownOverride:
    """What workers chose at one end of the interview; each count is a number, or words for it.

    Where nothing was recommended, `chosen` counts every group that was decided on.
    """

    outcome: str | None
    recommended: str | None
    total: Count
    overridden: Count
    chosen: Mapping[str | None, Count]
    codes: Mapping[str, Count]

    @property
    def share(self) -> str:
        """How many of a hundred chose otherwise, where that is to be known."""
        if isinstance(self.total, int) and isinstance(self.overridden, int) and self.total:
            return f"{100 * self.overridden / self.total:.0f}%"
        return ""


def all_of(counts: Iterable["OverrideCount"]) -> list[ShownOverride]:
    """Give every count, for whoever works on this computer."""
    return [
        ShownOverride(c.outcome, c.recommended, c.total, c.overridden, c.chosen, c.codes)
        for c in counts
    ]


def few_hidden(counts: Sequence["OverrideCount"], least: int = LEAST) -> list[ShownOverride]:
    """Give the counts with those below `least` hidden, and what would give one of them away.

    How many chose otherwise is hidden with any part of it from which it could be taken.
    """
    totals = hidden(dict(enumerate(c.total for c in counts)), least)
    unsafe = dict.fromkeys(range(len(counts)), NOT_SHOWN)
    return [_hidden(c, (totals or unsafe)[place], least) for place, c in enumerate(counts)]


def override_lines(guide: Guide, shown: Iterable[ShownOverride]) -> Iterator[str]:
    """Say each end of the interview in a line that makes sense alone, with its share."""
    ends = ends_in_words(guide)
    for one in shown:
        end = _end(guide, one, ends)
        if one.recommended is None:
            yield f"{end}: entries {one.total}. Decided: {_groups(guide, one)}."
            continue
        share = f" ({one.share})" if one.share else ""
        yield f"{end}: entries {one.total}, chosen otherwise {one.overridden}{share}."
        if one.chosen:
            why = ", ".join(f"{_reason(guide, code)} {n}" for code, n in one.codes.items())
            group = chosen_words(guide, one.recommended)
            yield f"Instead of {group}: {_groups(guide, one)}. Why: {why}."


def _hidden(count: "OverrideCount", total: Count, least: int) -> ShownOverride:
    if count.recommended is None:
        return _decided_hidden(count, total, least)
    cells: dict[str | None, int] = {**count.chosen, _FOLLOWED: count.total - count.overridden}
    chosen = hidden(cells, least) if isinstance(total, int) else None
    if chosen is None:
        return _overrides_nothing_of(count, under(least) if count.total < least else NOT_SHOWN)
    if not isinstance(chosen.pop(_FOLLOWED), int):
        return _overrides_nothing_of(count, count.total)
    codes = hidden(count.codes, least) or dict.fromkeys(count.codes, NOT_SHOWN)
    return ShownOverride(
        count.outcome, count.recommended, count.total, count.overridden, chosen, codes
    )


def _decided_hidden(count: "OverrideCount", total: Count, least: int) -> ShownOverride:
    """Give what was decided where nothing was recommended, with small counts hidden."""
    chosen = hidden(count.chosen, least) if isinstance(total, int) else None
    if chosen is None:
        return _overrides_nothing_of(count, under(least) if count.total < least else NOT_SHOWN)
    return ShownOverride(count.outcome, None, total, 0, chosen, {})


def _overrides_nothing_of(count: "OverrideCount", total: Count) -> ShownOverride:
    """Give a count of which nothing can be shown but its total, or words for that."""
    chosen, codes = dict.fromkeys(count.chosen, NOT_SHOWN), dict.fromkeys(count.codes, NOT_SHOWN)
    return ShownOverride(count.outcome, count.recommended, total, NOT_SHOWN, chosen, codes)


def _end(guide: Guide, one: ShownOverride, ends: Mapping[str, str]) -> str:
    """Name an end by its group and the answers that lead there."""
    if one.recommended is None and one.outcome is None:
        return "No group named, since it depended on what was not known"
    group = chosen_words(guide, one.recommended) if one.recommended else "No group named"
    if one.outcome is None:
        return f"{group}, with some answers not known"
    where = ends.get(one.outcome)
    return f"{group}, where {where}" if where else f"{group}, under rules that have changed since"


def _groups(guide: Guide, one: ShownOverride) -> str:
    groups = in_guide_order(guide, one.chosen)
    return ", ".join(f"{chosen_words(guide, group)} {one.chosen[group]}" for group in groups)


def _reason(guide: Guide, code: str) -> str:
    return guide.about.override_reasons.get(code, code) or "no reason picked"
