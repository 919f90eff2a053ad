"""The class report: its numbers against a count by hand, and its tables."""

import csv
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta, timezone
from html import escape
from html.parser import HTMLParser
from io import StringIO
from random import Random

import pytest

from assistant.tables import as_csv, as_page, as_text
from assistant.training.attempts import Attempt, Tally
from assistant.training.classes import ClassFile
from assistant.training.diagnosis import attributed
from assistant.training.report import (
    answers_table,
    class_report,
    report_lead,
    report_tables,
    result_words,
    scores,
)
from tests.training.trainee import attempt, every_answer, story_of, syllabus

NAMES = ("Robin", "kim", "Ash", "Lee", "Sam")
STORIES = [story_of(way) for way in syllabus().paths[::3]]
GUIDE = syllabus().guide


def table_of(report, title, guide=GUIDE, **how):
    """Return the table of a title."""
    return next(table for table in report_tables(guide, report, **how) if table.title == title)


def report_text(guide, report, width=80, *, heard=False):
    """Return the report as a trainer reads it in a terminal, or hears it."""
    tables = report_tables(guide, report, brief=True)
    return "\n".join([report_lead(report), *as_text(tables, width, heard=heard)])


def report_html(guide, report, title="Class report"):
    return as_page(title, report_lead(report), report_tables(guide, report))


def csv_files(report, guide=GUIDE, log=()):
    """Return the rows of each table, read back from its file, by its title."""
    tables = (*report_tables(guide, report), answers_table(log))
    return {t.title: list(csv.reader(StringIO(as_csv(t), newline=""))) for t in tables}


def class_log():
    """Return five trainees' answers by lot, some of them days later, every story more than once."""
    lot = Random(11)  # noqa: S311 - the same lot every time
    log = []
    for number in range(1, 401):
        story = lot.choice(STORIES)
        chosen = lot.choice([syllabus().right(story.outcome), *every_answer()])
        made = attempt(story, chosen, number, alias=lot.choice(NAMES))
        log.append(replace(made, when=made.when + timedelta(hours=number)))
    return log


LOG = class_log()
REPORT = class_report(syllabus(), LOG)


def test_the_grid_counts_every_answer_once():
    """A cell has as many as were right in its row and chosen in its column."""
    assert REPORT.answers == (*GUIDE.groups, None)
    for right in REPORT.answers:
        for chosen in REPORT.answers:
            count = sum((made.right, made.chosen) == (right, chosen) for made in LOG)
            assert REPORT.grid.get((right, chosen), 0) == count
    assert sum(REPORT.grid.values()) == len(LOG) == REPORT.picked.count


def test_each_trainee_has_a_line_of_their_own():
    """Right, acceptable and wrong as counted, by alias in order."""
    assert [line.alias for line in REPORT.trainees] == sorted(NAMES, key=str.casefold)
    for line in REPORT.trainees:
        grades = Counter(made.grade for made in LOG if made.alias == line.alias)
        picked = line.picked
        assert (picked.right, picked.acceptable, picked.wrong) == (
            grades["right"],
            grades["acceptable"],
            grades["wrong"],
        )


def test_forks_are_counted_for_the_class_and_for_each_trainee():
    """Most misread first; nobody is named who did not misread it."""
    found = attributed(syllabus(), LOG)
    for line in REPORT.forks:
        mine = Counter(one.alias for one in found if line.fact in (one.misread, one.taken))
        assert line.by_trainee == mine
        assert line.misread == mine.total()
    counts = [line.misread for line in REPORT.forks]
    assert counts == sorted(counts, reverse=True)
    assert {line.fact for line in REPORT.forks} >= set(GUIDE.questions)


def test_a_story_is_missed_by_those_whose_first_answer_was_wrong():
    """Answering it better later does not make the story easier."""
    for line in REPORT.stories:
        first: dict[str, Attempt] = {}
        for made in LOG:
            if made.story == line.story:
                first.setdefault(made.alias, made)
        assert line.seen_by == len(first)
        assert line.missed_by == sum(made.grade == "wrong" for made in first.values())


@pytest.mark.parametrize(
    ("wrong", "right", "leech"), [(3, 0, True), (2, 1, True), (2, 2, False), (2, 0, False)]
)
def test_a_story_that_most_miss_asks_to_be_rewritten(wrong, right, leech):
    """Three trainees at least, and more than half of them."""
    story = story_of(next(way for way in syllabus().paths if way.outcome == "adoption"))
    log = [
        attempt(story, "preventive" if number < wrong else "adoption", number + 1, alias=name)
        for number, name in enumerate(NAMES[: wrong + right])
    ]
    report = class_report(syllabus(), log)
    assert report.stories[0].leech is leech
    assert ("Remark: check the wording" in report_text(GUIDE, report)) is leech


def test_days_are_those_of_the_zone_asked_for():
    """An evening in one zone is the next morning in another."""
    made = attempt(STORIES[0], None)
    zones = [timezone(timedelta(hours=hours)) for hours in (0, 12)]
    days = [str(day) for zone in zones for day in class_report(syllabus(), [made], zone).days]
    assert days == ["2026-10-03", "2026-10-04"]
    by_day = Counter(made.when.date() for made in LOG)
    assert {day: picked.count for day, picked in REPORT.days.items()} == by_day


def test_learning_names_no_group_and_still_shows_a_misread_fork():
    """A wrong answer in the interview counts for its fork, and in no cell of the grid."""
    made = attempt(STORIES[0], syllabus().right(STORIES[0].outcome), mode="learn")
    slipped = replace(made, grade="wrong", misread="goal", taken="adoption")
    report = class_report(syllabus(), [slipped])
    assert (report.grid, report.picked.count, report.stories) == ({}, 0, ())
    assert report.forks[0].by_trainee == {"Robin": 1}
    assert report.trainees[0].learned == 1


def test_the_same_attempts_twice_are_the_same_report():
    """Two files that overlap count once."""
    assert class_report(syllabus(), [*LOG, *reversed(LOG)]) == REPORT


def test_attempts_of_an_older_guide_are_shown_under_their_ids():
    """A group that is gone stands in the grid all the same."""
    made = attempt(STORIES[0], "adoption")
    old = replace(made, right="gone_group", outcome="gone", misread="x", meaning_hash="0" * 64)
    report = class_report(syllabus(), [old])
    assert report.answers[-2:] == ("gone_group", None)
    assert report.grid == {("gone_group", "adoption"): 1}
    for text in (
        report_text(GUIDE, report),
        report_html(GUIDE, report),
        str(csv_files(report)["Right answers and choices"]),
    ):
        assert "gone_group" in text


class Page(HTMLParser):
    """Collects a page's tags and checks that each is closed."""

    VOID = ("meta",)

    def __init__(self, text):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


HTML = report_html(GUIDE, REPORT)


def test_the_page_needs_nothing_from_anywhere():
    """No script, no link, no picture from elsewhere, no handler, nothing that a style would fetch."""
    page = Page(HTML)
    assert page.open == []
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "a", "base", "form"}
    names = {name for _, attrs in page.tags for name in attrs}
    assert not {n for n in names if n.startswith("on") or n in ("src", "href", "srcset", "action")}
    assert not re.search(r"https?:|//|url\(|@import|javascript:|data:", HTML)


def test_the_pages_tables_can_be_heard_and_printed():
    """Every table has a caption and headers with a scope; each bar lies behind its number."""
    page = Page(HTML)
    tags = Counter(tag for tag, _ in page.tags)
    assert tags["caption"] == tags["table"] == 7
    assert all(a.get("scope") in ("row", "col") for tag, a in page.tags if tag == "th")
    bars = [a for tag, a in page.tags if tag == "td" and "bar" in a.get("class", "").split()]
    assert all(re.fullmatch(r"--share: (100|\d\d?)%", bar["style"]) for bar in bars)
    assert len(bars) > len(REPORT.trainees) + len(REPORT.forks) + len(REPORT.days)
    assert re.search(r"print-color-adjust: exact", HTML)
    assert dict(page.tags)["html"] == {"lang": "en"}
    assert "prefers-color-scheme: dark" in HTML
    assert "@media print" in HTML


def test_text_on_the_page_is_text():
    """Markup in a title, or in a guide's words, is shown as typed."""
    groups = {**GUIDE.groups, "adoption": replace(GUIDE.groups["adoption"], name='<b x="1">&')}
    text = report_html(replace(GUIDE, groups=groups), REPORT, title="<script>alert(1)</script>")
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "&lt;b x=&quot;1&quot;&gt;&amp;" in text
    assert Page(text).open == []


def test_a_report_of_nothing_is_a_report():
    """A class that has not begun has an empty page, not an error."""
    empty = class_report(syllabus(), [])
    assert Page(report_html(GUIDE, empty)).open == []
    assert report_lead(empty) == "No answers are recorded yet."
    assert csv_files(empty)["Trainees"][0][0] == "Trainee"


def test_the_csv_has_every_number_of_the_grid():
    """Read back, each row has its count under each column."""
    head, *rows = csv_files(REPORT)["Right answers and choices"]
    assert head[1:] == [*(group.name for group in GUIDE.groups.values()), "Ask the supervisor"]
    for row, right in zip(rows, REPORT.answers, strict=True):
        counts = [str(REPORT.grid.get((right, chosen), 0)) for chosen in REPORT.answers]
        assert row[1:] == counts


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(1)", " =1", "\uff1d1"])
def test_no_cell_is_a_formula(name):
    """Text that a spreadsheet would calculate has a mark before it."""
    groups = {**GUIDE.groups, "adoption": replace(GUIDE.groups["adoption"], name=name)}
    files = csv_files(REPORT, replace(GUIDE, groups=groups), LOG)
    cells = [cell for rows in files.values() for row in rows for cell in row]
    assert f"'{name}" in cells
    assert not [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@"))]


def test_every_attempt_has_a_line_in_the_csv_of_attempts():
    """In the order made, with its alias and grade."""
    head, *rows = csv_files(REPORT, log=reversed(LOG))["Answers"]
    alias, grade = head.index("alias"), head.index("grade")
    assert [row[alias] for row in rows] == [
        made.alias for made in sorted(LOG, key=lambda m: m.when)
    ]
    assert Counter(row[grade] for row in rows) == Counter(made.grade for made in LOG)


def test_a_reader_who_hears_the_report_hears_sentences():
    """A line names what it counts, and nothing is drawn; the mix-ups say what the square shows."""
    text = report_text(GUIDE, REPORT, 400, heard=True)
    assert "█" not in text
    assert "Right answers and choices" not in text
    for trainee in REPORT.trainees:
        picked = trainee.picked
        assert f"{trainee.alias}. Answers: {picked.count}; Right: {picked.right};" in text


def test_the_square_has_every_count_in_its_cell():
    """A numbered row for each right answer, a column for each chosen one, the right one in brackets."""
    lines = report_text(GUIDE, REPORT, 120).splitlines()
    start = next(
        n for n, line in enumerate(lines) if line.startswith("  Right answer  ") and "8" in line
    )
    for number, right in enumerate(REPORT.answers, start=1):
        cells = lines[start + number].split()[-len(REPORT.answers) :]
        for column, chosen in enumerate(REPORT.answers):
            count = REPORT.grid.get((right, chosen), 0)
            shown = cells[column].strip("[]")
            assert shown == (str(count) if count or right == chosen else "·")
            assert cells[column].startswith("[") is (right == chosen)


@pytest.mark.parametrize("width", [40, 60, 72, 80])
def test_no_line_is_wider_than_the_window(width):
    """With five trainees' names in every place that names them."""
    for heard in (False, True):
        tables = report_tables(GUIDE, REPORT, brief=True)
        assert max(map(len, as_text(tables, width, heard=heard))) <= width


def test_each_trainee_has_a_bar_and_counts():
    """Right of all, and what the rest was."""
    table = table_of(REPORT, "Trainees")
    assert table.shares() == [(t.picked.right, t.picked.count) for t in REPORT.trainees]
    for trainee, row in zip(REPORT.trainees, table.rows, strict=True):
        picked = trainee.picked
        counts = (picked.right, picked.acceptable, picked.wrong)
        assert row[:5] == (trainee.alias, picked.count, *counts)


def test_each_group_has_its_share_of_right_answers():
    """As counted from the answers."""
    rows = table_of(REPORT, "Answered right, by group").rows
    for (_, right, count), answer in zip(rows, REPORT.answers, strict=True):
        mine = [made for made in LOG if made.right == answer]
        assert (right, count) == (sum(m.chosen == answer for m in mine), len(mine))


def test_acceptable_answers_are_told_apart_wherever_mix_ups_are_listed():
    """Each line says how many of its answers were acceptable, as counted."""
    for pair, count in REPORT.grid.items():
        mine = [made for made in LOG if (made.right, made.chosen) == pair]
        assert REPORT.acceptable.get(pair, 0) == sum(m.grade == "acceptable" for m in mine)
        assert len(mine) == count
    story = story_of(next(way for way in syllabus().paths if way.outcome == "fins_adoption"))
    report = class_report(syllabus(), [attempt(story, "preventive", n) for n in (1, 2)])
    text = report_text(GUIDE, report)
    assert table_of(report, "Mix-ups").rows == (
        ("Preventive Services for Adoption Services", 2, 2),
    )
    assert "2 answers: 0 right, 2 acceptable, 0 wrong (100% right or acceptable)." in text
    assert "Hardest stories" in text
    assert table_of(report, "Hardest stories").rows == ()


def test_one_answer_is_one_answer():
    """No plural where there is one."""
    report = class_report(syllabus(), [attempt(STORIES[0], syllabus().right(STORIES[0].outcome))])
    assert "1 answer: 1 right, 0 acceptable, 0 wrong (100% right or acceptable)." in report_text(
        GUIDE, report
    )


def test_a_class_that_only_learns_is_told_what_it_learned():
    """How many stories, how many without a slip and what was misread; no table of zeros."""
    well = [
        attempt(story, syllabus().right(story.outcome), n, mode="learn")
        for n, story in enumerate(STORIES[:3], start=1)
    ]
    slipped = [replace(well[0], grade="wrong", misread="goal", taken="adoption"), *well[1:]]
    report = class_report(syllabus(), slipped)
    text = report_text(GUIDE, report)
    assert "The class: 3 stories in Learn, 2 with every answer right." in text
    assert table_of(report, "Misunderstandings").rows[0] == ("Goal", 1, "Robin 1")
    head = ("Trainee", "Learn stories", "All answers right", "Misunderstands")
    assert table_of(report, "Trainees").head == head
    assert table_of(report, "Trainees").rows[0][:3] == ("Robin", 3, 2)
    assert sorted(csv_files(report)) == ["Answers", "Misunderstandings", "Trainees"]
    for form in (text, report_html(GUIDE, report)):
        assert "0 answers" not in form
        assert "Right answers and choices" not in form
        assert "Hardest" not in form
    assert Page(report_html(GUIDE, report)).open == []


def test_the_hardest_stories_are_known_by_their_words():
    """The first words stand in the lines, the whole story on the page; a story that is gone has its name."""
    hard = REPORT.hardest[0]
    story = next(story for story in STORIES if story.id == hard.story)
    assert hard.told == story.paragraphs
    start = " ".join(story.paragraphs)[:30]
    told = table_of(REPORT, "Hardest stories", brief=True).rows[0]
    assert (told[0], told[-1].startswith(f"“{start}")) == (hard.story, True)
    assert escape(story.paragraphs[-1]) in HTML
    gone = replace(attempt(STORIES[0], "adoption"), story="made-1-00000000", grade="wrong")
    assert gone.right != "adoption"
    rows = table_of(class_report(syllabus(), [gone]), "Hardest stories").rows
    assert (rows[0][0], *rows[0][2:4], rows[0][-1]) == ("made-1-00000000", 1, 1, "")


def a_class(stories=10, mode="test"):
    return ClassFile(
        name="Spring",
        mode=mode,
        pass_mark=80,
        stories=tuple(f"s{number}" for number in range(stories)),
        content="0" * 64,
    )


@pytest.mark.parametrize(
    ("picked", "words"),
    [
        (Tally(8, 0, 2), "passed"),
        (Tally(7, 1, 2), "passed"),
        (Tally(7, 0, 3), "not passed"),
        (Tally(9, 0, 0), "not finished"),
        (Tally(10, 0, 10), "more answers than stories. Did two trainees use one alias?"),
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
