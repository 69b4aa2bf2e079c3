"""Which items need more than their summary, and whether what was found is the same release."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import structlog

from monitor.alert.watchlists import WatchlistFile
from monitor.app.reader import Article
from monitor.extract.assessment import Assessment
from monitor.model import Item, Layoff, Reason
from monitor.rules.literals import Literals
from monitor.story.identity import after_dateline, normalised
from monitor.story.links import canonical_link
from monitor.wire.articles import ArticleReader
from monitor.wire.errors import FeedError
from monitor.wire.feeds import Feed

# A release of this length is there as a whole: what it does not say, its article does not say either.
WHOLE = 2_000
# PR Newswire cuts its summaries at 250 to 300 letters, some without a mark.
_LONG = 200
_CUT = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.)\]|\(more\)|(?:read|continue|see) (?:more|reading|full \w+)[\s.»>→]*)\s*\Z",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?:;\"”’)\]*#-]\s*\Z")
_SAME_SHARE = 0.6

log = structlog.get_logger(__name__)


class ArticleDesk:
    """Decides whose article is read, and has it read (`monitor.app.reader.Articles`).

    Args:
        reader: Reads articles.
        feeds: The feeds in force; the article of an item of any other is not read.
        watchlists: Their companies make an item a candidate too.
    """

    def __init__(
        self,
        reader: ArticleReader,
        feeds: Iterable[Feed],
        watchlists: Sequence[WatchlistFile],
    ) -> None:
        self._reader = reader
        self.renew(feeds, watchlists)

    def renew(self, feeds: Iterable[Feed], watchlists: Sequence[WatchlistFile]) -> None:
        """Go by other feeds and watchlists from now on."""
        self._feeds = {feed.id: feed for feed in feeds}
        self._companies = Literals(sorted(_companies(watchlists)))

    def wanted(self, item: Item, assessment: Assessment) -> bool:
        """Tell whether the article may say what the item does not."""
        feed = self._feeds.get(item.feed)
        if feed is None or feed.article.read == "never" or not item.link:
            return False
        if feed.article.read == "always":
            return True
        if assessment.reason is Reason.VETOED or not lacks(item, assessment.layoff):
            return False
        # What the cheap filter of the rules lets pass has been cut into zones.
        return bool(assessment.document.zones or self._companies.find(assessment.document.text))

    async def article(self, item: Item) -> Article:
        """Return the item's article; no text and the reason where it cannot be had, or is another text."""
        feed = self._feeds[item.feed]
        target = canonical_link(item.link)
        # A redirect of a news search is taken in one step; any other link is taken as it stands.
        link = target if target and _is_redirect(item.link, target) else item.link
        try:
            found = await self._reader.read(link, feed)
        except FeedError as error:
            return _unread(item, link, str(error))
        if not tells_the_same(item, found):
            return _unread(item, link, "the page tells something else than the item")
        return Article(link, found)


def _unread(item: Item, link: str, problem: str) -> Article:
    log.warning("article not read", feed=item.feed, title=item.title, problem=problem)
    return Article(link, problem=problem)


def lacks(item: Item, layoff: Layoff | None) -> bool:
    """Tell whether the item's text is cut, or is short and lacks the number or a place."""
    if is_cut(item.text):
        return True
    if len(item.text) >= WHOLE:
        return False
    return layoff is None or layoff.headcount is None or not layoff.places


def is_cut(text: str) -> bool:
    """Tell whether a summary ends in the middle: by a mark of it, or without the end of a sentence."""
    return bool(_CUT.search(text[-40:])) or (len(text) >= _LONG and not _SENTENCE_END.search(text[-3:]))


def tells_the_same(item: Item, article: str) -> bool:
    """Tell whether an article is the item's: most words of its summary, else of its title, stand in it."""
    summary = after_dateline(_CUT.sub("", item.text))
    words = {word for word in normalised(f"{item.title} {summary}").split() if len(word) > 3}
    found = words.intersection(normalised(article).split())
    return len(found) >= _SAME_SHARE * len(words)


def _companies(watchlists: Sequence[WatchlistFile]) -> set[str]:
    lists = (watchlist.filters.companies for watchlist in watchlists)
    return {term for companies in lists if companies for term in companies.any_of}


def _is_redirect(link: str, target: str) -> bool:
    return target.split("/")[2] not in link.split("?")[0].lower()
