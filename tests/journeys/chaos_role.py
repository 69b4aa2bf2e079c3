"""One role as a process of its own, its waits scaled down so that a chaos run ends in minutes.

python chaos_role.py deliver CONFIG
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from chaos_run import item
from rich.console import Console

from monitor.app import logs
from monitor.app.office import Office, open_store
from monitor.app.reload import LiveSettings
from monitor.app.roles import deliver, make_assess, read
from monitor.app.settings import load_settings
from monitor.deliver.policy import Policy

# About a tenth of the default waits, in the same order: lease > 3 timeouts + settle > a late commit, and
# limited > settle > timeout > backoff.
QUICK = Policy(
    serve=timedelta(seconds=2),
    timeout=timedelta(seconds=1),
    every=timedelta(milliseconds=50),
    lease=timedelta(seconds=6),
    settle=timedelta(seconds=2),
    limited=timedelta(seconds=3),
    backoff=timedelta(milliseconds=100),
    most_backoff=timedelta(seconds=2),
)


async def main(role: str, config: Path) -> None:
    """Run the role until it is stopped or killed."""
    settings = load_settings(config)
    if role == "read":  # what it first needs takes seconds on a busy machine: be killed at work, not before
        make_assess(settings.rules)(item(0, 1))
    async with open_store(settings, os.environ) as store:
        office = Office(LiveSettings(settings), store, os.environ, Console(), asyncio.Event())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, office.stop.set)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await (read(office) if role == "read" else deliver(office, QUICK))


if __name__ == "__main__":
    logs.configure(sys.stderr)
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
