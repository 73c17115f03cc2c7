"""A clock that moves only when it is told to, and never waits: who sleeps wakes because it was moved past their moment."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

TUESDAY_NOON: Final = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
"""12:00 in the sample county, a working day like any other."""


class MovableClock:
    """Time that stands still until it is moved."""

    def __init__(self, at: datetime = TUESDAY_NOON) -> None:
        self._now = at
        self._moved = asyncio.Condition()
        self.sleeps: list[datetime] = []
        """Every moment that anyone wanted to sleep until, in order."""

    def now(self) -> datetime:
        """Return the aware UTC instant."""
        return self._now

    async def sleep_until(self, at: datetime) -> None:
        """Return once the clock was moved to `at` or past it."""
        async with self._moved:
            self.sleeps.append(at)
            self._moved.notify_all()
            await self._moved.wait_for(lambda: self._now >= at)

    async def sleeper(self, at: datetime | None = None) -> None:
        """Return once somebody sleeps until `at`, or until whenever."""
        async with self._moved:
            await self._moved.wait_for(lambda: self.sleeps[-1:] == [at] if at is not None else bool(self.sleeps))

    async def move_to(self, at: datetime) -> None:
        """Set the clock, forward or back, and wake whoever slept until then."""
        async with self._moved:
            self._now = at
            self._moved.notify_all()

    async def move(self, by: timedelta) -> None:
        """Move the clock."""
        await self.move_to(self._now + by)


class HurryingClock(MovableClock):
    """A clock that jumps to the moment anyone waits for, so that back-off and retries take no time."""

    async def sleep_until(self, at: datetime) -> None:
        """Move to `at` and return."""
        self.sleeps.append(at)
        self._now = max(self._now, at)
        await asyncio.sleep(0)
