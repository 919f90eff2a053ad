"""`scripts/privacy.py` over a few notes: its figures, its lines, and what is no file of notes."""

import json
import sys

import privacy
import pytest


@pytest.fixture
def measured(tmp_path, monkeypatch, capsys):
    """Return what the script says of a file's text, with its exit code, in the Python of the tests."""
    monkeypatch.setattr(privacy, "run_inside", lambda *_: None)
    monkeypatch.setattr(sys, "path", [*sys.path])

    def run(text, *flags):
        file = tmp_path / "notes.json"
        file.write_text(text, encoding="utf-8")
        code = privacy.main([str(file), *flags])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


NOTES = json.dumps(
    [
        ["ssn 987-65-4321", "ssn"],
        ["nothing at all in here", "ssn"],
        ["call 312-555-0123", "phone"],
        ["she came at noon", None],
        ["9 Oak Lane", None],
    ]
)


def test_figures(measured):
    code, said, _ = measured(NOTES, "--json")
    assert (code, json.loads(said)) == (
        0,
        {
            "recall": 2 / 3,
            "by_kind": {"ssn": {"found": 1, "of": 2}, "phone": {"found": 1, "of": 1}},
            "false_alarms": 1,
            "harmless": 2,
        },
    )


def test_lines_show_what_is_wrong(measured):
    code, said, _ = measured(NOTES)
    assert code == 0
    assert "missed: nothing at all in here" in said
    assert "false alarm: 9 Oak Lane" in said
    assert "she came at noon" not in said


@pytest.mark.parametrize("text", ["", "{}", '[["one"]]', '[[1, "ssn"]]', '[["a", 2]]', "[null]"])
def test_what_holds_no_notes_is_refused_in_a_sentence(measured, text):
    code, said, error = measured(text)
    assert (code, said) == (2, "")
    assert len(error.splitlines()) == 1
