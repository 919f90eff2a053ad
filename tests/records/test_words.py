"""Entries are found by the words they hold, and by the beginnings of those."""

import pytest

from assistant.records.entry import EntryFilter
from assistant.records.finding import MOST_WORDS
from tests.entries import ADOPTION, entry_of, withdrawing

BACKENDS = ("sqlite", "postgresql")


def numbers(store, text, **more):
    wanted = EntryFilter(text=text, **more)
    found = [row.seq for row in store.page(None, 100, wanted)]
    assert store.count(wanted) == len(found)
    assert [summary.seq for summary, _ in store.entries(wanted)] == found[::-1]
    assert store.summary(wanted).total == len(store.page(None, 100, EntryFilter(text=text)))
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("parent", [3, 2, 1]),
        ("PARENTING", [2, 1]),
        ("parents", [3]),
        ("par cl", [1]),
        ("cl par", [1]),
        ("arent", []),
        ("parenting class more", []),
        ("straße", [4]),
        ("STRASS", [4]),
        ("42", [5]),
    ],
)
def test_a_word_is_found_by_its_beginning(store, text, found):
    """Whatever its letters' size; every word typed must be there, in any order, and each entry once."""
    for service in ("parenting class", "parenting help parent", "parents", "Straße"):
        store.add(entry_of(ADOPTION, service=service, case_number="17"))
    store.add(entry_of(ADOPTION, case_number="4217"))
    assert numbers(store, text) == found


def test_what_begins_too_many_words_is_a_whole_word(store):
    """So that a search is over after a few steps; one more letter, and beginnings count again."""
    for number in range(MOST_WORDS):
        store.add(entry_of(ADOPTION, service=f"x{chr(97 + number // 26)}{chr(97 + number % 26)}"))
    assert len(numbers(store, "x")) == MOST_WORDS
    store.add(entry_of(ADOPTION, service="x"))
    assert numbers(store, "x") == [MOST_WORDS + 1]
    assert len(numbers(store, "xb")) == MOST_WORDS - 26


def test_pages_of_many_words_follow_each_other(store):
    """Nothing is left out or given twice where one beginning stands for several words."""
    for number in range(12):
        store.add(entry_of(ADOPTION, service=f"word{number % 3} word{number % 2}"))
    wanted, found, before = EntryFilter(text="word"), [], None
    while rows := store.page(before, 5, wanted):
        found += [row.seq for row in rows]
        before = found[-1]
    assert found == list(range(12, 0, -1))
    assert store.count(wanted, most=5) == 6


def test_beginnings_are_found_among_what_is_left(store):
    """What was withdrawn is found as withdrawn."""
    gone = entry_of(ADOPTION, service="housing")
    for record in (gone, entry_of(ADOPTION, service="house"), withdrawing(gone)):
        store.add(record)
    found = store.page(None, 5, EntryFilter(text="hous", standing="withdrawn"))
    assert [row.seq for row in found] == [1]


@pytest.mark.parametrize(
    ("held", "typed"),
    [
        ("caf\u00e9", "cafe\u0301"),
        ("Mu\u00f1oz", "munoz"),
        ("nin\u0303o", "ni\u00f1o"),
        ("\u0130pek", "ipek"),
        ("\uff30\uff41\uff52\uff45\uff4e\uff54", "parent"),
        ("coun\u00adseling", "counseling"),
        ("coun\u200bseling", "counseling"),
        ("counseling", "coun\u2060seling"),
        ("\ufeffhousing", "hous"),
        ("\ufb01nding", "finding"),
        ("Vi\u1ec7t", "viet"),
        ("e\u200dx\u20dd", "ex"),
        ("\u2461 \u216b", "2 xii"),
    ],
    ids=ascii,
)
def test_words_that_look_alike_are_found_alike(store, held, typed):
    """Composed or not, with accents or without, full width, with what nobody sees: on both sides."""
    store.add(entry_of(ADOPTION, service=held))
    store.add(entry_of(ADOPTION, service="other"))
    assert numbers(store, typed) == numbers(store, held) == [1]


@pytest.mark.parametrize("typed", ['"', "-- ?", "\u200b\u0301"], ids=ascii)
def test_signs_alone_find_nothing(store, typed):
    store.add(entry_of(ADOPTION))
    assert numbers(store, typed) == []
    assert numbers(store, " ") == [1]
