"""A clock that is set back makes nobody wait for it to come again: what was to be sent soon is sent as soon as before.

Deadlines and reminders stay as they are stored: they are moments, not waits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from bot.errors import StorageUnavailable
from bot.ports import Clock, DelayStore
from bot.workers.bell import Bell
from bot.workers.fault import describe

log = logging.getLogger(__name__)

BEAT: Final = timedelta(seconds=5)
TOLERANCE: Final = timedelta(seconds=2)
"""How far a clock may be set back without anything being done: time synchronisation does so all the time."""


class Steady:
    """Compares the clock with the time that passes until silenced.

    Args:
        monotonic: seconds from some moment on, whatever the clock does.
    """

    def __init__(
        self, store: DelayStore, clock: Clock, own: Bell, others: Sequence[Bell], monotonic: Callable[[], float]
    ) -> None:
        self._store, self._clock = store, clock
        self._own, self._others = own, others
        self._monotonic = monotonic

    async def run(self) -> None:
        """Wait, compare, and make up for it."""
        before, began = self._clock.now(), self._monotonic()
        while not self._own.is_silenced:
            await self._own.wait(self._clock.now() + BEAT)
            now, passed = self._clock.now(), timedelta(seconds=self._monotonic() - began)
            back = before + passed - now
            if back > TOLERANCE:
                try:
                    await self._store.set_back(back, now)
                except StorageUnavailable as error:
                    log.debug("what waits cannot be moved yet (%s)", describe(error))
                    continue
                log.warning("the clock was set back by %.0f s; nothing waits for it to come again", back.total_seconds())
                for bell in self._others:
                    bell.ring()
            before, began = now, self._monotonic()
