"""The page's routes. Each reads from the desk, shapes what it found, and fills in a template."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from monitor.alert.card import how_many, where, who
from monitor.extract.gazetteer import Gazetteer
from monitor.model import Item, Kind, Layoff, Stage, Story, ZoneKind
from monitor.rules.zones import read_document
from monitor.story.wording import event_words, headcount_words
from monitor.web import charts
from monitor.web.access import COOKIE, Access, Gate
from monitor.web.board import PAGE, Board, Query
from monitor.web.health import configuration_sign, feed_sign, headline, minutes, overall, work_sign
from monitor.web.marking import fact_marks, marked, rule_marks
from monitor.web.metrics import exposition
from monitor.web.ports import Desk, DeskUnavailableError
from monitor.web.rss import alerts_rss
from monitor.web.templating import templates

HERE = Path(__file__).parent
KEPT = timedelta(days=60)
# The newest stories still change: they are read again at every look, but not more often than this.
FRESH, CHANGING = timedelta(seconds=5), timedelta(days=2)
COVERAGE = timedelta(days=7)
LONGEST_PASTE = 64_000
# Pages that are shown to whoever asks, or when the store is away.
_FOR_STRANGERS = ("login.html", "error.html")
MOST_LINES = 9  # three mistakes with their lines and carets


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
        self._desk = desk
        self._access = access
        self._clock = clock
        self._board = Board()
        self._looked: datetime | None = None
        self._looking = asyncio.Lock()
        self._checking = asyncio.Lock()
        self._land = {frame.path: charts.land(gazetteer, frame) for frame in (charts.WORLD, charts.US)}
        self._templates = templates()
        self._templates.filters |= {"ago": self._ago, "span": minutes, "number": lambda value: f"{value:,}"}

    def app(self) -> Starlette:
        """Return the whole as an ASGI application."""
        return Starlette(
            routes=[
                Route("/", self.now),
                Route("/layoffs", self.layoffs),
                Route("/layoffs/{story}", self.story),
                Route("/feeds", self.feeds),
                Route("/rules", self.rules),
                Route("/try", self.try_it, methods=["GET", "POST"]),
                Route("/login", self.login, methods=["GET", "POST"]),
                Route("/alerts.rss", self.rss),
                Route("/api/now", self.now_as_json),
                Route("/metrics", self.metrics),
                Route("/healthz", self.alive),
                Route("/readyz", self.ready),
                *(Route(path, self.land) for path in self._land),
                Mount("/static", StaticFiles(directory=HERE / "static")),
            ],
            middleware=[
                Middleware(Gate, access=self._access),
                Middleware(GZipMiddleware, minimum_size=1_000),
            ],
            exception_handlers={DeskUnavailableError: self._away, HTTPException: self._refused},
        )

    async def warm(self) -> None:
        """Read the stories before anybody looks; while the store is away, the first look does."""
        with contextlib.suppress(DeskUnavailableError):
            await self._refresh()

    # --- is it healthy --------------------------------------------------------------------------------------

    async def now(self, _: Request) -> Response:
        """Whether it is healthy, in one look."""
        vitals, states = await self._desk.vitals(), await self._desk.feeds()
        await self._refresh()
        feeds = [(state, feed_sign(state)) for state in states]
        work = work_sign(vitals, self._clock())
        configuration = configuration_sign(await self._desk.refused())
        signs = [sign for _, sign in feeds]
        last = self._board.find(Query(), self._today()).rows[:10]
        return await self._page(
            "now.html",
            light_now=overall([*signs, work, configuration]),
            headline=headline(signs, work, configuration),
            feeds=feeds,
            work=work,
            vitals=vitals,
            last=last,
        )

    async def now_as_json(self, _: Request) -> Response:
        """The same for programs."""
        vitals, states = await self._desk.vitals(), await self._desk.feeds()
        work = work_sign(vitals, self._clock())
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
        now = self._clock()
        feeds = [
            (state, feed_sign(state), charts.coverage(state, now - COVERAGE, now))
            for state in await self._desk.feeds()
        ]
        return await self._page("feeds.html", feeds=feeds, days=COVERAGE.days)

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
        return await self._page("rules.html", sets=sets, checked=checked)

    async def metrics(self, _: Request) -> Response:
        """For Prometheus."""
        body = exposition(await self._desk.vitals(), await self._desk.feeds(), self._clock())
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

    # --- layoffs --------------------------------------------------------------------------------------------

    async def layoffs(self, request: Request) -> Response:
        """The table and the pictures."""
        await self._refresh()
        query = _query(request)
        found = self._board.find(query, self._today())
        sums = found.pictures
        return await self._page(
            "layoffs.html",
            query=query,
            found=found,
            pages=max(1, -(-found.total // PAGE)),
            countries=self._board.countries,
            stages=list(Stage),
            kinds=list(Kind),
            weeks=charts.columns(sums.weeks),
            causes=charts.bars(_spoken(sums.causes), "Jobs cut by reason"),
            by_country=charts.bars(sums.countries, "Jobs cut by country"),
            map=charts.circles(sums.spots, charts.US if query.country == "US" else charts.WORLD),
            link=lambda page: request.url.include_query_params(page=page).query,
        )

    async def story(self, request: Request) -> Response:
        """One story: revisions, evidence in the text, where it went."""
        story = await self._desk.story(request.path_params["story"])
        if story is None:
            raise HTTPException(404, "This story is not, or no longer, known.")
        layoff, item = story.layoff, await self._newest_item(story)
        return await self._page(
            "story.html",
            went=await self._desk.deliveries(story),
            routes=await run_in_threadpool(self._desk.routes, item) if item else (),
            story=story,
            who=who(layoff.company),
            how_many=how_many(layoff),
            where=where(layoff.places),
            earlier=[headcount_words(number) for number in story.earlier],
            text=await self._evidence(story),
        )

    async def _newest_item(self, story: Story) -> Item | None:
        for source in reversed(story.sources):
            if item := await self._desk.item(source.item):
                return item
        return None

    async def _evidence(self, story: Story) -> str:
        """Return the text that the facts were read from, marked; the proving sentence if it is not kept."""
        layoff = story.layoff
        for source in reversed(story.sources):
            item = await self._desk.item(source.item)
            text = read_document(item.title, item.text).text if item else ""
            if text and text[layoff.sentence.start : layoff.sentence.end] == layoff.sentence.text:
                return marked(text, fact_marks(layoff))
        return marked(layoff.sentence.text, ())

    async def rss(self, request: Request) -> Response:
        """Our own alerts as an RSS feed."""
        await self._refresh()
        rows = self._board.find(Query(), self._today()).rows
        body = alerts_rss(rows, str(request.base_url))
        return Response(body, media_type="application/rss+xml; charset=utf-8")

    # --- try it ---------------------------------------------------------------------------------------------

    async def try_it(self, request: Request) -> Response:
        """Paste a text, see what would become of it. Nothing is kept."""
        title = text = ""
        answer = None
        if request.method == "POST":
            form = await request.form()
            title, text = str(form.get("title", ""))[:1_000], str(form.get("text", ""))[:LONGEST_PASTE]
            answer = await run_in_threadpool(self._desk.try_out, title, text)
        shown = []
        if answer:
            marks = [*(fact_marks(answer.layoff) if answer.layoff else ()), *rule_marks(answer.verdicts)]
            shown = [
                (zone.kind.value, marked(answer.document.text, marks, zone.start, zone.end))
                for zone in answer.document.zones
                if zone.kind is not ZoneKind.QUOTE
            ]
        facts = _facts(answer.layoff) if answer and answer.layoff else []
        return await self._page("try.html", title=title, text=text, answer=answer, zones=shown, facts=facts)

    # --- who may look ---------------------------------------------------------------------------------------

    async def login(self, request: Request) -> Response:
        """Ask for the token, and remember it in a cookie."""
        if request.method == "POST":
            given = str((await request.form()).get("token", ""))
            if self._access.token and hmac.compare_digest(given.encode(), self._access.token.encode()):
                answer = RedirectResponse("/", status_code=303)
                secure = request.url.scheme == "https"
                answer.set_cookie(
                    COOKIE, self._access.cookie, httponly=True, samesite="strict", secure=secure
                )
                return answer
            return await self._page("login.html", status=401, wrong=True)
        return await self._page("login.html", wrong=False)

    async def land(self, request: Request) -> Response:
        """The ground of a map."""
        kept = {"cache-control": "public, max-age=86400"}
        return Response(self._land[request.url.path], media_type="image/svg+xml", headers=kept)

    # --- what they share ------------------------------------------------------------------------------------

    async def _refresh(self) -> None:
        """Read the stories that are new, and the newest again, for they still change."""
        async with self._looking:
            now = self._clock()
            if self._looked is not None and now - self._looked < FRESH:
                return
            since = now - (KEPT if self._looked is None else CHANGING)
            # In a thread: the rows of many stories take seconds, and other requests are answered meanwhile.
            await run_in_threadpool(self._take, await self._desk.stories(since))
            self._looked = now

    def _take(self, stories: Sequence[Story]) -> None:
        self._board.take(stories)
        self._board.find(Query(), self._today())

    async def _page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        refused = () if template in _FOR_STRANGERS else _first_lines(await self._desk.refused())
        page = self._templates.get_template(template).render(here=template, refused=refused, **values)
        return HTMLResponse(page, status_code=status)

    async def _away(self, _: Request, error: Exception) -> Response:
        return await self._page("error.html", status=503, what="Redis does not answer", why=str(error))

    async def _refused(self, _: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        why = error.detail if isinstance(error, HTTPException) else ""
        return await self._page("error.html", status=status, what="There is nothing here", why=why)

    def _today(self) -> date:
        return self._clock().astimezone(UTC).date()

    def _ago(self, moment: datetime | None) -> str:
        return f"{minutes(self._clock() - moment)} ago" if moment else "never"


def _first_lines(refused: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what is refused, each once with the processes that refuse it, cut after the first mistakes."""
    by_problem: dict[str, list[str]] = {}
    for process, problem in refused.items():
        by_problem.setdefault(problem, []).append(process)
    shown = []
    for problem, processes in by_problem.items():
        lines = problem.splitlines()
        more = ["…"] if len(lines) > MOST_LINES else []
        shown.append((", ".join(processes), "\n".join([*lines[:MOST_LINES], *more])))
    return shown


def _facts(layoff: Layoff) -> list[tuple[str, str]]:
    return [
        ("who", who(layoff.company)),
        ("how many", how_many(layoff)),
        ("where", where(layoff.places) or "not stated"),
        ("what", event_words(layoff)),
    ]


def _query(request: Request) -> Query:
    asked = request.query_params
    return Query(
        words=asked.get("words", "")[:200],
        country=asked.get("country", ""),
        stage=asked.get("stage", ""),
        kind=asked.get("kind", ""),
        jobs=_whole(asked.get("jobs", "")),
        page=max(1, _whole(asked.get("page", ""))),
    )


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _spoken(shares: tuple[tuple[str, int], ...]) -> list[tuple[str, int]]:
    return [(name.replace("_", " "), jobs) for name, jobs in shares]
