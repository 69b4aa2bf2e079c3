from __future__ import annotations

import asyncio
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.app.reload import LiveSettings, prints
from monitor.app.settings import Settings, load_settings

SHIPPED = Path(__file__).parents[2] / "config"
SOON = timedelta(milliseconds=10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "config")
    return tmp_path / "config"


class Ops:
    """Whoever is told, and whatever is applied."""

    def __init__(self, folder: Path) -> None:
        self.told: list[str] = []
        self.applied: asyncio.Queue[Settings] = asyncio.Queue()
        self.live = LiveSettings(load_settings(folder))
        self.live.on_change(self.applied.put)

    async def tell(self, _: str, text: str) -> None:
        self.told.append(text)


async def test_a_changed_file_comes_into_force(folder: Path) -> None:
    ops = Ops(folder)
    async with ops.live.watched(ops.tell, SOON):
        (folder / "monitor.yaml").write_text("ops_channel: '#ops'\n")
        settings = await asyncio.wait_for(ops.applied.get(), 20)
    assert settings.monitor.ops_channel == "#ops"
    assert ops.live.current is settings


async def test_a_reload_that_is_asked_for_needs_no_change(folder: Path) -> None:
    ops = Ops(folder)
    async with ops.live.watched(ops.tell, SOON):
        ops.live.ask()
        await asyncio.wait_for(ops.applied.get(), 20)


async def test_a_broken_file_changes_nothing_and_is_told_once(folder: Path) -> None:
    ops = Ops(folder)
    before = ops.live.current
    (folder / "monitor.yaml").write_text("opschannel: '#ops'\n")
    assert not await ops.live.reload(ops.tell)
    assert not await ops.live.reload(ops.tell)
    assert ops.live.current is before
    assert ops.applied.empty()
    (told,) = ops.told
    assert "monitor.yaml:1:1: unknown key 'opschannel'" in told
    assert ops.live.problem in told


async def test_a_mended_file_ends_the_problem(folder: Path) -> None:
    ops = Ops(folder)
    (folder / "monitor.yaml").write_text("opschannel: '#ops'\n")
    await ops.live.reload(ops.tell)
    (folder / "monitor.yaml").write_text("ops_channel: '#ops'\n")
    assert await ops.live.reload(ops.tell)
    assert ops.live.problem == ""


def test_a_file_of_the_same_size_written_later_has_another_print(folder: Path) -> None:
    before = prints(folder)
    path = folder / "monitor.yaml"
    status = path.stat()
    path.write_bytes(path.read_bytes())
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert prints(folder) != before
