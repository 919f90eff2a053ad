"""The server: listens, says where, and ends with everything it started."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from time import time

from aiohttp import web

from assistant.web.door import Door
from assistant.web.guard import SOCKET, add_headers, guarded
from assistant.web.lifeline import Lifeline
from assistant.web.listening import listen
from assistant.web.plan import Place, Plan
from assistant.web.sessions import Sessions
from assistant.web.visitor import forget_lost

INTERRUPTED = 130
"""Exit code after Ctrl-C."""

SHUTDOWN = 5.0
"""Seconds that open answers are given at the end."""

_STATIC = Path(__file__).parent / "static"

Announce = Callable[[str, Place], None]
"""Is told the address to open, and where that is, once it can be opened."""


def serve(plan: Plan, data: Path, announce: Announce) -> int:
    """Serve until told to end, and give the exit code; raises `UsageError` if it cannot listen."""
    return asyncio.run(_serve(plan, data, announce))


def make_app(plan: Plan, place: Place, sessions: Sessions) -> tuple[web.Application, Door]:
    """Give the server's application, and the door that knows its address."""
    door = Door(plan, place, sessions)
    app = web.Application(middlewares=[guarded(place)])
    app.on_response_prepare.append(add_headers)
    app.add_routes(
        [
            web.get("/", door.front),
            web.get(SOCKET, door.session),
            web.static("/static", _STATIC),
            web.static("/terminal", _terminal_files()),
        ]
    )
    return app, door


async def _serve(plan: Plan, data: Path, announce: Announce) -> int:
    listening, place = listen(plan.host, plan.port)
    forget_lost(data, time())
    with Lifeline() as lifeline, _told_to_end() as told:
        sessions = Sessions(plan, data, lifeline)
        app, door = make_app(plan, place, sessions)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN)
        await runner.setup()
        try:
            await web.SockSite(runner, listening).start()
            announce(door.address, place)
            return await told
        finally:
            await sessions.end_all()
            await runner.cleanup()


@contextmanager
def _told_to_end() -> Iterator[asyncio.Future[int]]:
    """Give what will be the exit code, once a signal asks for the end."""
    loop = asyncio.get_running_loop()
    told: asyncio.Future[int] = loop.create_future()

    def end(code: int) -> None:
        if not told.done():
            told.set_result(code)

    codes = {signal.SIGINT: INTERRUPTED, signal.SIGTERM: 0}
    try:
        for number, code in codes.items():
            loop.add_signal_handler(number, end, code)
    except NotImplementedError:
        yield told  # Windows: Ctrl-C cancels what runs here, and ends in the same way
        return
    try:
        yield told
    finally:
        for number in codes:
            loop.remove_signal_handler(number)


def _terminal_files() -> Path:
    """Give the folder of the terminal's own script and style sheet."""
    return Path(str(files("textual_serve"))) / "static"
