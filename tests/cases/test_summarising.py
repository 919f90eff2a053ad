"""Summaries: small counts are hidden, and nothing gives a hidden one away."""

import csv
import json
from io import StringIO
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.cases.summary import (
    FORMATS,
    NOT_SHOWN,
    all_of,
    bars,
    few_hidden,
    hidden,
    in_full,
    override_lines,
    suppressed,
    tables,
    under,
)
from assistant.records.store import OverrideCount, Summary
from tests.builders import shipped

GUIDE = shipped().guide
LEAST = 4
COUNTS = st.lists(st.integers(1, 9), min_size=1, max_size=4)


def could_be(shown, total):
    """Give every set of counts that a reader of what is shown must reckon with."""
    choices = {
        under(LEAST): range(1, LEAST),
        NOT_SHOWN: range(LEAST, total + 1),
    }
    cells = [choices.get(cell, [cell]) for cell in shown]
    return [some for some in product(*cells) if sum(some) == total]


@given(counts=COUNTS)
@example(counts=[3, 3])
@example(counts=[1, 4])
@example(counts=[1, 1, 9])
def test_no_hidden_count_can_be_worked_out(counts):
    """By trying all that could stand behind the words, with the total known."""
    cells = hidden(dict(enumerate(counts)), LEAST)
    if cells is None:
        return
    possible = could_be(cells.values(), sum(counts))
    for place, cell in cells.items():
        if isinstance(cell, int):
            assert cell == counts[place] >= LEAST
        else:
            assert len({some[place] for some in possible}) > 1
    unseen = [counts[place] for place, cell in cells.items() if not isinstance(cell, int)]
    assert not unseen or sum(unseen) >= LEAST


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"a": 20, "b": 30}, {"a": 20, "b": 30}),
        ({"a": 3, "b": 40, "c": 20}, {"a": "under 15", "b": 40, "c": "not shown"}),
        ({"a": 9, "b": 9, "c": 20}, {"a": "under 15", "b": "under 15", "c": 20}),
        ({"a": 0, "b": 20}, {"a": 0, "b": 20}),
        ({"a": 14, "b": 15}, {"a": "under 15", "b": "not shown"}),
        ({}, {}),
    ],
)
def test_small_counts_are_hidden(cells, shown):
    """And beside a single one the next smallest, since the total would give it away."""
    assert hidden(cells) == shown


@pytest.mark.parametrize("cells", [{"a": 3}, {"a": 14, "b": 14}, {"a": 1, "b": 15}])
def test_what_cannot_be_hidden_safely_is_not_shown_at_all(cells):
    """The total alone would tell."""
    assert hidden(cells) is None


def summary(*counts, followed=(40, 20)):
    groups = dict(zip(("adoption", "preventive", None), counts, strict=True))
    total = sum(counts)
    return Summary(
        groups,
        {"settled": total},
        dict(zip((False, True), followed, strict=True)),
        {"2026-10": total},
        total,
    )


def test_where_one_part_is_not_safe_nothing_is_shown():
    """Since every part has the same total."""
    shown = suppressed(summary(14, 14, 0, followed=(28, 0)))
    assert shown.total == NOT_SHOWN
    assert {*shown.by_certainty.values(), *shown.by_month.values()} == {NOT_SHOWN}
    few = suppressed(summary(2, 1, 1, followed=(3, 1)))
    assert few.total == "under 15"
    assert set(few.by_group.values()) == {"under 15"}


def test_a_part_that_is_safe_is_shown():
    shown = suppressed(summary(40, 17, 3))
    assert shown.by_group == {"adoption": 40, "preventive": NOT_SHOWN, None: "under 15"}
    assert (shown.by_month, shown.total) == ({"2026-10": 60}, 60)


def test_tables_stand_in_the_guides_order():
    """Groups as the guide has them, one it has no longer after them, no group last."""
    found = Summary({None: 1, "gone": 2, "preventive": 3, "adoption": 4}, {}, {}, {}, 10)
    (group, *_) = tables(GUIDE, in_full(found))
    assert [line.name for line in group.lines] == ["adoption", "preventive", "gone", ""]
    assert group.lines[-1].words == "Left to the supervisor"


def test_a_bar_is_as_long_as_its_count():
    """The longest one for the greatest, none for one that is hidden, and one sign at least."""
    (group, *_) = tables(GUIDE, in_full(summary(400, 200, 1)))
    assert [len(bar) for _, bar in bars(group)] == [40, 20, 1]
    (group, *_) = tables(GUIDE, suppressed(summary(40, 17, 3)))
    assert [len(bar) for _, bar in bars(group)] == [40, 0, 0]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_holds_what_is_shown_and_no_more(kind):
    """Of a hidden count not a digit, in whatever form."""
    text = FORMATS[kind](GUIDE, suppressed(summary(461, 17, 3, followed=(461, 20))))
    assert "461" in text
    assert "under 15" in text
    assert NOT_SHOWN in text
    assert "17" not in text


def test_files_can_be_read_by_programs():
    shown = suppressed(summary(40, 17, 3))
    rows = list(csv.DictReader(StringIO(FORMATS["csv"](GUIDE, shown), newline="")))
    assert rows[0] == {
        "by": "total",
        "id": "",
        "words": "All entries that stand",
        "entries": "60",
    }
    plain = json.loads(FORMATS["json"](GUIDE, shown))
    assert plain["by_group"][0] == {"id": "adoption", "words": "Adoption Services", "entries": 40}


def test_overrides_are_said_in_lines():
    """How many, what instead, and why, each line with its end of the interview."""
    count = OverrideCount(
        "adoption", "adoption", 40, {"preventive": 9, None: 1}, {"supervisor": 10}
    )
    how_often, instead = override_lines(GUIDE, all_of([count]))
    assert how_often.startswith("Adoption Services, where ")
    assert how_often.endswith("the goal is adoption: entries 40, chosen otherwise 10 (25%).")
    assert instead == (
        "Instead of Adoption Services: Preventive Services 9, Left to the supervisor 1."
        " Why: The supervisor decided 10."
    )


def test_where_nothing_was_recommended_it_is_said_what_was_decided():
    """Apart from the rest, with no share, since there was nothing to choose otherwise than."""
    refer = OverrideCount("goal_not_named", None, 4, {"adoption": 3, None: 1}, {})
    depends = OverrideCount(None, None, 2, {"preventive": 2}, {})
    one, other = override_lines(GUIDE, all_of([refer, depends]))
    assert one.startswith("No group named, where ")
    assert one.endswith(": entries 4. Decided: Adoption Services 3, Left to the supervisor 1.")
    assert other == (
        "No group named, since it depended on what was not known: entries 2."
        " Decided: Preventive Services 2."
    )


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ({"adoption": 40, "preventive": 50}, (90, {"adoption": 40, "preventive": 50})),
        ({"adoption": 88, None: 2}, (90, {"adoption": NOT_SHOWN, None: "under 15"})),
        ({"adoption": 9}, ("under 15", {"adoption": NOT_SHOWN})),
        ({"adoption": 8, None: 9}, (17, {"adoption": "under 15", None: "under 15"})),
    ],
)
def test_small_counts_of_what_was_decided_are_hidden(chosen, shown):
    """Each of them, and what would give it away beside the total."""
    count = OverrideCount("goal_not_named", None, sum(chosen.values()), chosen, {})
    (one,) = few_hidden([count])
    assert (one.total, one.chosen, one.share) == (*shown, "" if one.total == "under 15" else "0%")


def test_no_end_is_named_by_its_id():
    """Nor one that today's guide does not have, nor one of several."""
    ids = [*GUIDE.outcomes, "gone_since", None]
    counts = [OverrideCount(id_, "adoption", 40, {}, {}) for id_ in ids]
    lines = list(override_lines(GUIDE, all_of(counts)))
    assert len(set(lines)) == len(lines)
    assert not [line for line in lines if "_" in line]


@pytest.mark.parametrize(
    ("total", "chosen", "shown"),
    [
        (90, {"preventive": 40}, (90, 40, {"preventive": 40})),
        (90, {"preventive": 9}, (90, NOT_SHOWN, {"preventive": NOT_SHOWN})),
        (90, {}, (90, 0, {})),
        (90, {"preventive": 9, None: 9}, (90, 18, {"preventive": "under 15", None: "under 15"})),
        (20, {"preventive": 18}, (20, NOT_SHOWN, {"preventive": NOT_SHOWN})),
        (9, {"preventive": 9}, ("under 15", NOT_SHOWN, {"preventive": NOT_SHOWN})),
    ],
)
def test_small_counts_of_overrides_are_hidden(total, chosen, shown):
    """Those who followed are a count as well: what remains of the total."""
    found = OverrideCount("adoption", "adoption", total, chosen, {"other": sum(chosen.values())})
    (one,) = few_hidden([found])
    assert (one.total, one.overridden, one.chosen) == shown
    if one.overridden == NOT_SHOWN:
        assert not one.share
        assert set(one.codes.values()) == {NOT_SHOWN}
