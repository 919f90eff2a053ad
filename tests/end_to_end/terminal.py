"""The installed command in a real pseudo-terminal, and what its screen shows."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from time import monotonic

import pexpect
import pyte

COMMAND = Path(sys.executable).with_name("service-group")

DEADLINE = 30
"""Seconds after which what was waited for is taken to be missing, on however busy a machine."""

ALTERNATE, MAIN = b"\x1b[?1049h", b"\x1b[?1049l"
"""Go to the screen that leaves nothing behind, and come back from it."""


class Terminal:
    """A program in a window of its own: keys go in, and a screen comes out."""

    def __init__(
        self, words: Sequence[str], settings: dict[str, str], size: tuple[int, int]
    ) -> None:
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.output = b""
        self.process = pexpect.spawn(
            words[0],
            list(words[1:]),
            env={**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **settings},
            dimensions=(rows, columns),
        )

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    @property
    def left_behind(self) -> bytes:
        """Return what was written beside the screen that vanishes when the program ends."""
        before, _, rest = self.output.partition(ALTERNATE)
        return before + rest.partition(MAIN)[2]

    @property
    def arguments(self) -> bytes:
        return Path(f"/proc/{self.process.pid}/cmdline").read_bytes()

    def until(self, true: Callable[[], bool], waited_for: str) -> None:
        """Take in what the program writes until something is so."""
        end = monotonic() + DEADLINE
        while not true():
            assert monotonic() < end, f"{waited_for} never came:\n{self.text}"
            assert self._take() or true(), f"it ended before {waited_for}:\n{self.text}"

    def shows(self, *words: str) -> None:
        """Wait until all of these stand on the screen."""
        self.until(lambda: all(some in self.text for some in words), f"{words}")

    def type(self, keys: str) -> None:
        self.process.send(keys)

    def press(self, key: str, *then: str) -> None:
        """Press a key and wait for words that come of it."""
        self.type(key)
        self.shows(*then)

    def fill(self, **fields: str) -> None:
        """Type into a form's fields, by the beginning of their names, each once the caret is there.

        Enter leads from each to the next, and is left to be pressed in the last one.
        """
        for number, (name, words) in enumerate(fields.items()):
            if number:
                self.type("\r")
            self.until(partial(self.has_caret, name.capitalize()), f"the caret in {name}")
            self.press(words, words)

    def has_caret(self, field: str) -> bool:
        """Tell whether the caret stands in a field of the form: one cell has a ground of its own."""
        rows = [
            self.screen.buffer[row]
            for row, line in enumerate(self.screen.display)
            if line.lstrip(" │▸").startswith(field[:3])  # Whom: Who is it for?
        ]
        grounds = [Counter(row[column].bg for column in range(22, 70)) for row in rows]
        return any(1 in counted.values() for counted in grounds)

    def resize(self, size: tuple[int, int]) -> None:
        columns, rows = size
        self.screen.resize(rows, columns)
        self.process.setwinsize(rows, columns)

    def end(self) -> int:
        """Wait for the program to end; give its exit code, or its signal as a negative number."""
        end = monotonic() + DEADLINE
        while self._take():
            assert monotonic() < end, f"it never ended:\n{self.text}"
        self.process.wait()
        status = self.process.exitstatus
        return int(-self.process.signalstatus if status is None else status)

    def _take(self) -> bool:
        """Read what there is; tell whether there can be more."""
        try:
            data = self.process.read_nonblocking(1 << 16, timeout=0.1)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.output += data
        self._stream.feed(data)
        return True


Window = Callable[..., AbstractContextManager[Terminal]]
"""Opens a window with the command, or other words, running in it."""


@contextmanager
def window_of(*words: str, size: tuple[int, int] = (80, 24), **settings: str) -> Iterator[Terminal]:
    """Start the command, or any other words, and see that nothing is left running."""
    found = Terminal(words or (str(COMMAND),), settings, size)
    try:
        yield found
    finally:
        found.process.close(force=True)
