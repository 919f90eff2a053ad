"""One process for each visitor."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import field
from enum import IntEnum
from functools import partial
from pathlib import Path
from secrets import token_hex
from types import MappingProxyType

from aiohttp import WSMessage, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from assistant.services import CODE_VARIABLE, LIFELINE_VARIABLE, TRAINING_VARIABLE
from assistant.settings import ALIAS_VARIABLE, DRAFTS_VARIABLE
from assistant.shapes import Frozen
from assistant.text import hash_of

FOLDER_NAME = "web"  # name of the folder, in the data folder, that holds a folder for each visitor


class ServePlan(Frozen):
    """How to serve: where, for how many at once, for how long, and with what for each session.

    `most` sessions live at once, of which `at_once` may be starting; one is ended after `idle`
    seconds without a key or a click, and a page that found no place asks again after `retry`
    seconds. `environment` is added to that of each session's process. `known` tells who has answers
    under an alias already, `watch` returns the trainer's page of the class, where there is one.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    most: int = 30
    idle: float = 30 * 60.0
    at_once: int = 2
    retry: float = 3.0
    training_only: bool = False
    environment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    known: Callable[[str], Collection[str]] = lambda _: ()
    watch: Callable[[], str] | None = None


class Visitor(Frozen):
    """One browser: `chosen` is the alias typed, "" where none was wanted, None before it is asked.

    `code` is that of the alias, once it is known whose it is.
    """

    id: str = field(default_factory=partial(token_hex, 16))
    chosen: str | None = None
    code: str = ""

    @property
    def alias(self) -> str:
        """The name in practice; whoever wants none gets one that is nobody else's."""
        return self.chosen or f"visitor-{self._hash[:6]}"

    def folder(self, data: Path) -> Path:
        """Return the folder of this visitor's drafts; the id itself, which opens them, names no file."""
        return data / FOLDER_NAME / self._hash[:32]

    @property
    def _hash(self) -> str:
        return hash_of(self.id)


COMMAND = (sys.executable, "-m", "assistant", "ask", "--browser")  # what is run for each session
PATIENCE = 3.0  # seconds after which a process that was told to end is made to
_READY = b"__GANGLION__\n"  # the line after which Textual's driver for the web draws

_DRAWN = b"D"


async def _nowhere(*_: object) -> None:
    """Take what a session has no use for."""


class SessionProcess(AppService):
    """Passes keys to the assistant, and what it draws to `send`.

    `settled` is set once it has drawn something or has ended; `drawn` tells which.
    """

    def __init__(
        self, send: Callable[[bytes], Awaitable[None]], environment: Mapping[str, str]
    ) -> None:
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
        """Start the process in its own group: a Ctrl-C at the server reaches the server alone."""
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


class StartQueue:
    """A line in which the first few start, and the others are told their number."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._line: list[asyncio.Event] = []

    @asynccontextmanager
    async def turn(self, tell: Callable[[int], Awaitable[None]]) -> AsyncIterator[None]:
        """Wait in line and then hold a turn; `tell` takes the number in line, and 0 at the turn."""
        moved = asyncio.Event()
        self._line.append(moved)
        try:
            while (ahead := self._line.index(moved)) >= self._at_once:
                moved.clear()
                await tell(ahead - self._at_once + 1)
                await moved.wait()
            await tell(0)
            yield
        finally:
            self._line.remove(moved)
            for other in self._line:
                other.set()


MOST_BYTES = 65_536  # the longest message taken; no page of ours comes near it
_LONG = 6  # digits of a number that is read out of an address, and one more
_MOST_CELLS = 500  # the most columns or rows drawn: a larger window would only cost memory


class Size(Frozen):
    """The window in cells, held to what can be drawn."""

    columns: int = 80
    rows: int = 24


class PageMessage(Frozen):
    """What a page says beside its size: keys as a terminal writes them, a ping, or if it has the keyboard."""

    kind: str
    said: str = ""


def parse_message(message: WSMessage) -> PageMessage | Size | None:
    """Read a message; one that says nothing known is passed over."""
    try:
        said = json.loads(message.data) if message.type == WSMsgType.TEXT else None
    except (ValueError, RecursionError):
        return None
    match said:
        case ["stdin" | "ping" as kind, str(words)]:
            return PageMessage(kind, words)
        case ["resize", {"width": int(columns), "height": int(rows)}]:
            return clamp(columns, rows)
        case ["focus" | "blur" as kind, *_]:
            return PageMessage(kind)
    return None


def size_in(query: str, otherwise: int) -> int:
    """Read a number of columns or rows out of an address."""
    return int(query) if query.isascii() and query.isdigit() and len(query) < _LONG else otherwise


def clamp(columns: int, rows: int) -> Size:
    """Return a size that can be drawn, as near as can be to the one asked for."""
    return Size(*(min(max(1, cells), _MOST_CELLS) for cells in (columns, rows)))


class CloseCode(IntEnum):
    """Why a session ends; numbers from 4000 on are free for a program's own use."""

    GONE = 1000  # the page was closed or reloaded
    LEFT = 4000  # the person left with a key
    FAULT = 4001  # the process stopped because of a fault
    FULL = 4002  # there was no place
    IDLE = 4003  # nothing was pressed for too long
    TAKEN = 4004  # the same browser opened it anew
    DOWN = 4005  # the server is shutting down
    UNSTARTED = 4006  # the process ended before it drew anything


START_PATIENCE = 30.0  # seconds after which a process that drew nothing holds nobody up


class BrowserSession:
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
        self._told: asyncio.Future[CloseCode] = self._loop.create_future()
        self._sleepy = self._loop.call_later(idle, self.tell, CloseCode.IDLE)
        self.over = asyncio.Event()

    def tell(self, ending: CloseCode) -> None:
        """Have it end, for a reason; `over` is set once nothing of it is left."""
        if not self._told.done():
            self._told.set_result(ending)

    async def run(self, queue: StartQueue, inherits: Sequence[int]) -> None:
        """Hold the session, end its process, and close the socket with the reason."""
        ways = (self._until_gone(), self._until_left(queue, inherits))
        jobs = [self._told, *(asyncio.create_task(way) for way in ways)]
        ending = CloseCode.FAULT
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

    async def _until_left(self, queue: StartQueue, inherits: Sequence[int]) -> CloseCode:
        """Start in turn, and continue until the process ends by itself."""
        async with queue.turn(partial(self._tell_page, "waiting")):
            first = self._size
            await self._process.begin(first.columns, first.rows, inherits)
            self._begun = True
            if self._size != first:  # the window changed while the process was being started
                await self._pass_on(self._size)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.settled.wait(), START_PATIENCE)
        self._stay()
        if await self._process.code() in {0, 130, 143}:  # left, interrupted, or told to end
            return CloseCode.LEFT
        return CloseCode.FAULT if self._process.drawn else CloseCode.UNSTARTED

    async def _until_gone(self) -> CloseCode:
        async for message in self._socket:
            said = parse_message(message)
            if isinstance(said, Size):
                self._size = said
            elif said and said.kind == "stdin":
                self._stay()
            if said and self._begun:
                await self._pass_on(said)
        return CloseCode.GONE

    def _stay(self) -> None:
        self._sleepy.cancel()
        self._sleepy = self._loop.call_later(self._idle, self.tell, CloseCode.IDLE)

    async def _pass_on(self, said: PageMessage | Size) -> None:
        match said:
            case Size(columns, rows):
                await self._process.set_terminal_size(columns, rows)
            case PageMessage("stdin", typed):
                await self._process.send_bytes(typed.encode("utf-8", "replace"))
            case PageMessage("ping", stamp):
                await self._tell_page("pong", stamp)
            case PageMessage("focus"):
                await self._process.focus()
            case _:
                await self._process.blur()

    async def _tell_page(self, kind: str, said: str | int) -> None:
        with suppress(ConnectionError):  # a page that is gone is noticed where it is listened to
            await self._socket.send_json([kind, said])


@contextmanager
def lifeline() -> Iterator[tuple[int, ...]]:
    """Hold a pipe open, and return the ends that the sessions' processes inherit.

    When the server ends, even killed, the pipe closes by itself, and they end. Windows hands no
    pipe on like this; there sessions end when they are told to.
    """
    reads, writes = os.pipe()
    try:
        yield (reads,) if os.name == "posix" else ()
    finally:
        os.close(reads)
        os.close(writes)


class Sessions:
    """Opens and ends sessions; `data` is the folder whose drafts' folders they are given."""

    def __init__(self, plan: ServePlan, data: Path, inherited: Sequence[int]) -> None:
        self._plan = plan
        self.data = data
        self._inherited = inherited
        self._queue = StartQueue(plan.at_once)
        self._held: dict[str, BrowserSession] = {}

    async def hold(self, visitor: Visitor, socket: web.WebSocketResponse, size: Size) -> None:
        """Hold a session until it ends; an earlier one of the same visitor ends first.

        So a reload continues, and so does a second tab: there is one draft, and one hand writes it.
        """
        before = self._held.get(visitor.id)
        if before is None and len(self._held) >= self._plan.most:
            await socket.close(code=CloseCode.FULL)
            return
        process = SessionProcess(socket.send_bytes, self._environment(visitor))
        session = self._held[visitor.id] = BrowserSession(socket, process, size, self._plan.idle)
        try:
            if before:
                before.tell(CloseCode.TAKEN)
                await before.over.wait()
            await session.run(self._queue, self._inherited)
        finally:
            session.over.set()
            if self._held.get(visitor.id) is session:
                del self._held[visitor.id]

    async def end_all(self) -> None:
        held = list(self._held.values())
        for session in held:
            session.tell(CloseCode.DOWN)
        for session in held:
            await session.over.wait()

    def _environment(self, visitor: Visitor) -> dict[str, str]:
        return {
            **self._plan.environment,
            LIFELINE_VARIABLE: " ".join(map(str, self._inherited)),
            DRAFTS_VARIABLE: str(visitor.folder(self.data)),
            ALIAS_VARIABLE: visitor.alias,
            CODE_VARIABLE: visitor.code,
            TRAINING_VARIABLE: "1" if self._plan.training_only else "",
        }
