"""The benchmark of a class in browsers works, on few sessions; what it measured is not looked at."""

import sys
from pathlib import Path

import pytest
from benchmarks.web import can_measure_sessions, web_rows
from environment.checkout import Checkout

from tests.scripts.conftest import ROOT

pytestmark = pytest.mark.skipif(not can_measure_sessions(), reason="memory is read from /proc")


class Here(Checkout):
    """This checkout, with the programs of the Python that runs this."""

    @property
    def command(self):
        return Path(sys.executable).with_name("service-group")


def test_sessions():
    """Memory, first question and key presses are measured, alone and together."""
    if not Here(ROOT).command.exists():
        pytest.skip("the command is not installed")
    rows = web_rows(Here(ROOT), quick=True)
    assert all(row.ours.middle > 0 and row.base.middle > 0 for row in rows)
    named = {row.what for row in rows}
    assert {"memory of a session (its share)", "first question, 3 at once"} <= named
