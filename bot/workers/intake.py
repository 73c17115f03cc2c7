"""Updates come in: fetched, put on disk, and only then confirmed by the next fetch. Nothing is acknowledged unkept."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.errors import SourceUnavailable, StorageUnavailable
from bot.ports import Arrival, Clock, InboxStore, UpdateSource
from bot.workers.bell import Bell

log = logging.getLogger(__name__)

FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0
"""Seconds between tries while the source or the disk is out of reach; doubled each time."""


class Intake:
    """Polls a source into the inbox until silenced."""

    def __init__(self, source: UpdateSource, store: InboxStore, clock: Clock, own: Bell, worker: Bell) -> None:
        self._source, self._store, self._clock = source, store, clock
        self._own, self._worker = own, worker

    async def run(self) -> None:
        """Fetch until silenced.

        Raises:
            SourceRefused: the token is not accepted; inbox and outbox stay as they are.
        """
        wait = FIRST_WAIT
        while not self._own.is_silenced:
            try:
                arrivals = await self._source.fetch()
            except SourceUnavailable as error:
                log.warning("updates cannot be fetched (%s); next try in %.0f s", error.reason, error.retry_after or wait)
                await self._pause(error.retry_after or wait)
                wait = min(wait * 2, LONGEST_WAIT)
                continue
            wait = FIRST_WAIT
            if arrivals:
                await self.keep(arrivals)

    async def keep(self, arrivals: Sequence[Arrival]) -> None:
        """Put updates on disk, however long that takes: the next fetch would confirm them."""
        wait = FIRST_WAIT
        while True:
            try:
                await self._store.receive(arrivals, self._clock.now())
            except StorageUnavailable as error:
                log.error("updates cannot be kept (%s); nothing is acknowledged; next try in %.0f s", error, wait)  # noqa: TRY400
                await self._pause(wait)
                wait = min(wait * 2, LONGEST_WAIT)
                if self._own.is_silenced:
                    return
            else:
                self._worker.ring()
                return

    async def _pause(self, seconds: float) -> None:
        await self._own.wait(self._clock.now() + timedelta(seconds=seconds))
