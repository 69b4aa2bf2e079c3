from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import cast

import pytest
from test_app_reader import ALL, AT_ONCE, CONFIG, HARLOW, NOON

from monitor.alert.watchlists import Companies, Filters, WatchlistFile
from monitor.app.articles import ArticleDesk, is_cut, tells_the_same
from monitor.app.reader import ItemReader
from monitor.app.rulebook import compiled, load_rules
from monitor.extract.assessment import Assessment, assess_item
from monitor.extract.gazetteer import load_gazetteer
from monitor.model import Candidate, Item, Reason
from monitor.store import Store
from monitor.wire.articles import ArticleReader
from monitor.wire.errors import UnreachableError
from monitor.wire.feeds import Article, Feed

CUT = replace(HARLOW, text=HARLOW.text[: HARLOW.text.index("about 120")] + "…", link="https://e.com/cut")
FEED = Feed(id="prn", wire="PR Newswire", url="https://example.com/rss")
PUMPS = replace(HARLOW, guid="2", title="Acme shows a pump", text="Acme showed a new pump for farms and…")


class Library:
    """Gives articles once they are released."""

    def __init__(self, text: str = "", error: Exception | None = None) -> None:
        self.text = text
        self.error = error
        self.released = asyncio.Event()

    async def read(self, _link: str, _feed: Feed) -> str:
        await self.released.wait()
        if self.error:
            raise self.error
        return self.text


@pytest.fixture(scope="module")
def assess() -> Callable[[Item], Assessment]:
    classifier = compiled(load_rules(CONFIG).sets)
    return partial(assess_item, classifier=classifier, gazetteer=load_gazetteer())


def desk(library: Library | None = None, *watchlists: WatchlistFile, **article: str) -> ArticleDesk:
    feed = FEED.model_copy(update={"article": Article.model_validate(article)})
    return ArticleDesk(cast(ArticleReader, library or Library()), [feed], watchlists)


def on(*companies: str) -> WatchlistFile:
    filters = Filters(companies=Companies(any_of=companies, when_unknown="stop"))
    return WatchlistFile(name="ours", channels=("#ours",), filters=filters)


def test_an_article_is_wanted_where_the_summary_is_cut(assess: Callable[[Item], Assessment]) -> None:
    assert desk().wanted(CUT, assess(CUT))
    whole = replace(HARLOW, text=HARLOW.text + " It has made pumps since 1950." * 80)
    assert not desk().wanted(whole, assess(whole)), "it says all there is to know"


def test_what_the_rules_pass_over_is_worth_a_request_for_a_watched_company_only(
    assess: Callable[[Item], Assessment],
) -> None:
    assert not desk().wanted(PUMPS, assess(PUMPS))
    assert desk(None, on("Acme")).wanted(PUMPS, assess(PUMPS))
    assert not desk(None, on("Acm")).wanted(PUMPS, assess(PUMPS))


def test_the_feed_may_say_always_or_never(assess: Callable[[Item], Assessment]) -> None:
    assert not desk(read="never").wanted(CUT, assess(CUT))
    assert desk(read="always").wanted(PUMPS, assess(PUMPS))
    assert not desk(read="always").wanted(replace(CUT, link=""), assess(CUT))
    assert not desk().wanted(replace(CUT, feed="gone"), assess(CUT))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Acme said that it will...", True),
        ("Acme said that it will [...]", True),
        ("Acme said so. Read more »", True),
        ("Acme said so. Continue reading", True),
        ("word " * 50, True),
        ("Acme said so.", False),
        ("word " * 50 + "end.", False),
        ('He said: "We will." ' * 20, False),
        ("", False),
    ],
)
def test_a_cut_summary_is_recognised(text: str, cut: bool) -> None:
    assert is_cut(text) is cut


def test_an_article_must_hold_what_the_summary_says() -> None:
    assert tells_the_same(CUT, HARLOW.text)
    assert not tells_the_same(CUT, "We and our partners store cookies on your device to make this site work.")


async def test_an_item_that_waits_for_its_article_holds_up_no_other(
    store: Store, assess: Callable[[Item], Assessment]
) -> None:
    library = Library(HARLOW.text)
    reader = ItemReader(store.reading("me"), assess, [ALL], lambda: NOON, desk(library))
    waiting, other = [one.item for one in await store.feeds.admit([Candidate(CUT), Candidate(PUMPS)])]
    await reader.step(AT_ONCE)
    settled = await store.decision(other)
    assert (settled and settled.reason, await store.decision(waiting)) == (Reason.NO_RULE, None)
    library.released.set()
    await reader.finish()
    decision = await store.decision(waiting)
    assert decision
    assert decision.reason is Reason.ANNOUNCED
    (alert,) = [one.alert for one in await store.outbox("me").next_alerts(count=9, block=AT_ONCE)]
    assert "120" in str(alert.card)


async def test_an_article_that_cannot_be_had_leaves_the_summary_to_decide(
    store: Store, assess: Callable[[Item], Assessment]
) -> None:
    library = Library(error=UnreachableError("e.com has no address in DNS"))
    library.released.set()
    reader = ItemReader(store.reading("me"), assess, [ALL], lambda: NOON, desk(library))
    [admitted] = await store.feeds.admit([Candidate(CUT)])
    await reader.step(AT_ONCE)
    await reader.finish()
    assert await store.decision(admitted.item) is not None


async def test_an_item_that_still_waits_at_the_end_is_read_at_the_next_start(
    store: Store, assess: Callable[[Item], Assessment]
) -> None:
    [admitted] = await store.feeds.admit([Candidate(CUT)])
    stopped = ItemReader(store.reading("me"), assess, [ALL], lambda: NOON, desk(Library()))
    await stopped.step(AT_ONCE)
    await stopped.aclose()
    library = Library(HARLOW.text)
    library.released.set()
    again = ItemReader(
        store.reading("me", abandoned_after=timedelta(minutes=1)), assess, [ALL], lambda: NOON, desk(library)
    )
    await again.step(AT_ONCE)
    await again.finish()
    assert await store.decision(admitted.item) is not None
