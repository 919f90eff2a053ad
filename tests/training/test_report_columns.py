"""The report for a terminal, and the scores of a class, against counts by hand."""

import pytest

from assistant.training.classes import ClassFile
from assistant.training.layouts import report_columns
from assistant.training.report import Tally, class_report, result_words, scores
from tests.training.test_report import GUIDE, LOG, REPORT
from tests.training.trainee import syllabus


def a_class(stories=10, mode="test"):
    return ClassFile(
        name="Spring",
        mode=mode,
        pass_mark=80,
        stories=tuple(f"s{number}" for number in range(stories)),
        content="0" * 64,
    )


@pytest.mark.parametrize("width", [60, 72, 80])
def test_no_line_is_wider_than_the_window(width):
    """With five trainees' names in every place that names them."""
    lines = list(report_columns(GUIDE, REPORT, width))
    assert max(map(len, lines)) <= width


def test_the_grid_has_every_count_in_its_cell():
    """A numbered row for each right answer, a column for each chosen one, the right one in brackets."""
    lines = list(report_columns(GUIDE, REPORT))
    start = next(n for n, line in enumerate(lines) if line.startswith("  Right answer")) + 1
    for number, right in enumerate(REPORT.answers):
        cells = lines[start + number].split()[-len(REPORT.answers) :]
        for column, chosen in enumerate(REPORT.answers):
            count = sum((made.right, made.chosen) == (right, chosen) for made in LOG)
            shown = cells[column].strip("[]")
            assert shown == (str(count) if count or right == chosen else "·")
            assert cells[column].startswith("[") is (right == chosen)


def test_each_trainee_has_a_bar_and_counts():
    """Right of all, and what the rest was."""
    lines = list(report_columns(GUIDE, REPORT))
    for trainee in REPORT.trainees:
        picked = trainee.picked
        said = f"{picked.right} of {picked.count} right, {picked.acceptable} acceptable"
        assert any(trainee.alias in line and said in line for line in lines)


def test_nothing_answered_is_said():
    """No table of nothing."""
    empty = class_report(syllabus(), [])
    assert list(report_columns(GUIDE, empty)) == ["No answers are recorded yet."]


@pytest.mark.parametrize(
    ("picked", "words"),
    [
        (Tally(8, 0, 2), "passed"),
        (Tally(7, 1, 2), "passed"),
        (Tally(7, 0, 3), "not passed"),
        (Tally(9, 0, 0), "not finished"),
        (Tally(10, 0, 10), "more answers than stories: two trainees under one alias?"),
    ],
)
def test_a_test_is_passed_by_what_is_right_or_acceptable(picked, words):
    """All ten stories answered, eight of them well."""
    assert result_words(a_class(), picked) == words


def test_only_tests_have_scores():
    """A drill is not passed or failed."""
    assert scores(a_class(mode="drill"), REPORT) == ()
    (table,) = scores(a_class(), REPORT)
    assert [row[0] for row in table.rows] == [line.alias for line in REPORT.trainees]
