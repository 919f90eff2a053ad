"""The class report: its numbers against a count by hand, and its three forms."""

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

from assistant.training.attempts import Attempt
from assistant.training.layouts import report_columns, report_csv, report_html, report_text
from assistant.training.report import class_report
from tests.training.trainee import attempt, every_answer, story_of, syllabus

NAMES = ("Robin", "kim", "Ash", "Lee", "Sam")
STORIES = [story_of(way) for way in syllabus().paths[::3]]
GUIDE = syllabus().guide


def csv_files(report, guide=GUIDE, log=()):
    """Return the rows of each file of tables by its name."""
    files = report_csv(guide, report, log)
    return {name: list(csv.reader(StringIO(text, newline=""))) for name, text in files.items()}


def class_log():
    """Give five trainees' answers by lot, some of them days later, every story more than once."""
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
    for line in REPORT.forks:
        mine = Counter(made.alias for made in LOG if made.misread == line.fact)
        assert line.by_trainee == mine
        assert line.misread == mine.total()
    counts = [line.misread for line in REPORT.forks]
    assert counts == sorted(counts, reverse=True)
    assert {line.fact for line in REPORT.forks} == set(GUIDE.questions)


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
    assert ("rewrite me" in report_text(GUIDE, report)) is leech


def test_days_are_those_of_the_zone_asked_for():
    """An evening in one zone is the next morning in another."""
    made = attempt(STORIES[0], None)
    days = [
        class_report(syllabus(), [made], timezone(timedelta(hours=hours))).days[0].day.isoformat()
        for hours in (0, 12)
    ]
    assert days == ["2026-10-03", "2026-10-04"]
    by_day = Counter(made.when.date() for made in LOG)
    assert {line.day: line.picked.count for line in REPORT.days} == by_day


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
    old = replace(attempt(STORIES[0], "adoption"), right="gone_group", outcome="gone", misread="x")
    report = class_report(syllabus(), [old])
    assert report.answers[-2:] == ("gone_group", None)
    assert report.grid == {("gone_group", "adoption"): 1}
    for text in (
        report_text(GUIDE, report),
        report_html(GUIDE, report),
        str(csv_files(report)["chosen-against-right.csv"]),
    ):
        assert "gone_group" in text


class Page(HTMLParser):
    """Collects a page's tags and checks that each is closed."""

    VOID = ("meta", "rect", "circle", "line", "polyline")

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


def test_the_pages_tables_and_pictures_can_be_heard():
    """Every table has a caption and headers with a scope, every picture its meaning in words."""
    page = Page(HTML)
    tags = Counter(tag for tag, _ in page.tags)
    assert tags["caption"] == tags["table"] == 5
    assert all(a.get("scope") in ("row", "col") for tag, a in page.tags if tag == "th")
    pictures = [attrs for tag, attrs in page.tags if tag == "svg"]
    assert len(pictures) == 3
    assert all(p["role"] == "img" and len(p["aria-label"]) > 20 for p in pictures)
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
    assert report_text(GUIDE, empty) == "No answers are recorded yet.\n"
    assert csv_files(empty)["trainees.csv"][0][0] == "Trainee"


def test_the_csv_has_every_number_of_the_grid():
    """Read back, each row has its count under each column."""
    head, *rows = csv_files(REPORT)["chosen-against-right.csv"]
    assert head[1:] == [*(group.name for group in GUIDE.groups.values()), "Ask the supervisor"]
    for row, right in zip(rows, REPORT.answers, strict=True):
        counts = [str(REPORT.grid.get((right, chosen), 0)) for chosen in REPORT.answers]
        assert row[1:] == counts


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", " =1", "\r=1"])
def test_no_cell_is_a_formula(name):
    """Text that a spreadsheet would calculate has a mark before it."""
    groups = {**GUIDE.groups, "adoption": replace(GUIDE.groups["adoption"], name=name)}
    files = csv_files(REPORT, replace(GUIDE, groups=groups), LOG)
    cells = [cell for rows in files.values() for row in rows for cell in row]
    assert f"'{name}" in cells
    assert not [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@"))]


def test_every_attempt_has_a_line_in_the_csv_of_attempts():
    """In the order made, with its alias and grade."""
    head, *rows = csv_files(REPORT, log=reversed(LOG))["answers.csv"]
    alias, grade = head.index("alias"), head.index("grade")
    assert [row[alias] for row in rows] == [
        made.alias for made in sorted(LOG, key=lambda m: m.when)
    ]
    assert Counter(row[grade] for row in rows) == Counter(made.grade for made in LOG)


def test_each_line_of_the_text_makes_sense_alone():
    """A line names what it counts, and its bar says nothing that no number says."""
    text = report_text(GUIDE, REPORT)
    for line in text.splitlines():
        if line.startswith("  "):
            assert re.search(r"[A-Za-z]", line)
            assert re.search(r"\d|once", line)
    for trainee in REPORT.trainees:
        picked = trainee.picked
        assert f"{trainee.alias}: {picked.count} answers: {picked.right} right" in text


def test_the_plain_lines_draw_nothing():
    """A reader who hears the report hears no blocks."""
    assert "█" not in report_text(GUIDE, REPORT)


def test_acceptable_answers_are_told_apart_wherever_mix_ups_are_listed():
    """Each line says how many of its answers were acceptable, as counted."""
    for pair, count in REPORT.grid.items():
        mine = [made for made in LOG if (made.right, made.chosen) == pair]
        assert REPORT.acceptable.get(pair, 0) == sum(m.grade == "acceptable" for m in mine)
        assert len(mine) == count
    story = story_of(next(way for way in syllabus().paths if way.outcome == "fins_adoption"))
    report = class_report(syllabus(), [attempt(story, "preventive", n) for n in (1, 2)])
    text = report_text(GUIDE, report)
    assert "Preventive Services chosen, Adoption Services right: 2 times, acceptable" in text
    assert "2 answers: 0 right, 2 acceptable, 0 wrong (100% right or acceptable)." in text
    assert "None was missed." in text


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
    assert "The class: 3 stories learned from, 2 without a wrong answer." in text
    assert "Goal: once (Robin 1)" in text
    columns = "\n".join(report_columns(GUIDE, report))
    assert sorted(csv_files(report)) == ["answers.csv", "questions-misread.csv", "trainees.csv"]
    for form in (text, columns, report_html(GUIDE, report)):
        assert "0 answers" not in form
        assert "Chosen against right" not in form
        assert "Hardest" not in form
    assert "3 stories learned from, 2 without a wrong answer" in columns
    assert Page(report_html(GUIDE, report)).open == []


def test_the_hardest_stories_are_known_by_their_words():
    """The first words stand in the lines, the whole story on the page; a story that is gone has its name."""
    hard = REPORT.hardest[0]
    story = next(story for story in STORIES if story.id == hard.story)
    assert hard.told == story.paragraphs
    start = " ".join(story.paragraphs)[:30]
    for form in (report_text(GUIDE, REPORT), "\n".join(report_columns(GUIDE, REPORT, 200))):
        assert f"“{start}" in form
        assert hard.story in form
    assert escape(story.paragraphs[-1]) in HTML
    gone = replace(attempt(STORIES[0], "adoption"), story="made-1-00000000", grade="wrong")
    assert gone.right != "adoption"
    assert "made-1-00000000: missed by 1 of 1" in report_text(
        GUIDE, class_report(syllabus(), [gone])
    )
