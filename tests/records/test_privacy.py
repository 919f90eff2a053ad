"""The privacy guard, over labelled notes of what workers write (privacy_notes.yaml)."""

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records.privacy import personal_details
from tests.records.privacy_notes import DETAILS, ORDINARY, notes, rates, together

SOCIAL, BIRTH, PHONE, EMAIL, STREET = DETAILS.values()

NOTES = notes()
RATES = {rate.kind: rate for rate in rates(NOTES)}


def test_there_are_enough_notes_of_every_kind_and_none_twice() -> None:
    """The rates mean something."""
    assert len({note.text for note in NOTES}) == len(NOTES) >= 500
    assert min(rate.of for rate in RATES.values()) >= 30
    assert all(bool(note.words) == (note.kind in DETAILS) for note in NOTES)
    assert all(note.words in note.text for note in NOTES)


@pytest.mark.parametrize("kind", DETAILS)
def test_details_of_each_kind_are_found(kind: str) -> None:
    """Nineteen of twenty at least, each as the kind it is, with the words that show it."""
    assert RATES[kind].right >= 0.95, RATES[kind].wrong


def test_nearly_all_details_are_found() -> None:
    """All but two in a hundred."""
    found = together(RATES[kind] for kind in DETAILS)
    assert found.right >= 0.98, found.wrong


@pytest.mark.parametrize("kind", ORDINARY)
def test_ordinary_notes_pass(kind: str) -> None:
    """At most one false alarm in fifty notes of a kind."""
    assert RATES[kind].right >= 0.98, RATES[kind].wrong


def test_nearly_all_ordinary_notes_pass() -> None:
    """At most one false alarm in a hundred."""
    passed = together(RATES[kind] for kind in ORDINARY)
    assert passed.right >= 0.99, passed.wrong


def test_fresh_notes_are_found() -> None:
    """Sixty notes written before the guard's patterns were looked at; it found 32 of 40 at first."""
    fresh = json.loads(Path(__file__).with_name("fresh_notes.json").read_text(encoding="utf-8"))
    assert len(fresh) == 60
    wrong = [text for text, kind in fresh if bool(kind) != bool(personal_details(text))]
    assert not wrong


@pytest.mark.parametrize(
    "words",
    [
        "one ",
        "9 ",
        "nineteen one ",
        "5551234 ",
        "at 77 ",
        "10 oak ",
        "Calle a ",
        "last four of her ",
    ],
)
def test_a_long_text_is_read_in_no_time(words: str) -> None:
    """No pattern tries the same words over and over."""
    begun = process_time()
    personal_details((words * 5_000)[:10_000])
    assert process_time() - begun < 2


EXACT = [
    ("ssn 987-65-4321.", SOCIAL, "987-65-4321"),
    ("SSN: 987654321", SOCIAL, "SSN: 987654321"),
    ("last four of her social are 4321", SOCIAL, "last four of her social are 4321"),
    ("DOB of child 1 is 3/4/2015, seen", BIRTH, "DOB of child 1 is 3/4/2015"),
    ("on 3/4/2015 she was born", BIRTH, "3/4/2015 she was born"),
    ("mom turns 18 on March 4, 2027.", BIRTH, "turns 18 on March 4, 2027"),
    ("dad at (312) 555-0123 after 5", PHONE, "(312) 555-0123"),
    ("write to <j_doe+x@example.org>!", EMAIL, "j_doe+x@example.org"),
    ("was at 45 n oak ave, then left", STREET, "45 n oak ave"),
]


@pytest.mark.parametrize(("text", "kind", "words"), EXACT, ids=[row[0] for row in EXACT])
def test_the_words_given_are_the_detail_and_no_more(text: str, kind: str, words: str) -> None:
    """A worker sees what to take out."""
    assert [(found.kind, found.words) for found in personal_details(text)] == [(kind, words)]


def test_every_find_says_why() -> None:
    """The words alone may not show what is wrong with them."""
    finds = [found for note in NOTES for found in personal_details(note.text)]
    assert len(finds) >= 250
    assert all(found.why for found in finds)


def test_every_detail_is_listed_once_in_reading_order() -> None:
    """A note with several details gets one finding for each, in the order read."""
    text = "jane@example.com, 312-555-0123, born 3/4/2015, 987-65-4321, 9 Oak Lane"
    kinds = [detail.kind for detail in personal_details(text)]
    assert kinds == [EMAIL, PHONE, BIRTH, SOCIAL, STREET]


@given(st.text())
def test_any_text_is_read_without_failing(text: str) -> None:
    """Whatever is typed, the guard answers, and quotes only words that are there."""
    assert all(detail.words in text for detail in personal_details(text))


@given(before=st.text(alphabet="ab ,(\n"), after=st.text(alphabet="ab ,)\n"))
def test_details_are_found_inside_any_prose(before: str, after: str) -> None:
    """A social security number is found wherever it stands."""
    found = personal_details(f"{before}987-65-4321{after}")
    assert [detail.kind for detail in found] == [SOCIAL]
