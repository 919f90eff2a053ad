"""A class in browsers: what twelve sessions at once take of the machine, and how soon each is drawn."""

import asyncio
import re
import subprocess
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from aiohttp import ClientSession, CookieJar, WSMsgType
from environment.checkout import Checkout

from benchmarks.chromium import chromium_rows
from benchmarks.figures import Figures, Row, exactly
from benchmarks.interview import Step, longest_interview
from benchmarks.terminal import NotShownError, environment

CLASS = 12
"""How many come at once."""

MEMORY, PAINT, ANSWER = 40.0, 1000.0, 100.0
"""Aims: MB a session, ms to the first question where nobody else is starting, ms from key to next one."""

_PATIENCE = 30.0
_STYLES = re.compile(rb"\x1b\[[0-9;:?<=>$]*[ -/]*[@-~]")
_BACK = "\x7f"


class Page:
    """A page without a browser, which draws nothing: what is measured is the server and its sessions."""

    def __init__(self, client: ClientSession, origin: str) -> None:
        self._client = client
        self._origin = origin
        self._drawn = b""

    async def opened(self, query: str, words: str) -> float:
        """Come in, and give how long after, in ms, words of the first question were drawn."""
        started = perf_counter()
        async with self._client.get(f"/{query}"):
            pass
        headers = {"Origin": self._origin}
        self._socket = await self._client.ws_connect("/ws?width=80&height=24", headers=headers)
        return await self._until(words, started)

    async def pressed(self, key: str, words: str) -> float:
        """Press a key, and give how long after, in ms, words were drawn."""
        self._drawn = b""
        started = perf_counter()
        await self._socket.send_json(["stdin", key])
        return await self._until(words, started)

    async def _until(self, words: str, started: float) -> float:
        while words.encode() not in _STYLES.sub(b"", self._drawn):
            message = await asyncio.wait_for(self._socket.receive(), _PATIENCE)
            if message.type == WSMsgType.BINARY:
                self._drawn += message.data
            elif message.type != WSMsgType.TEXT:
                raise NotShownError(f"{words!r} did not appear: the session ended")
        return (perf_counter() - started) * 1000


def web_rows(checkout: Checkout, *, quick: bool) -> list[Row]:
    """Measure one session alone, and then a class at once."""
    steps = longest_interview(checkout.root / "content")
    with TemporaryDirectory(prefix="bench-") as folder:
        command: list[str | Path] = [
            checkout.command,
            "serve",
            "--port",
            "0",
            "--most",
            str(CLASS + 1),
        ]
        with subprocess.Popen(
            command, env=environment(Path(folder)), stdout=subprocess.PIPE, text=True
        ) as server:
            try:
                address = server.stdout.readline().strip() if server.stdout else ""
                shown = chromium_rows(address, times=1 if quick else 5)
                rows = asyncio.run(_measured(address, server.pid, steps, 3 if quick else CLASS))
                return [*rows, *shown]
            finally:
                server.terminate()


async def _measured(address: str, server: int, steps: list[Step], count: int) -> list[Row]:
    origin, _, query = address.partition("/?")
    async with _pages(origin, count + 1) as (first, *others):
        query = f"?{query}&alias="
        alone = await first.opened(query, steps[0].shows)
        presses = await _presses(first, steps)
        started = perf_counter()
        paints = await asyncio.gather(*(page.opened(query, steps[0].shows) for page in others))
        took = perf_counter() - started
        memory = [_memory(pid) for pid in _children(server)]
        answered = await asyncio.gather(*(_presses(page, steps) for page in others))
    together = tuple(press for presses in answered for press in presses)
    at_once = f"{count} at once"
    memories, pressed, single = Figures(tuple(memory)), Figures(presses), Figures((alone,))
    server_memory, starts = Figures((_memory(server),)), Figures((count / took,))
    return [
        Row("memory of a session (its share)", memories, "MB", "the aim", exactly(MEMORY), 1),
        Row("memory of the server", server_memory, "MB", "a session", memories),
        Row("first question, alone", single, "ms", "the aim", exactly(PAINT), 1),
        Row(f"first question, {at_once}", Figures(tuple(paints)), "ms", "alone", single),
        Row(f"sessions started, {at_once}", starts, "/s", "alone", Figures((1000 / alone,))),
        Row("key to next question, alone", pressed, "ms", "the aim", exactly(ANSWER), 1),
        Row(f"key to next question, {at_once}", Figures(together), "ms", "alone", pressed),
    ]


async def _presses(page: Page, steps: list[Step]) -> tuple[float, ...]:
    """Answer to the end, and give the time of each answer."""
    times = [await page.pressed(one.key, then.shows) for one, then in pairwise(steps)]
    return tuple(times)


@asynccontextmanager
async def _pages(origin: str, count: int) -> AsyncIterator[list[Page]]:
    async with AsyncExitStack() as stack:
        jars = [CookieJar(unsafe=True) for _ in range(count)]
        clients = [
            await stack.enter_async_context(ClientSession(origin, cookie_jar=jar)) for jar in jars
        ]
        yield [Page(client, origin) for client in clients]


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in found.split()]


def _memory(pid: int) -> float:
    """Give what a process takes in MB: what it shares with others counts for each in part."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(lines.split("\nPss:")[1].split()[0]) / 1024


def can_measure_sessions() -> bool:
    """Tell whether this system shows what a process takes: Linux does."""
    return Path("/proc/self/smaps_rollup").exists()
