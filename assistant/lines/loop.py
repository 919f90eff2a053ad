"""Standard input to standard output: echo, width, end."""

import os
import sys
from collections.abc import Iterable
from io import StringIO, TextIOWrapper
from typing import TextIO

from assistant.lines.dialogue import DialogueDriver
from assistant.output import is_terminal, write
from assistant.text import laid_out, width_now

INTERRUPTED = 130  # exit code after Ctrl-C

_PROMPT = "You: "
_UNSAID = "(not shown)"  # stands in the transcript for a case number


class Loop:
    """Feeds a dialogue the lines of one stream, and writes what it says to another.

    `echoes` is for input that nobody saw being typed: each line is written too, so that what is
    written reads as a conversation.
    """

    def __init__(
        self, session: DialogueDriver, lines: TextIO, out: TextIO | None, *, echoes: bool
    ) -> None:
        self._session = session
        self._lines = lines
        self._out = out
        self._echoes = echoes

    def run(self) -> int:
        try:
            self._say(self._session.opening())
            while not self._session.ended:
                self._turn()
        except KeyboardInterrupt:
            self._say(["", *self._session.leaving("Interrupted. ")])
            return INTERRUPTED
        return 0

    def _turn(self) -> None:
        if not self._echoes:
            write(self._out, _PROMPT)
        line = self._lines.readline()
        typed = line.rstrip("\r\n").removeprefix("\ufeff")  # the mark that PowerShell begins with
        if not line:
            self._say([*([] if self._echoes else [""]), *self._session.leaving()])
            return
        if self._echoes:
            self._say([f"{_PROMPT}{_UNSAID if self._session.hidden else typed}".rstrip()])
        self._say(self._session.hear(typed))

    def _say(self, paragraphs: Iterable[str]) -> None:
        write(self._out, "".join(f"{line}\n" for line in laid_out(paragraphs, width_now())))


def is_for_lines() -> bool:
    """Tell whether only lines will do: the terminal is dumb, or one side is not a terminal."""
    return not _on_terminals() or os.environ.get("TERM") == "dumb"


NEEDED = "─│╭▸✔▲█"
"""Some of the signs that the screen is drawn with; where these can be shown, all can."""


def cannot_draw() -> str:
    """Return why the screen cannot be shown on this terminal, and what to do; empty where it can."""
    stream = sys.__stdout__ if sys.platform == "win32" else sys.__stderr__  # as Textual chooses
    if stream is None or not stream.isatty():
        return "The screen needs a terminal, and standard error is not one here."
    if not _can_encode(stream):
        mend = "use Windows Terminal" if sys.platform == "win32" else "set LANG to C.UTF-8"
        return (
            f"This terminal cannot show the characters that the screen needs (it uses"
            f" {stream.encoding}). To see the screen, {mend}."
        )
    if not _obeys(stream):
        return "This window is too old for the screen. To see the screen, use Windows Terminal."
    return ""


def _can_encode(stream: TextIO) -> bool:
    try:
        NEEDED.encode(stream.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _obeys(stream: TextIO) -> bool:
    """Tell whether a terminal obeys the codes that draw; only old windows of Windows do not."""
    obeyed = True
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only there
        import msvcrt  # noqa: PLC0415

        kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
        obeyed = bool(
            kernel.GetConsoleMode(handle, ctypes.byref(mode))
            and kernel.SetConsoleMode(handle, mode.value | _DRAWS)
        )
        kernel.SetConsoleMode(handle, mode.value)
    return obeyed


_DRAWS = 0x0004  # ENABLE_VIRTUAL_TERMINAL_PROCESSING, as Windows calls it


def run_session(session: DialogueDriver) -> int:
    """Hold a session on standard input and output, and give the exit code.

    Input that is closed is input at its end.
    """
    lines, out = sys.stdin or StringIO(), sys.stdout
    if isinstance(lines, TextIOWrapper):
        lines.reconfigure(
            errors="surrogateescape"
        )  # what cannot be read is refused where it is kept
    return Loop(session, lines, out, echoes=not _on_terminals()).run()


def _on_terminals() -> bool:
    return is_terminal(sys.stdin, sys.stdout)
