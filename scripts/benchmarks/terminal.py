"""A program in a pseudo-terminal of 80x24, with the time until something stands on its screen."""

import os
import pty
import re
import select
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self

ROWS, COLUMNS = 24, 80
"""The size of the window."""

_PATIENCE = 20.0
_QUIET = 0.05
_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-9;:?<=>$]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_=>78])"
)


class NotShownError(Exception):
    """What was waited for did not appear; says what, and what was there instead."""


class Terminal:
    """A running program; use it in a `with`, which ends it without further ado.

    Raises `NotShownError` where text that is waited for never comes.
    """

    def __init__(self, command: Sequence[str | Path], env: Mapping[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (ROWS, COLUMNS))
        self._started = perf_counter()
        self._program = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._program.kill()
        self._program.wait()
        os.close(self._ours)

    def shown(self, text: str) -> float:
        """Return how long after the program's start, in ms, `text` was on the screen."""
        return self._until(text, self._started)

    def pressed(self, keys: str, text: str) -> float:
        """Press keys and give how long after, in ms, `text` was drawn; then let the rest settle."""
        started = perf_counter()
        os.write(self._ours, keys.encode())
        took = self._until(text, started)
        self.settle()
        return took

    def settle(self) -> None:
        """Wait until nothing more is drawn."""
        while self._read(_QUIET):
            pass

    def peak_memory(self) -> float:
        """Return the most memory the program has had in use, in MB.

        Read of the running process: what a parent is told at the end counts its own part in too.
        """
        status = Path(f"/proc/{self._program.pid}/status").read_text(encoding="utf-8")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def _until(self, text: str, started: float) -> float:
        wanted, drawn = text.encode(), b""
        end = perf_counter() + _PATIENCE  # a caret that blinks does so forever
        while wanted not in _ESCAPES.sub(b"", drawn):
            more = self._read(_PATIENCE)
            if not more or perf_counter() > end:
                there = _ESCAPES.sub(b"", drawn).decode(errors="replace")
                raise NotShownError(f"{text!r} did not appear; there was: {there[-2000:]}")
            drawn += more
        return (perf_counter() - started) * 1000

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._ours], [], [], seconds)
        try:
            return os.read(self._ours, 65_536) if ready else b""
        except OSError:  # Linux says so where the program has ended
            return b""


def environment(data: Path) -> dict[str, str]:
    """Return the environment of a measured program: no settings of this machine's, its own data."""
    mine = ("TEXTUAL", "SERVICE_GROUP_", "PYTHON", "COLUMNS", "LINES", "NO_COLOR", "COLORTERM")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
    alike = {"TERM": "xterm-256color", "PYTHONDONTWRITEBYTECODE": "1"}
    return {**kept, **alike, "SERVICE_GROUP_DATA": str(data)}
