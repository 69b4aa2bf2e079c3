"""A running monitor meets a configuration with mistakes: it goes on by the last good one, and says so."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from newsroom import CONFIG, newsroom, release

from monitor.app.reload import LiveSettings
from monitor.app.roles import report
from monitor.app.settings import load_settings
from monitor.store import Store


async def refused(store: Store) -> list[str]:
    return list((await store.house.refused(datetime.now(UTC))).values())


async def test_a_broken_file_mutes_nothing_is_told_once_and_shown_until_it_is_mended(
    store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "config"
    shutil.copytree(CONFIG, folder)
    (folder / "monitor.yaml").write_text("ops_channel: '#ops'\n")
    async with newsroom(store) as room:
        live = LiveSettings(replace(load_settings(folder), feeds=room.office.settings.feeds))
        room.office = replace(room.office, live=live)
        (folder / "monitor.yaml").write_text("opschannel: '#ops'\n")
        for _ in range(2):
            assert not await live.reload(room.office.ops.tell)
            await report(room.office, ["run"])
        (problem,) = await refused(store)
        assert "monitor.yaml:1:1: unknown key 'opschannel'" in problem
        room.wire.publish(release())
        await room.poll()
        await room.read()
        await room.deliver(2)
        assert len(room.slack.messages("layoffs")) == len(room.slack.messages("ops")) == 1
        (folder / "monitor.yaml").write_text("ops_channel: '#ops'\n")
        assert await live.reload(room.office.ops.tell)
        await report(room.office, ["run"])
        assert await refused(store) == []
        room.wire.publish(release(900, guid="r2", title="Correction: Harlow cuts 900 jobs in Dayton"))
        await room.poll()
        assert await room.read() == 1
