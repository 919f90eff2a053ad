"""The server: listening, the app, its end."""

import asyncio
import errno
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from time import time
from typing import Any

from aiohttp import web

from assistant.errors import UsageError
from assistant.training.bookmarks import Aliases
from assistant.web.pages import SOCKET, WATCH, Address, Handlers, add_headers, forget_lost, guarded
from assistant.web.sessions import ServePlan, Sessions, lifeline

_REASONS = {
    errno.EADDRINUSE: (
        "another program already uses that port",
        "choose a different port with --port, or use --port 0 for any free one.",
    ),
    errno.EADDRNOTAVAIL: (
        "that is not an address of this computer",
        "give one of its addresses with --host, or leave --host out.",
    ),
    errno.EACCES: (
        "this computer does not let you use that port",
        "choose a port of 1024 or higher with --port.",
    ),
}
"""Why a port cannot be had, and what to do about it."""


def listen(host: str, port: int) -> tuple[socket.socket, Address]:
    """Return a listening socket and where that is, on port 0 any that is free; raises `UsageError`."""
    family, address = _resolved(host, port)
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it would let two programs share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        raise _refused(error, host, port) from None
    return listening, Address(host, str(address[0]), listening.getsockname()[1])


def _resolved(host: str, port: int) -> tuple[socket.AddressFamily, tuple[Any, ...]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise UsageError(
            "The assistant cannot start: this computer does not know that name.",
            where=f"--host {host!r}",
            mend="give this computer's name on the network, or leave --host out.",
        ) from None
    return found[0][0], found[0][4]


def _refused(error: OSError, host: str, port: int) -> UsageError:
    otherwise = (
        error.strerror or "the system reported an error",
        "choose a different port with --port.",
    )
    why, mend = _REASONS.get(error.errno or 0, otherwise)
    return UsageError(
        f"The assistant cannot start: {why}.", where=f"{host}, port {port}", mend=mend
    )


INTERRUPTED = 130  # exit code after Ctrl-C

Announce = Callable[[str, str, Address], None]  # told where to open it, and where a trainer watches


def serve(plan: ServePlan, data: Path, announce: Announce) -> int:
    """Serve until told to end, and give the exit code; raises `UsageError` if it cannot listen."""
    return asyncio.run(_serve(plan, data, announce))


def make_app(
    plan: ServePlan, address: Address, sessions: Sessions
) -> tuple[web.Application, Handlers]:
    """Return the server's application, and the handlers that know its link."""
    handlers = Handlers(plan, address, sessions, Aliases(sessions.data))
    app = web.Application(middlewares=[guarded(address)])
    app.on_response_prepare.append(add_headers)
    app.add_routes(
        [
            web.get("/", handlers.front),
            web.get(SOCKET, handlers.session),
            web.get(WATCH, handlers.watch),
            web.static("/static", Path(__file__).parent / "static"),
            web.static("/terminal", Path(str(files("textual_serve"))) / "static"),
        ]
    )
    return app, handlers


async def _serve(plan: ServePlan, data: Path, announce: Announce) -> int:
    listening, address = listen(plan.host, plan.port)
    forget_lost(data, time())
    with lifeline() as inherited, _told_to_end() as told:
        sessions = Sessions(plan, data, inherited)
        app, handlers = make_app(plan, address, sessions)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
        await runner.setup()
        try:
            await web.SockSite(runner, listening).start()
            announce(handlers.link, handlers.trainer_link, address)
            return await told
        finally:
            await sessions.end_all()
            await runner.cleanup()


@contextmanager
def _told_to_end() -> Iterator[asyncio.Future[int]]:
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
