"""Entries counted and narrowed: by group, certainty, recommendation and month; what was chosen otherwise."""

import json
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.cases.forms import SUPERVISOR, groups_to_choose
from assistant.engine.verdict import CERTAINTY_WORDS, ends_in_words, recorded_group
from assistant.guide.earlier import earlier_guides
from assistant.guide.loading import LoadedGuide
from assistant.guide.model import Guide
from assistant.records.entry import EVERYTHING, EntryFilter
from assistant.records.fields import DAY_HINT, Field, FieldProblem, Form, Typed
from assistant.shapes import Frozen
from assistant.tables import Cell, Table
from assistant.text import day_read, day_shown, day_typed, percent

if TYPE_CHECKING:
    from assistant.records.finding import OverrideCount, Summary

LEAST = 15  # a count below this could point at a person, so it does not leave the computer

NOT_SHOWN = "not shown"  # a count that would give a hidden one away

Name = TypeVar("Name", bound=Hashable)


WHY_HIDDEN = (
    f"The output does not go to a terminal, so counts under {LEAST} are hidden, with any count that"
    " would reveal them. To show them, add --unsuppressed."
)


def under(least: int) -> str:
    """Return the words for a count that is too small to be shown."""
    return f"under {least}"


def hidden(cells: Mapping[Name, int], least: int = LEAST) -> dict[Name, Cell] | None:
    """Return counts with every one from 1 to below `least` hidden, None where that cannot be safe.

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


STANDINGS: Mapping[str, str] = {"standing": "Current", "withdrawn": "Withdrawn"}
"""What became of an entry, where that is asked for."""

FOLLOWED = "Matches"
OVERRIDDEN = "Changed"
NOTHING = "No recommendation"  # whether what was recorded is what was recommended

_TITLES: Mapping[str, str] = {
    "group": "By group",
    "certainty": "By certainty",
    "overridden": "By recommendation",
    "month": "By month",
}
"""What entries are counted by, for programs and for people."""


class Shown(Frozen):
    """A summary to hand on: each count is a number, or the words that stand for it."""

    by_group: Mapping[str | None, Cell]
    by_certainty: Mapping[str, Cell]
    by_overridden: Mapping[bool | None, Cell]
    by_month: Mapping[str, Cell]
    total: Cell


class Count(Frozen):
    """How many entries are alike: by what, its id and its words."""

    by: str
    id: str
    words: str
    entries: Cell


def suppressed(summary: "Summary") -> Shown:
    """Return a summary that can be handed on: small counts are hidden (see `hidden`).

    All four parts have the same total. Where one of them cannot be made safe, every count is hidden,
    the total too, since another part would else give that total away.
    """
    parts = {f"by_{by}": getattr(summary, f"by_{by}") for by in _TITLES}
    safe: dict[str, Any] = {name: hidden(cells) for name, cells in parts.items()}
    if None not in safe.values():
        return Shown(**safe, total=summary.total)
    words = under(LEAST) if summary.total < LEAST else NOT_SHOWN
    covered = {name: dict.fromkeys(cells, words) for name, cells in parts.items()}
    return Shown(**covered, total=words)


def counts(guide: Guide, shown: "Shown | Summary") -> Iterator[Count]:
    """Return every count; groups are in the guide's order, certainties surest first."""
    for group in in_guide_order(guide, shown.by_group):
        yield Count("group", group or "", recorded_group(guide, group), shown.by_group[group])
    order = [*CERTAINTY_WORDS, *sorted(shown.by_certainty.keys() - CERTAINTY_WORDS.keys())]
    for sure in order:
        if sure in shown.by_certainty:
            words = CERTAINTY_WORDS.get(sure, sure)
            yield Count("certainty", sure, words, shown.by_certainty[sure])
    for flag, words in ((False, FOLLOWED), (True, OVERRIDDEN), (None, NOTHING)):
        if flag in shown.by_overridden:
            yield Count("overridden", str(flag).lower(), words, shown.by_overridden[flag])
    for month, entries in shown.by_month.items():
        yield Count("month", month, _month_words(month), entries)


def _month_words(month: str) -> str:
    """Return a month such as 2026-10 as `Oct 2026`."""
    day = day_read(f"{month}-01")
    return f"{day:%b %Y}" if day else month


def summary_tables(guide: Guide, shown: "Shown | Summary") -> Iterator[Table]:
    """Return a table for each way to count that has any entry."""
    for by, some in groupby(counts(guide, shown), lambda count: count.by):
        rows = tuple((count.words, count.entries) for count in some)
        yield Table(_TITLES[by], "", ("Counted", "Entries"), rows, bar="Entries")


def summary_table(guide: Guide, shown: "Shown | Summary") -> Table:
    """Return all counts in one table with their ids, for programs; the total is first."""
    total = ("total", "", "All active entries", shown.total)
    rows = ((count.by, count.id, count.words, count.entries) for count in counts(guide, shown))
    return Table("Active entries", "", ("by", "id", "words", "entries"), (total, *rows))


def summary_json(guide: Guide, shown: "Shown | Summary") -> str:
    """Return an object with the total and a list a way to count; a hidden count is text."""
    lists: dict[str, list[dict[str, Cell]]] = {by: [] for by in _TITLES}
    for count in counts(guide, shown):
        line = {"id": count.id, "words": count.words, "entries": count.entries}
        lists[count.by].append(line)
    named = {_TITLES[by].lower().replace(" ", "_"): lines for by, lines in lists.items()}
    return json.dumps({"total": shown.total, **named}, indent=2) + "\n"


def filter_words(guide: Guide, wanted: EntryFilter) -> str:
    """Say what a list is narrowed to; nothing where all is shown."""
    overridden = {True: OVERRIDDEN, False: FOLLOWED, None: ""}[wanted.overridden]
    found = (
        "" if wanted.group is None else recorded_group(guide, wanted.group or None),
        CERTAINTY_WORDS.get(wanted.certainty or "", wanted.certainty or ""),
        overridden,
        f"from {day_shown(wanted.since)}" if wanted.since else "",
        f"to {day_shown(wanted.until)}" if wanted.until else "",
        f"with “{wanted.text}”" if wanted.text else "",
        STANDINGS.get(wanted.standing, ""),
    )
    return "; ".join(filter(None, found))


HOW_WORDS_ARE_FOUND = (
    "You can type the start of a word. If you get too many matches, type the whole word."
)
"""Said where words are searched for, and where nothing holds them."""


class FilterForm(Form[EntryFilter]):
    """What narrows a list of entries; any field may be left empty."""

    title = "Filter the records"
    lead = f"Leave a field empty to ignore it. {HOW_WORDS_ARE_FOUND}"
    verb = "Show"
    enter_saves = True
    can_be_empty = True
    fields: tuple[Field, ...] = (
        Field("text", "Words", "such as parenting, or 456789", "search"),
        Field("since", "From", DAY_HINT, "day"),
        Field("until", "To", DAY_HINT, "day"),
        Field("group", "Group", kind="choice"),
        Field("certainty", "How sure", kind="choice", choices=CERTAINTY_WORDS),
        Field("overridden", "Choice", kind="yes_no", choices={"no": FOLLOWED, "yes": OVERRIDDEN}),
        Field("standing", "Entries", kind="choice", choices=STANDINGS),
    )

    def __init__(self, guide: Guide, wanted: EntryFilter = EVERYTHING) -> None:
        groups = groups_to_choose(guide)
        self.fields = tuple(
            replace(field, choices=groups) if field.name == "group" else field
            for field in self.fields
        )
        asked = {field.name: field.written(getattr(wanted, field.name)) for field in self.fields}
        group = SUPERVISOR if wanted.group == "" else wanted.group or ""
        standing = "" if wanted.standing == "all" else wanted.standing
        self.first = asked | {"group": group, "standing": standing}

    def save(self, typed: Typed) -> EntryFilter:
        found = {field.name: field.read(typed.get(field.name, "")) for field in self.fields}
        found["group"] = "" if found["group"] == SUPERVISOR else found["group"] or None
        found["certainty"] = found["certainty"] or None
        found["standing"] = found["standing"] or "all"
        return EntryFilter(**found)

    def _mismatches(self, typed: Typed) -> Iterator[FieldProblem]:
        since, until = day_typed(typed.get("since", "")), day_typed(typed.get("until", ""))
        if since and until and until < since:
            words = f"{day_shown(until)} is before {day_shown(since)}. Switch the two dates."
            yield FieldProblem("until", f"To: {words}")


def in_guide_order(guide: Guide, groups: Iterable[str | None]) -> list[str | None]:
    """Return groups as the guide has them; then those it has no longer, and last no group."""
    order = {name: place for place, name in enumerate(guide.groups)}
    return sorted(groups, key=lambda g: (g is None, order.get(g or "", len(order)), g or ""))


def overrides_table(loaded: LoadedGuide, found: Collection["OverrideCount"]) -> Table:
    """Return a row for each result: how often workers chose another group, which one, and why."""
    guide, ends = loaded.guide, ends_in_words(loaded.guide)
    if any(count.outcome not in {None, *ends} for count in found):
        for earlier in earlier_guides(loaded).values():
            ends = {name: earlier.marked(so) for name, so in earlier.outcomes.items()} | ends
    return Table(
        "What workers chose for each result",
        "",
        ("Where", "Entries", OVERRIDDEN, "Percent", "Chosen instead", "Why", "Decided"),
        tuple((_end(guide, count, ends), *_chosen(guide, count)) for count in found),
    )


def _chosen(guide: Guide, count: "OverrideCount") -> tuple[Cell, ...]:
    groups = in_guide_order(guide, count.chosen)
    chosen = ", ".join(f"{recorded_group(guide, group)} {count.chosen[group]}" for group in groups)
    if count.recommended is None:
        return count.total, "", "", "", "", chosen
    reasons = guide.about.override_reasons
    why = (
        f"{reasons.get(code, code) or 'no reason picked'} {n}" for code, n in count.codes.items()
    )
    share = percent(count.overridden, count.total)
    return count.total, count.overridden, share, chosen, ", ".join(why), ""


def _end(guide: Guide, count: "OverrideCount", ends: Mapping[str, str]) -> str:
    """Name an end by its group and the answers that lead there."""
    if count.recommended is None and count.outcome is None:
        return "No group named, because it depended on facts that were not known"
    group = recorded_group(guide, count.recommended) if count.recommended else "No group named"
    if count.outcome is None:
        return f"{group}, with some facts not known"
    where = ends.get(count.outcome)
    return f"{group}, {where}" if where else f"{group}, under an earlier guide"
