from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from deliver_samples import CARD, DIGEST, POLICY, FastClock, OutboxOps, alert, notice, update
from fakes.slack import FakeSlack, Fault

from monitor.deliver.channel import Channel
from monitor.deliver.deliverer import Deliverer
from monitor.deliver.memory import MemoryOutbox
from monitor.deliver.policy import OnUnknown, Policy
from monitor.deliver.slack import SlackChannel
from monitor.deliver.webhook import WebhookChannel
from monitor.model import How, LedgerState

# 250 of FastClock's seconds: the policy's lease is made for it.
TIMEOUT = timedelta(seconds=0.25)


class Desk:
    """A Slack, an outbox and a clock; `delivering` runs a deliverer between them."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.clock = FastClock()
        slack.now = lambda: self.clock.now().timestamp()
        self.outbox = MemoryOutbox(self.clock.now)
        self.told = OutboxOps(self.outbox)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self.channel: Channel = SlackChannel(slack.token, url=slack.url, timeout=TIMEOUT)

    @asynccontextmanager
    async def delivering(
        self, policy: Policy = POLICY, outbox: MemoryOutbox | None = None
    ) -> AsyncIterator[Deliverer]:
        deliverer = Deliverer(
            outbox or self.outbox, self.channel, ops=self.told, policy=policy, clock=self.clock
        )
        task = asyncio.create_task(deliverer.run())
        self._tasks[id(deliverer)] = task
        try:
            yield deliverer
        finally:
            await self.stop(deliverer)

    async def stop(self, deliverer: Deliverer) -> None:
        task = self._tasks[id(deliverer)]
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def deliver_all(self, policy: Policy = POLICY) -> None:
        async with self.delivering(policy):
            await until(lambda: self.outbox.unacknowledged == 0)

    def posted(self, channel: str = "layoffs") -> list[str]:
        return [
            message["metadata"]["event_payload"]["alert"]
            for message in self.slack.messages(channel)
            if message["metadata"]
        ]

    @property
    def ops(self) -> list[str]:
        return [message["text"] for message in self.slack.messages("ops")]


async def until(true: Callable[[], bool], within: float = 10) -> None:
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110  # what is awaited happens in a server
            await asyncio.sleep(0.002)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with FakeSlack(("layoffs", "chips", "ops")) as slack:
        yield Desk(slack)


async def test_alerts_arrive_once_in_their_order_at_the_channels_pace(desk: Desk) -> None:
    for identity in "abcde":
        desk.outbox.put(alert(identity))
    began = desk.clock.monotonic()
    await desk.deliver_all()
    assert desk.posted() == list("abcde")
    assert desk.clock.monotonic() - began >= 4
    line = await desk.outbox.line("a")
    assert (line.state, line.ts) == (LedgerState.SENT, desk.slack.messages("layoffs")[0]["ts"])


@pytest.mark.parametrize("fault", list(Fault))
async def test_no_fault_loses_or_doubles_an_alert_or_breaks_the_order(desk: Desk, fault: Fault) -> None:
    desk.slack.fail(fault)
    for identity in "abc":
        desk.outbox.put(alert(identity))
    await desk.deliver_all()
    assert desk.posted() == list("abc")


async def test_what_was_queued_while_slack_was_down_arrives_in_its_order_at_the_channels_pace(
    desk: Desk,
) -> None:
    desk.slack.fail(*[Fault.CLOSE_BEFORE] * 40)
    wanted = {channel: [f"{channel}{n:02}" for n in range(30)] for channel in ("layoffs", "chips")}
    for pair in zip(*wanted.values(), strict=True):
        for identity in pair:
            desk.outbox.put(alert(identity, channel="#" + identity[:-2]))
    async with desk.delivering():
        await until(lambda: desk.outbox.unacknowledged == 0, within=60)
    assert len(desk.slack.faults_met) == 40
    for channel, alerts in wanted.items():
        assert desk.posted(channel) == alerts
        at = [float(message["ts"]) for message in desk.slack.messages(channel)]
        assert min(later - earlier for earlier, later in pairwise(at)) > 0.9


async def test_a_rate_limited_channel_waits_as_asked_and_others_go_on(desk: Desk) -> None:
    desk.slack.fail(Fault.RATE_LIMITED)
    desk.outbox.put(alert("a"))
    async with desk.delivering():
        await until(lambda: bool(desk.slack.requests) and Fault.RATE_LIMITED in desk.slack.faults_met)
        desk.outbox.put(alert("b", "C0CHIPS00"))
        await until(lambda: desk.outbox.unacknowledged == 0)
    assert 30 in desk.clock.slept
    assert desk.slack.alerts() == ["a", "b"]


async def test_an_update_edits_the_first_message_and_tells_the_difference_in_its_thread(desk: Desk) -> None:
    desk.outbox.put(alert("a"))
    desk.outbox.put(update("b", "a"))
    await desk.deliver_all()
    assert desk.posted() == ["a"]
    (message,) = desk.slack.messages("layoffs")
    assert "about 650 jobs" in message["text"]
    assert [
        one["metadata"]["event_payload"]["alert"] for one in desk.slack.replies("layoffs", message["ts"])
    ] == ["b"]


@pytest.mark.parametrize("fault", [Fault.CLOSE_AFTER, Fault.LATE, Fault.HANG_BEFORE])
async def test_a_reply_whose_outcome_is_unknown_is_looked_up_in_its_thread(desk: Desk, fault: Fault) -> None:
    desk.outbox.put(alert("a"))
    await desk.deliver_all()
    desk.slack.fail(fault)
    desk.outbox.put(update("b", "a"))
    await desk.deliver_all()
    assert desk.slack.alerts() == ["a", "b"]


async def test_a_quiet_change_only_edits_and_a_loud_one_is_posted_anew_too(desk: Desk) -> None:
    desk.outbox.put(alert("a"))
    desk.outbox.put(replace(update("b", "a"), how=How.EDIT))
    await desk.deliver_all()
    (message,) = desk.slack.messages("layoffs")
    assert "about 650 jobs" in message["text"]
    assert desk.slack.replies("layoffs", message["ts"]) == []
    desk.outbox.put(replace(update("c", "a", 3), how=How.POST))
    await desk.deliver_all()
    assert desk.posted() == ["a", "c"]
    assert desk.slack.messages("layoffs")[1]["text"].startswith("Update: ")


async def test_a_quiet_change_of_a_message_that_is_gone_is_not_told(desk: Desk) -> None:
    desk.outbox.put(alert("a"))
    await desk.deliver_all()
    desk.slack.channel("layoffs").messages.clear()
    desk.outbox.put(replace(update("b", "a"), how=How.EDIT))
    await desk.deliver_all()
    assert desk.posted() == []


async def test_a_webhook_is_spared_what_could_only_be_edited(desk: Desk) -> None:
    desk.channel = WebhookChannel(desk.slack.webhook_url, timeout=TIMEOUT)
    desk.outbox.put(alert("a"))
    desk.outbox.put(replace(update("b", "a"), how=How.EDIT))
    await desk.deliver_all()
    assert len(desk.slack.messages("layoffs")) == 1


async def test_an_update_whose_first_message_was_deleted_stands_alone(desk: Desk) -> None:
    desk.outbox.put(alert("a"))
    await desk.deliver_all()
    desk.slack.channel("layoffs").messages.clear()
    desk.outbox.put(update("b", "a"))
    await desk.deliver_all()
    assert desk.posted() == ["b"]


async def test_an_update_waits_for_a_first_message_held_elsewhere_then_stands_alone(desk: Desk) -> None:
    await desk.outbox.beside("deliver-2").claim("a", timedelta(hours=9))
    desk.outbox.put(update("b", "a"))
    began = desk.clock.monotonic()
    await desk.deliver_all()
    assert desk.posted() == ["b"]
    assert desk.clock.monotonic() - began > POLICY.patience.total_seconds()


async def test_a_refused_layout_is_sent_once_more_as_plain_text(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fakes.slack._is_valid", lambda _: False)
    desk.outbox.put(alert("a"))
    await desk.deliver_all()
    (message,) = desk.slack.messages("layoffs")
    assert message["blocks"] is None
    assert message["text"].endswith("<https://example.com/acme?id=1&amp;x=2>")


async def test_a_message_refused_in_any_form_is_a_dead_letter_and_ops_hear_of_it(
    desk: Desk,
) -> None:
    desk.slack.most_text = 130
    desk.outbox.put(alert("a"))
    await desk.deliver_all()
    assert [(one.id, reason) for one, reason in desk.outbox.dead_letters] == [("a", "msg_too_long")]
    assert len(desk.slack.calls("chat.postMessage")) == 3
    assert "dead letters" in desk.ops[0]


@pytest.mark.parametrize("reason", ["is_archived", "not_in_channel", "channel_not_found"])
async def test_a_channel_that_refuses_holds_its_alerts_tells_ops_once_and_others_go_on(
    desk: Desk, reason: str
) -> None:
    channels, channel = desk.slack.conversations, desk.slack.channel("layoffs")
    channel.archived, channel.member = reason == "is_archived", reason != "not_in_channel"
    if reason == "channel_not_found":
        del channels[channel.id]
    desk.outbox.put(alert("a"))
    desk.outbox.put(alert("b"))
    desk.outbox.put(alert("c", "C0CHIPS00"))
    async with desk.delivering() as deliverer:
        await until(lambda: sum("C0LAYOFFS" in one.arguments.values() for one in desk.slack.requests) > 2)
        assert deliverer.status.parked == {"C0LAYOFFS": reason}
        assert desk.posted("chips") == ["c"]
        assert len(desk.ops) == 1
        channels[channel.id], channel.archived, channel.member = channel, False, True
        await until(lambda: desk.outbox.unacknowledged == 0)
    assert desk.posted() == ["a", "b"]


async def test_a_refused_account_pauses_all_and_keeps_the_queue(desk: Desk) -> None:
    desk.slack.account_error = "token_revoked"
    desk.outbox.put(alert("a"))
    desk.outbox.put(alert("b", "C0CHIPS00"))
    async with desk.delivering() as deliverer:
        await until(lambda: len(desk.slack.calls("auth.test")) > 1)
        assert deliverer.status.paused == "token_revoked"
        assert desk.outbox.unacknowledged == 2
        desk.slack.account_error = ""
        await until(lambda: desk.outbox.unacknowledged == 0)
        assert deliverer.status.paused == ""
    assert sorted(desk.slack.alerts()) == ["a", "b"]


async def test_a_lost_ledger_is_rebuilt_from_the_channels_last_day(desk: Desk) -> None:
    desk.outbox.put(alert("a"))
    desk.outbox.put(update("b", "a"))
    await desk.deliver_all()
    desk.outbox.lose_ledger()
    for again in (alert("a"), update("b", "a"), alert("c")):
        desk.outbox.put(again)
    await desk.deliver_all()
    assert sorted(desk.slack.alerts()) == ["a", "b", "c"]
    assert (await desk.outbox.line("a")).state is LedgerState.SENT


@pytest.mark.parametrize(("choice", "posted", "dead"), [(OnUnknown.RESEND, 2, 0), (OnUnknown.HOLD, 1, 1)])
async def test_where_the_history_is_closed_the_policy_decides_and_ops_are_told_once(
    desk: Desk, choice: OnUnknown, posted: int, dead: int
) -> None:
    desk.slack.scopes = ["chat:write"]
    async with desk.delivering(replace(POLICY, on_unknown=choice)):
        desk.outbox.put(alert("a"))
        await until(lambda: desk.posted() == ["a"] and desk.outbox.unacknowledged == 0)
        desk.slack.fail(Fault.CLOSE_AFTER)
        desk.outbox.put(alert("b"))
        await until(lambda: desk.outbox.unacknowledged == 0)
    assert desk.posted().count("b") == posted
    assert len(desk.outbox.dead_letters) == dead
    assert len([note for note in desk.ops if "history" in note]) == 1


async def test_where_the_ledger_was_lost_what_is_on_its_way_is_waited_for(desk: Desk) -> None:
    desk.outbox.put(alert("a"))
    await desk.deliver_all()
    # Sent before everything was forgotten, and stored only after the first look.
    desk.slack.history_lag = POLICY.settle.total_seconds() * 0.8
    await desk.clock.sleep(desk.slack.history_lag * 2)
    first = SlackChannel(desk.slack.token, url=desk.slack.url)
    await first.post(alert("b"))
    desk.outbox = MemoryOutbox(desk.clock.now)
    desk.outbox.put(alert("b"))
    await desk.deliver_all()
    assert desk.posted() == ["a", "b"]


async def test_a_digest_that_had_to_be_looked_up_gets_its_chart_then(desk: Desk) -> None:
    desk.slack.scopes.append("files:write")
    desk.slack.fail(Fault.CLOSE_AFTER)
    desk.outbox.put(replace(alert("d"), card=DIGEST))
    await desk.deliver_all()
    assert desk.posted() == ["d"]
    assert len(desk.slack.uploads) == 1


async def test_a_webhook_loses_nothing_but_may_double(desk: Desk) -> None:
    # Nothing here has to time out: on a busy machine a good answer may take long, and is no third doubling.
    desk.channel = WebhookChannel(desk.slack.webhook_url, timeout=timedelta(seconds=10))
    patient = replace(POLICY, serve=timedelta(hours=10), lease=timedelta(hours=10))
    desk.slack.fail(Fault.CLOSE_BEFORE, Fault.CLOSE_AFTER)
    desk.outbox.put(alert("a"))
    desk.outbox.put(update("b", "a"))
    await desk.deliver_all(patient)
    texts = [message["text"] for message in desk.slack.messages("layoffs")]
    assert [text.startswith("Update: ") for text in texts] == [False, False, True]


async def test_what_cannot_be_looked_up_is_sent_again_without_waiting_for_a_late_commit(desk: Desk) -> None:
    desk.channel = WebhookChannel(desk.slack.webhook_url, timeout=timedelta(seconds=10))
    desk.slack.fail(Fault.CLOSE_BEFORE)
    desk.outbox.put(alert("a"))
    began = desk.clock.monotonic()
    await desk.deliver_all()
    assert desk.clock.monotonic() - began < POLICY.settle.total_seconds()


async def test_a_cancelled_deliverer_finishes_what_is_in_flight(desk: Desk) -> None:
    desk.outbox.put(alert("a"))
    async with desk.delivering():
        await until(lambda: bool(desk.slack.calls("chat.postMessage")))
    assert desk.posted() == ["a"]
    assert desk.outbox.unacknowledged == 0


async def test_of_two_deliverers_the_second_takes_over_in_order_when_the_first_stops(desk: Desk) -> None:
    for number in range(20):
        desk.outbox.put(alert(str(number)))
    mirror = desk.outbox.beside("deliver-2")
    async with desk.delivering() as first:
        await until(lambda: first.status.waiting > 0)
        async with desk.delivering(outbox=mirror) as second:
            await until(lambda: len(desk.slack.alerts()) >= 5)
            assert second.status.waiting == 0
            await desk.stop(first)
            await until(lambda: desk.outbox.unacknowledged == 0)
    assert desk.slack.alerts() == [str(number) for number in range(20)]


async def test_a_rate_limit_holds_the_channel_for_other_deliverers_too(desk: Desk) -> None:
    desk.slack.fail(Fault.RATE_LIMITED)
    desk.outbox.put(alert("a"))
    async with desk.delivering():
        await until(lambda: Fault.RATE_LIMITED in desk.slack.faults_met)
    assert await desk.outbox.beside("deliver-2").turn("C0LAYOFFS", timedelta(0)) > timedelta(seconds=1)


async def test_a_notice_is_a_line_of_text_delivered_like_any_alert(desk: Desk) -> None:
    desk.slack.fail(Fault.CLOSE_AFTER)
    desk.outbox.put(notice("gap", "The feed <prn> has a gap."))
    await desk.deliver_all()
    assert desk.ops == ["The feed &lt;prn&gt; has a gap."]
    assert desk.slack.messages("ops")[0]["blocks"] is None


async def test_trouble_with_the_ops_channel_itself_is_not_told_there(desk: Desk) -> None:
    desk.slack.channel("ops").archived = True
    desk.outbox.put(notice("gap", "A gap."))
    async with desk.delivering() as deliverer:
        await until(lambda: bool(deliverer.status.parked))
    assert desk.told.told == {}


async def test_a_notice_that_can_never_be_delivered_makes_no_other(desk: Desk) -> None:
    desk.slack.most_text = 3
    desk.outbox.put(notice("gap", "A gap."))
    await desk.deliver_all()
    assert [reason for _, reason in desk.outbox.dead_letters] == ["msg_too_long"]
    assert desk.told.told == {}


async def test_a_webhooks_alerts_share_one_pace_and_order_whatever_channel_they_name(desk: Desk) -> None:
    desk.channel = WebhookChannel(desk.slack.webhook_url, timeout=TIMEOUT)
    for number in range(4):
        one = alert(str(number), ("C0LAYOFFS", "C0CHIPS00")[number % 2])
        desk.outbox.put(replace(one, card=replace(CARD, who=f"Company {number}")))
    began = desk.clock.monotonic()
    await desk.deliver_all()
    assert desk.clock.monotonic() - began >= 3
    said = [message["text"] for message in desk.slack.messages("layoffs")]
    assert [text.split(" — ")[0] for text in said] == [f"Company {number}" for number in range(4)]
