"""What every outbox must do. A test class inherits it and provides the fixture `rig`."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from deliver_samples import alert

from monitor.deliver.ports import Outbox
from monitor.model import Alert, LedgerState, Queued

LEASE = timedelta(seconds=60)
NOT_LONG = timedelta(milliseconds=20)


class OutboxRig(Protocol):
    """An empty outbox, a second consumer's view of it, and a way to fill it and to let leases run out."""

    outbox: Outbox
    other: Outbox

    async def put(self, alert: Alert) -> None: ...

    async def expire_leases(self) -> None: ...

    async def pass_time(self, milliseconds: int) -> None: ...


async def only(outbox: Outbox) -> Queued:
    (queued,) = await outbox.next_alerts(count=10, block=NOT_LONG)
    return queued


class OutboxContract:
    async def test_alerts_come_in_their_order_and_once(self, rig: OutboxRig) -> None:
        for identity in "abc":
            await rig.put(alert(identity))
        queued = await rig.outbox.next_alerts(count=2, block=NOT_LONG)
        queued = [*queued, *await rig.outbox.next_alerts(count=2, block=NOT_LONG)]
        assert [one.alert for one in queued] == [alert(identity) for identity in "abc"]
        assert not await rig.outbox.next_alerts(count=2, block=NOT_LONG)
        assert not await rig.other.next_alerts(count=2, block=NOT_LONG)

    async def test_a_first_claim_is_new_and_mine(self, rig: OutboxRig) -> None:
        line = await rig.outbox.claim("a", LEASE)
        assert (line.state, line.mine) == (LedgerState.NEW, True)
        assert line.since is not None
        assert (await rig.outbox.line("a")).state is LedgerState.SENDING

    async def test_a_leased_alert_is_nobody_elses(self, rig: OutboxRig) -> None:
        await rig.outbox.claim("a", LEASE)
        assert not (await rig.other.claim("a", LEASE)).mine

    async def test_after_the_lease_the_outcome_is_unknown_and_the_alert_can_be_taken(
        self, rig: OutboxRig
    ) -> None:
        first = await rig.outbox.claim("a", timedelta(milliseconds=1))
        await rig.expire_leases()
        line = await rig.other.claim("a", LEASE)
        assert (line.state, line.mine, line.since) == (LedgerState.SENDING, True, first.since)

    async def test_only_the_holder_makes_an_alert_unsent(self, rig: OutboxRig) -> None:
        await rig.outbox.claim("a", timedelta(milliseconds=1))
        await rig.expire_leases()
        await rig.other.claim("a", LEASE)
        await rig.outbox.unsent("a")
        assert (await rig.outbox.line("a")).state is LedgerState.SENDING
        await rig.other.unsent("a")
        assert (await rig.outbox.claim("a", LEASE)).state is LedgerState.NEW

    async def test_a_sent_alert_keeps_its_message_and_is_acknowledged(self, rig: OutboxRig) -> None:
        await rig.put(alert("a"))
        queued = await only(rig.outbox)
        await rig.outbox.claim("a", LEASE)
        for _ in range(2):
            await rig.outbox.sent(queued, channel="C1", ts="1.5")
        line = await rig.other.claim("a", LEASE)
        assert (line.state, line.mine, line.channel, line.ts) == (LedgerState.SENT, False, "C1", "1.5")

    async def test_a_dead_alert_is_parked_with_its_reason(self, rig: OutboxRig) -> None:
        await rig.put(alert("a"))
        queued = await only(rig.outbox)
        await rig.outbox.claim("a", LEASE)
        await rig.outbox.dead(queued, "invalid_blocks")
        line = await rig.outbox.claim("a", LEASE)
        assert (line.state, line.mine, line.note) == (LedgerState.PARKED, False, "invalid_blocks")

    async def test_an_unknown_alert_is_new(self, rig: OutboxRig) -> None:
        assert (await rig.outbox.line("never seen")).state is LedgerState.NEW

    async def test_one_deliverer_serves_at_a_time_until_it_gives_up(self, rig: OutboxRig) -> None:
        assert await rig.outbox.serve(LEASE)
        assert not await rig.other.serve(LEASE)
        assert await rig.outbox.serve(LEASE)
        await rig.outbox.serve(timedelta())
        assert await rig.other.serve(LEASE)
        assert not await rig.outbox.serve(LEASE)

    async def test_who_takes_over_is_handed_what_the_one_before_had_in_hand_in_its_order(
        self, rig: OutboxRig
    ) -> None:
        for identity in "abcd":
            await rig.put(alert(identity))
        assert await rig.outbox.serve(timedelta(milliseconds=5))
        assert len(await rig.outbox.next_alerts(count=3, block=NOT_LONG)) == 3
        await rig.pass_time(20)
        assert await rig.other.serve(LEASE)
        handed: list[str] = []
        while queued := await rig.other.next_alerts(count=9, block=NOT_LONG):
            handed += (one.alert.id for one in queued)
        assert handed == list("abcd")

    async def test_its_age_is_that_of_the_store_for_all_deliverers(self, rig: OutboxRig) -> None:
        assert await rig.outbox.age() < timedelta(seconds=5)
        await rig.pass_time(20)
        assert timedelta(milliseconds=20) <= await rig.other.age() < timedelta(minutes=5)

    async def test_a_channels_turns_are_apart_over_all_deliverers(self, rig: OutboxRig) -> None:
        every = timedelta(seconds=30)
        assert not await rig.outbox.turn("C1", every)
        assert timedelta(seconds=29) < await rig.other.turn("C1", every) <= every
        assert not await rig.other.turn("C2", every)

    async def test_a_turn_comes_again(self, rig: OutboxRig) -> None:
        every = timedelta(milliseconds=5)
        assert not await rig.outbox.turn("C1", every)
        await rig.pass_time(20)
        assert not await rig.other.turn("C1", every)

    async def test_a_held_channel_gives_nobody_a_turn_and_the_longest_hold_counts(
        self, rig: OutboxRig
    ) -> None:
        await rig.outbox.hold("C1", timedelta(minutes=1))
        await rig.outbox.hold("C1", timedelta(seconds=1))
        assert await rig.other.turn("C1", timedelta(0)) > timedelta(seconds=50)
