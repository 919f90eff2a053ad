"""The benchmark's parts work, on a few runs of each; what they measured is not looked at."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from benchmarks.commands import command_rows
from benchmarks.extracts import by_case, checked, extract_rows, make_table
from benchmarks.figures import HEADINGS, Figures, Row, beside_aim, in_turns, table
from benchmarks.records import list_rows, save_rows
from environment.checkout import Checkout

from tests.builders import shipped
from tests.extracts.tables import rows_of
from tests.scripts.conftest import ROOT

BENCH = ROOT / "scripts" / "bench.py"


@pytest.fixture
def here(tmp_path) -> Checkout:
    """Return this checkout as the one to measure, with the programs of the Python that runs this."""

    class Here(Checkout):
        @property
        def python(self):
            return Path(sys.executable)

        @property
        def command(self):
            return self.python.with_name("service-group")

    checkout = Here(ROOT)
    checkout.venv = tmp_path
    return checkout


def test_in_turns():
    """Measurements alternate, and each goes first in its turn."""
    calls: list[str] = []

    def called(name: str) -> float:
        calls.append(name)
        return float(len(calls))

    figures = in_turns(partial(called, "a"), partial(called, "b"), times=2)
    assert "".join(calls) == "abba"
    assert [figure.values for figure in figures] == [(1.0, 4.0), (2.0, 3.0)]


def test_table():
    """A row shows both medians with their spread, the ratio, the aim, and that it was missed."""
    rows = [
        Row("ours", Figures((1.0, 2.0, 3.0)), "ms", "plain", Figures((1.0,)), 1.5),
        beside_aim("ours", Figures((4.0, 4.0)), 16),
    ]
    lines = [line.split() for line in table(rows).splitlines()]
    assert lines[0] == " ".join(HEADINGS).split()
    assert lines[1] == ["ours", "2.00", "±0.50", "ms", "plain", "1.00", "2.00", "over", "≤", "1.5"]
    assert lines[2] == ["ours", "4.00", "±0.00", "ms", "the", "aim", "16.0", "0.25", "≤", "1"]


def test_records(here):
    """Saves and pages are measured, each beside something."""
    rows = [*save_rows(here, quick=True), *list_rows(here, quick=True, full=False)]
    assert rows
    assert all(row.ours.middle > 0 and row.ratio > 0 for row in rows)


def test_extracts(here):
    """A check is measured beside a CASE, polars and a loop, and its memory beside that of fewer rows."""
    rows = extract_rows(here, quick=True, full=False)
    assert {row.beside for row in rows} >= {"DuckDB, a CASE by hand", "a loop in Python"}
    assert all(row.ours.middle > 0 for row in rows)


def test_the_case_by_hand_says_the_same(tmp_path):
    """Or it would be measured beside something else."""
    guide, source = shipped().guide, tmp_path / "in.parquet"
    make_table(guide, source, 20_000)
    checked(guide, source, tmp_path / "ours.parquet")
    by_case(source, tmp_path / "case.parquet")
    ours, case = (rows_of(tmp_path / f"{name}.parquet") for name in ("ours", "case"))
    assert len(ours) == 20_000
    assert ours == case


needs_command = pytest.mark.skipif(
    not Path(sys.executable).with_name("service-group").exists(),
    reason="the command is installed in the project's own .venv",
)


@needs_command
def test_commands(here):
    """Whole commands and the proof are measured beside a bare Python and a walk."""
    assert {row.ours.middle > 0 for row in command_rows(here, quick=True)[2:]} == {True}


linux = pytest.mark.skipif(sys.platform != "linux", reason="measured in a pseudo-terminal")


@linux
def test_plain_styles():
    """The bare app gets the same rules, for classes in place of the assistant's widgets."""
    from benchmarks.screens import plain_styles

    sheet = "/* Aside: a note */\nPanelScreen Aside > Static { width: $Wide; }"
    assert plain_styles(sheet) == "\n.PanelScreen .Aside > Static { width: $Wide; }"


@linux
def test_interview():
    """The interview gone through answers every question by a digit, and ends in a result."""
    from benchmarks.screens import longest_interview

    *asked, result = longest_interview(ROOT / "content")
    assert all(step.key.isdigit() and step.shows for step in asked)
    assert (result.key, len(asked) > 3) == ("", True)


def test_help():
    """The benchmark says how it is used, on any Python that can run the scripts."""
    command = [sys.executable, str(BENCH), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--quick" in done.stdout
