"""A look now and then at what another process left or put there: one that shares the database, or a command.

It decides nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.errors import StorageUnavailable
from bot.ports import Clock, PendingStore
from bot.workers.bell import Bell
from bot.workers.fault import describe

log = logging.getLogger(__name__)

BEAT: Final = timedelta(seconds=1)
"""Between looks where several processes share the work."""

SLOW_BEAT: Final = timedelta(seconds=2)
"""Between looks where only commands, such as `inbox --retry`, put something there."""


class Pulse:
    """Rings bells when there is something to do, whoever put it there; looks again and again until silenced."""

    def __init__(self, store: PendingStore, clock: Clock, own: Bell, others: Sequence[Bell], beat: timedelta) -> None:
        self._store, self._clock, self._beat = store, clock, beat
        self._own, self._others = own, others

    async def run(self) -> None:
        """Wait, look, ring."""
        while not self._own.is_silenced:
            await self._own.wait(self._clock.now() + self._beat)
            try:
                pending = await self._store.pending(self._clock.now())
            except StorageUnavailable as error:
                log.debug("nothing can be seen (%s); the loops have their own back-off", describe(error))
                continue
            if pending:
                for bell in self._others:
                    bell.ring()
