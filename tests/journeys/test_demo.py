from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import structlog
from newsroom import CONFIG
from rich.console import Console

from monitor.app.demo import run


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


async def test_the_demo_tells_each_announcement_once_and_the_correction_as_an_update() -> None:
    screen = io.StringIO()
    await run(CONFIG, Console(file=screen, width=100))
    said = screen.getvalue()
    assert said.count("IEC Electronics Corp. (NYSE MKT: IEC) — about 73 jobs") == 1
    assert said.count("Newark, NY, US · confirmed layoff") == 1
    assert said.count("Harlow Instruments, Inc. (NASDAQ: HRLW) — about 120 jobs") == 1
    assert "corrected: about 120 → about 150" in said
    assert "up to 2,500 jobs" in said
    for silent in ("Rochester", "Castellan", "jobless", "Meridian", "Harbor City"):
        assert silent not in said
    assert "feeds 2 · items 9 · duplicates 1 · alerts 4" in said
    assert "make run" in said
