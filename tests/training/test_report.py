"""The class report: its numbers against a count by hand, and its tables."""

import csv
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta, timezone
from html import escape
from html.parser import HTMLParser
from io import StringIO
from random import Random

import pytest

from assistant.engine.verdict import fact_said
from assistant.tables import as_csv, as_page, as_text
from assistant.training.attempts import Attempt, Tally
from assistant.training.bookmarks import Bookmark
from assistant.training.classes import ClassFile, class_text
from assistant.training.findings import class_report, result_words
from assistant.training.judging import RULE, Misreading, answer_name
from assistant.training.progress import NOT_SEEN, answers_table, class_now
from assistant.training.report import (
    report_json,
    report_lead,
    report_tables,
    trainee_tables,
)
from assistant.training.stories import story_by_id
from tests.training.trainee import NOW, attempt, every_answer, story_of, syllabus

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
    tables = (*report_tables(guide, report), answers_table(syllabus(), log))
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
    for line in REPORT.forks:
        mine = Counter(one.alias for one in REPORT.log if line.fact in (one.misread, one.taken))
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


def class_of(missed, good_missed=False, size=12):
    """Return the answers of a class to one story that some miss, and to four that show who is good.

    The weaker ones miss it, or with `good_missed` the better ones.
    """
    ways = [way for way in syllabus().paths if way.outcome == "adoption"]
    shown = story_of(ways[0])
    others = [story_of(ways[0], seed) for seed in range(2, 6)]
    log = []
    for number in range(size):
        weak = number < size // 2
        fails = number >= size - missed if good_missed else number < missed
        chosen = [
            "preventive" if fails else "adoption",
            *(["preventive" if weak else "adoption"] * 4),
        ]
        log += [
            attempt(story, answer, 10 * number + at, alias=f"trainee-{number}")
            for at, (story, answer) in enumerate(zip([shown, *others], chosen, strict=True), 1)
        ]
    return shown.id, class_report(syllabus(), log)


@pytest.mark.parametrize(
    ("missed", "good_missed", "size", "wording", "hard"),
    [
        (7, True, 12, True, True),  # more than half, and the better half among them
        (7, False, 12, False, True),  # the weaker half missed it: it is only hard
        (4, True, 12, True, False),
        (2, True, 12, False, False),
        (5, True, 7, False, True),  # fewer than eight trainees prove nothing
        (2, False, 2, False, False),
    ],
)
def test_a_wording_is_doubted_only_where_good_trainees_miss_it(
    missed, good_missed, size, wording, hard
):
    """Eight trainees at least, most of the better half, and no sign that it tells good ones from others."""
    story, report = class_of(missed, good_missed, size)
    line = next(line for line in report.stories if line.story == story)
    assert (line.seen_by, line.missed_by) == (size, missed)
    assert (line.wording, line.hard) == (wording, hard)
    hardest = {row[0]: str(row[-1]) for row in report_tables(GUIDE, report, brief=True)[3].rows}
    assert all(told.startswith("“") and "Goal: " in told for told in hardest.values())
    assert ("Remark: check the wording" in report_text(GUIDE, report)) is wording


def test_discrimination_is_near_one_where_the_good_do_well_and_below_zero_where_they_do_not():
    """A correlation of one story with the others; none where everybody answered alike."""
    (story, well), (_, badly), (_, alike) = class_of(6), class_of(6, good_missed=True), class_of(12)
    found = [
        next(line.discrimination for line in report.stories if line.story == story)
        for report in (well, badly, alike)
    ]
    assert found == [1.0, -1.0, None]


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

    VOID = ("meta", "br")

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
    assert tags["caption"] == tags["table"] == len(report_tables(GUIDE, REPORT))
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
    assert table_of(empty, "Teach next").empty == report_lead(empty)
    assert csv_files(empty)["Trainees"][0][0] == "Trainee"


def test_where_nothing_stands_out_the_report_says_what_was_misread_most():
    """Slips of several kinds name no misunderstanding; no table without rows is drawn, only a sentence."""
    ways = [way for way in syllabus().paths if way.facts["investigation"] == "none"][:12:2]
    log = [
        attempt(story_of(way), "assessment_investigation", n, alias=f"t{n}")
        for n, way in enumerate(ways, 1)
    ]
    report = replace(class_report(syllabus(), log), teach_next=())
    table = table_of(report, "Teach next")
    worst = report.forks[0]
    assert worst.misread > 1
    assert f"{worst.misread} of {len(log)}" in table.empty
    assert fact_said(GUIDE, worst.fact) in table.empty
    assert table.empty in report_html(GUIDE, report)
    assert Counter(tag for tag, _ in Page(report_html(GUIDE, report)).tags)["table"] < len(
        report_tables(GUIDE, report)
    )
    assert table.empty in " ".join(report_text(GUIDE, report).split())
    right = class_report(syllabus(), [attempt(STORIES[0], syllabus().right(STORIES[0].outcome), 1)])
    assert "no wrong answers" in table_of(right, "Teach next").empty


def test_the_csv_has_every_number_of_the_grid():
    """Read back, each row has its count under each column."""
    head, *rows = csv_files(REPORT)["Right answers and choices"]
    assert head[1:] == [*(group.name for group in GUIDE.groups.values()), "Ask the supervisor"]
    for row, right in zip(rows, REPORT.answers, strict=True):
        counts = [str(REPORT.grid.get((right, chosen), 0)) for chosen in REPORT.answers]
        assert row[1:] == counts


def test_a_number_in_a_csv_is_a_number():
    """Also one below zero, which no apostrophe makes text of."""
    _, report = class_of(6, good_missed=True)
    rows = csv_files(report)["Stories"]
    at = rows[0].index("Discrimination")
    found = [float(row[at]) for row in rows[1:] if row[at]]
    assert min(found) < 0


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
    alias, grade = head.index("Trainee"), head.index("Grade")
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
    for (_, *counts), answer in zip(rows, REPORT.answers, strict=True):
        mine = [made for made in LOG if made.right == answer]
        grades = Counter(made.grade for made in mine)
        fine = grades["right"] + grades["acceptable"]
        assert counts == [len(mine), grades["right"], grades["acceptable"], fine]


def test_acceptable_answers_are_told_apart_wherever_mix_ups_are_listed():
    """Each line says how many of its answers were acceptable, as counted."""
    for pair, count in REPORT.grid.items():
        mine = [made for made in LOG if (made.right, made.chosen) == pair]
        assert REPORT.acceptable.get(pair, 0) == sum(m.grade == "acceptable" for m in mine)
        assert len(mine) == count
    story = story_of(next(way for way in syllabus().paths if way.outcome == "fins_adoption"))
    report = class_report(syllabus(), [attempt(story, "preventive", n) for n in (1, 2)])
    text = report_text(GUIDE, report)
    assert table_of(report, "Mix-ups").rows == (("Preventive Services", "Adoption Services", 2, 2),)
    assert "2 answers: 0 right, 2 acceptable, 0 wrong (100% right or acceptable)." in text
    assert "Hardest stories" in text
    assert table_of(report, "Hardest stories", brief=True).rows == ()


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
    assert "3 stories in Learn, 2 with every answer right." in text
    assert table_of(report, "Misunderstandings").rows[0] == ("Goal", 1, "Robin 1")
    head = ("Trainee", "Learn stories", "All answers right", "Minutes", "Misunderstands")
    assert table_of(report, "Trainees").head == head
    assert table_of(report, "Trainees").rows[0][:3] == ("Robin", 3, 2)
    assert sorted(csv_files(report)) == ["Answers", "Misunderstandings", "Trainees"]
    for form in (text, report_html(GUIDE, report)):
        assert "0 answers" not in form
        assert "Right answers and choices" not in form
        assert "Hardest" not in form
    assert Page(report_html(GUIDE, report)).open == []


def test_the_hardest_stories_are_known_by_their_words():
    """By its facts if it was made, the whole story on the page; a story that is gone has its name."""
    hard = REPORT.stories[0]
    story = next(story for story in STORIES if story.id == hard.story)
    assert hard.told == story.paragraphs
    told = table_of(REPORT, "The 10 hardest stories", brief=True).rows[0]
    assert hard.story in told[0]
    options = [GUIDE.questions[fact].options[value] for fact, value in story.facts.items()]
    assert all(option.short in told[-1] for option in options)
    assert escape(story.paragraphs[-1]) in HTML
    gone = replace(attempt(STORIES[0], "adoption"), story="made-1-00000000", grade="wrong")
    assert gone.right != "adoption"
    (row,) = table_of(class_report(syllabus(), [gone]), "Stories").rows
    assert (row[1], row[3], row[-1]) == ("made-1-00000000", 1, "")


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


def test_a_test_that_was_handed_in_is_finished_whatever_it_lacks():
    assert result_words(a_class(), Tally(9, 0, 0), handed_in=True) == "passed"
    assert result_words(a_class(), Tally(3, 0, 0), handed_in=True) == "not passed"


def held_as(found, log=LOG):
    """Return the report on a class, of answers that were all given in it."""
    return class_report(syllabus(), [replace(made, class_id=found.id) for made in log], found=found)


def test_only_tests_have_scores():
    """A drill is not passed or failed."""
    drill = held_as(a_class(mode="drill"))
    assert "Result" not in table_of(drill, "Trainees").head
    test = held_as(a_class())
    assert "Result" in table_of(test, "Trainees").head
    scores = test.scores
    assert scores.passed + scores.not_passed + scores.unfinished <= len(NAMES)


def test_scores_have_a_mean_a_median_and_who_passed():
    """Of ten stories, answered 10, 8, 5 and 3 times well; the last one answered only six."""
    found = a_class()
    right = {name: syllabus().right(story.outcome) for story in STORIES for name in [story.id]}
    log: list[Attempt] = []
    for alias, well, answered in (("a", 10, 10), ("b", 8, 10), ("c", 5, 10), ("d", 3, 6)):
        for number, story in enumerate(STORIES[:answered]):
            wrong = next(one for one in every_answer() if attempt(story, one).grade == "wrong")
            chosen = right[story.id] if number < well else wrong
            made = attempt(story, chosen, len(log) + 1, alias=alias, mode="test")
            log.append(replace(made, class_id=found.id))
    report = class_report(syllabus(), log, found=found)
    assert [line.score for line in report.trainees] == [100, 80, 50, 30]
    assert vars(report.scores) == {
        "mean": 65,
        "median": 65,
        "passed": 2,
        "not_passed": 1,
        "unfinished": 1,
    }
    assert [row[1] for row in table_of(report, "Scores").rows] == [1, 1, 0, 0, 1, 1]


def test_a_mean_is_of_exact_shares_and_rounded_once():
    """Three, two and five of six are 50, 33 and 83 percent, and 55.6 together."""
    found = a_class(6)
    log: list[Attempt] = []
    for alias, well in (("a", 3), ("b", 2), ("c", 5)):
        for number, story in enumerate(STORIES[:6]):
            wrong = next(one for one in every_answer() if attempt(story, one).grade == "wrong")
            chosen = syllabus().right(story.outcome) if number < well else wrong
            made = attempt(story, chosen, len(log) + 1, alias=alias, mode="test")
            log.append(replace(made, class_id=found.id))
    report = class_report(syllabus(), log, found=found)
    assert report.scores
    assert (report.scores.mean, report.scores.median) == (56, 50)
    assert "56%" in report_lead(report)


def test_time_is_counted_without_pauses():
    """Minutes between answers; a longer break belongs to nobody."""
    minutes = (0, 3, 5, 65, 66)
    log = [attempt(STORIES[0], "adoption", 1 + n, alias="kim") for n in minutes]
    assert class_report(syllabus(), log).trainees[0].minutes == 6
    assert class_report(syllabus(), log[:1]).trainees[0].minutes is None


def test_whoever_took_two_tests_is_told_before_and_after():
    """Only tests of five answers and more, also those taken elsewhere."""
    right = [(story, syllabus().right(story.outcome)) for story in STORIES[:6]]
    fails = [
        (story, next(o for o in every_answer() if attempt(story, o).grade == "wrong"))
        for story, _ in right
    ]
    first = [attempt(*pair, n, mode="test") for n, pair in enumerate(fails[:3] + right[3:], 1)]
    later = [
        replace(attempt(*pair, n, mode="test"), session="6" * 32)
        for n, pair in enumerate(right, 50)
    ]
    short = [
        replace(attempt(*pair, n, mode="test"), session="7" * 32)
        for n, pair in enumerate(fails[:4], 99)
    ]
    (line,) = class_report(syllabus(), first, elsewhere=[*later, *short]).retakes
    assert (line.tests, line.first, line.latest) == (2, 50, 100)
    report = class_report(syllabus(), first, elsewhere=later)
    assert table_of(report, "Before and after").shares() == []
    assert class_report(syllabus(), first).retakes == ()


def test_who_was_expected_and_is_not_here_is_in_the_report():
    """Whatever the capitals, and each once."""
    report = class_report(syllabus(), LOG, expected=("KIM", "otter", "otter", "owl"))
    assert report.absent == ("otter", "owl")
    assert [row[0] for row in table_of(report, "No results yet").rows] == ["otter", "owl"]


def misunderstood(alias, kind, number):
    """Return the answers of a trainee who goes by a rule: to 6 stories that show it, and 12 others."""
    made = [one for one in syllabus().lessons if not one.story]
    telling = [one for one in made if kind in one.shows][:6]
    others = [one for one in made if kind not in one.shows][:12]
    for at, lesson in enumerate([*others, *telling], number):
        (chosen, *_) = lesson.shows.get(kind, [lesson.right])
        yield attempt(story_of(lesson.path), chosen, at, alias=alias)


def test_what_to_teach_next_is_what_cost_the_class_most():
    """A misunderstanding that two show is before one that cost more and that one alone shows."""
    fins, setting = (
        Misreading(RULE, name) for name in ("fins_means_preventive", "where_the_child_lives")
    )
    log = [
        *misunderstood("kim", fins, 1),
        *misunderstood("lee", fins, 100),
        *misunderstood("sam", setting, 200),
    ]
    wrong = sum(one.grade == "wrong" for one in log if one.alias != "sam")
    first, second = class_report(syllabus(), log).teach_next[:2]
    assert first.name == syllabus().name_of(fins)
    assert (first.trainees, first.answers, first.chosen) == (("kim", "lee"), wrong, "preventive")
    assert story_by_id(GUIDE, syllabus().practice, first.story).outcome
    assert first.why
    assert (second.name, second.trainees) == (syllabus().name_of(setting), ("sam",))


def test_without_a_misunderstanding_the_groups_mixed_up_are_named():
    """Several who each slip once in one way; a slip of one alone is not taught."""
    story = story_of(next(way for way in syllabus().paths if way.outcome == "adoption"))
    slips = [attempt(story, "reunification", n, alias=name) for n, name in enumerate(NAMES, 1)]
    (point,) = class_report(syllabus(), [*slips, attempt(story, "preventive", 9)]).teach_next
    assert (point.name, point.right, point.chosen) == ("", "adoption", "reunification")
    assert (len(point.trainees), point.answers) == (len(NAMES), len(NAMES))


def test_an_older_answer_that_is_acceptable_today_counts():
    """One that was graded wrong by older rules; the report says how many there are."""
    way = next(way for way in syllabus().paths if way.outcome == "fins_adoption")
    made = attempt(story_of(way), None)
    assert made.grade == "acceptable"
    old = replace(made, grade="wrong", misread="goal", taken="other")
    report = class_report(syllabus(), [old, attempt(story_of(way), "reunification", 2)])
    assert (report.regraded, report.picked) == (1, Tally(0, 1, 1))
    assert "1 answer marked wrong at the time" in report_lead(report)


def test_a_trainees_page_lists_every_answer_with_the_right_one():
    """In the order given, and why where it was not right."""
    mine = [made for made in LOG if made.alias == "kim"]
    report = class_report(syllabus(), mine)
    page = {table.title: table for table in trainee_tables(syllabus(), report, mine)}
    rows = page["Your answers"].rows
    assert len(rows) == len(mine)
    for row, made in zip(rows, mine, strict=True):
        assert row[1:4] == (
            answer_name(GUIDE, made.chosen),
            answer_name(GUIDE, made.right),
            made.grade,
        )
        assert bool(row[4]) is (made.grade != "right")
    assert len(page["Your score"].rows) == 1


def test_a_trainees_page_has_the_stories_of_a_class_in_its_order():
    """Whatever order they were answered in; one without an answer leaves its number out."""
    found = replace(a_class(4), stories=tuple(story.id for story in STORIES[:4]))
    log = [
        replace(attempt(STORIES[at], None, number, mode="test"), class_id=found.id)
        for number, at in enumerate((3, 0, 2), 1)
    ]
    report = class_report(syllabus(), log, found=found)
    answers = next(t for t in trainee_tables(syllabus(), report, log) if t.title == "Your answers")
    assert [str(row[0]).partition(".")[0] for row in answers.rows] == ["1", "3", "4"]


def test_json_has_what_to_teach_next_and_every_table():
    """As plain data, ids for answers."""
    tables = report_tables(GUIDE, REPORT)
    told = json.loads(report_json(GUIDE, "Spring", REPORT, tables, answers_table(syllabus(), LOG)))
    assert [one["answers"] for one in told["teach_next"]] == [
        point.answers for point in REPORT.teach_next
    ]
    assert {*told["tables"]} == {*(table.title for table in tables), "Answers"}
    assert len(told["tables"]["Answers"]) == len(LOG)
    for line, story in zip(REPORT.stories, told["stories"], strict=True):
        assert (story["missed"], story["discrimination"]) == (line.missed_by, line.discrimination)
        assert sum(one["trainees"] for one in story["choices"]) == line.seen_by


def test_two_trainees_with_one_alias_are_two_lines():
    """From two computers, each with an id of its own; how often a test was left stands beside them."""
    one, other, older = (attempt(STORIES[0], "adoption", n) for n in (1, 2, 3))
    log = [
        replace(one, trainee="a" * 16, mode="test", left=2),
        replace(other, trainee="b" * 16, mode="test", left=0),
        older,
    ]
    report = class_report(syllabus(), log)
    assert [(line.alias, line.left) for line in report.trainees] == [
        ("Robin", 0),
        ("Robin aaaa", 2),
        ("Robin bbbb", 0),
    ]
    assert "Times left" in table_of(report, "Trainees").head
    assert [line.alias for line in class_report(syllabus(), [log[0], older]).trainees] == ["Robin"]


def test_a_running_class_shows_how_far_each_is():
    """Who handed in, who is at which story, and of whom nothing is here."""
    found = a_class(stories=3)
    log = [
        replace(
            attempt(story, syllabus().right(story.outcome), n, mode="test"),
            id=f"{n:032x}",
            class_id=found.id,
            alias="kim",
        )
        for n, story in enumerate(STORIES[:3], 1)
    ]
    at = Bookmark(
        alias="lee",
        mode="test",
        session="",
        stories=found.stories,
        class_text=class_text(found),
        given=("adoption", "", ""),
        times=((NOW + timedelta(minutes=1)).isoformat(), "", ""),
        place=1,
        left=2,
    )
    marks = (at, replace(at, alias="ann", place=3), replace(at, alias="sue", class_text="x"))
    table = class_now(found, log, marks, NOW + timedelta(minutes=4), expected=("KIM", "owl"))
    assert table.rows == (
        ("ann", 1, 3, "checking the answers", "", "3 minutes ago", 2),
        ("KIM", 3, 3, "done", 3, "1 minute ago", 0),
        ("lee", 1, 3, "at story 2", "", "3 minutes ago", 2),
        ("owl", 0, 3, NOT_SEEN, "", "", 0),
    )
    assert table.note.startswith("1 of 4 trainees done.")
