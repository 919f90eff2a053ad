"""`service-group content diff`: two folders, or a guide that entries were recorded under."""

import json
from pathlib import Path

import pytest

from assistant.cli import main
from tests.builders import CONTENT, content_copy, edit

GOLDEN = Path(__file__).parents[1] / "golden" / "decisions"
EXPORT = Path(__file__).parents[1] / "release_1" / "export.json"
FIRST = (GOLDEN / "1.0.0.hash").read_text(encoding="utf-8").strip()


@pytest.fixture
def changed(tmp_path):
    folder = content_copy(tmp_path)
    edit(folder, "outcomes/goals.yaml", "certainty: settled", "certainty: judgement")
    edit(folder, "questions/goal.yaml", "hint:", "hint: Look twice.  #")
    return folder


def told(capsys, *arguments):
    assert main(["content", "diff", *map(str, arguments), "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_two_folders_are_compared_case_by_case_and_word_by_word(changed, capsys):
    found = told(capsys, CONTENT, changed)
    assert {(c["was"][0]["certainty"], c["now"][0]["certainty"]) for c in found["changes"]} == {
        ("settled", "judgement")
    }
    assert "questions.goal.hint" in {change["where"] for change in found["wording"]}
    assert found["entries"] == []
    assert main(["content", "diff", str(CONTENT), str(changed)]) == 0
    out = capsys.readouterr().out
    assert "then was" in out
    assert "questions.goal.hint" in out


def test_nothing_changes_from_the_guide_in_use_to_itself(capsys):
    found = told(capsys, CONTENT)
    assert (found["changes"], found["wording"]) == ([], [])


def test_an_agencys_decisions_are_what_changes(tmp_path, capsys):
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text(
        "no_plan_while_open: {decision: Memo 1, date: 11/1/2026, choose: recommended, says: So.}\n",
        encoding="utf-8",
    )
    changes = told(capsys, CONTENT, "--decisions", decisions)["changes"]
    assert changes
    assert {c["now"][0]["certainty"] for c in changes} == {"settled"}


def test_a_guide_kept_with_the_records_goes_by_its_hash(tmp_path, capsys):
    data = ("--data", tmp_path / "data")
    assert main(["records", "import", str(EXPORT), *map(str, data)]) == 0
    capsys.readouterr()
    found = told(capsys, FIRST[:8], *data)
    assert found["old"]["meaning_hash"] == FIRST
    assert found["wording"] == []
    assert found["changes"]
    assert main(["records", "replay", *map(str, data)]) == 0
    replayed = capsys.readouterr().out
    assert all(f"Entry {one['entry']}," in replayed for one in found["entries"])
    assert len(found["entries"]) == replayed.count("recommended then:")


def test_a_guide_that_is_nowhere_is_refused_with_what_to_do(tmp_path, capsys):
    for old in ("0123abcd", str(tmp_path / "nowhere")):
        assert main(["content", "diff", old]) != 0
        assert "What to do:" in capsys.readouterr().err


def test_a_page_is_written(changed, tmp_path):
    page = tmp_path / "changes.html"
    arguments = ["content", "diff", str(CONTENT), str(changed), "--format", "html"]
    assert main([*arguments, "--output", str(page)]) == 0
    assert page.read_text(encoding="utf-8").count("<section>") == 2


def test_a_new_answer_and_a_sentence_taken_out_are_told(tmp_path, capsys):
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before, after):
        assert main(["content", "new", str(folder)]) == 0
    edit(after, "tree.yaml", "supply: missing", "supply: missing, advice: missing")
    edit(
        after,
        "questions.yaml",
        "    supply:\n",
        "    advice: {label: Advice, short: advice, says: it is, would: it were, words: [advice]}\n"
        "    supply:\n",
    )
    edit(before, "outcomes.yaml", "  next:\n", "  next:\n    - say: Knock first.\n")
    capsys.readouterr()
    found = told(capsys, before, after)
    assert [(change["was"], change["if"]) for change in found["changes"]] == [
        ([], {"urgent": ["yes"], "kind": ["advice"]}),
        ([], {"urgent": ["no"], "kind": ["advice"]}),
    ]
    gone = [one for one in found["wording"] if one["where"] == "outcomes.urgent_request.next.1"]
    assert [(one["was"], one["now"]) for one in gone] == [("Knock first.", "")]
    for style in ("text", "html"):
        assert main(["content", "diff", str(before), str(after), "--format", style]) == 0
    out = capsys.readouterr().out
    assert "could not be answered" in out
    assert "2 cases are new" in out
