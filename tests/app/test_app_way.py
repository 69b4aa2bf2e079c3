from __future__ import annotations

from fakes.desk import ITEM, story

from monitor.app.way import Way, steps
from monitor.model import FeedState, Reason
from monitor.store import Decision


def test_the_way_of_an_item_tells_the_history_of_its_story() -> None:
    decision = Decision(Reason.REPETITION, ITEM.feed, ITEM.title, ITEM.link, story="s1")
    way = Way("2-0", ITEM, ITEM.text, FeedState("alpha"), (), decision, story(), ())
    said = dict(steps(way))
    assert said["story"] == "s1, revision 2, told by PR Newswire, GlobeNewswire"
    assert said["revision 1"] == "first report: 120 jobs (PR Newswire, 2026-11-24 11:00:00 UTC, item 1-0)"
    assert said["revision 2"] == (
        "about 100 → 120 jobs; also on GlobeNewswire (GlobeNewswire, 2026-11-24 11:00:40 UTC, item 2-0)"
    )
