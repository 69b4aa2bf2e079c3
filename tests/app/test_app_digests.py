from __future__ import annotations

from datetime import UTC, datetime, timedelta

from test_app_reader import ALL, AT_ONCE, HARLOW, NOON, Desk

from monitor.alert.watchlists import WatchlistFile
from monitor.app.digests import DigestDesk
from monitor.app.muting import end, sweep
from monitor.app.ops import OpsDesk
from monitor.model import Alert, Digest, Mute, MuteKind, Notice
from monitor.store import Store

NIGHTLY = WatchlistFile.model_validate(
    {"name": "night", "channels": ["#night"], "quiet": {"from": "10:00", "to": "18:00"}}
)
WEEKLY = WatchlistFile.model_validate(
    {"name": "weekly", "channels": ["#weekly"], "report": {"cron": "0 9 * * mon"}}
)
EVENING = datetime(2026, 3, 2, 18, tzinfo=UTC)


class Clock:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


async def outbox(store: Store) -> list[Alert]:
    return [one.alert for one in await store.outbox("d").next_alerts(count=9, block=AT_ONCE)]


async def test_what_quiet_hours_held_goes_out_as_one_digest_once_whoever_looks(store: Store) -> None:
    await Desk(store, NIGHTLY).read(HARLOW)
    clock = Clock(EVENING - timedelta(seconds=1))
    desks = [DigestDesk(store, lambda: [NIGHTLY], clock) for _ in range(2)]
    for desk in desks:
        await desk.step()
    assert await outbox(store) == []
    clock.at = EVENING
    for desk in desks:
        await desk.step()
    (alert,) = await outbox(store)
    assert isinstance(alert.card, Digest)
    assert (alert.channel, alert.card.title) == ("#night", "1 story, 120 jobs")


async def test_a_report_tells_the_week_once_even_where_nothing_ran_when_it_fell_due(store: Store) -> None:
    desk = Desk(store, WEEKLY, ALL)
    await desk.read(HARLOW)
    clock = Clock(datetime(2026, 3, 9, 9, 20, tzinfo=UTC))
    for _ in range(2):
        reports = DigestDesk(store, lambda: [WEEKLY, ALL], clock)
        await reports.step()
        await reports.step()
    (alert,) = [one for one in await outbox(store) if isinstance(one.card, Digest)]
    assert alert.channel == "#weekly"
    assert isinstance(alert.card, Digest)
    assert alert.card.title == "weekly, 2026-03-02 09:00 to 2026-03-09 09:00 UTC: 1 story, 120 jobs"


async def test_a_mute_that_is_over_tells_ops_once_what_it_hid(store: Store) -> None:
    mute = Mute(MuteKind.COMPANY, "Harlow Works", NOON + timedelta(days=1), "ann", "our client")
    await store.mutes.add(mute)
    await Desk(store, ALL).read(HARLOW)
    ops = OpsDesk(store, "#ops", lambda: NOON)
    await sweep(store, ops, NOON)
    assert await store.mutes.all() == (mute,)
    for _ in range(2):
        await sweep(store, ops, NOON + timedelta(days=1))
    (alert,) = await outbox(store)
    assert isinstance(alert.card, Notice)
    assert alert.card.text.endswith("It hid 1 story: Harlow Works Inc. (NASDAQ: HRLW), about 120 jobs.")
    assert await store.mutes.all() == ()


async def test_a_mute_that_is_ended_by_hand_tells_ops_once_what_it_hid(store: Store) -> None:
    mute = Mute(MuteKind.COMPANY, "Harlow Works", NOON + timedelta(days=1), "ann", "our client")
    await store.mutes.add(mute)
    await Desk(store, ALL).read(HARLOW)
    await end(store, mute.id, "bob", "#ops", NOON)
    await sweep(store, OpsDesk(store, "#ops", lambda: NOON), NOON + timedelta(days=1))
    (alert,) = await outbox(store)
    assert isinstance(alert.card, Notice)
    assert alert.channel == "#ops"
    assert alert.card.text.endswith("(NASDAQ: HRLW), about 120 jobs. bob ended it.")
    assert await store.mutes.all() == ()
