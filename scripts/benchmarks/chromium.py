"""The assistant in a real browser without a window: until it is drawn, and from a key to its repaint."""

import shutil
from importlib.util import find_spec
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.figures import Figures, Row, exactly

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""What the browser may be called."""

PAINT, REPAINT = 1000.0, 50.0
"""Aims: ms until the assistant is drawn, and from a key to its repaint."""

_HOLD = """
Object.defineProperty(Object.prototype, "fitAddon", {
  configurable: true,
  set(addon) {
    window.held = this;
    Object.defineProperty(this, "fitAddon", { value: addon, writable: true });
  },
});
"""
_PRESS = """
(key) => new Promise((resolve) => {
  const started = performance.now();
  const waiting = window.held.terminal.onRender(() => {
    waiting.dispose();
    resolve(performance.now() - started);
  });
  window.held.socket.send(JSON.stringify(["stdin", key]));
})
"""
_DOWN = "\x1b[B"


def chromium_rows(address: str, *, times: int) -> list[Row]:
    """Measure a server that runs at an address with its token; nothing where there is no browser."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None or find_spec("playwright") is None:
        return []
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        found = [_opened(browser, address) for _ in range(times)]
        browser.close()
    paints = Figures(tuple(paint for paint, _ in found))
    presses = Figures(tuple(press for _, presses in found for press in presses))
    return [
        Row("drawn, in Chromium", paints, "ms", "the aim", exactly(PAINT), 1),
        Row("arrow key to repaint, in Chromium", presses, "ms", "the aim", exactly(REPAINT), 1),
    ]


def _opened(browser: "Browser", address: str) -> tuple[float, list[float]]:
    """Open the address as somebody new, and give both times in ms."""
    context = browser.new_context()
    context.add_init_script(_HOLD)
    page = context.new_page()
    started = perf_counter()
    page.goto(f"{address}&alias=")
    page.wait_for_selector("body.-first-byte")
    took = (perf_counter() - started) * 1000
    page.wait_for_load_state("networkidle")
    presses = [float(page.evaluate(_PRESS, _DOWN)) for _ in range(5)]
    context.close()
    return took, presses
