"""What is typed right after a key that opens something lands in what it opens, on a busy machine too.

All keys of a burst are written at once, while as many other programs run as there are cores.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

import pytest

from assistant.records.store import open_store
from tests.entries import entry_of

if TYPE_CHECKING:
    from tests.end_to_end.terminal import Terminal, Window

ESC, ENTER, MORE_FIELDS = "\x1b", "\r", "\x0f"
FIRST, RESULT, HOME, LIST = "1-4 Answer", "1-6 Choose", "1-6 Choose", "newest first"

PLACES: list[tuple[str, list[str], list[str]]] = [
    (f"otter{ENTER}", ["story 1 of 2"], [HOME]),  # who practices, and the class given at the start
    ("12", ["Stop here"], [HOME]),  # a class
    ("31", ["Stop here"], [HOME, FIRST]),  # a drill
    ("lguardianship", ["▌ guardianship", "match"], [FIRST]),  # the look-up
    ("precords", ["▌ records", "List what was"], [FIRST]),  # the palette
    ("/foster", ["▌ foster"], [FIRST]),  # words
    ("?q", [FIRST], []),  # help
    ("rf789", ["▌ 789"], [LIST]),  # the records and their filter
    ("s", ["1 active entry"], [LIST]),  # the summary
    (f"{ENTER}1", ["History of entry 1"], ["1-7 Choose", LIST, FIRST]),  # an entry and its history
    ("33", [RESULT], []),  # the questions, and a result
    ("42", ["clipboard"], [RESULT]),  # the memo
    (f"1456789{ENTER}child 1", ["▌ 456789", "▌ child 1"], [RESULT]),  # the record form
    (f"1{MORE_FIELDS}2", ["● 2 planned"], [RESULT]),  # more of its fields
    ("n1", [FIRST], []),  # the dialog before a new interview
]
"""Bursts one after another, what shows once every key has landed, and what Esc then leads back to."""


@pytest.fixture
def _busy() -> Iterator[None]:
    """Keep every core of the machine at work."""
    spinning = [sys.executable, "-c", "while True: pass"]
    others = [subprocess.Popen(spinning) for _ in range(os.cpu_count() or 1)]
    yield
    for other in others:
        other.kill()
        other.wait()


def leave(window: "Terminal", shown: list[str], back: str) -> None:
    window.type(ESC)
    window.until(
        lambda: back in window.text and not any(words in window.text for words in shown),
        f"{back} in place of {shown}",
    )


@pytest.mark.usefixtures("_busy")
def test_every_key_of_a_burst_lands_where_it_leads(data_folder: Path, window_of: "Window") -> None:
    """The same keys, one by one and with a look at the screen, would do the same."""
    open_store(data_folder).add(entry_of("investigation=none goal=adoption fins=no"))
    made = str(data_folder / "spring.class.json")
    command = [sys.executable, "-m", "assistant"]
    words = ["training", "new-class", "Spring", "--output", made, "--mode", "drill", "--count", "2"]
    subprocess.run([*command, *words], check=True, stdout=subprocess.DEVNULL)
    with window_of(*command, "ask", "--class", made) as window:
        window.shows("Enter Start")
        for keys, shown, backs in PLACES:
            window.type(keys)
            window.shows(*shown)
            for back in backs:
                leave(window, shown, back)
        window.type("q")
        assert window.end() == 0


@pytest.mark.usefixtures("_busy")
@pytest.mark.parametrize("pause", [0.0, 0.05, 0.2])
def test_what_is_typed_before_the_first_page_lands_in_it(window_of: "Window", pause: float) -> None:
    """Some of it comes before the terminal is set up, and some while the page is made."""
    with window_of(sys.executable, "-m", "assistant") as window:
        for key in "3?q1?q4":
            window.type(key)
            sleep(pause)
        window.shows("✔ Reunification Services")
        window.type("q")
        assert window.end() == 0
