"""A case number goes into the records, into a memo only if asked for, and nowhere else on the computer."""

import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.end_to_end.terminal import Terminal, Window

CASE = "8173940265518"
"""Digits that stand in nothing else."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it watches processes in /proc")

RECORDS = "records.sqlite3"
ENTER, ESC = "\r", "\x1b"

FAULTY = """
import sys
from assistant.records.store import RecordStore
def fail(store, entry, *rest, **more):
    case_number = entry.case_number
    raise ValueError(f"while holding {case_number}")
RecordStore.add = fail
from assistant.cli import main
sys.exit(main(["ask", *sys.argv[1:]]))
"""
"""The command with a fault that has the case number in hand."""


class Computer:
    """Everything a session can write to, and what its processes were seen to be started with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started_with: set[bytes] = set()

    def look(self) -> None:
        """Take down how every process on the machine was started, but for this test's own."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                self.started_with.add((process / "cmdline").read_bytes())
                if str(self.folder).encode() in (environment := (process / "environ").read_bytes()):
                    self.started_with.add(environment)
            except OSError:
                continue  # it has ended, or is somebody else's

    def files(self) -> Iterator[Path]:
        return (path for path in self.folder.rglob("*") if path.is_file())

    def holding(self, words: str) -> set[str]:
        """Return the names of files that hold some words, or have them in their path."""
        forms = [words.encode(), words.encode("utf-16-le"), words.encode("utf-16-be")]
        return {
            path.name
            for path in self.files()
            if words in str(path) or any(form in path.read_bytes() for form in forms)
        }


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    """Return a fresh home with the data in its usual place, and a temporary folder beside it."""
    monkeypatch.delenv("SERVICE_GROUP_DATA")
    places = {"HOME": "home", "TMPDIR": "tmp", "TMP": "tmp", "TEMP": "tmp"}
    places |= {f"XDG_{kind}_HOME": f"home/{kind}" for kind in ("DATA", "CONFIG", "CACHE", "STATE")}
    for name, place in places.items():
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(tmp_path / place))
    return Computer(tmp_path)


def step(window: "Terminal", computer: Computer) -> Callable[..., None]:
    """Return what presses keys, waits for words, and looks at the processes then."""

    def press(keys: str, *then: str) -> None:
        window.press(keys, *then)
        computer.look()

    return press


def record(window: "Terminal", press: Callable[..., None]) -> None:
    """Answer, and fill in the form on the screen."""
    press("", "assessment or investigation?")
    press("3", "What goal does the case plan")
    press("3", "Record this group")
    press("1", "Case number")
    window.fill(case=CASE, whom="child 1", service="home study")
    press("", "home study")


def copied(output: bytes) -> list[bytes]:
    """Return what was sent to the clipboard."""
    return [b64decode(text) for text in re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", output)]


def test_a_session_on_the_screen_leaves_the_number_in_the_records_alone(
    computer: Computer, window_of: "Window"
) -> None:
    """Through a record, a memo copied and saved, the records read and the end."""
    with window_of() as window:
        press = step(window, computer)
        record(window, press)
        press(ENTER, "Saved as entry 1", "4  Memo for your supervisor")
        press("4", "2  Copy")
        press("2", "Copied to the clipboard")
        press("4", "3  Save")
        press("3", "Saved memo-")
        assert computer.holding(CASE) == {RECORDS}
        press("r", "1 entry, newest first", CASE[-8:])
        press(ENTER, "Entry 1", "home study")
        press(ESC, "1 entry, newest first")
        press("i", "New interview")
        window.type("q")
        assert window.end() == 0
    assert computer.holding(CASE) == {RECORDS}
    assert len(computer.holding("home study")) >= 1
    assert not any(CASE.encode() in words for words in computer.started_with)
    assert any(b"service-group" in words for words in computer.started_with)
    (memo,) = copied(window.output)
    assert b"Adoption Services" in memo
    assert CASE.encode() not in memo + window.left_behind


def test_only_a_memo_that_is_asked_for_with_the_number_holds_it(
    computer: Computer, window_of: "Window"
) -> None:
    """Its name does not."""
    with window_of() as window:
        press = step(window, computer)
        record(window, press)
        press(ENTER, "Saved as entry 1")
        press("4", "5  Save the memo with the case number in it")
        press("5", "memo-entry-1")
        window.type("q")
        assert window.end() == 0
    memos = {path.name for path in computer.files() if path.parent.name == "memos"}
    assert len(memos) == 1
    assert computer.holding(CASE) == {RECORDS, *memos}
    assert not any(CASE in str(path) for path in computer.files())


def test_a_session_in_lines_leaves_the_number_in_the_records_alone(
    computer: Computer, window_of: "Window"
) -> None:
    """Through a record, a memo saved, the records read and the end."""
    from tests.end_to_end.terminal import COMMAND

    with window_of(str(COMMAND), "ask", "--plain") as window:
        press = step(window, computer)
        press("", "assessment or investigation?")
        press("3\r", "What goal does the case plan")
        press("3\r", "Record this group")
        press("1\r", "Case number: digits only")
        press(f"{CASE}\r", "Who is it for")
        press("child 1\r", "Service:")
        press("home study\r", "Type yes to record it")
        press("yes\r", "Saved as entry 1", "Type a number")
        press("3\r", "Saved")
        press("r\r", "Newest first")
        window.type("q\r")
        assert window.end() == 0
    assert computer.holding(CASE) == {RECORDS}
    assert not any(CASE.encode() in words for words in computer.started_with)


def test_a_session_through_a_pipe_says_the_number_nowhere(computer: Computer) -> None:
    """Neither in the transcript nor among the complaints."""
    typed = f"3\n3\n1\n{CASE}\nchild 1\nhome study\nyes\n3\nq\n"
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "ask"],
        cwd=Path(__file__).parents[2],
        input=typed.encode(),
        capture_output=True,
        check=True,
    )
    assert b"Saved as entry 1" in done.stdout
    assert CASE.encode() not in done.stdout + done.stderr
    assert computer.holding(CASE) == {RECORDS}


def reports(computer: Computer) -> list[str]:
    """Return what is kept after crashes."""
    return [path.read_text() for path in computer.files() if path.parent.name == "crashes"]


def test_a_fault_on_the_screen_with_the_form_in_hand_tells_nothing(
    computer: Computer, window_of: "Window"
) -> None:
    """Neither on the terminal that is given back nor in the report that is kept."""
    with window_of(sys.executable, "-c", FAULTY) as window:
        press = step(window, computer)
        record(window, press)
        window.type(ENTER)
        assert window.end() == 70
    assert b"error in the program" in b" ".join(window.left_behind.split())
    assert CASE.encode() not in window.left_behind
    assert computer.holding(CASE) == set()
    (report,) = reports(computer)
    assert "ValueError" in report
    assert not any(CASE.encode() in words for words in computer.started_with)


def test_a_fault_in_lines_with_the_form_in_hand_tells_nothing(computer: Computer) -> None:
    """Neither in what is said nor in the report that is kept."""
    done = subprocess.run(
        [sys.executable, "-c", FAULTY, "--plain"],
        cwd=Path(__file__).parents[2],
        input=f"3\n3\n1\n{CASE}\nchild 1\nhome study\nyes\nq\n".encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 70, done.stderr
    assert CASE.encode() not in done.stdout + done.stderr
    assert computer.holding(CASE) == set()
    (report,) = reports(computer)
    assert "ValueError" in report
