"""What was announced: the table with its pictures, each story, and our alerts as a feed."""

from __future__ import annotations

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor.alert.card import how_many, where, who
from monitor.extract.gazetteer import Gazetteer
from monitor.model import Item, Kind, Stage, Story
from monitor.rules.zones import read_document
from monitor.story.geography import COUNTRIES, REGIONS
from monitor.story.wording import headcount_words
from monitor.web import charts
from monitor.web.board import PAGE, Query
from monitor.web.frame import Frame
from monitor.web.keeping import Keeper
from monitor.web.marking import fact_marks, marked
from monitor.web.ports import Desk
from monitor.web.rss import alerts_rss
from monitor.web.sums import NOT_STATED, Pictures


class LayoffPages:
    """The pages on announcements."""

    def __init__(self, desk: Desk, frame: Frame, keeper: Keeper, gazetteer: Gazetteer) -> None:
        self._desk = desk
        self._frame = frame
        self._keeper = keeper
        self._land = {one.path: charts.land(gazetteer, one) for one in (charts.WORLD, charts.US)}
        self.routes = [
            Route("/layoffs", self.layoffs),
            Route("/layoffs/{story}", self.story),
            Route("/alerts.rss", self.rss),
            *(Route(path, self.land) for path in self._land),
        ]

    async def layoffs(self, request: Request) -> Response:
        """The table and the pictures."""
        board, query = await self._keeper.board(), _query(request)
        found = board.find(query, self._frame.today)
        sums = found.pictures
        return await self._frame.page(
            "layoffs.html",
            reading=self._keeper.reading,
            query=query,
            narrowed=replace(query, page=1) != Query(),
            found=found,
            pages=max(1, -(-found.total // PAGE)),
            countries=sorted((COUNTRIES.get(code, code), code) for code in board.countries),
            stages=list(Stage),
            kinds=list(Kind),
            causes=[(cause, jobs) for cause, jobs in sums.causes if cause != NOT_STATED],
            unstated=dict(sums.causes).get(NOT_STATED, 0),
            by_place=_by_place(sums, query.country),
            map=charts.circles(sums.spots, charts.US if query.country == "US" else charts.WORLD),
            link=lambda page: request.url.include_query_params(page=page).query,
        )

    async def story(self, request: Request) -> Response:
        """One story: revisions, evidence in the text, where it went."""
        story = await self._desk.story(request.path_params["story"])
        if story is None:
            raise HTTPException(404, "This story is not, or no longer, known.")
        layoff, items = story.layoff, await self._items(story)
        return await self._frame.page(
            "story.html",
            went=await self._desk.deliveries(story),
            routes=await run_in_threadpool(self._desk.routes, items[0]) if items else (),
            story=story,
            who=who(layoff.company),
            how_many=how_many(layoff),
            where=where(layoff.places),
            earlier=[headcount_words(number) for number in story.earlier],
            text=_evidence(story, items),
        )

    async def _items(self, story: Story) -> list[Item]:
        """Return the items of a story that are still kept, the newest first."""
        found = [await self._desk.item(source.item) for source in reversed(story.sources)]
        return [item for item in found if item]

    async def rss(self, request: Request) -> Response:
        """Our own alerts as an RSS feed."""
        board = await self._keeper.board()
        body = alerts_rss(board.newest(), str(request.base_url))
        return Response(body, media_type="application/rss+xml; charset=utf-8")

    async def land(self, request: Request) -> Response:
        """The ground of a map."""
        kept = {"cache-control": "public, max-age=86400"}
        return Response(self._land[request.url.path], media_type="image/svg+xml", headers=kept)


def _evidence(story: Story, items: list[Item]) -> str:
    """Return the text that the facts were read from, marked; the proving sentence if it is not kept."""
    layoff = story.layoff
    for item in items:
        text = read_document(item.title, item.text).text
        if text[layoff.sentence.start : layoff.sentence.end] == layoff.sentence.text:
            return marked(text, fact_marks(layoff))
    return marked(layoff.sentence.text, ())


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


def _by_place(sums: Pictures, country: str) -> list[tuple[str, int]]:
    """Return jobs by country; of one country that is looked for, by its regions."""
    if not country:
        return [(COUNTRIES.get(name, name), jobs) for name, jobs in sums.countries]
    return [
        (REGIONS.get(f"{of}-{region}", region) or "region not stated", jobs)
        for (of, region), jobs in sums.regions
        if of == country
    ]
