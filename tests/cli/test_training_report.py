"""`service-group training report`: the class's answers as text, sentences, a page and tables."""

import csv
import os
import stat
from dataclasses import replace
from io import StringIO

import pytest

from assistant.cli import main
from assistant.training.attempts import results_text
from assistant.training.classes import class_text, new_class, stories_by_seed
from tests.builders import shipped
from tests.training.trainee import attempt, every_answer, ground

CLASS = new_class(
    shipped().meaning_hash, stories_by_seed(ground(), 4, 6), name="Spring", pass_mark=50
)
STORIES = stories_by_seed(ground(), 4, 6)


def answered(alias, first, wrong, class_id=CLASS.id, stories=STORIES):
    """Give one trainee's answers to the class, of which the first few are wrong."""
    for number, story in enumerate(stories):
        right = ground().right(story.outcome)
        other = next(a for a in every_answer() if a != right)
        chosen = other if number < wrong else right
        made = attempt(story, chosen, first + number, alias=alias)
        yield replace(made, mode="test", class_id=class_id)


@pytest.fixture
def report(capsys, monkeypatch, tmp_path):
    """Give what runs the report on a class of three, beside practice that is no part of it."""
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
    assert "Chosen against right" in out
    assert "█" in out
    assert "rewrite me" in out


def test_scores_are_held_against_the_pass_mark(report):
    """Who has not answered everything has not finished."""
    out = report("--class", "c.json")[1]
    scores = out.partition("Scores")[2].partition("\n\n")[0]
    found = {line.split()[0]: line for line in scores.splitlines() if line.startswith("  ")}
    assert found["kim"].endswith("83  passed")
    assert found["lee"].endswith("not passed")
    assert found["sam"].endswith("not finished")


def test_only_the_class_counts_where_one_is_named(report):
    """Without it, everything that is here; with an alias, one trainee's."""
    assert "The class: 16 answers: 6 right," in report("--class", "c.json")[1]
    assert "The class: 22 answers: 6 right," in report()[1]
    alone = report("--alias", "lee")[1]
    assert "The class: 6 answers: 1 right," in alone
    assert "kim" not in alone


def test_the_same_is_said_in_sentences(report):
    """For a screen reader: no grid, and a sentence for each score."""
    out = report("--class", "c.json", "--format", "plain")[1]
    assert "kim: score 83%, passed." in out
    assert "Chosen against right" not in out


def test_the_page_is_a_file_of_ones_own(report, tmp_path):
    """It needs a file; one that is there is kept unless told otherwise."""
    code, _, err = report("--format", "html")
    assert code == 2
    assert "--output" in err
    code, out, err = report("--class", "c.json", "--format", "html", "--output", "p.html")
    assert (code, out, err) == (0, "", "Written to p.html.\n")
    page = (tmp_path / "p.html").read_text()
    assert "<h1>Class report: Spring</h1>" in page
    assert page.index("<h2>Scores</h2>") < page.index("<h2>Trainees</h2>")
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "p.html").stat().st_mode) == 0o600
    assert report("--format", "html", "--output", "p.html")[0] == 2
    assert (tmp_path / "p.html").read_text() == page
    assert report("--format", "html", "--output", "p.html", "--force")[0] == 0


def test_tables_and_answers_come_as_csv(report, tmp_path):
    """To standard output as they are, to a file with the mark that spreadsheets go by."""
    tables = list(csv.reader(StringIO(report("--class", "c.json", "--format", "csv")[1])))
    assert tables[0] == ["Scores"]
    assert tables[2][:4] == ["kim", "6", "6", "5"]
    answers = list(csv.DictReader(StringIO(report("--format", "answers")[1])))
    assert len(answers) == 22
    assert {line["alias"] for line in answers} == {"kim", "lee", "sam"}
    report("--format", "answers", "--output", "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfwhen,alias")


def test_a_report_of_nothing_says_so(capsys):
    """The store is there, and no answer in it."""
    assert main(["training", "report"]) == 0
    assert "No answers are recorded yet." in capsys.readouterr().out
