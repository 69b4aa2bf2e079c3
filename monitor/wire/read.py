"""From a body to its new items: cut in this process, parsed in the sandbox."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from monitor.model import Item
from monitor.wire.delta import Cut, cut
from monitor.wire.parse import MAX_ITEMS, Origin, Parsed, parse
from monitor.wire.sandbox import Sandbox

# Cutting takes about 3 ms for each MB; what is larger must not hold up the event loop.
_INLINE = 262_144
# A body that cannot be cut is read anew at every poll: what is beyond this many entries is never taken.
MAX_UNCUT = 5_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What is new in a body.

    `entries` are the hashes of its entries, to be known at the next poll; `title` is the channel's, None if
    nothing had to be parsed; `asks` is how long the feed wants to be left alone between polls, None likewise.
    `broken_off` and `capped` say that there is more to be had from this feed; `beyond` counts entries that
    are never taken, for the body cannot be cut into portions.
    """

    items: tuple[Item, ...] = ()
    entries: tuple[str, ...] = ()
    title: str | None = None
    broken_off: bool = False
    capped: bool = False
    beyond: int = 0
    asks: timedelta | None = None


class Reader:
    """Reads bodies of feeds.

    Args:
        sandbox: Where the parser runs.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def read(self, body: bytes, origin: Origin, *, known: Collection[str] = ()) -> Reading:
        """Return the items whose entries are not `known`.

        Raises:
            ContentError: If the body is no feed, or cannot be parsed within the sandbox's limits.
        """
        pared = await self._cut(body, frozenset(known), origin.content_type)
        if pared.fresh == 0 and not pared.torn:
            return Reading(entries=pared.entries)
        limit = MAX_ITEMS if pared.fresh is not None else MAX_UNCUT
        parsed = await self._sandbox.run(parse, pared.body, origin, limit)
        if pared.fresh is not None and parsed.found != pared.fresh:
            # The parser sees other entries than the cut does: then its word counts, on the whole body.
            parsed, pared = await self._sandbox.run(parse, body, origin, MAX_UNCUT), Cut(body)
        return _reading(parsed, pared)

    async def _cut(self, body: bytes, known: frozenset[str], content_type: str) -> Cut:
        if len(body) > _INLINE:
            return await self._sandbox.run(cut, body, known, content_type)
        return cut(body, known, content_type)


def _reading(parsed: Parsed, pared: Cut) -> Reading:
    return Reading(
        items=parsed.items,
        entries=pared.entries,
        title=parsed.title,
        broken_off=parsed.broken_off or pared.torn,
        capped=pared.capped,
        beyond=parsed.found - len(parsed.items) if pared.fresh is None else 0,
        asks=parsed.asks,
    )
