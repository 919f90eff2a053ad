"""A line for each set of facts that can stand together: what `recommend` answers."""

import json
from contextlib import redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from typing import Any

import pytest

from assistant.cli import main
from tests.builders import shipped

COLUMNS = ("status", "group", "certainty", "also fits", "warns")
"""Of each line, after the facts; the last is how many warnings there are."""


def table_text(monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the table of all cases."""
    space = shipped().guide.space
    cases = list(space.cases())
    rows = [
        [*case.values(), *_cells(answer)]
        for case, answer in zip(cases, _answers(cases, monkeypatch), strict=True)
    ]
    table = [[*space.values, *COLUMNS], *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in table)
    return "".join(f"{line}\n" for line in lines)


def _answers(cases: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return what `recommend --json -` prints for each case."""
    lines = "".join(f"{json.dumps(case)}\n" for case in cases).encode()
    printed = StringIO()
    with monkeypatch.context() as patched, redirect_stdout(printed):
        patched.setattr("sys.stdin", TextIOWrapper(BytesIO(lines)))
        assert main(["recommend", "--json", "-"]) == 0
    return [json.loads(line) for line in printed.getvalue().splitlines()]


def _cells(answer: dict[str, Any]) -> list[str]:
    also = ",".join(fit["group"] for fit in answer["also_fits"])
    found = (answer["status"], answer["group"], answer["certainty"], also, len(answer["warnings"]))
    return [str(cell or "-") for cell in found]
