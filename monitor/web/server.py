"""The page as a whole: its routes, and who may look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from monitor.extract.gazetteer import Gazetteer
from monitor.web.access import Access, Gate
from monitor.web.door import Door
from monitor.web.frame import Frame
from monitor.web.keeping import Keeper
from monitor.web.layoffs import LayoffPages
from monitor.web.now import HealthPages
from monitor.web.ports import Desk, DeskUnavailableError
from monitor.web.texts import TextPages

STATIC = Path(__file__).parent / "static"


class Pages:
    """The pages, and the table of layoffs that they share.

    Args:
        desk: Where everything is read.
        access: Who may look.
        clock: Tells the time, aware.
        gazetteer: Draws the map.
    """

    def __init__(
        self, desk: Desk, access: Access, clock: Callable[[], datetime], gazetteer: Gazetteer
    ) -> None:
        self._access = access
        self._frame = Frame(desk, clock)
        self._keeper = Keeper(desk, clock)
        self._parts = (
            HealthPages(desk, self._frame, self._keeper),
            LayoffPages(desk, self._frame, self._keeper, gazetteer),
            TextPages(desk, self._frame),
            Door(self._frame, access),
        )

    def app(self) -> Starlette:
        """Return the whole as an ASGI application."""
        return Starlette(
            routes=[
                *(route for part in self._parts for route in part.routes),
                Mount("/static", StaticFiles(directory=STATIC)),
            ],
            middleware=[
                Middleware(Gate, access=self._access),
                Middleware(GZipMiddleware, minimum_size=1_000),
            ],
            exception_handlers={DeskUnavailableError: self._away, HTTPException: self._refused},
        )

    async def keep_up(self) -> None:
        """Read the stories that are new, so that nobody who looks waits for them."""
        await self._keeper.keep_up()

    async def _away(self, _: Request, error: Exception) -> Response:
        return await self._frame.page("error.html", status=503, what="Redis does not answer", why=str(error))

    async def _refused(self, _: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        why = error.detail if isinstance(error, HTTPException) else ""
        return await self._frame.page("error.html", status=status, what="There is nothing here", why=why)
