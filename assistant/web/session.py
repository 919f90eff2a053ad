"""One visitor's session: a socket, a process, and whatever ends them."""

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import suppress
from typing import Any

from aiohttp import web

from assistant.web.ending import Ending, ending_of
from assistant.web.messages import Focus, Keys, Ping, Said, Size, heard
from assistant.web.process import SessionProcess
from assistant.web.turns import Turns

START_PATIENCE = 30.0
"""Seconds after which a process that has drawn nothing no longer holds up the others."""


class Session:
    """Goes on until the page or the person leaves, nothing is pressed for `idle` seconds, or `tell`."""

    def __init__(
        self, socket: web.WebSocketResponse, process: SessionProcess, size: Size, idle: float
    ) -> None:
        self._socket = socket
        self._process = process
        self._size = size
        self._idle = idle
        self._begun = False
        self._loop = asyncio.get_running_loop()
        self._told: asyncio.Future[Ending] = self._loop.create_future()
        self._sleepy = self._loop.call_later(idle, self.tell, Ending.IDLE)
        self.over = asyncio.Event()

    def tell(self, ending: Ending) -> None:
        """Have it end, for a reason; `over` is set once nothing of it is left."""
        if not self._told.done():
            self._told.set_result(ending)

    async def run(self, turns: Turns, inherits: Sequence[int]) -> None:
        """Hold the session, end its process, and close the socket with the reason."""
        jobs = [asyncio.create_task(job) for job in self._jobs(turns, inherits)]
        ending = Ending.FAULT
        try:
            done, _ = await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
            ending = done.pop().result()
        finally:
            self._sleepy.cancel()
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)
            await self._process.end()
            self.over.set()
            await self._socket.close(code=ending)

    def _jobs(self, turns: Turns, inherits: Sequence[int]) -> Iterator[Coroutine[Any, Any, Ending]]:
        yield self._until_told()
        yield self._until_gone()
        yield self._until_left(turns, inherits)

    async def _until_told(self) -> Ending:
        return await self._told

    async def _until_left(self, turns: Turns, inherits: Sequence[int]) -> Ending:
        """Start in turn, and go on until the process ends by itself."""
        async with turns.turn(self._tell_place):
            await self._process.begin(self._size.columns, self._size.rows, inherits)
            self._begun = True
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.settled.wait(), START_PATIENCE)
        self._stay()
        code = await self._process.code()
        return ending_of(code, drawn=self._process.drawn)

    async def _until_gone(self) -> Ending:
        """Pass on what the page sends until it is closed."""
        async for message in self._socket:
            said = heard(message)
            if isinstance(said, Size):
                self._size = said
            if isinstance(said, Keys):
                self._stay()
            if said and self._begun:
                await self._pass_on(said)
        return Ending.GONE

    def _stay(self) -> None:
        """Count the idle time from now."""
        self._sleepy.cancel()
        self._sleepy = self._loop.call_later(self._idle, self.tell, Ending.IDLE)

    async def _pass_on(self, said: Said) -> None:
        match said:
            case Keys(typed):
                await self._process.send_bytes(typed.encode("utf-8", "replace"))
            case Size(columns, rows):
                await self._process.set_terminal_size(columns, rows)
            case Focus(here):
                await (self._process.focus() if here else self._process.blur())
            case Ping(stamp):
                await self._tell_page("pong", stamp)

    async def _tell_place(self, number: int) -> None:
        await self._tell_page("waiting", number)

    async def _tell_page(self, kind: str, said: str | int) -> None:
        with suppress(ConnectionError):  # a page that is gone is noticed where it is listened to
            await self._socket.send_json([kind, said])
