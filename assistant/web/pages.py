"""Pages and requests: token, alias, cookies, refusals."""

import asyncio
import hmac
import re
import socket
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from html import escape
from ipaddress import ip_address
from pathlib import Path
from secrets import token_hex, token_urlsafe
from shutil import rmtree
from string import Template
from urllib.parse import quote, unquote

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from assistant.errors import RecordsUnavailableError, UsageError
from assistant.private import Box
from assistant.settings import CLASS_VARIABLE
from assistant.shapes import Frozen
from assistant.text import alias_mistake
from assistant.training.bookmarks import HERE, Aliases
from assistant.web.sessions import (
    FOLDER_NAME,
    MOST_BYTES,
    ServePlan,
    Sessions,
    Visitor,
    clamp,
    size_in,
)

_FOLDER = Path(__file__).parent / "pages"


def _page(name: str, status: int = 200, **values: str) -> web.Response:
    """Return a page of this folder, filled in."""
    page = Template((_FOLDER / f"{name}.html").read_text(encoding="utf-8"))
    safe = {key: escape(value) for key, value in values.items()}
    html = page.substitute(safe, title="Service Group Assistant")
    return web.Response(text=html, content_type="text/html", status=status)


WILDCARDS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - recognized, and never the default
"""Hosts that stand for every address of this computer."""

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")  # how a browser on this computer may name it


class Address(Frozen):
    """Where a server listens: the host as it was named, the address behind it, and the port."""

    host: str
    address: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Tell whether only this computer reaches it."""
        return ip_address(self.address.partition("%")[0]).is_loopback

    @property
    def is_named_loopback(self) -> bool:
        """Tell whether only this computer reaches it, though a name was given that does not say so."""
        return self.is_loopback and self.host.lower() != "localhost" and not _is_digits(self.host)

    @property
    def origin(self) -> str:
        return f"http://{self._name}{'' if self.port == _WEB else f':{self.port}'}"

    def is_named_by(self, authority: str) -> bool:
        """Tell whether a request's Host names this server.

        Any other name is somebody else's that was made to lead here, so that a page of theirs
        would count as one of ours. An address in digits cannot be made to.
        """
        asked = authority.lower()
        name = asked.removesuffix(f":{self.port}")
        if name == asked and self.port != _WEB:
            return False
        if self.host in WILDCARDS and _is_digits(name):
            return True
        names = LOOPBACK_NAMES if self.is_loopback else (self._name.lower(),)
        return name in (*names, _bracketed(self.host))

    @property
    def _name(self) -> str:
        return socket.gethostname() if self.host in WILDCARDS else _bracketed(self.host)


_WEB = 80


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host.lower()


def _is_digits(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


COOKIE_LIFE = 30 * 24 * 3600  # seconds for which a browser is known again after it was last here

_COOKIE = re.compile(r"([0-9a-f]{32})\.([0-9A-Za-z%_-]*)\.([0-9a-f]{64})\.([0-9a-f]{64})")
_NOT_ASKED = "_"  # stands for an alias in the cookie, and can be none


class Seal:
    """Writes visitors into cookies and reads them back.

    `key` is this server's from run to run, and says whose drafts they are; `run` is a secret of this
    run, and says who was let in.
    """

    def __init__(self, key: str, run: str) -> None:
        self._key, self._run = key, run

    def written(self, visitor: Visitor) -> str:
        """Return a cookie's value for a visitor."""
        alias = _NOT_ASKED if visitor.chosen is None else quote(visitor.chosen)
        whose = f"{visitor.id}.{alias}"
        return f"{whose}.{_mark(self._key, whose)}.{_mark(self._run, whose)}"

    def read(self, cookie: str) -> tuple[Visitor | None, bool]:
        """Return the visitor of a cookie that this server sealed, None for any other, and if it lets in.

        One from an earlier run still says whose drafts these are, and opens nothing by itself.
        """
        found = _COOKIE.fullmatch(cookie)
        if not found:
            return None, False
        id_, alias, mark, let_in = found.groups()
        whose = f"{id_}.{alias}"
        if not hmac.compare_digest(mark, _mark(self._key, whose)):
            return None, False
        chosen = None if alias == _NOT_ASKED else unquote(alias)
        if chosen and alias_mistake(chosen):
            return None, False
        return Visitor(id_, chosen), hmac.compare_digest(let_in, _mark(self._run, whose))


def _mark(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), sha256).hexdigest()


def seal_key(data: Path) -> str:
    """Return the key that a server seals cookies with from run to run, made when there is none."""
    box = Box(data / FOLDER_NAME, lambda _: "seal.json", lambda key: {"key": key}, _checked_key)
    found = box.get("seal.json")
    if found is None:
        found = token_hex(32)
        with suppress(
            RecordsUnavailableError
        ):  # who comes back after this run is then somebody new
            box.put(found)
    return found


def _checked_key(plain: dict[str, str]) -> str:
    if not re.fullmatch("[0-9a-f]{64}", plain["key"]):
        raise ValueError("a key")
    return plain["key"]


def forget_lost(data: Path, now: float) -> None:
    """Remove folders of visitors whose cookie ran out that long before `now`: a draft can be older."""
    for folder in (data / FOLDER_NAME).glob("*/"):
        with suppress(OSError):  # what cannot be looked at or removed is left
            newest = max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))
            if newest < now - 2 * COOKIE_LIFE:
                rmtree(folder)


_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; connect-src 'self' ws://{host}; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
"""A page may load from, and speak to, this server only; the terminal writes its own styles."""

SOCKET = "/ws"  # where a page opens its session
WATCH = "/watch"  # where a trainer sees how far everyone is
_AGAIN = "5"  # seconds after which that page is drawn anew

ELSEWHERE = "This server has a different name. Open the address that it printed when it started."
"""Said to a request that was sent under a foreign name."""

FOREIGN = "Only this server's own page may open a session."  # said to another site's WebSocket


def guarded(address: Address) -> Middleware:
    """Return the middleware that turns foreign requests away."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        host = request.headers.get(hdrs.HOST, "")
        if not address.is_named_by(host):
            raise web.HTTPMisdirectedRequest(text=ELSEWHERE)
        # A program that names no page is turned away from the socket too.
        own = request.headers.get(hdrs.ORIGIN, "").lower() == f"http://{host.lower()}"
        if request.path == SOCKET and not own:
            raise web.HTTPForbidden(text=FOREIGN)
        return await handler(request)

    return guard


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Tell the browser what this page may do, whatever the answer is."""
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = _POLICY.format(host=_safe_host(request))
    kept = isinstance(response, web.FileResponse)
    response.headers[hdrs.CACHE_CONTROL] = "no-cache" if kept else "no-store"


def _safe_host(request: web.Request) -> str:
    """Return the host for the policy; one that could write its own policy was refused already."""
    host = request.headers.get(hdrs.HOST, "")
    return host if host.replace(".", "").replace("-", "").replace(":", "").isalnum() else "'none'"


NOT_LET_IN = (
    "Part of the address is missing. Open the full address, with its token, that the server printed"
    " when it started, or ask the person who runs it."
)
"""Said to somebody without the token."""


class Handlers:
    """Knows the token, and who was let in; every handler gives a whole answer."""

    def __init__(
        self, plan: ServePlan, address: Address, sessions: Sessions, aliases: Aliases
    ) -> None:
        self._plan = plan
        self._address = address
        self._sessions = sessions
        self._aliases = aliases
        self._needs_alias = CLASS_VARIABLE in plan.environment
        self._needs_token = not (address.is_loopback and plan.training_only)
        self._token = token_urlsafe(32)
        self._seal = Seal(seal_key(sessions.data), self._token)
        self._cookie = f"service_group_{address.port}"
        self._trainer = token_urlsafe(32)

    @property
    def trainer_link(self) -> str:
        """The address at which a trainer watches the class; empty where there is none."""
        found = f"{self._address.origin}{WATCH}?token={self._trainer}"
        return found if self._plan.watch else ""

    @property
    def link(self) -> str:
        token = f"?token={self._token}" if self._needs_token else ""
        return f"{self._address.origin}/{token}"

    async def front(self, request: web.Request) -> web.Response:
        """Answer the address: with the terminal, the question for an alias, or a refusal."""
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            return _again(request)
        visitor, known = self._visitor(request)
        if request.query:
            return self._let_in(request, visitor, known=known)
        if not known:
            return _page("refusal", 403, words=NOT_LET_IN)
        if visitor is None or visitor.chosen is None:
            return self._welcome()
        try:
            visitor = self._claimed(visitor, visitor.chosen)
        except UsageError as error:
            return self._welcome(visitor.chosen or "", str(error))
        socket, retry = f"ws://{request.host}{SOCKET}", f"{self._plan.retry:g}"
        return self._knowing(visitor, _page("terminal", socket=socket, retry=retry))

    async def watch(self, request: web.Request) -> web.Response:
        """Show the running class to whoever has the trainer's token, which is kept out of the address."""
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            return _again(request)
        cookie = f"{self._cookie}_trainer"
        given = request.query.get("token", request.cookies.get(cookie, ""))
        same = hmac.compare_digest(given.encode(), self._trainer.encode())
        if self._plan.watch is None or not same:
            return _page("refusal", 403, words=NOT_LET_IN)
        if request.query:
            answer = web.Response(status=303, headers={hdrs.LOCATION: WATCH})
            answer.set_cookie(cookie, given, httponly=True, samesite="Strict", path=WATCH)
            return answer
        page = await asyncio.to_thread(self._plan.watch)
        return web.Response(text=page, content_type="text/html", headers={"Refresh": _AGAIN})

    async def session(self, request: web.Request) -> web.StreamResponse:
        visitor, known = self._visitor(request)
        if visitor is None or not known:
            raise web.HTTPForbidden(text=NOT_LET_IN)
        try:
            visitor = self._claimed(visitor, visitor.chosen or "")
        except UsageError as error:
            raise web.HTTPForbidden(text=str(error)) from None
        socket = web.WebSocketResponse(heartbeat=15.0, max_msg_size=MOST_BYTES)
        await socket.prepare(request)
        width, height = (request.query.get(side, "") for side in ("width", "height"))
        size = clamp(size_in(width, 80), size_in(height, 24))
        await self._sessions.hold(visitor, socket, size)
        return socket

    def _let_in(
        self, request: web.Request, visitor: Visitor | None, *, known: bool
    ) -> web.Response:
        """Take what the address says into the cookie, and out of the address."""
        token = request.query.get("token", "").encode()
        if not known and not hmac.compare_digest(token, self._token.encode()):
            return _page("refusal", 403, words=NOT_LET_IN)
        visitor = visitor or Visitor()
        alias = request.query.get("alias")
        if alias is not None:
            try:
                visitor = self._claimed(visitor, alias.strip())
            except UsageError as error:
                return self._welcome(alias, str(error))
        return self._knowing(visitor, web.Response(status=303, headers={hdrs.LOCATION: "/"}))

    def _claimed(self, visitor: Visitor, typed: str) -> Visitor:
        """Return who comes with an alias, known again from another browser by the code after it.

        Raises `UsageError` for an alias that is somebody else's or none, and where a class needs one.
        """
        if typed or self._needs_alias:
            found = self._aliases.claim(typed, visitor.id, self._plan.known)
            first = next(place for place in found.places if place != HERE)
            return Visitor(first, found.alias, found.code)
        none = Visitor(visitor.id, "")
        return replace(none, code=self._aliases.claim(none.alias, visitor.id).code)

    def _welcome(self, alias: str = "", mistake: str = "") -> web.Response:
        lead = "Choose an alias" if self._needs_alias else "Choose an alias if you want one"
        return _page("welcome", 400 if mistake else 200, lead=lead, alias=alias, mistake=mistake)

    def _knowing(self, visitor: Visitor, answer: web.Response) -> web.Response:
        """Return an answer by which the browser is known again, for as long as it comes back in time."""
        sealed = self._seal.written(visitor)
        answer.set_cookie(
            self._cookie, sealed, max_age=COOKIE_LIFE, httponly=True, samesite="Strict"
        )
        return answer

    def _visitor(self, request: web.Request) -> tuple[Visitor | None, bool]:
        visitor, sealed = self._seal.read(request.cookies.get(self._cookie, ""))
        return visitor, sealed or not self._needs_token


def _again(request: web.Request) -> web.Response:
    """Have the page opened once more by itself.

    A browser that follows a link from another site keeps our cookie back, and would come in as
    somebody new.
    """
    kept = {name: request.query[name] for name in ("token", "alias") if name in request.query}
    return _page("again", address=str(request.rel_url.with_query(kept)))
