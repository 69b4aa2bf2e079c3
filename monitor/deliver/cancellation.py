"""Cancellations that something on the way has swallowed."""

from __future__ import annotations

import asyncio


def end_if_cancelled() -> None:
    """Raise the cancellation of this task if it was asked for and did not come through.

    redis-py may take a cancellation for a lost connection: a loop that goes on after errors would never end.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
