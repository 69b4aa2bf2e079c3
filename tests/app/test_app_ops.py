from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.app.ops import OpsDesk
from monitor.model import Notice
from monitor.store import Store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NO_BLOCK = timedelta(0)


async def test_a_gap_is_told_once_whoever_tells_it(store: Store) -> None:
    for _ in range(2):
        await OpsDesk(store, "#ops", lambda: NOON).tell("gap prn 12:00", "prn has a gap.")
    [queued] = await store.outbox("me").next_alerts(count=9, block=NO_BLOCK)
    assert (queued.alert.channel, queued.alert.card) == ("#ops", Notice("prn has a gap.", "gap prn 12:00"))


async def test_another_key_is_told_too(store: Store) -> None:
    desk = OpsDesk(store, "#ops", lambda: NOON)
    await desk.tell("gap prn 12:00", "prn has a gap.")
    await desk.tell("gap prn 13:00", "prn has a gap.")
    assert len(await store.outbox("me").next_alerts(count=9, block=NO_BLOCK)) == 2


async def test_where_no_channel_is_named_nothing_is_queued(store: Store) -> None:
    await OpsDesk(store, "", lambda: NOON).tell("gap", "prn has a gap.")
    assert await store.outbox("me").next_alerts(count=9, block=NO_BLOCK) == []
