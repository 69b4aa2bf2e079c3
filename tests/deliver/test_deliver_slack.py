from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from deliver_samples import alert, update
from fakes.slack import FakeSlack, Fault

from monitor.deliver.channel import Archive
from monitor.deliver.errors import (
    AccountRefused,
    Ambiguous,
    ChannelRefused,
    DeliveryError,
    FirstGone,
    LookUpRefused,
    MessageRefused,
    NotSent,
    refusal,
)
from monitor.deliver.slack import SlackChannel, retry_after
from monitor.deliver.webhook import WebhookChannel

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
QUICK = timedelta(seconds=1)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as running:
        yield running


@pytest.fixture
def channel(slack: FakeSlack) -> SlackChannel:
    return SlackChannel(slack.token, url=slack.url, timeout=QUICK)


async def test_a_post_carries_text_blocks_and_the_alerts_id_and_unfurls_nothing(
    slack: FakeSlack, channel: SlackChannel
) -> None:
    posted = await channel.post(alert("a"))
    (message,) = slack.messages("C0LAYOFFS")
    assert (posted.channel, posted.ts) == ("C0LAYOFFS", message["ts"])
    assert message["metadata"]["event_payload"] == {"alert": "a", "story": "story-a", "revision": 1}
    (call,) = slack.calls("chat.postMessage")
    assert (call["unfurl_links"], call["unfurl_media"]) == (False, False)
    assert not {"link_names", "parse"} & set(call)


async def test_an_update_edits_the_first_message_and_replies_under_it(
    slack: FakeSlack, channel: SlackChannel
) -> None:
    first = await channel.post(alert("a"))
    await channel.update(first, update("b", "a"))
    posted = await channel.reply(first, update("b", "a"))
    (message,) = slack.messages("C0LAYOFFS")
    assert "about 650 jobs" in message["text"]
    assert message["metadata"]["event_payload"]["alert"] == "a"
    (reply,) = slack.replies("C0LAYOFFS", first.ts)
    assert reply["text"].startswith("Update: Acme Corp. (NYSE: ACME) — about 500 → about 650 jobs")
    assert posted.thread == first.ts


async def test_history_finds_messages_and_replies_over_all_pages(
    slack: FakeSlack, channel: SlackChannel
) -> None:
    slack.page = 2
    first = await channel.post(alert("a"))
    reply = await channel.reply(first, update("b", "a"))
    rest = [await channel.post(alert(str(number))) for number in range(5)]
    found = await channel.history("C0LAYOFFS", LONG_AGO)
    assert found["a"] == first
    assert found["b"] == reply
    assert [found[str(number)] for number in range(5)] == rest


async def test_history_finds_a_reply_under_an_older_message(slack: FakeSlack, channel: SlackChannel) -> None:
    first = await channel.post(alert("a"))
    slack.now = lambda: 4_000_000_000
    reply = await channel.reply(first, update("b", "a"))
    since = datetime.fromtimestamp(3_999_999_000, UTC)
    assert await channel.history("C0LAYOFFS", since, threads=[first.ts]) == {"b": reply}


async def test_a_channel_may_be_given_by_name(channel: SlackChannel) -> None:
    posted = await channel.post(alert("a", "#layoffs"))
    assert posted.channel == "C0LAYOFFS"
    assert set(await channel.history("#layoffs", LONG_AGO)) == {"a"}
    with pytest.raises(ChannelRefused):
        await channel.post(alert("b", "#nowhere"))


async def test_a_name_still_posts_where_channels_may_not_be_listed(
    slack: FakeSlack, channel: SlackChannel
) -> None:
    slack.scopes = ["chat:write", "channels:history"]
    assert (await channel.post(alert("a", "#layoffs"))).channel == "C0LAYOFFS"
    with pytest.raises(LookUpRefused):
        await channel.history("#layoffs", LONG_AGO)


@pytest.mark.parametrize("fault", [fault for fault in Fault if "429" not in fault])
async def test_a_lost_answer_is_ambiguous_and_posted_at_most_once(
    slack: FakeSlack, channel: SlackChannel, fault: Fault
) -> None:
    slack.fail(fault)
    with pytest.raises(Ambiguous):
        await channel.post(alert("a"))
    assert len(slack.calls("chat.postMessage")) == 1


@pytest.mark.parametrize("fault", [Fault.RATE_LIMITED, Fault.RATE_LIMITED_BARE])
async def test_a_rate_limit_is_not_sent_and_says_when_to_come_again(
    slack: FakeSlack, channel: SlackChannel, fault: Fault
) -> None:
    slack.fail(fault)
    with pytest.raises(NotSent) as caught:
        await channel.post(alert("a"))
    assert caught.value.retry_after == timedelta(seconds=30)


async def test_a_refused_connection_is_not_sent(unused_tcp_port: int) -> None:
    with pytest.raises(NotSent):
        await SlackChannel("xoxb-1", url=f"http://127.0.0.1:{unused_tcp_port}/api/").post(alert("a"))


async def test_refusals_are_told_apart(slack: FakeSlack, channel: SlackChannel) -> None:
    with pytest.raises(ChannelRefused, match="channel_not_found"):
        await channel.post(alert("a", "C0MISSING0"))
    with pytest.raises(AccountRefused, match="invalid_auth"):
        await SlackChannel("xoxb-wrong", url=slack.url).post(alert("a"))
    first = await channel.post(alert("a"))
    slack.channel("layoffs").messages.clear()
    with pytest.raises(FirstGone):
        await channel.update(first, update("b", "a"))
    slack.scopes = ["chat:write"]
    with pytest.raises(LookUpRefused):
        await channel.history("C0LAYOFFS", LONG_AGO)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("fatal_error", Ambiguous),
        ("ratelimited", NotSent),
        ("token_revoked", AccountRefused),
        ("missing_scope", AccountRefused),
        ("is_archived", ChannelRefused),
        ("restricted_action_read_only_channel", ChannelRefused),
        ("invalid_blocks", MessageRefused),
        ("msg_too_long", MessageRefused),
        ("message_not_found", FirstGone),
        ("invalid_auth", AccountRefused),
        ("something_new", ChannelRefused),
    ],
)
def test_every_error_code_has_a_consequence(code: str, kind: type[DeliveryError]) -> None:
    assert type(refusal(code)) is kind


@pytest.mark.parametrize(
    ("raw", "seconds"),
    [("5", 5), ("0", 1), ("999999", 3600), ("", None), ("soon", None), ("Mon, 02 Mar 2026 00:00:40 GMT", 40)],
)
def test_retry_after_is_seconds_or_a_date(raw: str, seconds: int | None) -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    asked = retry_after({"retry-after": raw}, now)
    assert asked == (None if seconds is None else timedelta(seconds=seconds))


async def test_a_429_that_does_not_say_how_long_costs_half_a_minute_or_what_is_set(slack: FakeSlack) -> None:
    for one, seconds in (
        (SlackChannel(slack.token, url=slack.url), 30),
        (WebhookChannel(slack.webhook_url), 30),
        (SlackChannel(slack.token, url=slack.url, limited=timedelta(seconds=3)), 3),
        (WebhookChannel(slack.webhook_url, limited=timedelta(seconds=3)), 3),
    ):
        slack.fail(Fault.RATE_LIMITED_BARE)
        with pytest.raises(NotSent) as limited:
            await one.post(alert("a"))
        assert limited.value.retry_after == timedelta(seconds=seconds)


async def test_a_webhook_posts_without_being_an_archive(slack: FakeSlack) -> None:
    hook = WebhookChannel(slack.webhook_url, timeout=QUICK)
    await hook.post(update("b", "a"))
    assert slack.messages("C0LAYOFFS")[0]["text"].startswith("Update: Acme Corp.")
    assert not isinstance(hook, Archive)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(Fault.CLOSE_AFTER, Ambiguous), (Fault.HTML_500_BEFORE, Ambiguous), (Fault.RATE_LIMITED, NotSent)],
)
async def test_a_webhooks_failures_are_told_apart(
    slack: FakeSlack, fault: Fault, kind: type[DeliveryError]
) -> None:
    slack.fail(fault)
    with pytest.raises(kind):
        await WebhookChannel(slack.webhook_url, timeout=QUICK).post(alert("a"))
    assert len(slack.calls("webhook")) == 1


async def test_no_secret_reaches_a_log_or_an_error(
    slack: FakeSlack, channel: SlackChannel, caplog: pytest.LogCaptureFixture, unused_tcp_port: int
) -> None:
    caplog.set_level(logging.DEBUG)
    hooks = [
        slack.webhook_url,
        f"http://127.0.0.1:{unused_tcp_port}/secret-of-the-hook",
        "secret-of-the-hook://x",
    ]
    said = []
    slack.fail(*[fault for fault in Fault if fault is not Fault.LATE])
    for one in [channel] * 11 + [WebhookChannel(url, timeout=QUICK) for url in hooks]:
        try:
            await one.post(alert("a"))
        except DeliveryError as error:
            said.append(f"{error!r} {error.__cause__!r}")
    assert len(said) == 13
    for secret in (slack.token, "secret-of-the-hook"):
        assert secret not in caplog.text
        assert secret not in "".join(said)
