"""How work grows with the size of a text, by its own processor time: a busy machine matters little."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 8


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Whether eight times the size takes far less than the 64 times as long of quadratic work.

    `work` does what is measured on a text of so many code points; making the text is cheap beside it.
    """
    work(size // 10)
    return _seconds(work, TIMES * size) < 4 * TIMES * _seconds(work, size) + 0.1


def _seconds(work: Callable[[int], object], size: int) -> float:
    taken = []
    for _ in range(3):
        start = time.process_time()
        work(size)
        taken.append(time.process_time() - start)
    return min(taken)
