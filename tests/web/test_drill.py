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
from tests.web.browser import HOLD_TERMINAL, IN_BROWSER, Tab
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
            await tab.shows("Your answer: Adoption Services", f"Drill: {answered} answered")
            await tab.press("Enter")
        await tab.shows(ASKED)
        await tab.click("7  Preventive Services")
        await tab.shows("Your answer: Preventive Services", "Drill: 4 answered")
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
    assert (
        main(
            [
                "training",
                "new-class",
                "Spring",
                "--count",
                "3",
                "--seed",
                "7",
                "--output",
                str(path),
            ]
        )
        == 0
    )
    return path


async def somebody(chromium: Any) -> Tab:
    """Return a tab of a browser with cookies of its own."""
    context = await chromium.new_context(viewport={"width": 1000, "height": 700})
    await context.add_init_script(HOLD_TERMINAL)
    return Tab(await context.new_page())


async def test_three_at_once_take_a_test_through_reload_second_tab_and_restart(
    chromium: Any, tmp_path: Path
) -> None:
    """Nobody gets another's alias, nothing is lost or counted as leaving, and no score comes early."""
    path, data = a_class(tmp_path), tmp_path / "data"
    options = ("--training-only", "--class", str(path), "--port", str(unused_port()))
    tabs = [await somebody(chromium) for _ in range(3)]
    reloads, opens_twice, changes = tabs
    with served(data, *options) as server:
        await reloads.open(server.address, alias="red-fox")
        await opens_twice.page.goto(server.address)
        await opens_twice.page.fill("#alias", "Red-Fox")
        await opens_twice.page.keyboard.press("Enter")
        await opens_twice.page.wait_for_selector("#mistake:has-text('taken')")
        others = zip((opens_twice, changes), ("blue-heron", "otter"), strict=True)
        await asyncio.gather(*(tab.open(server.address, alias=alias) for tab, alias in others))
        for tab in tabs:
            await tab.shows("Test: 3 stories", "Begin the test")
            assert "Report for trainers" not in await tab.text()
            await tab.press("Enter")
        await asyncio.gather(*(tab.shows(ASKED, "Story 1 of 3") for tab in tabs))
        for tab in tabs:
            await tab.press("2")
        await asyncio.gather(*(tab.shows("Story 2 of 3") for tab in tabs))

        await reloads.page.reload()
        second = Tab(await opens_twice.page.context.new_page())
        await second.again(server.origin)
        await changes.press("Backspace")
        await changes.shows("Story 1 of 3")
        await changes.press("1")
        await asyncio.gather(*(tab.shows("Story 2 of 3") for tab in (reloads, second, changes)))
        assert "different tab" in await opens_twice.ending()
    tabs = [reloads, second, changes]
    with served(data, *options) as server:
        await asyncio.gather(*(tab.again(server.origin) for tab in tabs))
        await asyncio.gather(*(tab.shows(ASKED, "Story 2 of 3") for tab in tabs))
        for tab in tabs:
            await tab.press("2")
            await tab.shows("Story 3 of 3")
            await tab.press("3")
            await tab.shows("Review: 3 of 3 answered")
            assert "pass mark" not in await tab.text()
            await tab.press("ArrowUp", "Enter")
            await tab.shows("Hand in the test?")
            await tab.press("1")
        await asyncio.gather(*(tab.shows("Stop here") for tab in tabs))
        assert [tab.faults for tab in tabs] == [[], [], []]
    made = list(attempts_in(open_store(data).practice.texts()))
    assert sorted(Counter(one.alias for one in made).items()) == [
        ("blue-heron", 3),
        ("otter", 3),
        ("red-fox", 3),
    ]
    assert {one.left for one in made} == {0}
    first = read_class(path.read_text(encoding="utf-8")).stories[0]
    firsts = {one.alias: one.chosen for one in made if one.story == first}
    assert firsts["red-fox"] == firsts["blue-heron"] != firsts["otter"]
