"""Time and chance, passed in."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Time, passed in: the real one, one that can be moved, or one that stands still."""

    def now(self) -> datetime:
        """Return the aware UTC instant."""
        ...

    async def sleep_until(self, at: datetime) -> None:
        """Return once `at` has come, early when the clock was moved past it."""
        ...


class Randomness(Protocol):
    """Unpredictable bytes, passed in."""

    def bytes(self, count: int) -> bytes:
        """Return `count` fresh random bytes."""
        ...
