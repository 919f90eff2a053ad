"""Somebody at the command line: types commands and lines, and keeps all that is printed."""

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from assistant.services import Services

FIRST = datetime(2026, 10, 3, 14, 5, tzinfo=UTC)
"""When the first command is typed; each further one follows a minute later."""


FAULT = 70
"""The exit code of a fault in the assistant itself."""


class CommandLine:
    """Runs commands where the clock, the ids and the folder are the same every time.

    What stands in brackets among the lines typed is chosen from the list printed last, by how its
    label begins: `[Read the memo]`.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._printed = StringIO()
        self._commands = 0
        numbers, salts = count(1), count(1)
        fixed = {"now": self._now, "new_id": lambda: f"{next(numbers):032x}"}
        begin = Services.__init__

        def begin_fixed(services: Services, *given: Any, **named: Any) -> None:
            begin(services, *given, **(named | fixed))

        monkeypatch.setattr(Services, "__init__", begin_fixed)
        monkeypatch.setattr("secrets.token_hex", lambda size: f"{next(salts):0{2 * size}x}")

    @property
    def text(self) -> str:
        return self._printed.getvalue()

    def run(self, *words: str, typed: tuple[str, ...] = ()) -> str:
        """Run one command, type lines into it, and return what is printed."""
        before = len(self.text)
        self._commands += 1
        with self._connected(typed):
            code = main(words)
        assert code != FAULT, self.text[before:]
        if code:
            self._printed.write(f"(exit code {code})\n")
        return self.text[before:]

    def session(self, *steps: tuple[str, ...]) -> str:
        """Run commands, each a tuple of its line and what is typed into it, and return it all.

        A line that ends as on Windows shows that, since a kept file may not.
        """
        for command, *typed in steps:
            self._printed.write(f"$ service-group {command}\n")
            self.run(*shlex.split(command), typed=tuple(typed))
            self._printed.write("\n")
        return self.text.replace("\r", "␍")

    def _now(self) -> datetime:
        return FIRST + timedelta(minutes=self._commands)

    @contextmanager
    def _connected(self, typed: tuple[str, ...]) -> Iterator[None]:
        keyboard = sys.stdin
        sys.stdin = _Keyboard(typed, self._printed)
        try:
            with redirect_stdout(self._printed), redirect_stderr(self._printed):
                yield
        finally:
            sys.stdin = keyboard


class _Keyboard(StringIO):
    """Types the next line when it is asked for one."""

    def __init__(self, lines: tuple[str, ...], printed: StringIO) -> None:
        super().__init__()
        self._lines = iter(lines)
        self._printed = printed

    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]
        line = next(self._lines, None)
        if line is None:
            return ""
        typed = self._number(line.strip("[]")) if line.startswith("[") else line
        if not self._printed.getvalue().endswith("\n"):
            self._printed.write(f"{typed}\n")  # as a terminal shows what is typed after a prompt
        return f"{typed}\n"

    def _number(self, label: str) -> str:
        last = self._printed.getvalue().rpartition("\nYou: ")[2]
        pairs = [line.partition(". ") for line in last.splitlines() if line[:1].isdecimal()]
        found = [number for number, _, words in pairs if words.startswith(label)]
        if len(found) != 1:
            pytest.fail(f"{label!r} is not one of the choices in:\n{last}")
        return found[0]


def contents(path: str) -> str:
    """Return what a file holds, in a section of its own."""
    return f"== {path}\n{Path(path).read_text(encoding='utf-8')}"
