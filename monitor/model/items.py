"""What a feed publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed, as published, markup removed. Immutable.

    `feed` is the feed's id in the configuration and `wire` the wire it belongs to; `guid` is unique within
    its feed at best; `published` is what the feed claims and may be absent or wrong, `seen` is when we
    fetched it (both aware). `author` is the issuer where the wire names it (`dc:contributor`, author),
    `tags` are the entry's categories (tickers, ISINs, subjects).
    """

    feed: str
    wire: str
    guid: str
    title: str
    text: str
    link: str
    published: datetime | None
    seen: datetime
    author: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
