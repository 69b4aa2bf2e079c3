from __future__ import annotations

from pathlib import Path

from chaos_run import Plan, run


async def test_while_everything_is_killed_no_alert_is_lost_or_posted_twice(tmp_path: Path) -> None:
    plan = Plan(alerts=60, kills=5, redis_kills=1, channels=10, fault_rate=0.25)
    outcome = await run(plan, tmp_path)
    assert (outcome.lost, outcome.doubled, outcome.astray, outcome.out_of_order) == ([], [], [], 0), outcome
    assert outcome.kills.total() >= plan.kills
    assert outcome.redis_kills == 1
    assert outcome.faults.total() > 5
