"""A moved clock wakes sleepers; a sleeper wakes at its instant otherwise."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.sandbox.clock import OffsetClock


async def test_a_sleeper_wakes_when_the_time_is_moved_past_its_instant() -> None:
    """Moving short of the instant is not enough, moving past it is."""
    clock = OffsetClock()
    sleeper = asyncio.create_task(clock.sleep_until(clock.now() + timedelta(days=2)))
    await clock.advance(timedelta(days=1))
    done, _ = await asyncio.wait({sleeper}, timeout=0)
    assert not done
    await clock.advance(timedelta(days=2))
    async with asyncio.timeout(5):
        await sleeper


async def test_an_instant_that_has_passed_is_not_waited_for() -> None:
    """Yesterday is over."""
    clock = OffsetClock()
    async with asyncio.timeout(5):
        await clock.sleep_until(clock.now() - timedelta(days=1))


async def test_a_near_instant_comes_by_itself() -> None:
    """Real time passes on this clock."""
    clock = OffsetClock()
    at = clock.now() + timedelta(milliseconds=5)
    async with asyncio.timeout(5):
        await clock.sleep_until(at)
    assert clock.now() >= at
