"""A caseworker at a running app: presses keys, clicks on words, and reads the screen."""

from asyncio import get_running_loop, sleep, timeout
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import cast

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.cases.view import View
from assistant.commands import Command
from assistant.engine.verdict import Verdict
from assistant.records.entry import Entry
from assistant.records.store import RecordStore
from assistant.screen.app import ServiceGroupApp
from assistant.screen.column import Choices
from assistant.screen.form import FormRow
from assistant.screen.interview import InterviewScreen
from assistant.screen.widgets import Keys
from assistant.services import Services
from tests.screen_text import key_event, screen_text

WIDE, USUAL, SMALL = (120, 36), (80, 24), (60, 20)
"""Windows to work in, as columns and rows."""

DEADLINE = 20
"""Seconds after which what was waited for is taken to be missing."""


class Worker:
    """What a person at the screen can do and see."""

    def __init__(self, app: ServiceGroupApp, services: Services, pilot: Pilot[None]) -> None:
        self.app = app
        self.services = services
        self.pilot = pilot

    @property
    def interview(self) -> InterviewScreen:
        return cast("InterviewScreen", self.app.screen_stack[0])

    @property
    def view(self) -> View:
        return self.interview.session.view

    @property
    def answers(self) -> dict[str, str]:
        """Return the answers that count, in the order asked."""
        return dict(self.view.standing.trail)

    @property
    def result(self) -> Verdict:
        assert self.view.verdict, "the interview is not over"
        return self.view.verdict

    @property
    def text(self) -> str:
        """Return what stands on the screen, or on the dialog in front: what is behind is left blank."""
        text = screen_text(self.app)
        boxes = self.app.screen.query("#box")
        if not boxes:
            return text
        box = boxes.first().region
        return "\n".join(
            " " * box.x + line[box.x : box.right].rstrip() if box.y <= row < box.bottom else ""
            for row, line in enumerate(text.splitlines())
        )

    @property
    def words(self) -> str:
        """Return the screen's text as running words, whatever the width wrapped and framed."""
        text = self.text
        sides = [side for side in self.app.screen.query("#side") if side.display]
        if sides and sides[0].region:
            text = "\n".join(_beside(text, sides[0].region.x))
        return " ".join(text.translate(dict.fromkeys(map(ord, "│┃╭╮╰╯─▁▂▃▄▅▆▇█▌"), " ")).split())

    @property
    def said(self) -> str:
        """Return all that stands on the interview's page, in sight or not, unwrapped."""
        return self.interview.choices.written

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def has_left(self) -> bool:
        return self.app.return_code is not None

    @property
    def keys(self) -> str:
        """Return the line of keys as running words."""
        lines = self.app.screen.query_one(Keys)
        return " ".join(str(lines.content).split())

    @property
    def focused(self) -> str:
        """Return the id of the widget that has the keyboard."""
        return (self.app.focused.id or "") if self.app.focused else ""

    @property
    def form(self) -> dict[str, str]:
        """Return what stands in the record form's fields, as far as they are shown."""
        rows = self.app.screen.query(FormRow)
        return {row.field.name: row.value for row in rows if row.display}

    @property
    def store(self) -> RecordStore:
        return self.services.open_records()

    def entries(self) -> list[Entry]:
        """Return what is recorded, newest first."""
        return [self.store.get(row.seq) for row in self.store.page(None, 1000)]

    def row_of(self, words: str) -> int:
        rows = [number for number, line in enumerate(self.lines) if words in line]
        assert rows, f"{words!r} is not on the screen:\n{self.text}"
        return rows[0]

    async def settle(self) -> None:
        """Let every widget finish what it has been told, and what others tell it because of that.

        It is over when the loop has nothing left to run and drawing gives it nothing: no time is
        counted, so a busy machine changes nothing.
        """
        ready = get_running_loop()._ready  # type: ignore[attr-defined]
        drawn = False
        async with timeout(DEADLINE):
            while ready or not drawn:
                await sleep(0)
                if drawn := not ready:
                    self.app.screen._on_timer_update()

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for what Textual does in its own time."""
        async with timeout(DEADLINE):
            while not true():
                await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys as a person does who waits for what each one does."""
        for key in keys:
            self.app.drops_burst = False
            self.strike(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type faster than the screen can follow."""
        for character in text:
            self.strike(character)
        await self.settle()

    def strike(self, key: str) -> None:
        """Press a key and wait for nothing."""
        self.app.post_message(key_event(key))

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def click(self, words: str) -> None:
        """Click on the first place where these words stand."""
        row = self.row_of(words)
        await self.pilot.click(offset=(self.lines[row].index(words) + 1, row))
        await self.settle()

    async def resize(self, size: tuple[int, int]) -> None:
        await self.pilot.resize_terminal(*size)
        await self.until(lambda: self.app.screen.size == size)
        await self.settle()

    async def answer(self, answers: Mapping[str, str]) -> None:
        """Answer whatever is asked, by its number, from facts known beforehand."""
        while self.view.standing.asking:
            await self.choose(Command.ANSWER, answers[self.view.standing.asking])

    async def choose(self, command: Command, value: str = "") -> None:
        """Press the number of the choice that does something."""
        shown = self.interview.choices.offered
        offered = [(choice.command, choice.value) for choice in shown]
        assert (command, value) in offered, f"{command} {value} is not among {offered}"
        await self.press(str(offered.index((command, value)) + 1))

    async def memo(self, what: Command) -> None:
        """Choose what is to be done with the memo."""
        await self.choose(Command.MEMO)
        (choices,) = self.app.screen.query(Choices)
        await self.press(str([one.command for one in choices.offered].index(what) + 1))

    async def stand(self, answers: Mapping[str, str]) -> None:
        """Bring the interview to where these answers lead, without pressing their keys."""
        self.interview.session.view = replace(self.view, answers=answers)
        self.interview.show()
        await self.settle()

    async def fill(self, **fields: str) -> None:
        """Type into a form, field by field, from wherever the keyboard is.

        What is to be picked is picked by its number.
        """
        for name, value in fields.items():
            field = self.app.screen.query_one(f"#{name}")
            if isinstance(field, Input):
                field.clear()
            field.focus()
            await self.settle()
            await self.type(value)


def _beside(text: str, edge: int) -> Iterator[str]:
    """Return what stands left of a column, then what stands right of it; header and keys are left."""
    first, *lines, note, keys = text.splitlines()
    yield first
    yield from (line[:edge] for line in lines)
    yield from (line[edge:] for line in lines)
    yield from (note, keys)


@asynccontextmanager
async def at_work(
    services: Services, size: tuple[int, int] = USUAL, *, notifications: bool = True
) -> AsyncIterator[Worker]:
    """Start the app without a terminal, and give the worker who sits at it."""
    app = ServiceGroupApp(services)
    if not services.settings.reduced_motion:
        app.animation_level = "none"  # what slides into sight takes time; here it is there at once
    async with app.run_test(size=size, notifications=notifications) as pilot:
        worker = Worker(app, services, pilot)
        await worker.settle()
        yield worker
