"""The ledger against a model: whatever deliverers do in whatever order, one at a time may send an alert."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from store_samples import AT_ONCE, DECIDED, alert, candidates, item

from monitor.model import LedgerState, Queued
from monitor.store import EmbeddedRedis, Keys, Store

NAMES = ("a1", "a2")
OWNERS = ("one", "other")
LONG, RUN_OUT = timedelta(hours=1), timedelta(0)

names = st.sampled_from(NAMES)
owners = st.sampled_from(OWNERS)


@dataclass(frozen=True)
class Line:
    state: LedgerState = LedgerState.NEW
    holder: str = ""
    live: bool = False
    acknowledged: bool = False


class Ledger(RuleBasedStateMachine):
    server: EmbeddedRedis

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.store = self.runner.run(Store.open(self.server.socket, keys=Keys(uuid4().hex)))
        self.outboxes = {owner: self.store.outbox(owner) for owner in OWNERS}
        self.lines = dict.fromkeys(NAMES, Line())
        self.queued: dict[str, Queued] = {}

    def teardown(self) -> None:
        self.runner.run(self.store.aclose())
        self.runner.close()

    @initialize()
    def queue(self) -> None:
        async def put() -> None:
            await self.store.feeds.admit(candidates(item(1)))
            reading = self.store.reading("reader")
            [entry] = await reading.read_items(count=1, block=AT_ONCE)
            await reading.commit(entry, DECIDED, alerts=[alert(name) for name in NAMES])
            taken = await self.outboxes["one"].next_alerts(count=9, block=AT_ONCE)
            self.queued = {queued.alert.id: queued for queued in taken}

        self.runner.run(put())

    @rule(owner=owners, name=names, lease=st.sampled_from([LONG, RUN_OUT]))
    def claim(self, owner: str, name: str, lease: timedelta) -> None:
        before = self.lines[name]
        free = before.state is LedgerState.NEW or (before.state is LedgerState.SENDING and not before.live)
        since = self.runner.run(self.outboxes[owner].line(name)).since
        line = self.runner.run(self.outboxes[owner].claim(name, lease))
        assert (line.state, line.mine) == (before.state, free)
        if before.state is LedgerState.SENDING:
            assert line.since == since
        if free:
            self.lines[name] = replace(before, state=LedgerState.SENDING, holder=owner, live=lease is LONG)

    @rule(owner=owners, name=names)
    def give_back(self, owner: str, name: str) -> None:
        self.runner.run(self.outboxes[owner].unsent(name))
        before = self.lines[name]
        if before.state is LedgerState.SENDING and before.holder == owner:
            self.lines[name] = replace(before, state=LedgerState.NEW)

    @rule(owner=owners, name=names)
    def send(self, owner: str, name: str) -> None:
        self.runner.run(self.outboxes[owner].sent(self.queued[name], channel="C1", ts="1.1"))
        self.lines[name] = Line(LedgerState.SENT, acknowledged=True)

    @rule(owner=owners, name=names)
    def bury(self, owner: str, name: str) -> None:
        self.runner.run(self.outboxes[owner].dead(self.queued[name], "why"))
        if not self.lines[name].acknowledged:
            self.lines[name] = Line(LedgerState.PARKED, acknowledged=True)

    @invariant()
    def the_line_says_what_happened(self) -> None:
        for name, expected in self.lines.items():
            assert self.runner.run(self.outboxes["one"].line(name)).state is expected.state

    @invariant()
    def what_is_not_done_is_pending(self) -> None:
        status = self.runner.run(self.store.house.status())
        open_ = sum(not line.acknowledged for line in self.lines.values())
        assert not self.queued or status.alerts.pending == open_


def test_one_deliverer_at_a_time_may_send_an_alert(redis_server: EmbeddedRedis) -> None:
    Ledger.server = redis_server
    run_state_machine_as_test(
        Ledger, settings=settings(max_examples=40, stateful_step_count=15, deadline=None)
    )
