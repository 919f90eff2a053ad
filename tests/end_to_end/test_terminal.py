"""The whole way in a real terminal: start, answer, record, leave; and every way it can be cut off."""

import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.cases.drafts import DraftBox
from assistant.records.sqlite import FILE_NAME
from assistant.records.store import open_store

if TYPE_CHECKING:
    from tests.end_to_end.terminal import Terminal, Window

CASE = "70707070707070"
QUESTION = "assessment or investigation?"
CTRL_C, ENTER = "\x03", "\r"

FAULTY = """
import sys
from assistant.screen.interview import InterviewScreen
def fail(screen):
    case = {case!r}
    raise ValueError(case)
InterviewScreen.action_change = fail
from assistant.cli import main
sys.exit(main(["ask"]))
"""


def answer(window: "Terminal") -> None:
    """Answer from the first question to a result."""
    window.shows(QUESTION)
    window.press("3", "What goal does the case plan")
    window.press("3", "Adoption Services", "Record this group")


def fill(window: "Terminal", case: str = CASE) -> None:
    window.press("1", "Case number")
    window.fill(case=case, whom="child 1", service="home study")


def kept(folder: Path) -> list[dict[str, str]]:
    return [dict(draft.answers) for draft in DraftBox(folder).waiting()]


def recorded(folder: Path) -> list[str]:
    store = open_store(folder)
    return [entry.case_number for entry in store.page(None, 100)]


def holding(folder: Path, words: str) -> list[str]:
    """Return the names of files that hold some words, or are named by them."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    assert paths
    return [
        path.name for path in paths if words in path.name or words.encode() in path.read_bytes()
    ]


def test_from_start_to_a_recorded_entry(data_folder: Path, window_of: "Window") -> None:
    """The entry is in the store, for the worker's eyes only, and its number stands nowhere else."""
    with window_of() as window:
        answer(window)
        fill(window)
        arguments = window.arguments
        window.press(ENTER, "Saved as entry 1")
        assert recorded(data_folder) == [CASE]
        window.type("q")
        assert window.end() == 0
    assert kept(data_folder) == []
    assert data_folder.stat().st_mode & 0o777 == 0o700
    files = [path for path in data_folder.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert holding(data_folder, CASE) == [FILE_NAME]
    assert CASE.encode() not in arguments
    assert CASE.encode() not in window.left_behind


def test_a_window_too_small_comes_back(data_folder: Path, window_of: "Window") -> None:
    """Shrunk to almost nothing in the middle of the form, and enlarged, it goes on as it was."""
    with window_of() as window:
        answer(window)
        fill(window)
        window.resize((30, 5))
        window.shows("too small")
        window.resize((100, 30))
        window.shows(CASE, "home study")
        window.press(" visits" + ENTER, "Saved as entry 1")
    assert recorded(data_folder) == [CASE]


def test_ctrl_c_at_a_question_leaves_it_as_a_draft(data_folder: Path, window_of: "Window") -> None:
    """No traceback, exit code 130, and the next start offers to go on."""
    with window_of() as window:
        window.shows(QUESTION)
        window.press("3", "What goal does the case plan")
        window.type(CTRL_C)
        assert window.end() == 130
        assert b"Traceback" not in window.output
    assert kept(data_folder) == [{"investigation": "concluded"}]
    with window_of() as window:
        window.shows("unfinished interview", QUESTION)
        window.press("u", "What goal does the case plan", "Investigation  ended")


def test_ctrl_c_in_the_form_records_nothing(data_folder: Path, window_of: "Window") -> None:
    """Twice, what was typed is gone, the answers are a draft, and the disk has nothing of the case."""
    with window_of() as window:
        answer(window)
        fill(window)
        window.press(CTRL_C, "Leave anyway")
        window.type(CTRL_C)
        assert window.end() == 130
        assert CASE.encode() not in window.left_behind
    assert kept(data_folder) == [{"investigation": "concluded", "goal": "adoption"}]
    assert recorded(data_folder) == []
    assert holding(data_folder, CASE) == []


def test_being_told_to_end_gives_the_terminal_back(window_of: "Window") -> None:
    """The other screen is left, and the exit code says which signal it was."""
    with window_of() as window:
        window.shows(QUESTION)
        os.kill(window.process.pid, signal.SIGTERM)
        assert window.end() == 128 + signal.SIGTERM
        assert window.output.rstrip().rfind(b"\x1b[?1049l") > window.output.rfind(b"\x1b[?1049h")


@pytest.mark.parametrize("name", ["SIGINT", "SIGHUP", "SIGTERM", "SIGKILL"])
def test_a_terminal_that_is_killed_leaves_a_draft(
    data_folder: Path, window_of: "Window", name: str
) -> None:
    """Whatever ends the program in the middle, every answer given so far is on the disk."""
    with window_of() as window:
        window.shows(QUESTION)
        window.press("3", "What goal does the case plan")
        os.kill(window.process.pid, signal.Signals[name])
        window.end()
        assert b"Traceback" not in window.output
    assert kept(data_folder) == [{"investigation": "concluded"}]
    assert holding(data_folder, "concluded") != []


def test_two_copies_at_once_both_record(data_folder: Path, window_of: "Window") -> None:
    """Each in a window of its own, on the same folder, at the same moment."""
    with ExitStack() as stack:
        windows = [stack.enter_context(window_of()) for _ in range(2)]
        for number, window in enumerate(windows):
            answer(window)
            fill(window, f"{CASE}{number}")
        for window in windows:
            window.type(ENTER)
        for window in windows:
            window.shows("Saved as entry")
    assert sorted(recorded(data_folder)) == [f"{CASE}0", f"{CASE}1"]
    assert kept(data_folder) == []


def test_a_fault_in_the_running_app_ends_in_a_sentence(
    data_folder: Path, window_of: "Window"
) -> None:
    """Exit code 70, no traceback, no value, and the answers kept as a draft."""
    with window_of(sys.executable, "-c", FAULTY.format(case=CASE)) as window:
        window.shows(QUESTION)
        window.press("3", "What goal does the case plan")
        window.type("c")
        assert window.end() == 70
        assert b"error in the program" in b" ".join(window.left_behind.split())
        assert b"Traceback" not in window.output
        assert CASE.encode() not in window.output
    assert kept(data_folder) == [{"investigation": "concluded"}]
    assert holding(data_folder, CASE) == []
    assert len(list((data_folder / "crashes").iterdir())) == 1


def test_a_terminal_that_can_do_nothing_is_no_fault(data_folder: Path, window_of: "Window") -> None:
    """Under `TERM=dumb` the interview is held all the same, and ends without a traceback."""
    with window_of(TERM="dumb") as window:
        window.shows("assessment or investigation")
        window.type("3" + ENTER)
        window.until(lambda: kept(data_folder) != [], "the draft")
        window.type("q" + ENTER)
        assert window.end() == 0
        assert b"Traceback" not in window.output


def test_without_colour_a_highlighted_choice_still_shows(
    data_folder: Path, window_of: "Window"
) -> None:
    """Under `NO_COLOR` there is only grey, and the highlighted line differs by more than that."""
    with window_of(NO_COLOR="1") as window:
        window.shows("was open on that", "All commands")
        row = next(n for n, line in enumerate(window.screen.display) if "was open on that" in line)
        column = window.screen.display[row].index("was open on that")

        def look() -> tuple[bool, ...]:
            place = window.screen.buffer[row][column]
            return (place.bold, place.reverse, place.underscore)

        before = look()
        window.type("\x1b[B\x1b[B")
        window.until(lambda: look() != before, "the highlight")
        places = [place for line in window.screen.buffer.values() for place in line.values()]
        colours = {colour for place in places for colour in (place.fg, place.bg)} - {"default"}
        assert all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)


def test_a_burst_lands_whole_where_it_leads(data_folder: Path, window_of: "Window") -> None:
    """Answers, Record, three fields and Enter, in one write, before the first of them is drawn."""
    with window_of() as window:
        window.shows(QUESTION)
        window.type(f"331{CASE}{ENTER}child 1{ENTER}home study{ENTER}")
        window.shows("entry 1")
        window.type("q")
        assert window.end() == 0
    assert recorded(data_folder) == [CASE]
