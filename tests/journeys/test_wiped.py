from __future__ import annotations

from pathlib import Path

import pytest
from wiped_run import Plan, run


@pytest.mark.parametrize("failover", [False, True])
async def test_what_redis_forgets_is_told_once_after_the_next_poll(tmp_path: Path, failover: bool) -> None:
    outcome = await run(Plan(rounds=2, failover=failover, releases=8, feeds=2), tmp_path)
    assert (outcome.lost, outcome.doubled) == ([], []), outcome
    assert outcome.published == 16
    # What was forgotten was read again.
    assert failover or outcome.read > outcome.published
