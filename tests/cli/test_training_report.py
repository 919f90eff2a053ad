"""`service-group training report`: the class's answers as text, a page and tables."""

import csv
import json
import os
import re
import stat
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.training.attempts import results_text
from assistant.training.classes import class_text, new_class, stories_by_seed
from tests.builders import shipped
from tests.training.trainee import attempt, every_answer, syllabus

CLASS = new_class(
    shipped().meaning_hash, stories_by_seed(syllabus(), 4, 6), name="Spring", pass_mark=50
)
STORIES = stories_by_seed(syllabus(), 4, 6)


def answered(alias, first, wrong, class_id=CLASS.id, stories=STORIES):
    """Yield one trainee's answers to the class, of which the first few are wrong."""
    for number, story in enumerate(stories):
        right = syllabus().right(story.outcome)
        other = next(a for a in every_answer() if a != right)
        chosen = other if number < wrong else right
        made = attempt(story, chosen, first + number, alias=alias)
        yield replace(made, mode="test", class_id=class_id)


@pytest.fixture
def report(capsys, monkeypatch, tmp_path):
    """Return what runs the report on a class of three, beside practice that is no part of it."""
    monkeypatch.chdir(tmp_path)
    made = [
        *answered("kim", 100, 1),
        *answered("lee", 200, 5),
        *answered("sam", 300, 4, stories=STORIES[:4]),
        *answered("kim", 400, 6, class_id=""),
    ]
    (tmp_path / "results.json").write_text(results_text(made))
    (tmp_path / "c.json").write_text(class_text(CLASS))
    assert main(["training", "collect", "results.json"]) == 0
    capsys.readouterr()

    def run(*words):
        code = main(["training", "report", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_the_text_fits_a_terminal(report):
    """Eighty columns, with the class's name, the grid and bars."""
    code, out, err = report("--class", "c.json")
    assert (code, err) == (0, "")
    assert out.startswith("Class report: Spring\n")
    assert max(map(len, out.splitlines())) <= 80
    assert "Right answers and choices" in out
    assert "█" in out
    assert out.index("Teach next") < out.index("Trainees.")


def test_scores_are_held_against_the_pass_mark(report):
    """Who has not answered everything has not finished."""
    out = report("--class", "c.json")[1]
    part = out.partition("Trainees.")[2].partition("\n\n")[0]
    rows = re.findall(r"^  (kim|lee|sam)(.*?)  ([a-z ]+)$", part, re.MULTILINE)
    assert {name: result for name, _, result in rows} == {
        "kim": "passed",
        "lee": "not passed",
        "sam": "not finished",
    }
    assert " 83" in rows[0][1]


def test_only_the_class_counts_where_one_is_named(report):
    """Without it, everything that is here; with an alias, one trainee's."""
    assert "The class: 16 answers: 6 right," in report("--class", "c.json")[1]
    assert "The class: 22 answers: 6 right," in report()[1]
    alone = report("--alias", "lee")[1]
    assert alone.startswith("lee's answers\n")
    assert "6 answers: 1 right," in alone
    assert "kim" not in alone
    assert alone.count("Right answer: ") == 6


def test_the_page_is_a_file_of_ones_own(report, tmp_path):
    """It needs a file; one that is there is kept unless told otherwise."""
    code, _, err = report("--format", "html")
    assert code == 2
    assert "--output" in err
    code, out, err = report("--class", "c.json", "--format", "html", "--output", "p.html")
    assert (code, out, err) == (0, "", "Written to p.html.\n")
    page = (tmp_path / "p.html").read_text()
    assert "<h1>Class report: Spring</h1>" in page
    assert page.index("<h2>Teach next</h2>") < page.index("<h2>Trainees</h2>")
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "p.html").stat().st_mode) == 0o600
    assert report("--format", "html", "--output", "p.html")[0] == 2
    assert (tmp_path / "p.html").read_text() == page
    assert report("--format", "html", "--output", "p.html", "--force")[0] == 0


def read(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return list(csv.reader(StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_each_table_is_a_csv_file_of_its_own(report, tmp_path):
    """Each with the mark that spreadsheets go by, and one more with every answer."""
    code, out, err = report("--class", "c.json", "--format", "csv", "--output", "spring")
    assert (code, out, err) == (0, "", "Written to spring.\n")
    assert sorted(path.name for path in (tmp_path / "spring").iterdir()) == [
        "answered-right-by-group.csv",
        "answers.csv",
        "before-and-after.csv",
        "choices.csv",
        "misunderstandings.csv",
        "mix-ups.csv",
        "right-answers-and-choices.csv",
        "scores.csv",
        "stories.csv",
        "teach-next.csv",
        "trainees.csv",
    ]
    assert read(tmp_path / "spring" / "trainees.csv")[1][:4] == ["kim", "6", "6", "5"]
    answers = read(tmp_path / "spring" / "answers.csv")
    assert answers[0][:2] == ["When", "Trainee"]
    assert [line[1] for line in answers[1:]].count("kim") == 6
    assert {line[1] for line in answers[1:]} == {"kim", "lee", "sam"}


def test_a_report_as_json_says_what_to_teach_and_who_is_missing(report):
    """On standard output, ready for a program."""
    code, out, _ = report("--class", "c.json", "--format", "json", "--expect", "kim,owl")
    told = json.loads(out)
    assert (code, told["absent"]) == (0, ["owl"])
    assert told["teach_next"] == sorted(
        told["teach_next"], key=lambda one: (one["trainees"] < 2, -one["answers"])
    )
    assert [row["Trainee"] for row in told["tables"]["Trainees"]] == ["kim", "lee", "sam"]


def test_a_running_class_can_be_watched(capsys, report):
    """Once where nobody looks at a terminal: who is how far, and who has not begun."""
    assert report("--class", "c.json")[0] == 0
    assert main(["training", "watch", "--class", "c.json", "--expect", "owl"]) == 0
    said = capsys.readouterr().out
    assert "3 of 4 trainees done." in said
    assert re.search(r"owl +0 +6", said)
    assert re.search(r"sam +4 +6", said)


def test_tables_need_a_folder_and_are_kept_unless_told_otherwise(report, tmp_path):
    """Nothing goes to standard output, or over a file that is there."""
    (tmp_path / "file.csv").write_text("mine")
    for words in ((), ("--output", "-"), ("--output", "file.csv")):
        code, out, err = report("--format", "csv", *words)
        assert (code, out) == (2, "")
        assert "needs a folder" in err
    assert report("--format", "csv", "--output", "file.csv/t")[0] != 0
    assert (tmp_path / "file.csv").read_text() == "mine"
    assert report("--format", "csv", "--output", "t")[0] == 0
    before = (tmp_path / "t" / "trainees.csv").read_bytes()
    assert report("--alias", "kim", "--format", "csv", "--output", "t")[0] == 2
    assert (tmp_path / "t" / "trainees.csv").read_bytes() == before
    assert report("--alias", "kim", "--format", "csv", "--output", "t", "--force")[0] == 0
    assert (tmp_path / "t" / "trainees.csv").read_bytes() != before


def test_where_lines_are_heard_the_report_is_sentences(report, monkeypatch, tmp_path):
    """As set for a screen reader: no block and no square of numbers."""
    (tmp_path / "settings.toml").write_text("plain = true")
    monkeypatch.setenv("SERVICE_GROUP_SETTINGS", str(tmp_path / "settings.toml"))
    said = " ".join(report("--class", "c.json")[1].split())
    assert "kim. Answered: 6; Of: 6; Right: 5;" in said
    assert "Result: passed" in said
    assert "█" not in said


def test_a_report_of_nothing_says_so(capsys):
    """The store is there, and no answer in it."""
    assert main(["training", "report"]) == 0
    assert "No answers are recorded yet." in capsys.readouterr().out


RELEASE_1 = Path(__file__).parents[1] / "training" / "release_1"


def test_a_class_of_guide_1_0_is_reported_on_and_not_held(capsys):
    """Its results are collected and counted; who would hold it is told to make a new one."""
    old = str(RELEASE_1 / "test.class.json")
    assert main(["training", "collect", str(RELEASE_1 / "results.json")]) == 0
    assert main(["training", "report", "--class", old]) == 0
    out = capsys.readouterr().out
    assert "Class report: Spring test" in out
    assert "Goal (guide 1.0.0)" in out
    for words in (["class", old, "--alias", "red-fox"], ["cases", "--class", old]):
        assert main(["training", *words]) == 2
        assert "training new-class" in capsys.readouterr().err
