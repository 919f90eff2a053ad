"""Sessions start a few at a time: starting takes a processor whole, and more at once are no faster."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager


class Turns:
    """A line in which the first few start, and the others are told their number."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._line: list[asyncio.Event] = []

    @asynccontextmanager
    async def turn(self, tell: Callable[[int], Awaitable[None]]) -> AsyncIterator[None]:
        """Wait in line and then hold a turn; `tell` is given the number in line, and 0 at the turn."""
        moved = asyncio.Event()
        self._line.append(moved)
        try:
            while (ahead := self._line.index(moved)) >= self._at_once:
                moved.clear()
                await tell(ahead - self._at_once + 1)
                await moved.wait()
            await tell(0)
            yield
        finally:
            self._line.remove(moved)
            for other in self._line:
                other.set()
