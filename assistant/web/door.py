"""Answers the address itself: lets a visitor in, asks for an alias, or says why not."""

import hmac
from secrets import token_urlsafe

from aiohttp import hdrs, web

from assistant.settings_file import alias_mistake
from assistant.web.guard import SOCKET
from assistant.web.messages import MOST_BYTES, held, size_in
from assistant.web.pages import HTML, again_page, refusal_page, terminal_page, welcome_page
from assistant.web.plan import Place, Plan
from assistant.web.sessions import Sessions
from assistant.web.visitor import COOKIE_LIFE, Seal, Visitor, new_visitor

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
