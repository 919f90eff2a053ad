"""Counts of entries as they now are."""

from datetime import UTC, date, datetime

import pytest

from assistant.records.entry import EntryFilter
from assistant.records.finding import OverrideCount, Summary
from tests.entries import (
    ADOPTION,
    DEPENDS,
    HOME,
    REFER,
    correcting,
    entry_of,
    overriding,
    withdrawing,
)

BACKENDS = ("sqlite", "postgresql")
NOVEMBER = datetime(2026, 11, 4, 12, tzinfo=UTC)


@pytest.fixture
def filled(store):
    """A store with six entries that stand, one that was corrected and one withdrawn."""
    slip, gone = entry_of(HOME), entry_of(HOME)
    records = [
        entry_of(ADOPTION),
        entry_of(ADOPTION, when=NOVEMBER),
        overriding(ADOPTION, "preventive"),
        entry_of(DEPENDS),
        entry_of(REFER),
        slip,
        correcting(slip, chosen="preventive", reason_code="other", reason="a note"),
        gone,
        withdrawing(gone),
    ]
    for record in records:
        store.add(record)
    return store


def test_nothing_is_counted_in_an_empty_store(store):
    assert store.summary() == Summary()
    assert store.overrides() == []


def test_each_entry_is_counted_once_as_it_now_is(filled):
    """A correction stands for what it corrects; what was withdrawn counts no more."""
    assert filled.summary() == Summary(
        by_group={"adoption": 2, "preventive": 2, None: 2},
        by_certainty={"settled": 4, "refer": 1, "depends": 1},
        by_overridden={False: 2, True: 2, None: 2},
        by_month={"2026-10": 5, "2026-11": 1},
        total=6,
    )


def test_only_what_is_wanted_is_counted(filled):
    """What was withdrawn does not stand, whoever asks for it."""
    assert filled.summary(EntryFilter(since=date(2026, 11, 1))).total == 1
    assert filled.summary(EntryFilter(group="")).by_certainty == {"refer": 1, "depends": 1}
    assert filled.summary(EntryFilter(standing="withdrawn")).total == 6


def test_overrides_are_counted_beside_what_was_recommended(filled):
    """By the end of the interview, with what was chosen and why; the most doubtful end first."""
    home = filled.get(6).outcome
    assert filled.overrides()[:2] == [
        OverrideCount(home, "reunification", 1, {"preventive": 1}, {"other": 1}),
        OverrideCount("adoption", "adoption", 3, {"preventive": 1}, {"supervisor": 1}),
    ]
    rest = filled.overrides()[2:]
    assert {(count.outcome, count.overridden) for count in rest} == {
        (None, 0),
        ("goal_not_named", 0),
    }


def test_where_nothing_was_recommended_it_is_counted_what_was_decided(store):
    """Nobody chose otherwise there, whatever the supervisor decided; such ends come last."""
    for chosen in ("adoption", "adoption", None):
        store.add(entry_of(REFER, chosen=chosen))
    store.add(entry_of(HOME))
    home, refer = store.overrides()
    assert (home.recommended, home.overridden) == ("reunification", 0)
    assert (refer.chosen, refer.codes, refer.overridden) == ({"adoption": 2, None: 1}, {}, 0)
    assert store.summary().by_overridden == {None: 3, False: 1}


def test_where_nothing_was_recommended_an_entry_is_neither_followed_nor_overridden(store):
    """In lists, so that both kinds together may be fewer than all."""
    store.add(entry_of(REFER, chosen="adoption"))
    store.add(entry_of(HOME))
    found = {flag: store.page(None, 5, EntryFilter(overridden=flag)) for flag in (True, False)}
    assert [row.seq for row in found[True]] == []
    assert [row.seq for row in found[False]] == [2]
    assert list(store.faults()) == []


def test_an_override_without_a_code_is_counted_too(store):
    """As the earliest entries are, which had a note alone."""
    store.add(overriding(ADOPTION, None, code="", reason="the supervisor will decide"))
    (count,) = store.overrides()
    assert (count.chosen, count.codes) == ({None: 1}, {"": 1})
