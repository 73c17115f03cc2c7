"""Updates that are brought are kept before it is said that they are, those of one moment together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest

from bot.errors import StorageUnavailable
from bot.ports import Arrival
from bot.workers.bell import Bell
from bot.workers.doorstep import Doorstep
from tests.support.clock import HurryingClock, MovableClock
from tests.support.store import RESIDENT, arrival_of

UPDATES = [arrival_of(number, RESIDENT, "new") for number in range(1, 6)]


class SlowInbox:
    """A disk that writes when it is told to, or fails as it is told to."""

    def __init__(self) -> None:
        self.commits: list[list[int]] = []
        self.is_writing = asyncio.Event()
        self.go_on = asyncio.Event()
        self.failure: StorageUnavailable | None = None

    async def receive(self, arrivals: Sequence[Arrival], now: datetime) -> int:
        """Wait for the word, then write or fail."""
        del now
        self.commits.append([arrival.update_id for arrival in arrivals])
        self.is_writing.set()
        await self.go_on.wait()
        if self.failure is not None:
            raise self.failure
        return len(arrivals)


async def test_what_comes_during_a_commit_is_kept_by_the_next_one() -> None:
    """Five at once are two commits, and nobody hears of it before his own is written."""
    clock = MovableClock()
    inbox, worker = SlowInbox(), Bell(clock)
    step = Doorstep(inbox, clock, worker)
    brought = [asyncio.create_task(step.keep(UPDATES[0]))]
    await inbox.is_writing.wait()
    brought += [asyncio.create_task(step.keep(update)) for update in UPDATES[1:]]
    await asyncio.sleep(0)
    assert not any(task.done() for task in brought)
    inbox.go_on.set()
    await asyncio.gather(*brought)
    assert inbox.commits == [[1], [2, 3, 4, 5]]
    await worker.wait()  # it was rung


async def test_a_disk_that_refuses_is_told_to_everyone_who_waits(caplog: pytest.LogCaptureFixture) -> None:
    """Each is to bring it again; what is brought once there is room is kept; it is said once, and once when it is over."""
    clock = HurryingClock()
    inbox = SlowInbox()
    inbox.failure = StorageUnavailable("no room")
    inbox.go_on.set()
    step = Doorstep(inbox, clock, Bell(clock))
    with caplog.at_level("INFO"):
        outcomes = await asyncio.gather(*(step.keep(update) for update in UPDATES), return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [StorageUnavailable] * 5
        with pytest.raises(StorageUnavailable):
            await step.keep(UPDATES[0])
        inbox.failure = None
        await step.keep(UPDATES[0])
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]


async def test_who_is_interrupted_leaves_no_one_behind_unanswered() -> None:
    """The next one writes what still waits; an update whose bringer has left is not kept for nobody."""
    clock = MovableClock()
    inbox = SlowInbox()
    step = Doorstep(inbox, clock, Bell(clock))
    first = asyncio.create_task(step.keep(UPDATES[0]))
    await inbox.is_writing.wait()
    second, third = (asyncio.create_task(step.keep(update)) for update in UPDATES[1:3])
    await asyncio.sleep(0)
    third.cancel()
    first.cancel()
    inbox.go_on.set()
    await second
    outcomes = await asyncio.gather(first, third, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [asyncio.CancelledError] * 2
    assert inbox.commits == [[1], [2]]
