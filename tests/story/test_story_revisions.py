from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.model import Change, ChangeKind, Evidence, Kind, Layoff, Source, Stage, Story
from monitor.story.revisions import MOST_REVISIONS, MOST_SOURCES, noted, with_source

NOON = datetime(2016, 10, 11, 12, tzinfo=UTC)
CUT = Layoff(Stage.CONFIRMED, Kind.LAYOFF, None, None, None, (), Evidence(0, 0, ""))
GROWN = Change(ChangeKind.HEADCOUNT, "500", "650")


def told(number: int, wire: str = "Reuters") -> Source:
    return Source(f"1-{number}", "feed", wire, "", "", NOON, NOON + timedelta(minutes=number))


def story() -> Story:
    return Story("s", "k", 0, CUT, (told(0),), NOON, NOON)


def test_a_revision_says_what_changed_when_and_who_told_it() -> None:
    grown = noted(story(), [GROWN], told(7, "AP"))
    (step,) = grown.revisions
    assert (step.number, step.at, step.item, step.wire, step.changes) == (
        grown.revision,
        NOON + timedelta(minutes=7),
        "1-7",
        "AP",
        (GROWN,),
    )


def test_of_very_many_revisions_the_first_and_the_latest_are_kept() -> None:
    grown = story()
    for number in range(MOST_REVISIONS + 20):
        grown = noted(grown, [GROWN], told(number))
    assert len(grown.revisions) == MOST_REVISIONS
    assert grown.revision == MOST_REVISIONS + 20
    assert [step.number for step in grown.revisions] == [1, *range(22, grown.revision + 1)]


def test_of_very_many_sources_the_first_of_each_wire_and_the_latest_are_kept() -> None:
    grown = story()
    for number in range(MOST_SOURCES + 20):
        grown = with_source(grown, told(number, "AP" if number == 5 else "Reuters"))
    assert len(grown.sources) == MOST_SOURCES
    assert [source.item for source in grown.sources[:3]] == ["1-0", "1-5", "1-22"]
    assert with_source(grown, told(5, "AP")) == grown
