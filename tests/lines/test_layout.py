"""Lines that fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import columns, laid_out, width_now
from tests.lines.talk import obeyed


def test_text_is_broken_at_words():
    """Lines that go on are set in."""
    assert list(laid_out(["one two three four"], 10)) == ["one two", "  three", "  four"]


def test_a_line_that_just_fits_is_left_whole():
    """The last column is used."""
    assert list(laid_out(["12345 7890"], 10)) == ["12345 7890"]


def test_a_word_longer_than_a_line_is_cut():
    """Nothing of it is lost."""
    assert "".join(laid_out(["x" * 100], 40)).replace(" ", "") == "x" * 100


@pytest.mark.parametrize("path", ["/home/a" * 20, r"C:\Users\a" * 10])
def test_a_path_is_never_cut(path):
    """So that it can be copied whole."""
    assert list(laid_out([f"Saved in {path}"], 40)) == ["Saved in", f"  {path}"]


def test_wide_characters_take_two_columns():
    """And marks that stand on others none."""
    assert columns("日本e\N{COMBINING ACUTE ACCENT}") == 5


@given(st.lists(st.text()), st.integers(40, 80))
def test_whatever_is_laid_out_fits(paragraphs, width):
    """No line but a path's is wider, and none holds what a terminal obeys."""
    for line in laid_out([text.replace("/", "-").replace("\\", "-") for text in paragraphs], width):
        assert columns(line) <= width
        assert obeyed(line) == set()


@pytest.mark.parametrize(("set_", "width"), [("30", 40), ("60", 60), ("200", 80), ("", 80)])
def test_the_width_is_the_terminals(set_, width, monkeypatch):
    """Within bounds."""
    monkeypatch.setenv("COLUMNS", set_)
    assert width_now() == width
