"""One browser and one server for the tests that can share them."""

import shutil
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.web.served import Served, served

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext

    from tests.web.browser import Tab

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""What the browser may be called."""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield a running server, as it is by default."""
    with served(tmp_path_factory.mktemp("served") / "data") as found:
        yield found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> "AsyncIterator[Browser]":
    """Yield a real browser without a window; skip where there is none."""
    playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("no Chromium is installed")
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def person(chromium: "Browser") -> "AsyncIterator[BrowserContext]":
    """Yield a browser that was nowhere before: cookies of its own, any number of tabs."""
    from tests.web.browser import HOLD_TERMINAL

    context = await chromium.new_context(viewport={"width": 1000, "height": 700})
    await context.add_init_script(HOLD_TERMINAL)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def tab(person: "BrowserContext") -> "Tab":
    """Return a tab of such a browser."""
    from tests.web.browser import Tab

    return Tab(await person.new_page())
