"""What a check counts can leave the office: no small count is in it, and none can be worked out."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cases.summary import LEAST
from assistant.extracts.check import TableCounts
from assistant.extracts.codes import STATUSES
from assistant.extracts.counts import Counts, as_json, count_tables, fit_to_show
from assistant.tables import as_text
from tests.builders import shipped

GUIDE = shipped().guide
GROUPS = list(GUIDE.groups)[:3]
sizes = st.sampled_from([0, 1, 3, 14, 15, 16, 40, 400])


@st.composite
def checks(draw):
    keys = st.tuples(
        st.sampled_from(GROUPS),
        st.sampled_from(GROUPS),
        st.sampled_from(["no", "also_fits"]),
        st.sampled_from(["one reason", "another"]),
    )
    pairs = {
        (one, other, "yes" if one == other else agrees, why): count
        for (one, other, agrees, why), count in draw(st.dictionaries(keys, sizes)).items()
        if count
    }
    statuses = {status: draw(sizes) for status in STATUSES}
    statuses["recommended"] = sum(pairs.values()) + draw(sizes)
    unread = {"goal": statuses["unreadable"]} if statuses["unreadable"] else {}
    return TableCounts(sum(statuses.values()), statuses, pairs, unread)


@given(found=checks())
def test_no_small_count_is_shown_or_the_rest_of_a_sum(found):
    counts = Counts(found, hides=True)
    shown = [*counts.statuses.values(), *counts.pairs.values(), *counts.reasons.values()]
    assert [cell for cell in (*shown, *counts.unread.values()) if cell in range(1, LEAST)] == []
    parts = (
        (counts.statuses, found.statuses, counts.rows),
        (counts.pairs, pairs_of(found), counts.statuses["recommended"]),
    )
    for cells, numbers, whole in parts:
        rest = sum(numbers[name] for name, cell in cells.items() if not isinstance(cell, int))
        left = (whole - sum(numbers.values())) if isinstance(whole, int) else LEAST
        assert rest + left == 0 or rest + left >= LEAST
    hidden_status = not isinstance(counts.statuses["unreadable"], int)
    assert not (hidden_status and any(isinstance(cell, int) for cell in counts.unread.values()))


def pairs_of(found):
    pairs: Counter[tuple[str, str]] = Counter()
    for (recorded, recommended, _, _), count in found.pairs.items():
        pairs[recorded, recommended] += count
    return pairs


@given(found=checks())
def test_all_is_shown_where_nothing_is_hidden(found):
    counts = Counts(found, hides=False)
    assert (counts.statuses, counts.pairs) == (found.statuses, pairs_of(found))
    assert counts.rows == found.rows
    assert json.loads(as_json(shipped(), counts))["rows"] == found.rows
    assert list(as_text(count_tables(GUIDE, counts, found), 80))


def test_at_most_ten_disagreements_are_told_the_commonest_first():
    reasons = [str(n) for n in range(20)]
    pairs = {(GROUPS[0], GROUPS[1], "no", why): 20 + n for n, why in enumerate(reasons)}
    found = TableCounts(900, dict.fromkeys(STATUSES, 0) | {"recommended": 900}, pairs, {})
    told = Counts(found, hides=False).reasons
    assert [why for _, _, why in told] == reasons[:9:-1]


@pytest.mark.parametrize(
    ("text", "rows", "shows"),
    [
        ("John Smith", LEAST - 1, False),
        ("Ana", 1, False),
        ("adoption by Maria Lopez", 2, False),
        ("RTH", LEAST - 1, False),
        ("RTH", LEAST, True),
        ("return-home/adoption", 1, True),
        ("12", 1, True),
        ("8173940265518", 400, False),
        ("123-45-6789", 400, False),
        ("born 1/2/2015", 400, False),
        ("ann@example.org", 400, False),
    ],
)
def test_a_value_that_may_name_a_person_or_a_case_is_not_shown(text, rows, shows):
    found = fit_to_show(GUIDE, {text: rows, "x": 1})
    assert (text in found) is shows
    assert sum(found.values()) == rows + 1
