"""How many modules each journey enters, counted in the running program.

A module counts where one of its functions is entered between a key and the repaint that shows what
came of it. Every journey is gone once before, so that nothing is counted that only loads.
"""

import asyncio
import contextlib
import io
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Self

from textual.pilot import Pilot

from assistant.cli import main
from assistant.screen.app import ServiceGroupApp
from assistant.services import Services, real_services

BOUNDS = {"answer": 14, "save": 24, "drill answer": 26, "recommend": 13}
"""The most modules that each journey may enter."""

PASSED = {
    "answer": "assistant.engine.interview",
    "save": "assistant.records.store",
    "drill answer": "assistant.training.judging",
    "recommend": "assistant.engine.explain",
}
"""A module that each journey cannot do without, so that one which was not gone is noticed."""

SIZE = (80, 24)

FIELDS = ("12345", "tab", "child 1", "tab", "parenting class")
"""What is typed into the record form, and the keys between."""


def journeys(root: Path) -> dict[str, set[str]]:
    """Return the modules of `assistant` that each journey enters, by the names of `BOUNDS`."""
    with TemporaryDirectory(prefix="house-") as folder, _environment(folder):
        numbers = count(1)
        services = replace(real_services(root / "content"), new_id=lambda: f"{next(numbers):032x}")
        found = asyncio.run(_on_screen(services))
        found["recommend"] = _recommended()
    for name, module in PASSED.items():
        if module not in found[name]:
            message = f"The journey “{name}” was not gone: it never entered {module}."
            raise RuntimeError(message)
    return found


@contextlib.contextmanager
def _environment(folder: str) -> Iterator[None]:
    """Keep everything in a separate folder, and the settings of whoever runs this out."""
    before = dict(os.environ)
    settings = Path(folder) / "settings.toml"
    settings.touch()
    os.environ |= {
        "SERVICE_GROUP_DATA": folder,
        "SERVICE_GROUP_SETTINGS": str(settings),
        "SERVICE_GROUP_ALIAS": "heron",
    }
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class Entered:
    """Notes the modules of the assistant whose functions are entered while it is watching."""

    def __init__(self) -> None:
        self.modules: set[str] = set()

    def __enter__(self) -> Self:
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _note(self, frame: FrameType, event: str, _argument: object) -> None:
        name = frame.f_globals.get("__name__", "")
        if name == "assistant.shapes":  # a shape is made where it is defined
            name = type(frame.f_locals.get("self")).__module__
        if event == "call" and name.startswith("assistant.") and frame.f_code.co_name != "<module>":
            self.modules.add(name)


def _recommended() -> set[str]:
    facts = ["recommend", "goal=adoption", "investigation=none"]
    with contextlib.redirect_stdout(io.StringIO()):
        main(facts)
        with Entered() as entered:
            main(facts)
    return entered.modules


async def _on_screen(services: Services) -> dict[str, set[str]]:
    found = {}
    app = ServiceGroupApp(services)
    async with app.run_test(size=SIZE) as pilot:
        await _press(pilot, "3", "backspace")
        found["answer"] = await _entered(lambda: _press(pilot, "3"))
        await _record(pilot)
        await _press(pilot, "n")
        await _press(pilot, "3")
        found["save"] = await _record(pilot)
    app = ServiceGroupApp(services)
    async with app.run_test(size=SIZE) as pilot:
        await _drill(pilot)
        found["drill answer"] = await _entered(lambda: _press(pilot, "2"))
    return found


async def _record(pilot: Pilot[None]) -> set[str]:
    """Answer to a group, fill the form, and return what saving enters."""
    while not pilot.app.screen.query("RecordForm, FormPane"):
        await _press(pilot, "1")
    for typed in FIELDS:
        await _press(pilot, *([typed] if typed == "tab" else typed))
    return await _entered(lambda: _press(pilot, "ctrl+s"))


async def _drill(pilot: Pilot[None]) -> None:
    """Begin a drill and answer one story."""
    await _press(pilot, "d")
    await asyncio.sleep(0.5)
    await _press(pilot, "2", "1")
    await asyncio.sleep(0.5)
    await _press(pilot, "1")
    await asyncio.sleep(0.5)


async def _entered(journey: Callable[[], Awaitable[None]]) -> set[str]:
    with Entered() as entered:
        await journey()
    return entered.modules


async def _press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each once what the one before it did is painted."""
    for key in keys:
        await pilot.press("space" if key == " " else key)
        await pilot.pause()
