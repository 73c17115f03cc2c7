"""A clock that is set back keeps nobody waiting: what was to be sent in a minute is sent in a minute."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.app import SystemClock
from bot.errors import StorageUnavailable
from bot.ports import Postponed
from bot.workers.bell import Bell
from bot.workers.steady import BEAT, Steady
from tests.support.clock import HurryingClock
from tests.support.store import RESIDENT, Town


class Delays:
    """What was asked of the store; it is out of reach for the first `failures` times, and ends the loop at last."""

    def __init__(self, own: Bell, failures: int = 0, times: int = 1) -> None:
        self._own, self._failures, self._times = own, failures, times
        self.asked: list[timedelta] = []

    async def set_back(self, by: timedelta, now: datetime) -> None:
        """Note it."""
        del now
        if self._failures:
            self._failures -= 1
            raise StorageUnavailable("gone")
        self.asked.append(by)
        if len(self.asked) == self._times:
            self._own.silence()


class Wall(HurryingClock):
    """A clock that somebody turns while time passes."""

    def __init__(self, turns: list[timedelta]) -> None:
        super().__init__()
        self._turns = turns
        self.passed = 0.0

    async def sleep_until(self, at: datetime) -> None:
        """Let the time pass, then turn the hands."""
        self.passed += (at - self._now).total_seconds()
        await super().sleep_until(at)
        self._now += self._turns.pop(0) if self._turns else timedelta()


async def run(turns: list[timedelta], failures: int = 0, times: int = 1) -> tuple[list[timedelta], list[bool]]:
    """Run until it was made up for so often; return by how much, and whether the other loop was woken."""
    wall = Wall(turns)
    own, other = Bell(wall), Bell(wall)
    delays = Delays(own, failures, times)
    await Steady(delays, wall, own, (other,), lambda: wall.passed).run()
    return delays.asked, [other._rung.is_set()]


async def test_being_set_back_is_noticed_and_made_up_for(caplog: pytest.LogCaptureFixture) -> None:
    """Each time, by as much, in a line each; being set forward, or back by a second, is no matter."""
    hour = timedelta(hours=1)
    turns = [timedelta(), timedelta(seconds=-1), -hour, timedelta(days=365), -hour]
    assert await run(turns, times=2) == ([hour, hour], [True])
    assert [record.levelname for record in caplog.records] == ["WARNING"] * 2


async def test_it_is_made_up_for_as_soon_as_the_database_is_there() -> None:
    """By as much, however often it has to be tried."""
    assert await run([-timedelta(hours=1)], failures=3) == ([timedelta(hours=1)], [True])


async def test_what_waits_is_brought_forward_and_what_is_ready_stays(town: Town) -> None:
    """A letter that was to be tried in a minute is ready in a minute of the new time."""
    await town.act(RESIDENT, "new")
    (letter,) = await town.store.take_letters(9, frozenset(), town.clock.now())
    ready_at = town.clock.now() + timedelta(minutes=1)
    await town.store.settle([Postponed(letter, ready_at, is_ambiguous=False)], town.clock.now())
    await town.clock.move(-timedelta(hours=1))
    await town.store.set_back(timedelta(hours=1), town.clock.now())
    assert await town.store.next_letter_at(town.clock.now()) == town.clock.now() + timedelta(minutes=1)
    await town.store.set_back(timedelta(hours=1), town.clock.now() + timedelta(hours=2))  # ready: nothing to do
    assert await town.store.next_letter_at(town.clock.now()) == town.clock.now() + timedelta(minutes=1)


async def test_whoever_sleeps_wakes_when_the_time_has_passed() -> None:
    """Though the clock on the wall was set back by an hour meanwhile."""

    class SetBack(SystemClock):
        """The machine's time, set back once it was looked at."""

        looks = 0

        def now(self) -> datetime:
            """Return it."""
            self.looks += 1
            return super().now() - (timedelta(hours=1) if self.looks > 2 else timedelta())

    clock = SetBack()
    async with asyncio.timeout(60):
        await clock.sleep_until(clock.now() + timedelta(milliseconds=50))
    assert clock.looks > 2
    assert timedelta(seconds=1) < BEAT
