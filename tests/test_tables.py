"""Tables of counts, in columns, in sentences, on a page and as CSV."""

import csv
from datetime import date
from io import StringIO

import pytest

from assistant.tables import Table, as_columns, as_csv, as_html, as_page, as_sentences, as_text
from assistant.text import columns

GROUPS = Table(
    "By group", "", ("Group", "Entries"), (("Adoption", 20), ("Preventive", 1)), bar="Entries"
)
CLASS = Table(
    "Trainees",
    "Everyone.",
    ("Trainee", "Answers", "Right", "% right or acceptable", "Misreads"),
    (("kim", 10, 5, 50, "Goal, taken for “none”"), ("Żółw 観", 0, 0, 0, "")),
    bar="Right",
    whole="Answers",
)
GRID = Table("Grid", "Rows.", ("Right", "a", "b"), (("a", 3, 1), ("b", 0, 4)))
HIDDEN = Table("By", "", ("Name", "Entries"), (("a", "under 15"), ("b", 30)), bar="Entries")


def test_a_heading_is_the_title_and_the_note():
    assert (GROUPS.heading, CLASS.heading) == ("By group:", "Trainees. Everyone.")


def test_days_are_read_as_americans_write_them_and_kept_in_files():
    days = Table("Days", "", ("Day", "Right"), ((date(2026, 1, 31), 3),))
    for read in (
        "\n".join(as_text([days], 80)),
        "\n".join(as_text([days], 80, heard=True)),
        as_html(days),
    ):
        assert "Jan 31, 2026" in read
    assert '"2026-01-31","3"' in as_csv(days)


def test_numbers_stand_in_columns_with_their_bars():
    """The longest bar for the greatest number, and a block for anything at all."""
    assert list(as_columns(GROUPS, 40)) == [
        f"  Adoption    20  {'█' * 22}",
        "  Preventive   1  █",
    ]


def test_a_share_is_drawn_of_its_whole_and_long_texts_stand_below():
    """The rest of the whole is shown too; heads are broken to the width of their numbers."""
    assert list(as_columns(CLASS, 60)) == [
        "                           % right or",
        "  Trainee  Answers  Right  acceptable",
        "  kim           10      5          50  ██████████░░░░░░░░░░░",
        "    Misreads: Goal, taken for “none”",
        "  Żółw 観        0      0           0",
    ]


@pytest.mark.parametrize("table", [GROUPS, CLASS, GRID, HIDDEN])
@pytest.mark.parametrize("width", [24, 40, 60, 80])
def test_no_line_is_wider_than_it_may_be(table, width):
    """Where columns have no room, the rows are said in sentences."""
    lines = list(as_columns(table, width))
    assert max(map(columns, lines)) <= width
    for name, *_ in table.rows:
        assert str(name) in " ".join(" ".join(lines).split())


def test_a_long_name_is_folded_and_not_cut():
    """Its numbers stand beside its last line."""
    table = Table("t", "", ("Name", "a", "b"), (("one two three four five six", 1, 2),))
    assert list(as_columns(table, 26)) == [
        "  Name                a  b",
        "  one two three four",
        "    five six          1  2",
    ]


def test_a_square_has_numbers_for_its_columns_and_brackets_where_they_agree():
    assert list(as_columns(GRID, 40)) == [
        "  Right   1   2",
        "  1 a   [3]  1",
        "  2 b    ·  [4]",
    ]


def test_each_sentence_makes_sense_alone():
    """With the head of every number, and no block to be heard."""
    assert list(as_sentences(GROUPS)) == ["Adoption: 20", "Preventive: 1"]
    assert list(as_sentences(CLASS)) == [
        "kim. Answers: 10; Right: 5; % right or acceptable: 50; Misreads: Goal, taken for “none”.",
        "Żółw 観. Answers: 0; Right: 0; % right or acceptable: 0.",
    ]


def test_what_is_hidden_has_no_bar():
    """Its length would give the number away."""
    assert [line.count("█") for line in as_columns(HIDDEN, 60)] == [0, 24]
    assert "--share: 0%" not in as_html(HIDDEN).partition("under 15")[0]


def test_a_page_shows_text_as_text_and_each_bar_with_its_number():
    """Markup is shown as typed; the diagonal of a square is marked."""
    made = as_page("<b>", "a & b", [CLASS, GRID])
    assert "<title>&lt;b&gt;</title>" in made
    assert "<p>a &amp; b</p>" in made
    assert '<td class="number bar" style="--share: 50%">5</td>' in made
    assert '<td class="number shade agrees" style="--shade: 0.50">4</td>' in made
    assert made.count('class="square"') == 1


def test_csv_is_read_back_as_it_was():
    """Numbers as they are, and text that a spreadsheet would calculate with an apostrophe."""
    table = Table("t", "", ("Name", "Count"), (("=1", -1), ("a\nb", 2)))
    rows = list(csv.reader(StringIO(as_csv(table), newline="")))
    assert rows == [["Name", "Count"], ["'=1", "-1"], ["a\nb", "2"]]


def test_tables_are_read_or_heard_under_their_headings():
    """To be heard, a square is left out; a table of nothing says so."""
    empty = Table("Mix-ups", "", ("Which", "Times"), ())
    assert list(as_text([empty], 40)) == ["", "Mix-ups:", "  None."]
    assert list(as_text([GROUPS, GRID], 40, heard=True)) == [
        "",
        "By group:",
        "Adoption: 20",
        "Preventive: 1",
    ]
    assert list(as_text([GRID], 40))[:2] == ["", "Grid. Rows."]
