"""What setting up says on stderr: a line a step, a dot a package, and how long it has left."""

import os
import shlex
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from environment.checkout import WINDOWS, Checkout

EVERY = 10
"""So many seconds apart the time left is said again within a step."""


_INDENT = " " * 8  # before dots, so that those of a step fit below it in 80 columns


class Step(NamedTuple):
    """One step of setting up: its words, its share of the whole time, and how many dots it makes."""

    says: str
    share: int
    dots: int = 0


class Progress:
    """Says which step has begun, and from the time taken so far how long the rest may take."""

    def __init__(self, steps: Sequence[Step], clock: Callable[[], float] = time.monotonic) -> None:
        self._steps = steps
        self._clock = clock
        self._began = self._told = clock()
        self._at = -1
        self.dots = 0
        """How many the step that is under way has."""

    def begin(self) -> None:
        """End the line of the step before, and say the next."""
        self.end_line()
        self._at, self.dots, self._told = self._at + 1, 0, self._clock()
        left = f", {self._left()}" if self._at else ""
        _write(f"{self._at + 1} of {len(self._steps)}  {self._steps[self._at].says}{left}")

    def reach(self, dots: int) -> None:
        """Make as many dots as it takes to have so many in this step, but never more than it has."""
        while self.dots < min(dots, self._steps[self._at].dots):
            is_told = self._clock() - self._told >= EVERY
            if is_told or not self.dots:
                _write(f"\n{_INDENT}")
            if is_told:
                self._told = self._clock()
                _write(f"{self._left()} ")
            self.dots += 1
            _write(".")

    def dot(self) -> None:
        """Make one dot more."""
        self.reach(self.dots + 1)

    def end_line(self) -> None:
        """End the line of the step that is under way, if any."""
        if self._at >= 0:
            _write("\n")

    def _left(self) -> str:
        done = sum(step.share for step in self._steps[: self._at])
        step = self._steps[self._at]
        done += step.share * self.dots // max(step.dots, 1)
        whole = sum(step.share for step in self._steps)
        return time_left((self._clock() - self._began) * (whole - done) / max(done, 1))


def time_left(seconds: float) -> str:
    """Return a time in round words, rather too long than too short."""
    if seconds < EVERY:
        return "a few seconds left"
    if seconds <= 90:  # noqa: PLR2004 - up to there, seconds say more
        return f"about {EVERY * (int(seconds) // EVERY + 1)} seconds left"
    return f"about {round(seconds / 60 + 0.5)} minutes left"


def closing_words(checkout: Checkout) -> str:
    """Return what to type next time, and how to have `service-group` on the path."""
    script = checkout.root / "scripts" / ("start.cmd" if WINDOWS else "start.py")
    next_time = f'"{script}"' if WINDOWS else f"python3 {shlex.quote(str(script))}"
    return f"""\
Ready. To open the assistant next time, type:
    {next_time}
To be able to type service-group instead in this terminal, type:
    {_path_command(checkout)}"""


def _path_command(checkout: Checkout) -> str:
    """Return the line that puts the command last on the path, so that .venv hides no other Python."""
    folder = checkout.command.parent
    if not WINDOWS:
        return f'export PATH="$PATH:{folder}"'
    in_cmd = "PROMPT" in os.environ  # which PowerShell does not set
    return f"set PATH=%PATH%;{folder}" if in_cmd else f"$env:Path += ';{folder}'"


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
