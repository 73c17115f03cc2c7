"""How one loop wakes another: a bell that is rung, or a moment that comes. No ring is lost, and a spare one is harmless."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime

from bot.ports import Clock


class Bell:
    """Wakes one loop. Once it is silenced, nobody waits any more and the loop should end."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rung = asyncio.Event()
        self.is_silenced = False
        self.is_awaited = False
        """Whether the loop waits, rather than works."""
        self._wakes_at: datetime | None = None
        """When the loop that waits wakes by itself."""
        self.woke_at = time.monotonic()
        """When it last began to work."""

    def ring(self) -> None:
        """Say that there is something to do."""
        self._rung.set()

    def ring_before(self, at: datetime) -> None:
        """Say that there is something to do at a moment: a loop that wakes by then anyway need not hear of it now."""
        if not self.is_awaited or self._wakes_at is None or at < self._wakes_at:
            self.ring()

    def silence(self) -> None:
        """Say that the loop should finish what it holds and end."""
        self.is_silenced = True
        self._rung.set()

    async def wait(self, until: datetime | None = None) -> None:
        """Return when rung since the last call, or when the moment has come."""
        self.is_awaited, self._wakes_at = True, until
        try:
            await self._wait(until)
        finally:
            self.is_awaited, self.woke_at = False, time.monotonic()
        if not self.is_silenced:
            self._rung.clear()

    async def _wait(self, until: datetime | None) -> None:
        if until is None:
            await self._rung.wait()
        elif not self._rung.is_set():
            ringing = asyncio.ensure_future(self._rung.wait())
            coming = asyncio.ensure_future(self._clock.sleep_until(until))
            try:
                await asyncio.wait({ringing, coming}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                ringing.cancel()
                coming.cancel()
