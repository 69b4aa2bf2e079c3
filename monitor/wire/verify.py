"""Is a feed what its entry says: reachable, a feed, the right one, fresh, and polite to poll?"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.wire.errors import FeedError, ServerTroubleError
from monitor.wire.feeds import Feed
from monitor.wire.fetch import Body, Fetcher, NotModified
from monitor.wire.parse import Origin, Parsed, parse
from monitor.wire.robots import Robots
from monitor.wire.sandbox import Sandbox

STALE = timedelta(days=30)
# From so many items on, two feeds with the same ones are one feed under two addresses; with most of them too,
# for a busy feed goes on between two requests.
_ENOUGH = 3
_MOST = 0.8


class Severity(StrEnum):
    """How bad a finding is: worth knowing, worth a look, or in the way of using the feed."""

    NOTE = "note"
    DOUBT = "doubt"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found, in a line for people."""

    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What is known of a feed after two requests for it and one for its host's robots.txt.

    `items` counts what the body holds, `guids` are theirs; `oldest` and `newest` are publication times.
    `languages` go from the most frequent down. `conditional` says whether the host honours If-None-Match or
    If-Modified-Since, None where it sends neither ETag nor Last-Modified; `robots` whether its robots.txt
    lets us, None where that is not known.
    """

    feed: Feed
    findings: tuple[Finding, ...]
    title: str = ""
    items: int = 0
    guids: frozenset[str] = frozenset()
    oldest: datetime | None = None
    newest: datetime | None = None
    languages: tuple[str, ...] = ()
    conditional: bool | None = None
    robots: bool | None = None

    @property
    def verdict(self) -> Severity | None:
        """The worst of the findings; None: all is well."""
        order = tuple(Severity)
        found = [one.severity for one in self.findings if one.severity is not Severity.NOTE]
        return max(found, key=order.index, default=None)

    @property
    def depth(self) -> timedelta | None:
        """How long the feed's items reach back, from its newest to its oldest."""
        return self.newest - self.oldest if self.newest and self.oldest else None


class Verifier:
    """Verifies feeds.

    Args:
        fetcher: Gets bodies.
        sandbox: Where they are parsed.
        robots: Knows what robots.txt lets us poll.
    """

    def __init__(self, fetcher: Fetcher, sandbox: Sandbox, robots: Robots) -> None:
        self._fetcher = fetcher
        self._sandbox = sandbox
        self._robots = robots

    async def verify(self, feeds: Sequence[Feed], now: datetime) -> list[Verification]:
        """Verify feeds, those of one host one after the other; in the order given.

        Feeds that hold the same items as another one are told as aliases of it.
        """
        hosts: dict[str, list[Feed]] = {}
        for feed in feeds:
            hosts.setdefault(feed.host, []).append(feed)

        async def of_host(those: list[Feed]) -> list[Verification]:
            return [await self.verify_one(feed, now) for feed in those]

        found = [one for those in await asyncio.gather(*map(of_host, hosts.values())) for one in those]
        by_feed = {one.feed.id: one for one in found}
        return with_aliases([by_feed[feed.id] for feed in feeds])

    async def verify_one(self, feed: Feed, now: datetime) -> Verification:
        """Verify one feed."""
        try:
            body = await self._fetcher.fetch(feed)
            if not isinstance(body, Body):
                raise ServerTroubleError(f"{feed.host} answered 304 to a request without conditions")
            origin = Origin(feed.id, feed.wire, body.final_url, now, body.content_type, feed.zone)
            parsed = await self._sandbox.run(parse, body.content, origin)
        except FeedError as error:
            return Verification(feed, (Finding(Severity.WRONG, str(error)),))
        conditional = await self._conditional(feed, body)
        robots = await self._robots.allow(feed.url, feed)
        dates = sorted(item.published for item in parsed.items if item.published)
        languages = Counter(item.language for item in parsed.items if item.language)
        return Verification(
            feed,
            tuple(_findings(feed, body, parsed, now, conditional=conditional, robots=robots)),
            title=parsed.title,
            items=parsed.found,
            guids=frozenset(item.guid for item in parsed.items),
            oldest=dates[0] if dates else None,
            newest=dates[-1] if dates else None,
            languages=tuple(language for language, _ in languages.most_common()),
            conditional=conditional,
            robots=robots,
        )

    async def _conditional(self, feed: Feed, body: Body) -> bool | None:
        if not body.etag and not body.last_modified:
            return None
        try:
            again = await self._fetcher.fetch(feed, etag=body.etag, last_modified=body.last_modified)
        except FeedError:
            return False
        return isinstance(again, NotModified)


def _findings(
    feed: Feed, body: Body, parsed: Parsed, now: datetime, *, conditional: bool | None, robots: bool | None
) -> Iterator[Finding]:
    if feed.title and parsed.title != feed.title:
        yield Finding(
            Severity.WRONG, f"its title is {parsed.title!r} instead of {feed.title!r}: another feed?"
        )
    elif not parsed.title:
        yield Finding(
            Severity.DOUBT,
            "it has no title: some wires answer so, with all news, to an address they do not know",
        )
    if parsed.broken_off or not body.complete:
        yield Finding(Severity.DOUBT, "its body breaks off in the middle")
    elif parsed.malformed:
        yield Finding(Severity.DOUBT, "it is no well-formed XML; its items can be read all the same")
    if body.moved_to:
        yield Finding(Severity.DOUBT, f"it has moved for good: change its address to {body.moved_to}")
    yield from _freshness(parsed, now)
    if conditional is None:
        yield Finding(Severity.NOTE, "it has neither ETag nor Last-Modified: every poll transfers it whole")
    elif not conditional:
        yield Finding(Severity.NOTE, "it ignores conditional requests: every poll transfers it whole")
    if robots is False:
        yield Finding(Severity.DOUBT, "robots.txt asks robots to keep away from it")
    elif robots is None:
        yield Finding(Severity.NOTE, "robots.txt could not be read")


def _freshness(parsed: Parsed, now: datetime) -> Iterator[Finding]:
    dates = [item.published for item in parsed.items if item.published]
    if not parsed.items:
        yield Finding(Severity.DOUBT, "it is empty at the moment")
    elif not dates:
        yield Finding(Severity.NOTE, "its items have no dates")
    elif now - max(dates) > STALE:
        yield Finding(Severity.DOUBT, f"its newest item is {(now - max(dates)).days} days old")


def with_aliases(found: Sequence[Verification]) -> list[Verification]:
    """Return the verifications; what holds most items of one before it, and few more, is told as its alias.

    A feed on one topic holds items of the wire's whole feed, but each of the two has more of its own.
    """
    told: list[Verification] = []
    for one in found:
        other = next((before for before in told if _are_alike(before, one)), None)
        if other is None:
            told.append(one)
            continue
        shared = len(one.guids & other.guids)
        many = "the same items" if shared == len(one.guids | other.guids) else f"{shared} of the same items"
        problem = f"it holds {many} as {other.feed.id}: one feed, two addresses"
        told.append(replace(one, findings=(*one.findings, Finding(Severity.WRONG, problem))))
    return told


def _are_alike(one: Verification, other: Verification) -> bool:
    most = max(len(one.guids), len(other.guids))
    return most >= _ENOUGH and len(one.guids & other.guids) >= _MOST * most
