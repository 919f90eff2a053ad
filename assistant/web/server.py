"""The server: listening, the app, its end."""

import asyncio
import errno
import logging
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from time import time
from typing import Any, cast

from aiohttp import web

from assistant.errors import UsageError
from assistant.text import say
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


PATIENCE = 15.0  # seconds that a connection has to ask and be answered
MOST_WAITING = 200  # connections that are no session; the oldest makes room for a further one


class ConnectionQueue:
    """The connections that are no session: few at once, and none for long.

    Whoever opens connections and asks nothing, or asks a letter at a time, holds no other up.
    """

    def __init__(self, most: int = MOST_WAITING, patience: float = PATIENCE) -> None:
        self._most, self._patience = most, patience
        self._timers: dict[asyncio.BaseTransport, asyncio.TimerHandle] = {}

    def add(self, transport: asyncio.Transport) -> None:
        while len(self._timers) >= self._most:
            self._end(next(iter(self._timers)))
        loop = asyncio.get_running_loop()
        self._timers[transport] = loop.call_later(self._patience, self._end, transport)

    def remove(self, transport: asyncio.BaseTransport) -> None:
        """Let a connection be: it has become a session, or has ended."""
        if timer := self._timers.pop(transport, None):
            timer.cancel()

    def _end(self, transport: asyncio.BaseTransport) -> None:
        self.remove(transport)
        if isinstance(transport, asyncio.Transport):
            transport.abort()

    async def prepared(self, request: web.Request, response: web.StreamResponse) -> None:
        """Take a session from among those that wait, and close any other connection with its answer."""
        if isinstance(response, web.WebSocketResponse) and request.transport:
            self.remove(request.transport)
        else:
            response.force_close()


class Connection(asyncio.Protocol):
    """Hands on to aiohttp what comes, and tells `waiting` when it begins and ends."""

    def __init__(self, handler: asyncio.Protocol, waiting: ConnectionQueue) -> None:
        self._waiting = waiting
        self._transport: asyncio.BaseTransport | None = None
        self._handler = handler

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._waiting.add(cast("asyncio.Transport", transport))
        self._handler.connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport:
            self._waiting.remove(self._transport)
        self._handler.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._handler.data_received(data)

    def eof_received(self) -> bool | None:
        return self._handler.eof_received()

    def pause_writing(self) -> None:
        self._handler.pause_writing()

    def resume_writing(self) -> None:
        self._handler.resume_writing()


MOST_SAID = 20  # lines that a run says of what went wrong; after that it is quiet


class ShortLog(logging.Handler):
    """Says of what went wrong only its kind: the words can hold a request, and so the token."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._left = MOST_SAID

    def emit(self, record: logging.LogRecord) -> None:
        if self._left:
            self._left -= 1
            kind = (
                record.exc_info[0].__name__
                if record.exc_info and record.exc_info[0]
                else record.name
            )
            say(f"A request could not be answered ({kind}).", err=True)
            if not self._left:
                say("Further ones are not listed.", err=True)


@contextmanager
def short_log() -> Iterator[None]:
    """Have aiohttp and asyncio say what goes wrong in few words, for as long as the server runs."""
    root, handler = logging.getLogger(), ShortLog()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)


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
    with short_log(), lifeline() as inherited, _told_to_end() as told:
        sessions = Sessions(plan, data, inherited)
        app, handlers = make_app(plan, address, sessions)
        waiting = ConnectionQueue()
        app.on_response_prepare.append(waiting.prepared)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
        await runner.setup()
        handled = cast("Callable[[], asyncio.Protocol]", runner.server)
        listener = await asyncio.get_running_loop().create_server(
            lambda: Connection(handled(), waiting), sock=listening, backlog=MOST_WAITING
        )
        try:
            announce(handlers.link, handlers.trainer_link, address)
            return await told
        finally:
            listener.close()
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
