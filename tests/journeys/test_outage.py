from __future__ import annotations

from datetime import timedelta

from outage_run import Plan, names, run


async def test_what_queued_while_slack_was_down_arrives_once_in_order_and_at_its_pace() -> None:
    plan = Plan(alerts=40, outage=timedelta(minutes=1), scale=10)
    outcome = await run(plan)
    assert outcome.posted == names(plan)
    assert outcome.limited <= 1, outcome
