"""Pages and requests: token, alias, cookies, refusals."""

import hmac
from html import escape
from pathlib import Path
from secrets import token_urlsafe
from string import Template

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from assistant.text import alias_mistake
from assistant.web.sessions import MOST_BYTES, Sessions, held, size_in
from assistant.web.visitors import COOKIE_LIFE, Place, Plan, Seal, Visitor, new_visitor

_FOLDER = Path(__file__).parent / "pages"

TITLE = "Service Group Assistant"
"""What stands on the browser's tab."""

HTML = "text/html"
"""The type of every page."""


def terminal_page(socket: str, retry: float) -> str:
    """Give the page that shows a session; it asks again after `retry` seconds if there is no place."""
    return _filled("terminal", socket=socket, retry=f"{retry:g}")


def welcome_page(alias: str = "", mistake: str = "") -> str:
    """Give the page that asks for an alias, with what was wrong with the one typed."""
    return _filled("welcome", alias=alias, mistake=mistake)


def refusal_page(words: str) -> str:
    """Give a page that says why nothing is shown."""
    return _filled("refusal", words=words)


def again_page(address: str) -> str:
    """Give a page that opens an address of this server at once, as its own link would."""
    return _filled("again", address=address)


def _filled(name: str, **values: str) -> str:
    page = Template((_FOLDER / f"{name}.html").read_text(encoding="utf-8"))
    return page.substitute({key: escape(value) for key, value in values.items()}, title=TITLE)


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

SOCKET = "/ws"
"""Where a page opens its session."""

ELSEWHERE = "This server has another name. Open the address that it printed when it started."
"""Said to a request that was sent under a foreign name."""

FOREIGN = "Only this server's own page may open a session."
"""Said to a WebSocket that another site's page opens."""


def guarded(place: Place) -> Middleware:
    """Give the middleware that turns foreign requests away."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        host = request.headers.get(hdrs.HOST, "")
        if not place.is_named_by(host):
            raise web.HTTPMisdirectedRequest(text=ELSEWHERE)
        if request.path == SOCKET and not _is_own(request, host):
            raise web.HTTPForbidden(text=FOREIGN)
        return await handler(request)

    return guard


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Tell the browser what this page may do, whatever the answer is."""
    response.headers.update(_HEADERS)
    response.headers["Content-Security-Policy"] = _POLICY.format(host=_safe_host(request))
    kept = isinstance(response, web.FileResponse)
    response.headers[hdrs.CACHE_CONTROL] = "no-cache" if kept else "no-store"


def _is_own(request: web.Request, host: str) -> bool:
    """Tell whether the page that asks is ours; a program that names no page is turned away too."""
    return request.headers.get(hdrs.ORIGIN, "").lower() == f"http://{host.lower()}"


def _safe_host(request: web.Request) -> str:
    """Give the host for the policy; one that could write a policy of its own was refused already."""
    host = request.headers.get(hdrs.HOST, "")
    return host if host.replace(".", "").replace("-", "").replace(":", "").isalnum() else "'none'"


NOT_LET_IN = (
    "This address alone opens nothing. Open the whole address that the server printed when it"
    " started, with its token, or ask whoever runs it."
)
"""Said to somebody without the token."""

HEARTBEAT = 15.0
"""Seconds between two signs of life that a page is asked for."""


class Door:
    """Knows the token, and who was let in; every handler gives a whole answer."""

    def __init__(self, plan: Plan, place: Place, sessions: Sessions) -> None:
        self._plan = plan
        self._place = place
        self._sessions = sessions
        self._needs_token = not (place.is_loopback and plan.training_only)
        self._token = token_urlsafe(32)
        self._seal = Seal(self._token)
        self._cookie = f"service_group_{place.port}"

    @property
    def address(self) -> str:
        """The address to open, whole."""
        token = f"?token={self._token}" if self._needs_token else ""
        return f"{self._place.origin}/{token}"

    async def front(self, request: web.Request) -> web.Response:
        """Answer the address: with the terminal, the question for an alias, or a refusal."""
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            return _again(request)
        visitor, known = self._visitor(request)
        if request.query:
            return self._let_in(request, visitor, known=known)
        if not known:
            return _page(refusal_page(NOT_LET_IN), 403)
        if visitor is None or visitor.chosen is None:
            return _page(welcome_page())
        terminal = _page(terminal_page(f"ws://{request.host}{SOCKET}", self._plan.retry))
        return self._knowing(visitor, terminal)

    async def session(self, request: web.Request) -> web.StreamResponse:
        """Answer the page's socket with a session."""
        visitor, known = self._visitor(request)
        if visitor is None or not known:
            raise web.HTTPForbidden(text=NOT_LET_IN)
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=MOST_BYTES)
        await socket.prepare(request)
        width, height = (request.query.get(side, "") for side in ("width", "height"))
        size = held(size_in(width, 80), size_in(height, 24))
        await self._sessions.hold(visitor, socket, size)
        return socket

    def _let_in(
        self, request: web.Request, visitor: Visitor | None, *, known: bool
    ) -> web.Response:
        """Take what the address says into the cookie, and out of the address."""
        if not known and not self._is_token(request.query.get("token", "")):
            return _page(refusal_page(NOT_LET_IN), 403)
        visitor = visitor or new_visitor()
        alias = request.query.get("alias")
        if alias is not None:
            if mistake := alias_mistake(alias.strip()):
                return _page(welcome_page(alias, f"{mistake[:1].upper()}{mistake[1:]}."), 400)
            visitor = Visitor(visitor.id, alias.strip())
        return self._knowing(visitor, web.Response(status=303, headers={hdrs.LOCATION: "/"}))

    def _knowing(self, visitor: Visitor, answer: web.Response) -> web.Response:
        """Give an answer by which the browser is known again, for as long as it comes back in time."""
        cookie = self._seal.written(visitor)
        answer.set_cookie(
            self._cookie, cookie, max_age=COOKIE_LIFE, httponly=True, samesite="Strict"
        )
        return answer

    def _visitor(self, request: web.Request) -> tuple[Visitor | None, bool]:
        """Give whose browser this is, if that is known, and whether it may come in."""
        visitor, sealed = self._seal.read(request.cookies.get(self._cookie, ""))
        return visitor, sealed or not self._needs_token

    def _is_token(self, typed: str) -> bool:
        return hmac.compare_digest(typed.encode(), self._token.encode())


def _again(request: web.Request) -> web.Response:
    """Have the page opened once more by itself.

    A browser that follows a link from another site keeps our cookie back, and would come in as
    somebody new.
    """
    kept = {name: request.query[name] for name in ("token", "alias") if name in request.query}
    return _page(again_page(str(request.rel_url.with_query(kept))))


def _page(html: str, status: int = 200) -> web.Response:
    return web.Response(text=html, content_type=HTML, status=status)
