"""The benchmark's parts work, on a few runs of each; what they measured is not looked at."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from benchmarks.commands import command_rows
from benchmarks.engine import engine_rows
from benchmarks.figures import HEADINGS, Figures, Row, exactly, in_turns, table
from benchmarks.great import great_rows, step
from benchmarks.guide import guide_rows
from benchmarks.interview import longest_interview
from benchmarks.limits import limits
from benchmarks.made import OUTCOMES, QUESTIONS, as_text, ladder, loaded, made_data
from benchmarks.privacy import privacy_lines
from benchmarks.programs import plain_styles
from benchmarks.records import record_rows
from benchmarks.store_crowd import crowd_rows
from benchmarks.store_scale import scale_rows
from environment.checkout import Checkout

from assistant.guide.checks import check
from assistant.guide.model import Guide
from assistant.guide.reading import shaped
from tests.scripts.conftest import ROOT

BENCH = ROOT / "scripts" / "bench.py"


@pytest.fixture(scope="module")
def made() -> Guide:
    guide, faults = shaped(made_data(), Guide)
    assert guide
    assert faults == []
    return guide


@pytest.fixture
def here(tmp_path) -> Checkout:
    """Give this checkout as the one to measure, with the programs of the Python that runs this."""

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


def test_made_guide_is_as_large_as_said(made):
    """The made guide has 1,000 questions, each asked in one place, and 10,000 outcomes."""
    assert (len(made.questions), len(made.tree.nodes), len(made.outcomes)) == (1000, 1000, 10_000)
    assert (QUESTIONS, OUTCOMES) == (1000, 10_000)


def test_made_guide_is_valid(made):
    """The made guide breaks no rule about names and the tree's shape."""
    assert check(made) == []


def test_broken_made_guide():
    """Loading a made guide refuses what a load refuses."""
    data = made_data(3, 10)
    data["tree"]["start"] = "nowhere"
    with pytest.raises(ValueError, match="nowhere"):
        loaded(as_text(data))


def test_sharing_is_worked_out_once():
    """A step on a tree of 100 questions that are all shared ends, though its paths are countless."""
    assert step(loaded(as_text(ladder(100))), {}) > 0


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
        Row("ours", Figures((4.0, 4.0)), "ms", "the aim", exactly(16)),
    ]
    lines = [line.split() for line in table(rows).splitlines()]
    assert lines[0] == " ".join(HEADINGS).split()
    assert lines[1] == ["ours", "2.00", "±0.50", "ms", "plain", "1.00", "2.00", "over", "≤", "1.5"]
    assert lines[2] == ["ours", "4.00", "±0.00", "ms", "the", "aim", "16.0", "0.25"]


def test_plain_styles():
    """The bare app gets the same rules, for classes in place of the assistant's widgets."""
    sheet = "/* Aside: a note */\nPanelScreen Aside > Static { width: $Wide; }"
    assert plain_styles(sheet) == "\n.PanelScreen .Aside > Static { width: $Wide; }"


def test_interview():
    """The interview gone through answers every question by a digit, and ends in a result."""
    *asked, result = longest_interview(ROOT / "content")
    assert all(step.key.isdigit() and step.shows for step in asked)
    assert (result.key, len(asked) > 3) == ("", True)


@pytest.mark.parametrize(
    "part", [guide_rows, record_rows, crowd_rows, scale_rows, engine_rows, great_rows]
)
def test_part(part, here):
    """Every part gives rows with a measurement on both sides."""
    rows = part(here, quick=True)
    assert rows
    assert all(row.ours.middle > 0 and row.ratio > 0 for row in rows)


def test_limits():
    """It is said how many facts the proof can bear, and how large a shared tree a step."""
    proof, sharing = limits(quick=True)
    assert "cases, it takes" in proof
    assert "questions" in sharing


def test_privacy():
    """Recall stands in a line for each kind of detail, false alarms for each kind of ordinary note."""
    lines = list(privacy_lines())
    assert sum("found " in line for line in lines) == 5 + 1
    assert sum("false alarms " in line for line in lines) == 4 + 1


needs_command = pytest.mark.skipif(
    not Path(sys.executable).with_name("service-group").exists(),
    reason="the command is installed in the project's own .venv",
)


@needs_command
def test_commands(here):
    """Whole commands are measured beside a bare Python."""
    assert all(row.ours.values for row in command_rows(here, quick=True))


@needs_command
@pytest.mark.skipif(sys.platform != "linux", reason="measured in a pseudo-terminal")
def test_screens(here):
    """Start-up, key presses and memory are measured on a real screen beside the bare app."""
    from benchmarks.screens import screen_rows

    rows = screen_rows(here, quick=True)
    assert {row.most for row in rows} == {None, 1.25, 1.5, 1.4}


def test_help():
    """The benchmark says how it is used, on any Python that can run the scripts."""
    command = [sys.executable, str(BENCH), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--quick" in done.stdout
