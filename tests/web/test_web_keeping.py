from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from fakes.desk import NOW, MemoryDesk, story

from monitor.web.keeping import FRESH, KEPT, Keeper, Reading
from monitor.web.ports import DeskUnavailableError


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk([story("old", ago=timedelta(hours=2)), story("new", ago=timedelta(hours=1))])


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.keeping.PATIENCE", timedelta(seconds=20))


async def settled(keeper: Keeper) -> None:
    while keeper.reading:
        await keeper.keep_up()


async def test_what_is_read_at_once_is_there_at_the_first_look(desk: MemoryDesk) -> None:
    keeper = Keeper(desk, Clock())
    assert len(await keeper.board()) == 2
    assert keeper.reading is None


async def test_a_long_first_reading_is_shown_as_far_as_it_is_the_newest_first(
    desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.web.keeping.PATIENCE", timedelta(milliseconds=100))
    keeper = Keeper(desk, Clock())
    desk.pause.clear()
    board = await keeper.board()
    assert keeper.reading == Reading(1, 2)
    assert [one.story for one in board.newest()] == ["new"]
    desk.pause.set()
    await settled(keeper)
    assert [one.story for one in board.newest()] == ["new", "old"]


async def test_who_looks_together_reads_once(desk: MemoryDesk) -> None:
    keeper = Keeper(desk, Clock())
    await asyncio.gather(*(keeper.board() for _ in range(5)))
    assert desk.asked == 1


async def test_what_is_new_is_read_after_a_while_and_the_oldest_is_let_go(desk: MemoryDesk) -> None:
    clock = Clock()
    keeper = Keeper(desk, clock)
    await keeper.board()
    desk.all["newest"] = story("newest", ago=timedelta(0))
    assert len(await keeper.board()) == 2
    clock.now += FRESH
    assert len(await keeper.board()) == 3
    clock.now += KEPT - timedelta(hours=1, minutes=30)
    assert [one.story for one in (await keeper.board()).newest()] == ["newest", "new"]


async def test_a_desk_that_is_away_is_said_to_who_looks_and_tried_again(desk: MemoryDesk) -> None:
    keeper = Keeper(desk, Clock())
    desk.away = True
    await keeper.keep_up()
    with pytest.raises(DeskUnavailableError):
        await keeper.board()
    desk.away = False
    assert len(await keeper.board()) == 2
