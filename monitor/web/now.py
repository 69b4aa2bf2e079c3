"""Is it healthy: the first page, feeds, rules, and the same for programs."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from monitor.web import charts
from monitor.web.frame import Frame
from monitor.web.health import configuration_sign, feed_sign, headline, overall, work_sign
from monitor.web.keeping import Keeper
from monitor.web.metrics import exposition
from monitor.web.ports import Desk, DeskUnavailableError

COVERAGE = timedelta(days=7)
LAST = 10


class HealthPages:
    """The pages on the monitor itself."""

    def __init__(self, desk: Desk, frame: Frame, keeper: Keeper) -> None:
        self._desk = desk
        self._frame = frame
        self._keeper = keeper
        self._checking = asyncio.Lock()
        self.routes = [
            Route("/", self.now),
            Route("/feeds", self.feeds),
            Route("/rules", self.rules),
            Route("/api/now", self.now_as_json),
            Route("/metrics", self.metrics),
            Route("/healthz", self.alive),
            Route("/readyz", self.ready),
        ]

    async def now(self, _: Request) -> Response:
        """Whether it is healthy, in one look."""
        vitals, states = await self._desk.vitals(), await self._desk.feeds()
        board = await self._keeper.board()
        feeds = [(state, feed_sign(state)) for state in states]
        work = work_sign(vitals, self._frame.now())
        configuration = configuration_sign(await self._desk.refused())
        signs = [sign for _, sign in feeds]
        return await self._frame.page(
            "now.html",
            light_now=overall([*signs, work, configuration]),
            headline=headline(signs, work, configuration),
            feeds=feeds,
            work=work,
            vitals=vitals,
            last=board.newest(LAST),
        )

    async def now_as_json(self, _: Request) -> Response:
        """The same for programs."""
        vitals, states = await self._desk.vitals(), await self._desk.feeds()
        work = work_sign(vitals, self._frame.now())
        signs = {state.feed: feed_sign(state) for state in states}
        refused = await self._desk.refused()
        configuration = configuration_sign(refused)
        return JSONResponse(
            {
                "light": overall([*signs.values(), work, configuration]),
                "feeds": {feed: {"light": sign.light, "why": sign.why} for feed, sign in signs.items()},
                "work": {"light": work.light, "why": work.why},
                "configuration": {
                    "light": configuration.light,
                    "why": configuration.why,
                    "refused": dict(refused),
                },
                "held": vitals.held,
                "dead": vitals.dead,
            }
        )

    async def feeds(self, _: Request) -> Response:
        """Every feed, and what it covered."""
        now = self._frame.now()
        feeds = [
            (state, feed_sign(state), charts.coverage(state, now - COVERAGE, now))
            for state in await self._desk.feeds()
        ]
        return await self._frame.page("feeds.html", feeds=feeds, days=COVERAGE.days)

    async def rules(self, request: Request) -> Response:
        """The rules, how often each spoke for an announced item, and on request what is wrong with them."""
        counters = (await self._desk.vitals()).counters
        sets = [
            (one, [(rule, weight, counters.get(f"rule.{one.name}.{rule}", 0)) for rule, weight in one.rules])
            for one in self._desk.rule_sets()
        ]
        asked = "check" in request.query_params
        async with self._checking:
            checked = await run_in_threadpool(self._desk.checked) if asked else {}
        return await self._frame.page("rules.html", sets=sets, checked=checked)

    async def metrics(self, _: Request) -> Response:
        """For Prometheus."""
        body = exposition(await self._desk.vitals(), await self._desk.feeds(), self._frame.now())
        return Response(body, media_type="text/plain; version=0.0.4; charset=utf-8")

    async def alive(self, _: Request) -> Response:
        """Whether this process answers."""
        return PlainTextResponse("ok\n")

    async def ready(self, _: Request) -> Response:
        """Whether what it reads from answers too."""
        try:
            await self._desk.vitals()
        except DeskUnavailableError:
            return PlainTextResponse("Redis does not answer\n", status_code=503)
        return PlainTextResponse("ready\n")
