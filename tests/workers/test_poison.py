"""An update that ends the program each time it is handled is found out, set aside, and takes nobody with it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.ports import Taken
from bot.rules.effect import Effects
from bot.workers.bell import Bell
from bot.workers.worker import ENDED, STARTS, Worker
from storage.turns import TOGETHER
from tests.support.store import NEIGHBOUR, OFFICER, POTHOLE, RESIDENT, Town, opened_town


class PowerFailure(BaseException):
    """Ends the program."""


class Deadly:
    """Handles everything but one update, at which the program ends."""

    def __init__(self, town: Town, poison: int) -> None:
        self._town, self._poison = town, poison

    async def decide(self, taken: Taken, now: datetime) -> Effects:
        """Decide, or end."""
        if taken.arrival.update_id == self._poison:
            raise PowerFailure
        return await self._town.decide(taken, now)


async def test_what_ends_the_program_each_time_is_set_aside(file: Path) -> None:
    """After some starts, with the reason; the others are handled long before."""
    async with opened_town(file) as town:
        for chat in (RESIDENT, NEIGHBOUR):
            await town.arrive(chat, "write", text=POTHOLE)
        clock = town.clock
    waiting = []
    for start in range(STARTS + 1):
        async with opened_town(file, clock, seed=f"{start}") as town:
            worker = Worker(town.store, Deadly(town, 1), clock, Bell(clock), ())
            with pytest.raises(PowerFailure):
                await _handle_all(worker)
            waiting.append((await town.rows("inbox_counts"))[0])
    async with opened_town(file, clock, seed="last") as town:
        worker = Worker(town.store, Deadly(town, 1), clock, Bell(clock), ())
        await _handle_all(worker)
        assert await town.rows("inbox_counts") == [(0, 1)]
        assert ENDED in (await town.rows("inbox_aside_list", limit=9))[0]
    # with all, with some, by itself, and from then on after the other
    assert waiting == [(2, 0), (2, 0), (2, 0), *[(1, 0)] * (STARTS - 2)]


async def test_what_came_after_the_start_is_not_counted(file: Path) -> None:
    """Only what lay there when the program started can have ended it; the usual way writes nothing down."""
    async with opened_town(file) as town:
        await town.arrive(RESIDENT, "write", text=POTHOLE)
        for _ in range(3):
            (taken,) = await town.store.take_updates(9, town.clock.now())
            assert taken.attempts == 0
        clock = town.clock
    async with opened_town(file, clock, seed="again") as town:
        tries = [(await town.store.take_updates(9, clock.now()))[0].attempts for _ in range(3)]
        assert tries == [0, 1, 2]


async def test_what_was_tried_often_does_not_wait_for_all_that_was_tried_less(file: Path) -> None:
    """However much of that there is, as after many ends of the program: the oldest has a turn of its own."""
    async with opened_town(file) as town:
        for chat in (RESIDENT, *range(100, 120)):
            await town.arrive(chat, "write", text=POTHOLE)
        clock = town.clock
    async with opened_town(file, clock, seed="again") as town:
        for _ in range(3):
            await town.store.take_updates(1, clock.now())  # the oldest alone
        while all(each.attempts for each in await town.store.take_updates(99, clock.now())):
            pass  # until all the others were tried once
        turns = [[each.arrival.chat_id for each in await town.store.take_updates(99, clock.now())] for _ in range(8)]
        assert max(len(turn) for turn in turns) <= TOGETHER
        assert [RESIDENT] in turns
        assert turns.count([RESIDENT]) < len(turns) / 2


async def test_many_that_were_in_hand_at_an_end_do_not_come_one_by_one(file: Path) -> None:
    """Where the program is killed again and again, a whole batch that must come one by one is never done."""
    async with opened_town(file) as town:
        for chat in range(100, 140):
            await town.arrive(chat, "write", text=POTHOLE)
        clock = town.clock
    async with opened_town(file, clock, seed="again") as town:
        waiting = {each.arrival.chat_id for each in await town.store.take_updates(99, clock.now())}
        assert len(waiting) == 40
        turns = 0
        while waiting:
            waiting -= {each.arrival.chat_id for each in await town.store.take_updates(99, clock.now())}
            turns += 1
        assert turns <= 6


async def test_new_updates_do_not_wait_behind_what_may_end_the_program(file: Path) -> None:
    """They take turns."""
    async with opened_town(file) as town:
        await town.arrive(RESIDENT, "write", text=POTHOLE)
        clock = town.clock
    async with opened_town(file, clock, seed="again") as town:
        await town.store.take_updates(next(town.updates) * 9, clock.now())  # the first number is the old update's
        for chat in (NEIGHBOUR, OFFICER):
            await town.arrive(chat, "write", text=POTHOLE)
        turns = [[each.arrival.chat_id for each in await town.store.take_updates(9, clock.now())] for _ in range(2)]
        assert sorted(turns, key=len) == [[RESIDENT], [NEIGHBOUR, OFFICER]]


async def _handle_all(worker: Worker) -> None:
    while await worker.step():
        pass
