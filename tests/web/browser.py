"""A person at a browser: opens the address, presses keys, clicks on words, and reads the screen.

In a test, ask for the fixture `tab` and mark the module with `pytestmark = IN_BROWSER`:

    await tab.open(server.address, alias="blue-heron")
    await tab.press("1")
    await tab.click("Adoption")
    await tab.shows("Question 3")
"""

import os

import pytest
from playwright.async_api import Page

IN_BROWSER = pytest.mark.asyncio(loop_scope="session")
"""Marks a module's tests: one browser serves them all, and lives on one event loop."""

PEOPLE = int(os.environ.get("CLASSROOM", "3"))
"""How many browsers are open at once; `scripts/classroom.py` opens twelve."""

PATIENCE = 10_000 * PEOPLE
"""Milliseconds after which what was waited for is taken to be missing."""

HOLD_TERMINAL = """
// The terminal's script keeps its terminal to itself, and says so to nobody but this setter.
Object.defineProperty(Object.prototype, "fitAddon", {
  configurable: true,
  set(addon) {
    window.held = this;
    Object.defineProperty(this, "fitAddon", { value: addon, writable: true });
  },
});
window.screen_lines = () => {
  if (!window.held) return [];
  const buffer = window.held.terminal.buffer.active;
  return Array.from({ length: buffer.length }, (_, row) => buffer.getLine(row).translateToString(true));
};
window.running_words = () =>
  window.screen_lines().join(" ").replace(/[│┃╭╮╰╯─▆▇█\\s]+/g, " ");
"""
"""Run before the page's own scripts; the screen's text is then to be read."""

PLACE_OF = """
(words) => {
  const terminal = window.held.terminal;
  const lines = window.screen_lines();
  const row = lines.findIndex((line) => line.includes(words));
  if (row < 0) throw new Error(`${words} is not on the screen:\\n${lines.join("\\n")}`);
  const box = terminal.element.querySelector(".xterm-screen").getBoundingClientRect();
  const column = lines[row].indexOf(words);
  return {
    x: box.left + (column + 0.5) * box.width / terminal.cols,
    y: box.top + (row + 0.5) * box.height / terminal.rows,
  };
}
"""

SHOWS = "(words) => words.every((some) => window.running_words().includes(some))"


class Tab:
    """One tab of a browser, in which the assistant is or will be open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked_for: list[str] = []
        self.faults: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.asked_for.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    async def open(self, address: str, alias: str = "") -> None:
        """Open an address, say an alias, and wait until something is drawn."""
        await self.page.goto(address)
        await self.page.fill("#alias", alias)
        await self.page.keyboard.press("Enter")
        await self.drawn()

    async def again(self, address: str) -> None:
        """Open an address in a browser that was there before."""
        await self.page.goto(address)
        await self.drawn()

    async def drawn(self) -> None:
        await self.page.wait_for_selector("body.-first-byte, body.-ended")
        ended = self.page.locator("body.-ended #ended")
        assert not await ended.count(), await ended.inner_text()
        await self.page.wait_for_function(SHOWS, arg=["Service Group Assistant", "All commands"])

    async def press(self, *keys: str) -> None:
        """Press keys, by their names in Playwright (`Enter`, `ArrowDown`, `a`)."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def type(self, words: str) -> None:
        await self.page.keyboard.type(words)

    async def click(self, words: str) -> None:
        """Click with the mouse on the first place where these words stand on the screen."""
        place = await self.page.evaluate(PLACE_OF, words)
        await self.page.mouse.click(place["x"], place["y"])

    async def shows(self, *words: str) -> None:
        """Wait until all of these stand on the screen, as running words."""
        try:
            await self.page.wait_for_function(SHOWS, arg=list(words))
        except Exception as error:
            error.add_note(await self.text())
            raise

    async def text(self) -> str:
        """Return what is on the terminal's screen now."""
        return "\n".join(await self.page.evaluate("() => window.screen_lines()"))

    async def ending(self) -> str:
        """Wait until the page says that the session has ended, and give its words."""
        await self.page.wait_for_selector("body.-ended")
        return await self.page.inner_text("#ended")
