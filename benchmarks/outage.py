"""Slack is down for an hour, and 600 alerts for a channel queue: once each, in order, one a second.

python benchmarks/outage.py                          # twelve minutes, in which time runs six times as fast
python benchmarks/outage.py --scale 1 --minutes 2    # as long, with all waits as they are
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / part) for part in ("", "journeys")]

from outage_run import Plan, names, run  # noqa: E402  # the tests are no package


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--alerts", type=int, default=600)
    options.add_argument("--scale", type=int, default=6)
    options.add_argument("--minutes", type=int, default=60)
    given = options.parse_args()
    plan = Plan(given.alerts, timedelta(minutes=given.minutes), given.scale)
    outcome = asyncio.run(run(plan))
    print(outcome)
    return int(outcome.posted != names(plan) or outcome.limited > 0.01 * outcome.calls)


if __name__ == "__main__":
    sys.exit(main())
