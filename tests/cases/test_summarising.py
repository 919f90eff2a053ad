"""Summaries: small counts are hidden, and nothing gives a hidden one away."""

import csv
import json
from io import StringIO
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.cases.summary import (
    NOT_SHOWN,
    hidden,
    overrides_table,
    summary_json,
    summary_table,
    summary_tables,
    suppressed,
    under,
)
from assistant.records.finding import OverrideCount, Summary
from assistant.tables import as_columns, as_csv, as_sentences
from tests.builders import shipped

GUIDE = shipped().guide
LEAST = 4
COUNTS = st.lists(st.integers(1, 9), min_size=1, max_size=4)


def could_be(shown, total):
    """Return every set of counts that a reader of what is shown must reckon with."""
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
    (group,) = summary_tables(GUIDE, found)
    assert group.rows == (
        ("Adoption Services", 4),
        ("Preventive Services", 3),
        ("gone", 2),
        ("No group yet (supervisor will decide)", 1),
    )


def test_a_bar_is_as_long_as_its_count():
    """The longest one for the greatest, none for one that is hidden, and one sign at least."""
    (group, *_) = summary_tables(GUIDE, summary(400, 200, 1))
    assert [line.count("█") for line in as_columns(group, 80)] == [24, 12, 1]
    (group, *_) = summary_tables(GUIDE, suppressed(summary(40, 17, 3)))
    assert [line.count("█") for line in as_columns(group, 80)] == [24, 0, 0]


def as_file(kind, shown):
    return summary_json(GUIDE, shown) if kind == "json" else as_csv(summary_table(GUIDE, shown))


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_file_holds_what_is_shown_and_no_more(kind):
    """Of a hidden count not a digit, in whatever form."""
    text = as_file(kind, suppressed(summary(461, 17, 3, followed=(461, 20))))
    assert "461" in text
    assert "under 15" in text
    assert NOT_SHOWN in text
    assert "17" not in text


def test_files_can_be_read_by_programs():
    shown = suppressed(summary(40, 17, 3))
    rows = list(csv.DictReader(StringIO(as_file("csv", shown), newline="")))
    assert rows[0] == {
        "by": "total",
        "id": "",
        "words": "All active entries",
        "entries": "60",
    }
    plain = json.loads(as_file("json", shown))
    assert plain["by_group"][0] == {"id": "adoption", "words": "Adoption Services", "entries": 40}


def test_a_group_that_is_a_formula_is_none_in_a_file():
    """Words of an older guide, or of one of an agency's own, are shown as text."""
    text = as_file("csv", Summary({"=1+1": 2}, {}, {}, {}, 2))
    assert '"\'=1+1"' in text


def override_lines(*counts):
    return list(as_sentences(overrides_table(shipped(), counts)))


def test_overrides_are_said_in_lines():
    """How many, what instead, and why, in a line with its end of the interview."""
    (line,) = override_lines(
        OverrideCount("adoption", "adoption", 40, {"preventive": 9, None: 1}, {"supervisor": 10})
    )
    assert line.startswith("Adoption Services, where the goal is adoption, unless ")
    assert line.endswith(
        " was open. Entries: 40; Changed: 10; Percent: 25;"
        " Chosen instead: Preventive Services 9, No group yet (supervisor will decide) 1;"
        " Why: The supervisor decided 10."
    )


def test_where_nothing_was_recommended_it_is_said_what_was_decided():
    """Apart from the rest, with no share, since there was nothing to choose otherwise than."""
    refer = OverrideCount("goal_not_named", None, 4, {"adoption": 3, None: 1}, {})
    depends = OverrideCount(None, None, 2, {"preventive": 2}, {})
    one, other = override_lines(refer, depends)
    assert one.startswith("No group named, where ")
    assert one.endswith(
        ". Entries: 4; Decided: Adoption Services 3, No group yet (supervisor will decide) 1."
    )
    assert other == (
        "No group named, because it depended on facts that were not known."
        " Entries: 2; Decided: Preventive Services 2."
    )


def test_no_end_is_named_by_its_id():
    """Nor one that today's guide does not have, nor one of several."""
    ids = [*GUIDE.outcomes, "gone_since", None]
    lines = override_lines(*(OverrideCount(id_, "adoption", 40, {}, {}) for id_ in ids))
    assert len(set(lines)) == len(lines)
    assert not [line for line in lines if "_" in line]
