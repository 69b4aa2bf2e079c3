from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from deliver_samples import CARD, DIGEST
from fakes.slack import FakeSlack
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from rich.console import Console

from monitor.deliver import digest
from monitor.deliver.blocks import MAX_TEXT
from monitor.deliver.chart import chart
from monitor.deliver.slack import SlackChannel
from monitor.deliver.terminal import TerminalChannel
from monitor.deliver.text import units
from monitor.model import Alert, Digest, Tally


def alert(said: Digest) -> Alert:
    return Alert("d1", "", 0, "C0LAYOFFS", said, datetime(2026, 3, 9, tzinfo=UTC))


def test_a_digest_has_a_line_for_each_story_and_the_numbers_as_bars() -> None:
    assert list(digest.numbers(DIGEST)) == [
        [
            "By day",
            "2026-03-02  ████████████████  500 jobs, 1 story",
            "2026-03-03                    –",
            "2026-03-04  ████████          250 jobs, 1 story",
        ],
        [
            "By company",
            "Acme Corp.  ████████████████  500 jobs, 1 story",
            "Ford        ████████          250 jobs, 1 story",
        ],
        ["By region", "New York, US  ████████████████  750 jobs, 2 stories"],
    ]
    said = digest.message(DIGEST)
    assert said.text.startswith("2 stories, 750 jobs | Acme Corp. (NYSE: ACME) — about 500 jobs · Rochester")
    (block,) = said.blocks
    assert str(block).count("'type': 'link'") == 1
    assert {"type": "broadcast", "range": "here"} in block["elements"][0]["elements"]  # type: ignore[index]


def test_a_long_digest_says_how_much_it_leaves_out() -> None:
    long = replace(DIGEST, cards=(CARD,) * 33)
    assert digest.more_words(long) == "and 13 more"
    assert len(str(digest.message(long).blocks)) < 50_000


def test_one_story_needs_no_numbers() -> None:
    assert list(digest.numbers(replace(DIGEST, cards=(CARD,)))) == []


async def test_slack_takes_a_digest_as_one_message() -> None:
    async with FakeSlack(("layoffs",)) as slack:
        channel = SlackChannel(slack.token, url=slack.url)
        await channel.post(replace(alert(DIGEST), channel="#layoffs"))
        (message,) = slack.messages("layoffs")
        assert message["metadata"]["event_payload"]["alert"] == "d1"


async def test_a_chart_is_put_into_the_thread_where_files_may_be_written() -> None:
    async with FakeSlack(("layoffs",)) as slack:
        slack.scopes.append("files:write")
        posted = await SlackChannel(slack.token, url=slack.url).post(
            replace(alert(DIGEST), channel="#layoffs")
        )
        (picture,) = slack.uploads
        (shared,) = slack.calls("files.completeUploadExternal")
    assert Image.open(BytesIO(picture)).size == (800, 320)
    assert (shared["channel_id"], shared["thread_ts"]) == (posted.channel, posted.ts)


async def test_a_chart_is_drawn_later_where_its_sender_died_between_the_message_and_it() -> None:
    async with FakeSlack(("layoffs",)) as slack:
        channel = SlackChannel(slack.token, url=slack.url)
        said = replace(alert(DIGEST), channel="#layoffs")
        posted = await channel.post(said)  # it may not write files yet, as if it had died
        assert slack.uploads == []
        slack.scopes.append("files:write")
        for _ in range(2):
            await SlackChannel(slack.token, url=slack.url).complete(posted, said)
        assert len(slack.uploads) == 1
        assert [bool(one.get("files")) for one in slack.replies("layoffs", posted.ts)] == [True]


async def test_without_the_scope_a_digest_has_no_chart_and_is_not_asked_for_it_again() -> None:
    async with FakeSlack(("layoffs",)) as slack:
        channel = SlackChannel(slack.token, url=slack.url)
        for _ in range(2):
            await channel.post(replace(alert(DIGEST), channel="#layoffs"))
        assert len(slack.messages("layoffs")) == 2
        assert len(slack.calls("files.getUploadURLExternal")) == 1


@pytest.mark.parametrize("days", [(), (Tally("2026-03-02", 1, 9),), (Tally("a", 1, 0), Tally("b", 1, 0))])
def test_there_is_no_chart_of_nothing(days: tuple[Tally, ...]) -> None:
    assert chart(replace(DIGEST, days=days)) is None


def test_a_chart_has_a_bar_for_each_day_as_high_as_its_jobs() -> None:
    drawn = chart(DIGEST)
    assert drawn is not None
    picture = Image.open(BytesIO(drawn)).convert("RGB")
    red = (0xC0, 0x39, 0x2B)
    heights = [
        sum(picture.getpixel((24 + round(752 * (day + 0.3) / 3), y)) == red for y in range(320))
        for day in range(3)
    ]
    assert heights[1] == 0
    assert abs(heights[0] - 2 * heights[2]) <= 2


async def test_the_terminal_prints_a_digest() -> None:
    out = StringIO()
    await TerminalChannel(Console(file=out, width=120)).post(alert(DIGEST))
    assert "digest · C0LAYOFFS" in out.getvalue()
    assert "By region" in out.getvalue()


HOSTILE = st.text(max_size=50) | st.sampled_from(["<!channel>", "*_~`", "\u202e" * 9, "x" * 5000])
TALLIES = st.lists(st.builds(Tally, HOSTILE, st.integers(0, 9), st.integers(0, 10**9)), max_size=6).map(tuple)
DIGESTS = st.builds(
    Digest,
    HOSTILE,
    st.lists(st.builds(replace, st.just(CARD), who=HOSTILE, where=HOSTILE, link=HOSTILE), max_size=30).map(
        tuple
    ),
    TALLIES,
    TALLIES,
    TALLIES,
    st.lists(HOSTILE, max_size=3).map(tuple),
    HOSTILE,
)


@given(DIGESTS)
def test_no_digest_breaks_slacks_limits_or_holds_live_markup(said: Digest) -> None:
    message = digest.message(said)
    assert 0 < units(message.text) <= MAX_TEXT
    assert units(message.plain) <= MAX_TEXT
    assert "<!" not in message.text
    assert len(str(message.blocks)) < 50_000
    assert '"text": ""' not in json.dumps(message.blocks)
