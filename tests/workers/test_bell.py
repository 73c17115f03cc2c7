"""A bell wakes one loop: no ring is lost, a spare one is harmless, and a silenced one keeps nobody waiting."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.workers.bell import Bell
from tests.support.clock import MovableClock


async def test_a_ring_before_the_wait_is_not_lost() -> None:
    """What happened while the loop was busy is looked at next."""
    bell = Bell(MovableClock())
    bell.ring()
    await bell.wait()
    waiting = asyncio.create_task(bell.wait())
    await _turns()
    assert not waiting.done()
    bell.ring()
    await waiting


async def test_a_ring_before_a_wait_for_a_moment_is_not_lost() -> None:
    """It does not wait for the moment then."""
    clock = MovableClock()
    bell = Bell(clock)
    bell.ring()
    await bell.wait(clock.now() + timedelta(days=1))
    assert clock.sleeps == []


async def test_many_rings_are_as_good_as_one() -> None:
    """The loop looks once and finds all there is."""
    bell = Bell(MovableClock())
    for _ in range(5):
        bell.ring()
    await bell.wait()
    waiting = asyncio.create_task(bell.wait())
    await _turns()
    assert not waiting.done()
    waiting.cancel()


@pytest.mark.parametrize("is_rung", [True, False])
async def test_a_moment_that_comes_wakes(is_rung: bool) -> None:  # noqa: FBT001 (given by pytest, by name)
    """And a ring does, before it."""
    clock = MovableClock()
    bell = Bell(clock)
    until = clock.now() + timedelta(hours=1)
    waiting = asyncio.create_task(bell.wait(until))
    await _turns()
    assert not waiting.done()
    if is_rung:
        bell.ring()
    else:
        await clock.move_to(until)
    await waiting


async def test_a_ring_is_never_lost_however_it_falls() -> None:
    """A producer and a loop at every distance from each other: whatever is produced is seen."""
    for distance in range(12):
        clock = MovableClock()
        bell, produced, seen = Bell(clock), [0], 0
        loop = asyncio.create_task(_produce(bell, produced, distance))
        while seen < 3:
            seen = max(seen, produced[0])
            if seen < 3:
                await bell.wait(clock.now() + timedelta(hours=1) if distance % 2 else None)
        await loop


async def test_a_silenced_bell_keeps_nobody_waiting() -> None:
    """Neither who waits already, nor who comes later, however often."""
    clock = MovableClock()
    bell = Bell(clock)
    waiting = asyncio.create_task(bell.wait())
    await _turns()
    bell.silence()
    await waiting
    await bell.wait()
    await bell.wait(clock.now() + timedelta(days=1))
    assert bell.is_silenced


@pytest.mark.parametrize(("minutes", "is_heard"), [(59, True), (60, False), (61, False)])
async def test_a_moment_behind_the_one_waited_for_wakes_nobody(minutes: int, is_heard: bool) -> None:  # noqa: FBT001 (given by pytest, by name)
    """The loop looks then anyway, and finds what has come before it."""
    clock = MovableClock()
    bell = Bell(clock)
    waiting = asyncio.create_task(bell.wait(clock.now() + timedelta(hours=1)))
    await _turns()
    bell.ring_before(clock.now() + timedelta(minutes=minutes))
    await _turns()
    assert waiting.done() is is_heard
    waiting.cancel()


@pytest.mark.parametrize("is_awaited", [True, False])
async def test_any_moment_wakes_a_loop_that_waits_for_none_or_works(is_awaited: bool) -> None:  # noqa: FBT001 (given by pytest, by name)
    """Whoever works may have looked for the next moment already."""
    clock = MovableClock()
    bell = Bell(clock)
    waiting = asyncio.create_task(bell.wait()) if is_awaited else None
    await _turns()
    bell.ring_before(clock.now() + timedelta(days=1))
    await (waiting or bell.wait(clock.now() + timedelta(hours=1)))
    assert clock.sleeps == []


async def _produce(bell: Bell, produced: list[int], distance: int) -> None:
    for _ in range(3):
        for _ in range(distance):
            await asyncio.sleep(0)
        produced[0] += 1
        bell.ring()


async def _turns() -> None:
    for _ in range(10):
        await asyncio.sleep(0)
