"""The clock of the stand-in: a time that people may move forward. Invariant: `now()` is always an aware UTC instant."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol


class MovableClock(Protocol):
    """Tell the time, and let the page move it; the stand-in owns no time of its own."""

    def now(self) -> datetime:
        """Return the present as an aware UTC instant."""
        ...

    async def advance(self, by: timedelta) -> None:
        """Move the time by so much; return when whoever follows this clock has caught up."""
        ...


class OffsetClock:
    """Follow real time at a distance that `advance` changes; sleepers wake early when the time is moved."""

    __slots__ = ("_moved", "_offset")

    def __init__(self) -> None:
        self._offset = timedelta()
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Return real time plus everything it was moved by."""
        return datetime.now(UTC) + self._offset

    async def advance(self, by: timedelta) -> None:
        """Move the time, backwards too, and wake everyone in `sleep_until` to look at it again."""
        self._offset += by
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def sleep_until(self, at: datetime) -> None:
        """Return once `now()` has reached the instant, by itself or because the time was moved."""
        while (left := at - self.now()) > timedelta():
            try:
                async with asyncio.timeout(left.total_seconds()):
                    await self._moved.wait()
            except TimeoutError:
                continue
