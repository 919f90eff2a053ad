"""How often workers chose otherwise than recommended, in words, with small counts hidden on request."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from assistant.content.model import Guide
from assistant.engine.ends import ends_in_words
from assistant.interview.summarising.hiding import LEAST, NOT_SHOWN, Count, hidden, under
from assistant.interview.summarising.tables import chosen_words, in_guide_order

if TYPE_CHECKING:
    from assistant.records.counting import OverrideCount

_FOLLOWED = "followed"
"""Stands among the groups chosen for the recommended one."""

Name = TypeVar("Name", bound=Hashable)


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
        return _nothing_of(count, under(least) if count.total < least else NOT_SHOWN)
    if not isinstance(chosen.pop(_FOLLOWED), int):
        return _nothing_of(count, count.total)
    codes = hidden(count.codes, least) or dict.fromkeys(count.codes, NOT_SHOWN)
    return ShownOverride(
        count.outcome, count.recommended, count.total, count.overridden, chosen, codes
    )


def _decided_hidden(count: "OverrideCount", total: Count, least: int) -> ShownOverride:
    """Give what was decided where nothing was recommended, with small counts hidden."""
    chosen = hidden(count.chosen, least) if isinstance(total, int) else None
    if chosen is None:
        return _nothing_of(count, under(least) if count.total < least else NOT_SHOWN)
    return ShownOverride(count.outcome, None, total, 0, chosen, {})


def _nothing_of(count: "OverrideCount", total: Count) -> ShownOverride:
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
