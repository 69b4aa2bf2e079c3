from __future__ import annotations

from pathlib import Path

from stops_run import run


async def test_a_stop_in_the_middle_of_posts_loses_and_doubles_nothing(tmp_path: Path) -> None:
    outcome = await run(stops=4, folder=tmp_path)
    assert (outcome.lost, outcome.doubled, outcome.out_of_order) == ([], [], 0), outcome
    assert outcome.codes == {0}
