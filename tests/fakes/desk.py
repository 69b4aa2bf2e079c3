"""Stories and a desk in memory: the page's view of a monitor, without one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.alert.filters import Answer as Passed
from monitor.alert.filters import Check, Filter
from monitor.alert.route import Answered, Why
from monitor.extract.weighing import Weighed
from monitor.model import (
    Because,
    Cause,
    Change,
    ChangeKind,
    Company,
    Evidence,
    FeedState,
    FeedStatus,
    Headcount,
    Item,
    Kind,
    Layoff,
    Match,
    Place,
    Reason,
    Revision,
    Source,
    Span,
    Stage,
    Story,
    Told,
    Verdict,
    ZoneKind,
)
from monitor.rules.explaining import Dropped, Explanation
from monitor.rules.zones import read_document
from monitor.web.ports import (
    Answer,
    Checked,
    Delivered,
    DeskUnavailableError,
    Explained,
    Handled,
    Queue,
    RuleSet,
    Vitals,
)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TITLE = "Harlow Instruments to cut 120 jobs in Dayton"
TEXT = "DAYTON, Ohio -- Harlow Instruments, Inc. will cut 120 positions at its plant in Dayton, Ohio."
ITEM = Item("alpha", "PR Newswire", "g", TITLE, TEXT, "https://wire.example/1", NOW, NOW)


def evidence(words: str) -> Evidence:
    text = read_document(TITLE, TEXT).text
    start = text.rindex(words)
    return Evidence(start, start + len(words), words)


def story(
    name: str = "s1", *, ago: timedelta = timedelta(hours=1), jobs: int = 120, who: str = "Harlow Instruments"
) -> Story:
    """Return a story told on two wires, the second one 40 s after the first."""
    at = NOW - ago
    company = evidence("Harlow Instruments, Inc.")
    layoff = Layoff(
        Stage.CONFIRMED,
        Kind.LAYOFF,
        Company(who, "NASDAQ", "HRLW", company),
        Headcount(jobs, jobs, False, evidence("120 positions")),
        None,
        (Place("Dayton", "OH", "US", 39.76, -84.19, evidence("Dayton, Ohio")),),
        evidence("Harlow Instruments, Inc. will cut 120 positions at its plant in Dayton, Ohio."),
        causes=(Because(Cause.DEMAND, company),),
    )
    first = Source("1-0", "alpha", "PR Newswire", TITLE, "https://wire.example/1", at, at)
    also = replace(first, item="2-0", feed="beta", wire="GlobeNewswire", seen=at + timedelta(seconds=40))
    return Story(
        name,
        "k",
        2,
        layoff,
        (first, also),
        at,
        also.seen,
        told=(Told("#layoffs", 1, ("everything",)),),
        revisions=(
            Revision(1, at, "1-0", "PR Newswire", (Change(ChangeKind.FIRST, "", "120 jobs"),)),
            Revision(
                2,
                also.seen,
                "2-0",
                "GlobeNewswire",
                (
                    Change(ChangeKind.HEADCOUNT, "about 100", "120"),
                    Change(ChangeKind.ALSO_ON, "PR Newswire", "GlobeNewswire"),
                ),
            ),
        ),
    )


def answer(title: str, text: str) -> Answer:
    """Return what a rule set of one rule, which looks for the word "cut", makes of a text."""
    document = read_document(title, text)
    verdict = Verdict("layoffs", Reason.NO_RULE, 0, 4)
    if (at := document.text.find("cut")) < 0:
        return Answer(document, (Explanation(document, verdict, (), (), (), ("a phrase of any rule",)),))
    found = Match("job-cuts", 5, ZoneKind.LEAD, document.evidence(at, at + 3))
    verdict = Verdict("layoffs", Reason.ANNOUNCED, 5, 4, matches=(found,))
    dropped = (Dropped(replace(found, rule="sports"), "hidden"),)
    explanation = Explanation(document, verdict, (), (), dropped, ("without rule job-cuts",))
    weighed = (Weighed("headcount", document.evidence(at, at + 3), True, (("next to a job word", 2.0),)),)
    checks = (Check(Filter.SIZE, Passed.STOPPED, "120 jobs", "500 jobs or more"),)
    answered = Answered("large", ("#large",), Why.FILTERED, checks)
    return Answer(document, (explanation,), story().layoff, weighed, (answered,))


class MemoryDesk:
    """A desk with what it is given; `away` makes it unreachable."""

    def __init__(self, stories: Sequence[Story] = (), feeds: Sequence[FeedState] = ()) -> None:
        self.all = {one.id: one for one in stories}
        self.states = feeds
        self.away = False
        self.refusals: Mapping[str, str] = {}
        self.asked = 0
        self.pause = asyncio.Event()
        self.pause.set()

    async def vitals(self) -> Vitals:
        if self.away:
            raise DeskUnavailableError("Connection refused")
        queues = (Queue("items", 3, 1, NOW), Queue("alerts", 0, 0, None))
        return Vitals(
            queues, 2, 1, {"alerts.sent": 7, "admitted.duplicate": 4, "rule.layoffs.job-cuts": 31}, 1 << 20
        )

    async def refused(self) -> Mapping[str, str]:
        return self.refusals

    async def feeds(self) -> Sequence[FeedState]:
        return self.states

    async def count(self, since: datetime) -> int:
        return sum(one.first_seen >= since for one in self.all.values())

    async def stories(self, since: datetime) -> AsyncIterator[Sequence[Story]]:
        self.asked += 1
        if self.away:
            raise DeskUnavailableError("Connection refused")
        found = [one for one in self.all.values() if one.first_seen >= since]
        for one in sorted(found, key=lambda one: one.first_seen, reverse=True):
            yield [one]
            await self.pause.wait()

    async def newest_items(self, count: int) -> Sequence[Handled]:
        told = Handled("1-0", NOW, "alpha", TITLE, Reason.ANNOUNCED, "s1")
        return [told, Handled("3-0", NOW, "beta", "Acme opens a plant", Reason.NO_RULE)][:count]

    async def find_item(self, what: str) -> str | None:
        return "1-0" if what in ("1-0", "https://wire.example/1") else None

    async def explained(self, item: str) -> Explained | None:
        if item != "1-0":
            return None
        steps = (("item", f"1-0 “{TITLE}”"), ("decision", "announced"))
        return Explained("1-0", TITLE, "s1", steps, answer(TITLE, TEXT))

    async def story(self, story: str) -> Story | None:
        return self.all.get(story)

    async def item(self, item: str) -> Item | None:
        return ITEM if item in ("1-0", "2-0") else None

    def rule_sets(self) -> Sequence[RuleSet]:
        return [RuleSet("layoffs", "Jobs that go.", (("job-cuts", "+5"), ("sports", "-5")))]

    def checked(self) -> Mapping[str, Checked]:
        return {"layoffs": Checked(53, ("<b>Acme</b>: wanted silence, got announced",), ("idle: sports",))}

    async def deliveries(self, story: Story) -> Sequence[Delivered]:
        return [Delivered(told.channel, told.revision, told.watchlists, "sent") for told in story.told]

    def routes(self, item: Item) -> Sequence[Answered]:
        passed = Answered("everything", ("#layoffs",), Why.MATCHED)
        return [passed, *answer(item.title, item.text).watchlists]

    def try_out(self, title: str, text: str) -> Answer:
        return answer(title, text)


FEEDS = (
    FeedState(
        "alpha",
        FeedStatus.OK,
        last_success=NOW,
        interval=timedelta(minutes=2),
        depth=20,
        rate=4.0,
        covered_since=NOW - timedelta(days=3),
        gaps=(Span(NOW - timedelta(days=1, hours=2), NOW - timedelta(days=1)),),
        gap_count=1,
    ),
    FeedState("beta", FeedStatus.GONE, failures=1, note="410: the feed is gone"),
)
