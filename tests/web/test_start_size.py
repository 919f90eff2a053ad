"""A window that changes its size while its session starts is drawn in the size it then has."""

import asyncio
import json
from types import SimpleNamespace
from typing import Any, cast

from aiohttp import WSMsgType

from assistant.web.sessions import BrowserSession, Size, StartQueue


class Page:
    """A socket whose page says its size once, and then stays."""

    def __init__(self):
        self.starting, self.heard = asyncio.Event(), asyncio.Event()

    async def __aiter__(self):
        await self.starting.wait()
        said = json.dumps(["resize", {"width": 120, "height": 36}])
        yield SimpleNamespace(type=WSMsgType.TEXT, data=said)
        self.heard.set()
        await asyncio.Event().wait()

    async def send_json(self, _said):
        pass

    async def close(self, code):
        self.code = code


class Process:
    """A process that takes as long to start as the page takes to say its size."""

    drawn = True

    def __init__(self, page):
        self.page, self.settled, self.sizes = page, asyncio.Event(), []
        self.settled.set()

    async def begin(self, columns, rows, _inherits):
        self.page.starting.set()
        await self.page.heard.wait()
        self.sizes.append((columns, rows))

    async def set_terminal_size(self, columns, rows):
        self.sizes.append((columns, rows))

    async def code(self):
        return 0

    async def end(self):
        pass


async def test_a_size_said_while_starting_is_not_lost():
    """The size of the page is the last one that its process is told."""
    page = Page()
    process = Process(page)
    session = BrowserSession(cast("Any", page), cast("Any", process), Size(80, 24), 60)
    async with asyncio.timeout(5):
        await session.run(StartQueue(1), ())
    assert process.sizes == [(80, 24), (120, 36)]
