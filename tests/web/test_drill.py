"""A trainee practises in a real browser."""

import re

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from assistant.cli import main
from tests.web.browser import IN_BROWSER, Tab
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


async def test_a_class_is_offered_first_and_gone_on_with(tab, person, tmp_path):
    """Whoever opens the address finds it; another tab goes on with it; no report is offered."""
    path = tmp_path / "spring.class.json"
    assert main(["training", "new-class", "Spring", "--count", "3", "--output", str(path)]) == 0
    with served(tmp_path / "data", "--training-only", "--class", str(path)) as server:
        await tab.open(server.address, alias="blue-heron")
        await tab.shows("a test of 3 stories. The pass mark is 80%")
        assert "Report for trainers" not in await tab.text()
        await tab.press("1")
        await tab.shows(ASKED, "Story 1 of 3")
        await tab.press("2")
        await tab.shows("Story 2 of 3")
        await tab.page.close()

        back = Tab(await person.new_page())
        await back.again(server.origin)
        await back.shows("Story 2 of 3")
        await back.press("Escape")
        await back.shows("1 of 3 stories answered")
        assert back.faults == []
