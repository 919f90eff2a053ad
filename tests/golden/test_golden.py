"""What the assistant says today, held word for word: a difference is read, and then made anew."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.screen import widgets
from tests.builders import shipped
from tests.golden.makers.command_line import CommandLine
from tests.golden.makers.paths import outcome_text, paths
from tests.golden.makers.screens import WALKS, Start, screen_texts
from tests.golden.makers.sessions import NAMES, session_text
from tests.golden.makers.table import table_text

HERE = Path(__file__).parent
ANEW = "GOLDEN_ANEW" in os.environ
MAKE = "If that is what it should say now: python3 scripts/golden.py makes them anew."
DECISION = "was decided otherwise, and records stand under it: other rules take another version."

EVERY = {
    "cases.txt",
    *(f"paths/{outcome}.txt" for outcome in paths()),
    *(f"sessions/{name}.txt" for name in NAMES),
    *(f"screens/{name}.txt" for walk in WALKS.values() for name in walk.looks),
}
"""The files that the tests below make."""


@pytest.fixture(autouse=True)
def data_folder(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Yield a folder whose name is the same everywhere; so are the time zone and the width."""
    monkeypatch.chdir(tmp_path)
    folder = Path("FOLDER")
    named = {"SERVICE_GROUP_DATA": str(folder), "COLUMNS": "80", "LINES": "24", "TZ": "UTC"}
    with monkeypatch.context() as patched:
        for name, value in named.items():
            patched.setenv(name, value)
        patched.setattr(
            widgets, "REPEAT_SECONDS", 0
        )  # on a busy machine, a key counts as pressed anew sooner or later
        patched.setattr("secrets.choice", lambda letters: letters[0])
        _set_clock()
        yield folder
    _set_clock()


def _set_clock() -> None:
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(monkeypatch)


def hold(name: str, text: str) -> None:
    """Compare with the file of that name, or write it where all are made anew."""
    path = HERE / name
    if ANEW:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    assert text.split("\n") == kept.split("\n"), f"tests/golden/{name} differs. {MAKE}"


@pytest.mark.parametrize("outcome", paths())
def test_paths(outcome: str, line: CommandLine) -> None:
    """Each path that leads to an outcome: the session, the memo, and both forms of `recommend`."""
    hold(f"paths/{outcome}.txt", outcome_text(outcome, line))


def test_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line for each set of facts that can stand together."""
    hold("cases.txt", table_text(monkeypatch))


@pytest.mark.parametrize("name", NAMES)
def test_sessions(name: str, line: CommandLine) -> None:
    hold(f"sessions/{name}.txt", session_text(name, line))


@pytest.mark.parametrize("name", WALKS)
async def test_screens(name: str, start: Start) -> None:
    """Each screen that a walk looks at."""
    for look, text in (await screen_texts(WALKS[name], start)).items():
        hold(f"screens/{look}.txt", text)


def test_the_decision_of_a_version_never_changes() -> None:
    """Records keep its text and its hash for good, so these are made once for each version."""
    loaded = shipped()
    version = loaded.guide.about.version
    kept = HERE / "decisions" / f"{version}.json"
    if ANEW and not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(loaded.decision.encode())
        kept.with_suffix(".hash").write_text(f"{loaded.meaning_hash}\n", encoding="utf-8")
    assert loaded.decision.encode() == kept.read_bytes(), f"Guide {version} {DECISION}"
    assert f"{loaded.meaning_hash}\n" == kept.with_suffix(".hash").read_text(), (
        f"Guide {version} {DECISION}"
    )


def test_nothing_is_left_over() -> None:
    """A file that nothing makes any more would be read as if it held."""
    found = {path.relative_to(HERE): path for path in HERE.rglob("*") if path.is_file()}
    left = {
        name.as_posix(): path
        for name, path in found.items()
        if path.suffix == ".txt" and name.as_posix() not in EVERY
    }
    if ANEW:
        for path in left.values():
            path.unlink()
    assert ANEW or not left, f"Nothing makes {', '.join(sorted(left))}. {MAKE}"
