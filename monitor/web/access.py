"""Who may look: anyone on this machine by default, else those with the token or behind a trusted proxy."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "newswire_monitor"
OPEN = ("/healthz", "/readyz", "/login")
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
)


@dataclass(frozen=True, slots=True)
class Access:
    """What lets a request in: a token (as bearer or by the cookie of a log-in), or a proxy's header.

    Neither: everyone that reaches the port, which then must be this machine's own.
    """

    token: str = ""
    header: str = ""

    @property
    def open(self) -> bool:
        """Whether nobody is asked."""
        return not self.token and not self.header

    def lets_in(self, headers: Headers, cookie: str) -> bool:
        """Whether a request with these headers and this cookie may look."""
        if self.open or (self.header and headers.get(self.header)):
            return True
        if not self.token:
            return False
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        return _same(bearer, self.token) or _same(cookie, self.cookie)

    @property
    def cookie(self) -> str:
        """What the cookie of a log-in holds; the token cannot be read from it."""
        return hmac.new(self.token.encode(), b"newswire-monitor log-in", sha256).hexdigest()

    def __repr__(self) -> str:
        """Show no secret."""
        return f"Access(token={'…' if self.token else ''!r}, header={self.header!r})"


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


class Gate:
    """Turns away whoever may not look, and sets the headers that keep a page to itself."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in _HEADERS if one[0] not in own)]
            await send(message)

        request = Request(scope)
        allowed = scope["path"] in OPEN or scope["path"].startswith("/static/")
        if allowed or self._access.lets_in(request.headers, request.cookies.get(COOKIE, "")):
            await self._app(scope, receive, sealed)
        else:
            await self._turned_away(request)(scope, receive, sealed)

    def _turned_away(self, request: Request) -> Response:
        if self._access.token and "text/html" in request.headers.get("accept", ""):
            return RedirectResponse("/login", status_code=303)
        return PlainTextResponse("A token is needed: Authorization: Bearer …\n", status_code=401)
