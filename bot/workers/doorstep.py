"""Updates that are brought, many at once: those that come while one commit is under way are kept together by the next.

Invariant: `keep` returns only after the commit that holds the update; whoever cannot wait for it is told nothing.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from bot.errors import StorageUnavailable
from bot.ports import Arrival, Clock, InboxStore
from bot.workers.bell import Bell

log = logging.getLogger(__name__)

LONGEST_WAIT: Final = 25.0
"""Seconds after which it is admitted that an update cannot be kept; Telegram waits longer, and brings it again."""


class Doorstep:
    """Where a webhook puts down what Telegram brings."""

    def __init__(self, store: InboxStore, clock: Clock, worker: Bell) -> None:
        self._store, self._clock, self._worker = store, clock, worker
        self._turn = asyncio.Lock()
        self._waiting: list[tuple[Arrival, asyncio.Future[None]]] = []
        self._is_failing = False

    async def keep(self, arrival: Arrival) -> None:
        """Put an update on disk.

        Raises:
            StorageUnavailable: it is not, or not certainly, on disk; have it brought again.
        """
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, kept))
        try:
            async with asyncio.timeout(LONGEST_WAIT), self._turn:
                if not kept.done():
                    await self._keep_all()
        except TimeoutError as error:
            raise StorageUnavailable("it takes too long") from error
        finally:
            if (arrival, kept) in self._waiting:
                self._waiting.remove((arrival, kept))
        kept.result()  # raises what kept it from being kept
        self._worker.ring()

    async def _keep_all(self) -> None:
        """Keep whatever waits, in one commit, and let everyone know who brought some of it."""
        waiting, self._waiting = self._waiting, []
        try:
            await self._store.receive([arrival for arrival, _ in waiting], self._clock.now())
        except StorageUnavailable as error:
            if not self._is_failing:
                self._is_failing = True
                log.error("updates cannot be kept (%s): Telegram is told to bring them again", error)
            _settle(waiting, error)
        except BaseException:
            _settle(waiting, StorageUnavailable("interrupted"))
            raise
        else:
            if self._is_failing:
                self._is_failing = False
                log.info("updates can be kept again")
            _settle(waiting, None)


def _settle(waiting: list[tuple[Arrival, asyncio.Future[None]]], failure: StorageUnavailable | None) -> None:
    for _, kept in waiting:
        if kept.done():
            continue
        if failure is None:
            kept.set_result(None)
        else:
            kept.set_exception(failure)
            kept.exception()  # whoever brought it may have left
