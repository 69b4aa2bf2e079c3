"""Redis forgets everything, or what its replica had not heard of: what was published against what was told.

python benchmarks/wiped.py                 # 20 FLUSHALL and 20 failovers, deliverers killed in every other
python benchmarks/wiped.py --blind         # without the right to read channels, deliverers left alone
python benchmarks/wiped.py --rounds 5
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wiped_run import Outcome

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / part) for part in ("", "journeys")]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--blind", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    outcomes = [forgetting(given, failover=failover) for failover in (False, True)]
    for name, outcome in zip(("FLUSHALL", "failover"), outcomes, strict=True):
        print(f"{name}: {outcome}")
        for what, numbers in (("lost", outcome.lost), ("told twice", outcome.doubled)):
            if numbers:
                print(f"  {what}: {numbers[:50]}")
    most = 0.01 if given.blind else 0.0
    bad = any(one.lost or len(one.doubled) > most * one.published for one in outcomes)
    return int(bad)


def forgetting(given: argparse.Namespace, *, failover: bool) -> Outcome:
    # Not at the top: the processes that parse feeds import this file too, and their memory is bounded.
    from wiped_run import Plan, run

    plan = Plan(given.rounds, failover, history=not given.blind, killed=not given.blind, seed=given.seed)
    with tempfile.TemporaryDirectory(prefix="wiped-") as folder:
        return asyncio.run(run(plan, Path(folder), lambda said: print(said, file=sys.stderr, flush=True)))


if __name__ == "__main__":
    sys.exit(main())
