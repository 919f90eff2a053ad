"""Who may start, and what the others are told."""

import asyncio

from assistant.web.sessions import StartQueue


async def settle():
    for _ in range(10):
        await asyncio.sleep(0)


async def test_the_line():
    """Two start; the third is told that it is first in line, and is next when one is done."""
    queue = StartQueue(2)
    told: dict[str, list[int]] = {}
    done: dict[str, asyncio.Event] = {}

    async def start(name):
        said = told.setdefault(name, [])

        async def tell(number):
            said.append(number)

        async with queue.turn(tell):
            await done.setdefault(name, asyncio.Event()).wait()

    tasks = {name: asyncio.create_task(start(name)) for name in "abcde"}
    await settle()
    assert told == {"a": [0], "b": [0], "c": [1], "d": [2], "e": [3]}
    done["b"].set()
    await settle()
    assert told == {"a": [0], "b": [0], "c": [1, 0], "d": [2, 1], "e": [3, 2]}
    tasks["d"].cancel()
    await settle()
    assert told["e"] == [3, 2, 1]
    tasks["a"].cancel()
    await settle()
    assert told["e"] == [3, 2, 1, 0]
    for event in done.values():
        event.set()
    await asyncio.gather(*tasks.values(), return_exceptions=True)
