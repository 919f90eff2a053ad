"""One session's process: the assistant, drawing through pipes that are passed on to a browser."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Mapping, Sequence

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

COMMAND = (sys.executable, "-m", "assistant", "ask", "--browser")
"""What is run for each session."""

PATIENCE = 3.0
"""Seconds after which a process that was told to end is made to."""

_READY = b"__GANGLION__\n"
"""The line after which Textual's driver for the web draws."""

_DRAWN = b"D"

Send = Callable[[bytes], Awaitable[None]]
"""Takes what is drawn to the browser."""


async def _nowhere(*_: object) -> None:
    """Take what a session has no use for."""


class SessionProcess(AppService):
    """Passes keys to the assistant, and what it draws to `send`.

    `settled` is set once it has drawn something or has ended; `drawn` tells which.
    """

    def __init__(self, send: Send, environment: Mapping[str, str]) -> None:
        super().__init__(
            " ".join(COMMAND),
            write_bytes=send,
            write_str=_nowhere,
            close=_nowhere,
            download_manager=DownloadManager(),
        )
        self._added = environment
        self._code: asyncio.Task[int] | None = None
        self.drawn = False
        self.settled = asyncio.Event()

    async def begin(self, columns: int, rows: int, inherits: Sequence[int]) -> None:
        """Start the process for a window of that size; it inherits some open files.

        It is in a group of its own, so that a Ctrl-C at the server reaches the server alone.
        """
        self._process = process = await asyncio.create_subprocess_exec(
            *COMMAND,
            stdin=PIPE,
            stdout=PIPE,
            env={**self._build_environment(columns, rows), **self._added},
            start_new_session=os.name == "posix",
            pass_fds=inherits,
        )
        self._stdin = process.stdin
        self._code = asyncio.create_task(self._relay(process))

    async def code(self) -> int:
        """Wait until the process has ended by itself, and give its exit code."""
        if self._code is None:
            raise RuntimeError("a process is begun first")
        return await asyncio.shield(self._code)

    async def end(self) -> None:
        """End the process if it runs still: first tell it to, then make it."""
        if self._process is None or self._code is None:
            return
        if self._process.returncode is None:
            self._process.terminate()
        try:
            await asyncio.wait_for(asyncio.shield(self._code), PATIENCE)
        except TimeoutError:
            self._process.kill()
            await self._code

    async def _relay(self, process: Process) -> int:
        """Pass on what is drawn until the process ends, and give its exit code."""
        try:
            await self._pass_on(process.stdout or asyncio.StreamReader())
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            pass  # it has ended, or the page is gone: what the process ends with is still awaited
        finally:
            code = await process.wait()
            self.settled.set()
        return code

    async def _pass_on(self, drawing: asyncio.StreamReader) -> None:
        await drawing.readuntil(_READY)
        while True:
            kind = await drawing.readexactly(1)
            length = int.from_bytes(await drawing.readexactly(4), "big")
            packet = await drawing.readexactly(length)
            if kind == _DRAWN:
                await self.on_data(packet)
                self.drawn = True
                self.settled.set()
