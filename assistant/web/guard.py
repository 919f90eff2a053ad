"""What every request must be before anything is done for it, and what every answer says."""

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from assistant.web.plan import Place

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
