"""The interview under the prompt: the rest of the window stays as it was, before, during and after."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli.ask import NO_TERMINAL
from assistant.records.store import open_store

ROOT = Path(__file__).parents[2]
CTRL_C, ENTER = "\x03", "\r"
SIZES = [(80, 24), (120, 36)]

FORM = {"case": "12345678", "whom": "child 1", "service": "home study"}

# What a shell does, without its prompt: something before, and something after.
AROUND = f"""\
cd {shlex.quote(str(ROOT))}
echo standing above
{shlex.quote(sys.executable)} -m assistant ask --inline
echo "ended with $?"
sleep 60
"""


@pytest.fixture
def under_the_prompt():
    """Return what opens a window of a size, with the interview under what stands in it."""
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo-terminals that pexpect can use")
    from tests.end_to_end.terminal import window_of

    return lambda size: window_of("/bin/sh", "-c", AROUND, size=size)


def used(window):
    """Return the lines of the window that hold anything."""
    return [line.rstrip() for line in window.text.splitlines() if line.strip()]


@pytest.mark.parametrize("size", SIZES)
def test_question_choices_and_keys_are_in_sight_below_what_stands_above(under_the_prompt, size):
    """The interview takes twenty lines at most, and the alternate screen is never entered."""
    with under_the_prompt(size) as window:
        window.shows("assessment or investigation?", "4  Not sure", "? Help", "All commands")
        assert used(window)[0] == "standing above"
        assert len(used(window)) <= 21
        window.type("q")
        window.shows("ended with 0")
        assert b"?1049h" not in window.output


@pytest.mark.parametrize("size", SIZES)
def test_a_result_is_read_and_recorded(under_the_prompt, size, data_folder):
    with under_the_prompt(size) as window:
        window.shows("4  Not sure")
        window.press("3", "What goal does the case plan")
        window.press("3", "Adoption Services", "Why", "1  Record this group")
        window.press("1", "Case number", "Esc Back")
        window.fill(**FORM)
        window.press(ENTER, "Saved as entry 1")
        window.press("q", "ended with 0")
    assert open_store(data_folder).count() == 1


@pytest.mark.parametrize(("key", "code"), [("q", 0), (CTRL_C, 130)])
def test_leaving_gives_the_prompt_back(under_the_prompt, key, code):
    """Nothing of the interview stays, and what comes next stands right below what stood above."""
    with under_the_prompt((80, 24)) as window:
        window.shows("4  Not sure")
        window.press("3", "What goal does the case plan")
        window.press(key, f"ended with {code}")
        above, *said, below = used(window)
        assert above == "standing above"
        # This terminal draws the last letter of a sequence it does not know, kitty's keyboard.
        assert len(said) == 1
        assert "saved" in said[0]
        assert below.removeprefix("u") == f"ended with {code}"


def test_help_and_the_records_open_in_the_same_place(under_the_prompt):
    with under_the_prompt((80, 24)) as window:
        window.shows("4  Not sure")
        window.press("?", "Why this is asked", "Esc Close")
        assert "standing above" in window.text
        window.press("\x1b", "4  Not sure")
        window.press("r", "Nothing is recorded", "Esc")
        assert "standing above" in window.text
        window.press("q", "ended with 0")


def test_without_a_terminal_it_is_held_in_plain_lines_and_says_so():
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "--inline"],
        cwd=ROOT,
        input="q\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == NO_TERMINAL
    assert "in plain lines" in done.stdout
