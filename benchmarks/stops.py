"""`deliver` is stopped 200 times while it posts: nothing lost, nothing doubled, each stop within 5 s.

python benchmarks/stops.py
python benchmarks/stops.py --stops 20
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / part) for part in ("", "journeys")]

from stops_run import run  # noqa: E402  # the tests are no package


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--stops", type=int, default=200)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="stops-") as folder:
        outcome = asyncio.run(run(given.stops, Path(folder), lambda said: print(said, file=sys.stderr)))
    print(outcome)
    bad = outcome.lost or outcome.doubled or outcome.out_of_order or outcome.codes != {0}
    return int(bool(bad) or max(outcome.took) > 5)


if __name__ == "__main__":
    sys.exit(main())
