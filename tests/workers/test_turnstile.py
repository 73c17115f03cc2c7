"""More of one person than the county file allows waits its turn; nothing is lost, and nobody else waits for it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.county import Limits
from bot.workers.bell import Bell
from bot.workers.turnstile import Turnstile
from bot.workers.worker import Worker
from tests.support.store import NEIGHBOUR, POTHOLE, RESIDENT, Town

LIMITS = Limits(updates=3, per=timedelta(seconds=10))
EVEN = Limits(updates=5, per=timedelta(seconds=10))
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    """A moment so long after noon."""
    return NOON + timedelta(seconds=seconds)


def test_as_many_as_allowed_pass_at_once() -> None:
    """The next one waits, until the first is long enough ago."""
    turnstile = Turnstile(LIMITS)
    for second in (0, 1, 2):
        assert turnstile.held(after(second)) == frozenset()
        turnstile.count(RESIDENT, after(second))
    assert turnstile.held(after(2)) == {RESIDENT}
    assert turnstile.opens_at() == after(10)
    assert turnstile.held(after(9.999)) == {RESIDENT}
    assert turnstile.held(after(10)) == frozenset()
    assert turnstile.opens_at() is None


def test_what_waited_passes_one_at_a_time() -> None:
    """Though all of the first are long ago by then: the next passes, the one after not before its share of the time."""
    turnstile = Turnstile(EVEN)
    for _ in range(EVEN.updates):
        turnstile.count(RESIDENT, NOON)
    for second in (10, 12, 14, 16, 18, 20):
        assert turnstile.held(after(second)) == frozenset()
        turnstile.count(RESIDENT, after(second))
        assert turnstile.held(after(second + 1.999)) == {RESIDENT}
        assert turnstile.opens_at() == after(second + 2)


def test_whoever_was_quiet_for_long_may_hurry_again() -> None:
    """A whole stretch of time after the moment at which the next might have passed."""
    turnstile = Turnstile(EVEN)
    for _ in range(EVEN.updates):
        turnstile.count(RESIDENT, NOON)
    for _ in range(EVEN.updates):
        assert turnstile.held(after(12)) == frozenset()
        turnstile.count(RESIDENT, after(12))


def test_a_chat_that_opens_between_two_looks_is_not_forgotten() -> None:
    """When it opens is told as of the last look, however late one asks."""
    turnstile = Turnstile(EVEN)
    for _ in range(EVEN.updates):
        turnstile.count(RESIDENT, NOON)
    turnstile.held(after(10))
    turnstile.count(RESIDENT, after(10))
    assert turnstile.opens_at() == after(12), "also when nothing was looked at since it passed"
    assert turnstile.held(after(11.999)) == {RESIDENT}
    assert turnstile.opens_at() == after(12)
    assert turnstile.held(after(12)) == frozenset()
    assert turnstile.opens_at() is None


def test_a_clock_that_is_set_back_holds_nobody() -> None:
    """Else a flood of an hour from now would hold its sender for an hour."""
    turnstile = Turnstile(LIMITS)
    for _ in range(3):
        turnstile.count(RESIDENT, after(3600))
    assert turnstile.held(after(0)) == frozenset()


@given(st.lists(st.tuples(st.floats(0, 5), st.sampled_from([1, 2, 3])), max_size=60))
def test_no_stretch_of_time_has_more_of_one_chat_than_allowed(steps: list[tuple[float, int]]) -> None:
    """Whoever comes, and whenever; and whoever never came to the limit is never held."""
    turnstile, now, passed, busy = Turnstile(LIMITS), NOON, list[tuple[datetime, int]](), set[int]()
    for seconds, chat in steps:
        now += timedelta(seconds=seconds)
        lately = [at for at, each in passed if each == chat and at + LIMITS.per > now]
        is_held = chat in turnstile.held(now)
        assert is_held or len(lately) < LIMITS.updates
        assert not is_held or chat in busy
        if not is_held:
            turnstile.count(chat, now)
            passed.append((now, chat))
            if len(lately) + 1 >= LIMITS.updates:
                busy.add(chat)


async def test_a_flood_waits_in_the_inbox_and_others_pass(town: Town) -> None:
    """Its sender's first few are handled, then one for each that is long enough ago, in order, to the last."""
    for number in range(8):
        await town.arrive(RESIDENT, "write", text=f"{number}")
    await town.arrive(NEIGHBOUR, "write", text=POTHOLE)
    turnstile = Turnstile(LIMITS)
    worker = Worker(town.store, town, town.clock, Bell(town.clock), (), None, turnstile)
    waiting: list[object] = []
    while not waiting or waiting[-1]:
        while await worker.step():
            pass
        waiting.append((await town.rows("inbox_counts"))[0][0])
        opens_at = turnstile.opens_at()
        if opens_at is not None:
            await town.clock.move_to(opens_at)
    assert waiting == [5, 4, 3, 2, 1, 0]
    await town.arrive(RESIDENT, "send")
    assert (await town.take_one()).sender.dialog.words.split("\n") == [str(number) for number in range(8)]  # type: ignore[union-attr]


async def test_the_loop_wakes_when_the_turnstile_opens(town: Town) -> None:
    """Nobody needs to ring for it."""
    for number in range(4):
        await town.arrive(RESIDENT, "write", text=f"{number}")
    own, done = Bell(town.clock), Bell(town.clock)
    worker = Worker(town.store, town, town.clock, own, (done,), None, Turnstile(LIMITS))
    begin = town.clock.now()
    running = asyncio.create_task(worker.run())
    await town.clock.sleeper(begin + LIMITS.per)
    assert await town.rows("inbox_counts") == [(1, 0)]
    await town.clock.move_to(begin + LIMITS.per)
    while (await town.rows("inbox_counts"))[0][0]:
        await done.wait()
    own.silence()
    await running
