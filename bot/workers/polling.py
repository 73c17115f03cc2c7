"""One poller at a time, of all processes that share a database: Telegram serves no second one.

Whoever does not poll waits to take over; who cannot reach Telegram lets another process try.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.errors import SourceUnavailable, StorageUnavailable, Trouble
from bot.ports import Arrival, Clock, Duty, DutyStore, UpdateSource

LOOK_AGAIN: Final = timedelta(seconds=1)
"""How soon a poller that has gone is missed."""


class OnlyPoller:
    """A source that fetches only while this process has the duty to."""

    def __init__(self, source: UpdateSource, store: DutyStore, clock: Clock) -> None:
        self._source, self._store, self._clock = source, store, clock

    async def fetch(self) -> Sequence[Arrival]:
        """Wait for the duty, then for updates; the next call confirms these.

        Raises:
            SourceUnavailable, SourceRefused: see the source; also when nobody can be asked whose duty it is.
        """
        while not await self._is_ours():
            await self._clock.sleep_until(self._clock.now() + LOOK_AGAIN)
        try:
            return await self._source.fetch()
        except SourceUnavailable:
            await self._let_go()
            raise

    async def _is_ours(self) -> bool:
        try:
            return await self._store.hold(Duty.POLLING, self._clock.now())
        except StorageUnavailable as error:
            raise SourceUnavailable(Trouble.DATABASE) from error

    async def _let_go(self) -> None:
        try:
            await self._store.let_go(Duty.POLLING)
        except StorageUnavailable as error:
            raise SourceUnavailable(Trouble.DATABASE) from error
