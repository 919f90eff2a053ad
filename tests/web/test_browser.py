"""A real browser, as a trainee uses it."""

import os
import signal
from urllib.parse import urlsplit

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.web.browser import HOLD_TERMINAL, IN_BROWSER, Tab
from tests.web.served import served

pytestmark = IN_BROWSER


async def test_an_interview_by_keyboard_and_mouse_and_back_to_the_same_place(tab, person, server):
    """The keyboard works at once, the mouse too; a closed tab's interview waits for the next one."""
    await tab.open(server.address, alias="blue-heron")
    await tab.press("1")
    await tab.shows("Question 2")
    await tab.press("ArrowDown", "ArrowDown", "Enter")
    await tab.shows("Question 3")
    await tab.press("2")
    await tab.shows("Question 4")
    await tab.page.close()

    back = Tab(await person.new_page())
    await back.again(server.origin)
    await back.shows("Question 4")
    await back.page.reload()
    await back.shows("Question 4")
    await back.click("may be potential")
    await back.shows("In-Home Family Preservation Services", "Why", "Record this group")
    assert back.faults == []


async def test_no_request_leaves_the_host(tab, server):
    """Not for a font, and not where the address itself asks for one."""
    await tab.open(server.address)
    await tab.again(f"{server.origin}/?ping=http://127.0.0.1:9/&delay=1")
    hosts = {urlsplit(url).netloc for url in tab.asked_for if not url.startswith("data:")}
    assert hosts == {urlsplit(server.origin).netloc}


async def test_who_waits_is_told_their_number(tab, server):
    """The page says how far in line somebody is, until it is their turn."""
    page = tab.page
    await page.route_web_socket("**/ws?*", lambda socket: socket.send('["waiting", 3]'))
    await page.goto(f"{server.address}&alias=red-fox")
    await page.wait_for_selector("text=Starting… you are number 3 in line.")
    await page.unroute_all()


async def test_leaving_and_starting_again(tab, server):
    """A key leaves; the page says so, and Enter on its button starts again."""
    await tab.open(server.address)
    await tab.press("q")
    assert "You left the assistant" in await tab.ending()
    await tab.press("Enter")
    await tab.drawn()


async def test_a_second_tab_takes_over(tab, person, server):
    """The interview goes on in the newer tab, and the older one says where it went."""
    await tab.open(server.address)
    await tab.press("1")
    await tab.shows("Question 2")
    second = Tab(await person.new_page())
    await second.again(server.origin)
    await second.shows("Question 2")
    assert "continues there" in await tab.ending()


async def test_a_foreign_page_cannot_drive_a_session(tab, person, server):
    """A page of another site, open in the same browser, gets no socket; a link of its leads in as usual."""
    await tab.open(server.address)
    await tab.press("1")
    await tab.shows("Question 2")
    page = f"<a href='{server.origin}/?ping=x'>in</a>"

    async def foreign(_request):
        return web.Response(text=page, content_type="text/html")

    app = web.Application()
    app.router.add_get("/", foreign)
    async with TestServer(app, host="127.0.0.1") as other:
        intruder = Tab(await person.new_page())
        await intruder.page.goto(f"http://localhost:{other.port}/")
        opened = await intruder.page.evaluate(
            """(address) => new Promise((resolve) => {
                const socket = new WebSocket(address);
                socket.onopen = () => resolve("open");
                socket.onerror = () => resolve("refused");
            })""",
            f"ws://{urlsplit(server.origin).netloc}/ws?width=80&height=24",
        )
        assert opened == "refused"
        await tab.press("7")
        await tab.shows("Question 3")
        await intruder.page.click("a")
        await intruder.shows("Question 3")


async def test_a_crash_is_told_and_nothing_is_lost(tab, server):
    """The process is killed under the page: it says so in a sentence, and a reload goes on."""
    before = set(server.children)
    await tab.open(server.address)
    await tab.press("1")
    await tab.shows("Question 2")
    (pid,) = set(server.children) - before
    os.kill(pid, signal.SIGKILL)
    said = await tab.ending()
    assert "stopped because of an error" in said
    assert "Your answers are saved" in said
    await tab.press("Enter")
    await tab.shows("Question 2")


async def test_a_lost_connection_is_told(tab, tmp_path):
    """The server is killed: the page says that the connection was lost."""
    with served(tmp_path / "data", "--training-only") as server:
        await tab.open(server.address)
        server.end(signal.SIGKILL)
        assert "connection was lost" in await tab.ending()
        assert server.left_running() == []


async def test_a_shut_down_is_told(tab, tmp_path):
    """Whoever runs the server ends it: the page says so, and no process is left."""
    with served(tmp_path / "data") as server:
        await tab.open(server.address)
        assert server.end() == 0
        assert "shut it down" in await tab.ending()
        assert server.left_running() == []


async def test_a_full_class(tab, chromium, tmp_path):
    """With one place, a second browser is told, and comes in by itself once the first has left."""
    with served(tmp_path / "data", "--most", "1") as server:
        await tab.open(server.address)
        context = await chromium.new_context()
        await context.add_init_script(HOLD_TERMINAL)
        late = Tab(await context.new_page())
        await late.page.goto(f"{server.address}&alias=red-fox")
        assert "All places are taken" in await late.ending()
        await tab.press("q")
        await late.page.wait_for_selector("body.-first-byte")
        await context.close()


async def test_an_idle_session(tab, tmp_path):
    """It is ended, the page says why, and Enter on its button goes on where it was."""
    with served(tmp_path / "data", "--idle", "0.05") as server:
        await tab.open(server.address)
        await tab.press("1")
        assert "you pressed no key for a while" in await tab.ending()
        await tab.press("Enter")
        await tab.shows("Question 2")


async def test_a_phone_shows_the_question_whole(chromium, server):
    """In letters small enough, upright or sideways; before it a word says that a computer is better."""
    for width, height in ((390, 800), (800, 390)):
        context = await chromium.new_context(viewport={"width": width, "height": height})
        await context.add_init_script(HOLD_TERMINAL)
        phone = Tab(await context.new_page())
        await phone.page.goto(server.address)
        told = phone.page.locator("text=This works best on a computer")
        assert await told.is_visible() == (width < height)
        await phone.open(server.address, alias=f"otter-{width}")
        await phone.shows("Yes, and it was open on that day")
        assert phone.faults == []
        await context.close()
