"""Text that every front shares: bars, counts, aliases, and values that are no formulas."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.text import (
    ALIAS_MOST,
    alias_mistake,
    bar,
    counted,
    csv_cell,
    in_encoding,
    is_stored_alias,
    listed,
    shortened,
    visible,
)


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (1200, "1,200 entries")],
)
def test_what_is_counted_is_said_in_its_number(number, said):
    assert counted(number, "entry", "entries") == said
    assert counted(number, "line").endswith("line" if number == 1 else "lines")


@pytest.mark.parametrize(("words", "said"), [("a", "a"), ("ab", "a or b"), ("abc", "a, b, or c")])
def test_a_list_is_read_as_one(words, said):
    assert listed(words, "or") == said


def test_what_is_too_long_ends_in_a_sign():
    assert [shortened("abcd", most) for most in (3, 4, 5)] == ["ab…", "abcd", "abcd"]


@pytest.mark.parametrize(
    ("part", "whole", "blocks"), [(0, 5, 0), (1, 1000, 1), (5, 10, 10), (10, 10, 20), (0, 0, 0)]
)
def test_a_bar_is_as_long_as_its_share(part, whole, blocks):
    """Anything at all shows."""
    assert bar(part, whole, 20) == "█" * blocks


@given(part=st.integers(0, 10**6), whole=st.integers(0, 10**6), width=st.integers(1, 80))
def test_a_bar_is_full_only_for_all(part, whole, width):
    """So that nobody takes most for all, nor little for nothing."""
    length = len(bar(min(part, whole), whole, width))
    assert length <= width
    assert (length == width) <= (part >= whole or width == 1)
    assert (length == 0) == (min(part, whole) == 0)


@pytest.mark.parametrize("alias", ["blue-heron", "Zoë", "r2-d2", "7", "x" * ALIAS_MOST, ""])
def test_a_word_may_be_chosen_as_an_alias(alias):
    """Nothing is no mistake either: it is no alias."""
    assert alias_mistake(alias) == ""


@pytest.mark.parametrize(
    "alias",
    ["blue heron", "-ann", "a--b", "a_b", "ann.lee", "a@b.org", " x", "x\n", "x" * 31, "=1"],
)
def test_what_could_be_a_name_or_a_command_is_no_alias(alias):
    """And it is said why."""
    assert alias_mistake(alias).startswith("an alias ")


@given(st.text(max_size=ALIAS_MOST + 2))
def test_answers_can_stand_under_every_alias_that_may_be_chosen(typed):
    """The rule for what is stored is the wider one."""
    assert not typed or alias_mistake(typed) or is_stored_alias(typed)


@pytest.mark.parametrize("alias", ["Team 4 B", "blue heron", "_a.b-c", "Żółw"])
def test_an_alias_that_release_1_could_store_is_read(alias):
    assert is_stored_alias(alias)


@pytest.mark.parametrize("alias", ["", "  ", " x", "x ", "x" * 31, "@here", "a/b", "[/x]", "a\x00"])
def test_text_that_no_release_took_is_read_as_none(alias):
    assert not is_stored_alias(alias)


STARTS = "=+-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212"
BEFORE = ["", " ", '"', "'", ' "', "\u200b", "\t", "\r", "\n", "“", "\ufeff"]


@pytest.mark.parametrize("before", BEFORE, ids=ascii)
def test_no_value_begins_like_a_formula(before):
    """Whatever stands before the sign that a spreadsheet skips: an apostrophe stands first."""
    for start in STARTS:
        assert str(csv_cell(f"{before}{start}cmd|' /C calc'!A0")).startswith("'")


@pytest.mark.parametrize("between", [";", ";'", '; "', "\t", "|", "a;b\n", ","])
def test_no_formula_begins_at_another_programs_separator(between):
    """Some spreadsheets part values at a semicolon or a tab, quoted or not."""
    text = str(csv_cell(f"x{between}=1+1"))
    assert "'=1+1" in text or f"{between[0]}'" in text
    assert f"{between}=1+1" not in text


@given(text=st.text(st.sampled_from([*STARTS, *"a1\"'; \t\n|,“\u200b"]), max_size=8))
@example(text="\n=")
def test_an_apostrophe_is_all_that_is_added(text):
    """Nothing is taken away, so that a person still reads what was typed."""
    neutral = str(csv_cell(text))
    rest = iter(neutral)
    assert all(character in rest for character in text)
    assert len(neutral) - len(text) == neutral.count("'") - text.count("'")
    assert not neutral.lstrip(' "“\t\n\u200b').startswith(tuple(STARTS))


def test_a_number_stays_a_number():
    """Below zero too: it was not typed by anybody."""
    assert csv_cell(-1) == -1


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\u202e", "\u2066", "\ud800", "\x85"])
def test_what_a_terminal_would_obey_is_seen(character):
    assert visible(f"a{character}\tb") == "a\N{REPLACEMENT CHARACTER} b"


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("“at home”…", "utf-8", "“at home”…"),
        ("“at home”…", "cp1252", "“at home”…"),
        ("“at home”…", "cp437", '"at home"...'),
        ("it’s – 字", "ascii", "it's - ?"),
        ("█ “a”", "cp1252", '# "a"'),
    ],
)
def test_an_old_code_page_gets_plain_marks(text, encoding, shown):
    """As they are where it has them, and never a fault."""
    assert in_encoding(text, encoding) == shown
