"""`check` from the command line: what it shows, what it hides, and what it refuses."""

import json
import re
import sys
from pathlib import Path

import pytest

from assistant.cli import extracts, main
from assistant.extracts.check import TableFile
from tests.builders import shipped
from tests.extracts.tables import csv_file, rows_of

CASE = "8173940265518"
"""Digits that stand in nothing else."""

ADOPTION = {"investigation": "none", "goal": "adoption", "fins": "no"}
NAMES = ["case_number", *ADOPTION, "grp"]


@pytest.fixture
def table(tmp_path):
    """Return a maker of a table with so many rows of each recorded group, all with the goal adoption."""

    def made(**groups):
        rows = [
            {"case_number": CASE, **ADOPTION, "grp": group}
            for group, count in groups.items()
            for _ in range(count)
        ]
        return str(csv_file(tmp_path / "services.csv", NAMES, rows))

    return made


def on_terminal(monkeypatch):
    monkeypatch.setattr(extracts, "is_terminal", lambda stream: stream is sys.stdout)


def test_small_counts_are_hidden_outside_a_terminal(table, capsys):
    source = table(adoption=40, preventive=14, reunification=20)
    assert main(["check", source, "--recorded", "grp", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["statuses"]["recommended"]) == (74, 74)
    cells = {pair["recorded"]: pair["rows"] for pair in said["pairs"]}
    assert cells == {"adoption": 40, "preventive": "under 15", "reunification": "not shown"}
    assert [type(one["rows"]) for one in said["disagreements"]] == [str, str]


@pytest.mark.parametrize("more", [["--unsuppressed"], ["--json", "--unsuppressed"]])
def test_all_counts_are_shown_if_asked(table, capsys, more):
    main(["check", table(adoption=3, preventive=2), "--recorded", "grp", *more])
    assert "under 15" not in capsys.readouterr().out


def test_a_terminal_shows_the_grid_and_values_but_no_case(table, capsys, monkeypatch):
    on_terminal(monkeypatch)
    source = table(adoption=2, preventive=1, nobody=15, **{"Maria": 3, f"child {CASE}": 1})
    main(["check", source, "--recorded", "grp"])
    said = capsys.readouterr().out
    assert re.search(r"\[2\]", said)
    assert "nobody" in said
    assert "Maria" not in said
    assert CASE not in said


def test_a_column_of_case_numbers_shows_none(table, capsys, monkeypatch):
    """Somebody takes the wrong column for the goal."""
    on_terminal(monkeypatch)
    assert main(["check", table(adoption=2), "--map", "goal=case_number"]) == 0
    said = capsys.readouterr()
    assert CASE not in said.out + said.err


@pytest.mark.parametrize(("group", "code"), [("preventive", 3), ("adoption", 0)])
def test_strict_tells_whether_any_disagrees(table, group, code):
    source = table(**{group: 1})
    assert main(["check", source, "--recorded", "grp", "--strict"]) == code
    assert main(["check", source, "--recorded", "grp"]) == 0


def test_codes_of_a_file_and_a_column_with_another_name(tmp_path):
    codes = tmp_path / "codes.csv"
    codes.write_text("code,value\nADO,adoption\nNEW,no_plan\nNEW,no_goal\nNA,\n", encoding="utf-8")
    goals = ("ADO", "NEW", "NA", "adoption", "XX")
    rows = [{"E43": goal, "investigation": "concluded", "setting": "out_of_home"} for goal in goals]
    source, out = csv_file(tmp_path / "in.csv", rows[0], rows), tmp_path / "out.csv"
    given = ["--map", "goal=e43", "--codes", f"goal={codes}", "--output", str(out)]
    assert main(["check", str(source), *given]) == 0
    found = [(row["status"], row["recommended"], row["also_fits"]) for row in rows_of(out)]
    assert found == [
        ("recommended", "adoption", None),
        ("depends", None, None),
        ("depends", None, None),
        ("recommended", "adoption", None),
        ("unreadable", None, None),
    ]


def test_nothing_is_replaced_unless_asked(table, tmp_path):
    source, out = table(adoption=1), tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")
    assert main(["check", source, "--output", str(out)]) == 2
    assert out.read_text(encoding="utf-8") == "mine"
    assert main(["check", source, "--output", str(out), "--force"]) == 0
    assert out.read_text(encoding="utf-8") != "mine"
    assert main(["check", source, "--output", source, "--force"]) == 2


def test_only_a_regular_file_is_replaced(table, tmp_path):
    out = tmp_path / "out.csv"
    out.symlink_to(tmp_path / "elsewhere.csv")
    assert main(["check", table(adoption=1), "--output", str(out), "--force"]) == 2
    assert out.is_symlink()


REFUSED = (
    ["--map", "gaol=goal"],
    ["--map", "goal=nothing"],
    ["--map", "goal=goal", "--map", "goal=fins"],
    ["--codes", "goal=afcars"],
    ["--codes", "setting=afcars1993"],
    ["--codes", "fins=afcars1993"],
    ["--recorded", "nothing"],
    ["--output", "out.txt"],
    ["--strict"],
)


def test_a_column_that_is_not_there_is_answered_with_those_that_are(table, capsys):
    """A first line that is a row of cases is not said again with their numbers."""
    source = Path(table(adoption=1))
    main(["check", str(source), "--map", "goal=group"])
    assert ", ".join(NAMES) in capsys.readouterr().err
    source.write_text(source.read_text(encoding="utf-8").split("\n", 1)[1], encoding="utf-8")
    main(["check", str(source), "--map", "goal=group"])
    assert CASE not in capsys.readouterr().err


@pytest.mark.parametrize("given", REFUSED, ids=" ".join)
def test_what_cannot_be_meant_is_refused(table, given, capsys):
    assert main(["check", table(adoption=1), *given]) == 2
    said = capsys.readouterr().err
    assert "What to do" in said
    assert not {"?.", "'."} & {f"{line}\n"[-3:-1] for line in said.split("?")[:-1]}


def test_a_package_that_is_missing_is_named_with_how_to_install_it(table, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert main(["check", table(adoption=1)]) == 2
    assert "pip install" in capsys.readouterr().err


def test_long_work_shows_how_far_it_is(monkeypatch, capsys):
    """On a terminal, after a moment, each state once; the line is cleared in the end."""
    monkeypatch.setattr(extracts, "is_terminal", lambda stream: stream is sys.stderr)
    clock = iter((0.0, 0.5, 2.0, 3.0, 4.0))
    monkeypatch.setattr(extracts, "monotonic", lambda: next(clock))
    progress = extracts.WorkShown()
    for percent in (10, 20, 20, 60):
        progress("Reading", percent)
    progress.end()
    said = capsys.readouterr().err
    assert re.findall(r"(\d+)%", said) == ["20", "60"]
    assert said.endswith(" \r")


def test_a_query_tells_how_far_it_is(tmp_path):
    """So that there is something to show."""
    told = []
    source = csv_file(tmp_path / "in.csv", ["goal"], [])
    table = TableFile(source, watch=lambda step, percent: told.append((step, percent)))
    table.run("Reading", "SELECT max(hash(a.range + b.range)) FROM range(20000) a, range(10000) b")
    assert {step for step, _ in told} == {"Reading"}
    assert max(percent for _, percent in told) >= 0


def test_every_code_of_a_federal_list_stands_for_what_it_says():
    """decision-rules, "Federal goal codes"."""
    codes = shipped().guide.codes
    assert {name: len(found.codes) for name, found in codes.items()} == {
        "afcars1993": 8,
        "afcars2020": 5,
    }
    assert codes["afcars1993"].codes["7"] == ("no_plan", "no_goal")
    assert codes["afcars2020"].codes["5"] == ("planned_permanent_living", "independent_living")
    assert {tuple(found.beside.items()) for found in codes.values()} == {
        (("setting", "out_of_home"),)
    }
