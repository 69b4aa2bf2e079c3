"""The log-in: asks for the token, and remembers it in a cookie."""

from __future__ import annotations

import hmac

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from monitor.web.access import COOKIE, Access
from monitor.web.frame import Frame


class Door:
    """The page that lets people in."""

    def __init__(self, frame: Frame, access: Access) -> None:
        self._frame = frame
        self._access = access
        self.routes = [Route("/login", self.login, methods=["GET", "POST"])]

    async def login(self, request: Request) -> Response:
        """Ask for the token, and remember it in a cookie."""
        if request.method != "POST":
            return await self._frame.page("login.html", wrong=False)
        given = str((await request.form()).get("token", ""))
        if not (self._access.token and hmac.compare_digest(given.encode(), self._access.token.encode())):
            return await self._frame.page("login.html", status=401, wrong=True)
        answer = RedirectResponse("/", status_code=303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, self._access.cookie, httponly=True, samesite="strict", secure=secure)
        return answer
