"""The long chaos run: what is fed against what stands in Slack, while everything is killed.

python benchmarks/chaos.py                    # bot token: 0 lost, 0 posted twice
python benchmarks/chaos.py --webhook          # incoming webhook: 0 lost, doubles are reported
python benchmarks/chaos.py --alerts 200 --kills 20 --redis-kills 2
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / part) for part in ("", "journeys")]

from chaos_run import Plan, run  # noqa: E402  # the tests are no package


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--alerts", type=int, default=2000)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--redis-kills", type=int, default=10)
    options.add_argument("--webhook", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, help="a folder for the logs and the data")
    given = options.parse_args()
    plan = Plan(given.alerts, given.kills, given.redis_kills, webhook=given.webhook, seed=given.seed)
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        place = given.keep or Path(folder)
        outcome = asyncio.run(run(plan, place, lambda said: print(said, file=sys.stderr, flush=True)))
    print(outcome)
    if outcome.lost:
        print("lost:", outcome.lost[:50])
    if outcome.doubled:
        print("posted twice:", outcome.doubled[:50])
    return int(bool(outcome.lost or (outcome.doubled and not plan.webhook) or outcome.astray))


if __name__ == "__main__":
    sys.exit(main())
