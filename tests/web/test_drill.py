"""A trainee practises in a real browser."""

import asyncio
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import unused_port

pytest.importorskip("playwright", reason="playwright is not installed")

from assistant.cli import main
from assistant.records.store import open_store
from assistant.training.attempts import attempts_in
from assistant.training.classes import read_class
from tests.web.browser import HOLD_TERMINAL, IN_BROWSER, PEOPLE, Tab
from tests.web.served import served

pytestmark = IN_BROWSER

ASKED = "Which group for"


async def test_four_stories_and_back_to_the_same_place(tab, person, tmp_path):
    """Three answered with the keyboard and one with the mouse; the next one waits for another tab."""
    with served(tmp_path / "data", "--training-only") as server:
        await tab.open(server.address, alias="blue-heron")
        await tab.press("d")
        await tab.shows("You practice as blue-heron")
        await tab.press("2")
        for answered in (1, 2, 3):
            await tab.shows(ASKED)
            await tab.press("1")
            await tab.shows("Adoption Services", f"Drill: {answered} answered")
            await tab.press("Enter")
        await tab.shows(ASKED)
        await tab.click("7  Preventive Services")
        await tab.shows("Preventive Services", "Drill: 4 answered")
        await tab.press("Enter")
        await tab.shows(ASKED)
        (question,) = re.findall(rf"{ASKED} [^?]*\?", await tab.text())
        await tab.page.close()

        back = Tab(await person.new_page())
        await back.again(server.origin)
        await back.shows(question, "Drill: 4 answered")
        assert back.faults == []


def a_class(folder: Path) -> Path:
    path = folder / "spring.class.json"
    wanted = ["--count", "3", "--seed", "7", "--output", str(path)]
    assert main(["training", "new-class", "Spring", *wanted]) == 0
    return path


async def somebody(chromium: Any) -> Tab:
    """Return a tab of a browser with cookies of its own."""
    context = await chromium.new_context(viewport={"width": 1000, "height": 700})
    await context.add_init_script(HOLD_TERMINAL)
    return Tab(await context.new_page())


async def all_show(tabs: list[Tab], *words: str) -> None:
    await asyncio.gather(*(tab.shows(*words) for tab in tabs))


async def disturbed(tab: Tab, kind: int, origin: str) -> Tab:
    """Reload the page, open a second one, or go back and answer anew; return the tab that goes on."""
    if kind == 0:
        await tab.page.reload()
        return tab
    if kind == 1:
        second = Tab(await tab.page.context.new_page())
        await second.again(origin)
        assert "different tab" in await tab.ending()
        return second
    await tab.press("Backspace")
    await tab.shows("Story 1 of 3")
    await tab.press("1")
    return tab


async def test_a_class_at_once_takes_a_test_through_reload_second_tab_and_restart(
    chromium: Any, tmp_path: Path
) -> None:
    """Nobody gets another's alias, nothing is lost or counted as leaving, and no score comes early."""
    path, data = a_class(tmp_path), tmp_path / "data"
    options = ("--training-only", "--class", str(path), "--port", str(unused_port()))
    tabs = [await somebody(chromium) for _ in range(PEOPLE)]
    aliases = [f"heron-{number}" for number in range(PEOPLE)]
    with served(data, *options) as server:
        await tabs[0].open(server.address, alias=aliases[0])
        await tabs[1].page.goto(server.address)
        await tabs[1].page.fill("#alias", "Heron-0")
        await tabs[1].page.keyboard.press("Enter")
        await tabs[1].page.wait_for_selector("#mistake:has-text('taken')")
        others = zip(tabs[1:], aliases[1:], strict=True)
        await asyncio.gather(*(tab.open(server.address, alias=alias) for tab, alias in others))
        await all_show(tabs, "Test: 3 stories", "Begin the test")
        for tab in tabs:
            await tab.press("Enter")
        await all_show(tabs, ASKED, "Story 1 of 3")
        for tab in tabs:
            await tab.press("2")
        await all_show(tabs, "Story 2 of 3")
        ways = (disturbed(tab, number % 3, server.origin) for number, tab in enumerate(tabs))
        tabs = list(await asyncio.gather(*ways))
        await all_show(tabs, "Story 2 of 3")
    with served(data, *options) as server:
        await asyncio.gather(*(tab.again(server.origin) for tab in tabs))
        await all_show(tabs, ASKED, "Story 2 of 3")
        for key, then in (("2", "Story 3 of 3"), ("3", "Review: 3 of 3 answered")):
            for tab in tabs:
                await tab.press(key)
            await all_show(tabs, then)
        for tab in tabs:
            assert "pass mark" not in await tab.text()
            await tab.press("h")
        await all_show(tabs, "Hand in the test?")
        for tab in tabs:
            await tab.press("1")
        await all_show(tabs, "Back to practice")
        assert [tab.faults for tab in tabs] == [[]] * PEOPLE
    made = list(attempts_in(open_store(data).practice.texts()))
    assert Counter(one.alias for one in made) == dict.fromkeys(aliases, 3)
    assert {one.left for one in made} == {0}
    first = read_class(path.read_text(encoding="utf-8")).stories[0]
    chosen = {one.alias: one.chosen for one in made if one.story == first}
    assert chosen["heron-0"] == chosen["heron-1"] != chosen["heron-2"]
