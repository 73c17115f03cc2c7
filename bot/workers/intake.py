"""Updates come in: fetched, put on disk, and only then confirmed by the next fetch. Nothing is acknowledged unkept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.errors import SourceUnavailable, StorageUnavailable
from bot.ports import Arrival, Clock, InboxStore, UpdateSource
from bot.workers.backoff import Backoff
from bot.workers.bell import Bell
from bot.workers.trouble import TroubleLog

log = logging.getLogger(__name__)


class Intake:
    """Polls a source into the inbox until silenced.

    Args:
        chance: returns a number from 0 up to 1, and spreads what several programs try again.
    """

    def __init__(
        self,
        source: UpdateSource,
        store: InboxStore,
        clock: Clock,
        own: Bell,
        worker: Bell,
        chance: Callable[[], float],
    ) -> None:
        self._source, self._store, self._clock = source, store, clock
        self._own, self._worker = own, worker
        self._chance = chance
        self._trouble = TroubleLog(clock)

    async def run(self) -> None:
        """Fetch until silenced.

        Raises:
            SourceRefused: the token is not accepted; inbox and outbox stay as they are.
        """
        backoff = Backoff(self._chance)
        while not self._own.is_silenced:
            try:
                arrivals = await self._source.fetch()
            except SourceUnavailable as error:
                wait = error.retry_after or backoff.next()
                self._trouble.begin(error, wait)
                await self._pause(wait)
                continue
            backoff.reset()
            self._trouble.end()
            if arrivals:
                await self.keep(arrivals)

    async def keep(self, arrivals: Sequence[Arrival]) -> None:
        """Put updates on disk, however long that takes: the next fetch would confirm them."""
        backoff = Backoff(self._chance)
        is_said = False
        while True:
            try:
                await self._store.receive(arrivals, self._clock.now())
            except StorageUnavailable as error:
                wait = backoff.next()
                if not is_said:
                    is_said = True
                    log.error("updates cannot be kept (%s): nothing is acknowledged until they can", error)
                await self._pause(wait)
                if self._own.is_silenced:
                    return
            else:
                if is_said:
                    log.info("updates can be kept again")
                self._worker.ring()
                return

    async def _pause(self, seconds: float) -> None:
        await self._own.wait(self._clock.now() + timedelta(seconds=seconds))
