"""How long to wait before something is tried again: longer each time, and not all programs at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0
"""Seconds; doubled each time in between."""


class Backoff:
    """Counts failures in a row.

    Args:
        chance: returns a number from 0 up to 1; the higher, the nearer a wait is to its full length (0.5 at least).
    """

    def __init__(self, chance: Callable[[], float]) -> None:
        self._chance = chance
        self._failures = 0

    def next(self) -> float:
        """Return how many seconds to wait after one more failure."""
        full = min(FIRST_WAIT * 2.0 ** min(self._failures, 16), LONGEST_WAIT)
        self._failures += 1
        return full * (1 + self._chance()) / 2

    def reset(self) -> None:
        """Begin anew after a success."""
        self._failures = 0
