"""From Telegram into the vault: files one after the other, fetched, cleaned and sealed; of one not taken its sender is told.

A file that cannot be fetched now is tried again for a day. One file at a time is held in memory.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.errors import DeliverLater, StorageUnavailable
from bot.ports import Clock
from bot.ports.files import FileCleaner, FileSource, FileStore, WantedFile, WrongFile
from bot.rules.effect import Send
from bot.rules.file import LARGEST, Unwanted
from bot.rules.message import FileRefused
from bot.workers.bell import Bell
from bot.workers.fault import describe

log = logging.getLogger(__name__)

AT_ONCE: Final = 4
"""Files claimed at a time."""

TRIES: Final = 40
LONGEST_WAIT: Final = 3600.0
"""Seconds between tries, doubled each time up to this: forty tries are more than a day."""

SOON: Final = timedelta(seconds=5)
"""When the database is tried again."""


class Fetching:
    """Fetches files until silenced."""

    def __init__(
        self,
        store: FileStore,
        source: FileSource,
        cleaner: FileCleaner,
        clock: Clock,
        own: Bell,
        others: Sequence[Bell],
    ) -> None:
        self._store, self._source, self._cleaner, self._clock = store, source, cleaner, clock
        self._own, self._others = own, others

    async def run(self) -> None:
        """Fetch what is wanted, then wait for more."""
        is_begun = False
        while not self._own.is_silenced:
            try:
                if not is_begun:
                    await self._store.release_files(self._clock.now())
                    is_begun = True
                if await self.step():
                    continue
                until = await self._store.next_file_at()
            except StorageUnavailable as error:
                log.error("the database is out of reach (%s); trying again", describe(error))
                until = self._clock.now() + SOON
            await self._own.wait(until)

    async def step(self) -> bool:
        """Fetch a few files; say whether there was any."""
        files = await self._store.take_files(AT_ONCE, self._clock.now())
        for file in files:
            if self._own.is_silenced:
                await self._store.postpone_file(file, self._clock.now())  # for whoever runs next
            else:
                await self._fetch(file)
        if files:
            for bell in self._others:
                bell.ring()
        return bool(files)

    async def _fetch(self, file: WantedFile) -> None:
        try:
            content = await self._source.fetch(file.source, LARGEST)
            await self._store.keep_file(file, await self._cleaner.clean(file.media, content), self._clock.now())
        except WrongFile as wrong:
            await self._refuse(file, wrong.why)
        except DeliverLater as error:
            if file.attempts >= TRIES:
                await self._refuse(file, Unwanted.GONE)
                return
            wait = max(error.retry_after, min(2.0**file.attempts, LONGEST_WAIT))
            log.warning("a file waits %.0f s: %s", wait, error.reason)
            await self._store.postpone_file(file, self._clock.now() + timedelta(seconds=wait))

    async def _refuse(self, file: WantedFile, why: Unwanted) -> None:
        log.warning("a file is not taken: %s", why)
        told = Send(file.person, FileRefused(media=file.media, why=why))
        await self._store.refuse_file(file, why, told, self._clock.now())
