"""A class of twelve opens the assistant all at once, each in a browser of their own."""

import asyncio
import os
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar, WSMsgType
from aiohttp.test_utils import TestServer, unused_port

from assistant.cases.drafts import DraftBox
from assistant.web.pages import Address
from assistant.web.server import make_app
from assistant.web.sessions import ServePlan, Sessions, lifeline
from tests.web.served import DEADLINE

FIRST = b"current work with this"
"""What the first question says."""

CLASS = 12
"""How many sit in the class."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sessions are looked at in /proc")


class Trainee:
    """A page without a browser: sends what the page sends, and keeps what it is sent."""

    def __init__(self, client, alias):
        self.client = client
        self.alias = alias
        self.places = []
        self.drawn = b""
        self.code = None

    async def open(self, origin, token):
        params = {"token": token, "alias": self.alias}
        await self.client.get("/", params=params)
        headers = {"Origin": origin}
        self.socket = await self.client.ws_connect("/ws?width=80&height=24", headers=headers)

    async def press(self, key, then):
        self.drawn = b""
        await self.socket.send_json(["stdin", key])
        await self.until(then)

    async def until(self, words):
        """Take in what the page is sent until words are drawn."""
        while words not in self.drawn:
            await self.take()
            assert self.code is None, f"ended with {self.code} before {words!r}"

    async def ending(self):
        while self.code is None:
            await self.take()
        return self.code

    async def take(self):
        message = await asyncio.wait_for(self.socket.receive(), DEADLINE)
        if message.type == WSMsgType.BINARY:
            self.drawn += message.data
        elif message.type == WSMsgType.TEXT and message.json()[0] == "waiting":
            self.places.append(message.json()[1])
        elif message.type in {WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING}:
            self.code = self.socket.close_code


@asynccontextmanager
async def classroom(data, **plan):
    """Yield a server in this very process, and what brings somebody new to it."""
    place = Address("127.0.0.1", "127.0.0.1", unused_port())
    async with AsyncExitStack() as stack:
        inherited = stack.enter_context(lifeline())
        asked = ServePlan(**plan, environment={"SERVICE_GROUP_DATA": str(data)})
        sessions = Sessions(asked, data, inherited)
        app, handlers = make_app(asked, place, sessions)
        await stack.enter_async_context(TestServer(app, host="127.0.0.1", port=place.port))
        stack.push_async_callback(sessions.end_all)
        token = handlers.link.partition("token=")[2]

        async def comes(alias):
            jar = CookieJar(unsafe=True)
            client = await stack.enter_async_context(ClientSession(place.origin, cookie_jar=jar))
            trainee = Trainee(client, alias)
            await trainee.open(place.origin, token)
            return trainee

        yield comes, sessions


def children():
    pid = os.getpid()
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split())


def environment(pid):
    lines = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(line.partition("=")[::2] for line in lines)


async def test_twelve_at_once(data_folder):
    """Each gets a turn, an alias and drafts of their own; at the end no process is left."""
    before = children()
    aliases = [f"heron-{number}" for number in range(CLASS)]
    async with classroom(data_folder, training_only=True, most=CLASS) as (comes, sessions):
        trainees = await asyncio.gather(*map(comes, aliases))
        await asyncio.gather(*(trainee.until(FIRST) for trainee in trainees))
        places = [trainee.places for trainee in trainees]
        assert [told[-1] for told in places] == [0] * CLASS
        assert max(map(max, places)) > 1
        assert all(told == sorted(told, reverse=True) for told in places)

        ours = [environment(pid) for pid in children() - before]
        assert sorted(found["SERVICE_GROUP_ALIAS"] for found in ours) == sorted(aliases)
        assert {found["SERVICE_GROUP_TRAINING_ONLY"] for found in ours} == {"1"}

        await asyncio.gather(*(trainee.press("1", b"Adoption") for trainee in trainees))
        folders = [Path(found["SERVICE_GROUP_DRAFTS"]) for found in ours]
        assert len(set(folders)) == CLASS
        drafts = [DraftBox(folder).waiting() for folder in folders]
        assert [dict(one.answers) for (one,) in drafts] == [{"investigation": "none"}] * CLASS
        assert {oct(path.stat().st_mode)[-3:] for path in (*folders, folders[0].parent)} == {"700"}

        assert await (await comes("one-more")).ending() == 4002
        ends = [asyncio.create_task(trainee.ending()) for trainee in trainees]
        await sessions.end_all()
        assert await asyncio.gather(*ends) == [4005] * CLASS
        assert children() - before == set()


async def test_who_closes_the_page_leaves_a_place(data_folder):
    """The process ends with the page, also while it starts, and whoever is next in line starts."""
    before = children()
    async with classroom(data_folder, most=3, at_once=1) as (comes, _):
        first, second, third = [await comes(name) for name in ("heron", "fox", "otter")]
        while not third.places:
            await third.take()
        assert third.places[0] >= 1
        await first.socket.close()
        await second.socket.close()
        await third.until(FIRST)
        assert third.places[-1] == 0
        fourth = await comes("wolf")
        await fourth.until(FIRST)
        assert len(children() - before) == 2
        await third.socket.close()
        await fourth.socket.close()
        async with asyncio.timeout(DEADLINE):
            while children() - before:  # noqa: ASYNC110 - the system tells nobody of it
                await asyncio.sleep(0)
