"""What follows an erasure once it is committed: the list of erasures, and files in which nothing of it can be read any more.

Neither can undo the erasure, so neither fails it: what could not be done now is done the next night, or by the next start.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Final

from bot.errors import SettingsError, StorageUnavailable
from storage.engine import Engine
from storage.erasure_list import erasures_of, write_list
from storage.rows import stamp

CLEANED: Final = "shredded_until"
"""Under which name the database says up to which erasure its files are clean."""

log = logging.getLogger(__name__)


class Shredder:
    """Keeps the list beside one database, and cleans that database's files."""

    def __init__(self, engine: Engine, path: Path | None) -> None:
        self._engine = engine
        self._path = path

    async def keep_list(self) -> None:
        """Bring the list up to what the database knows.

        Raises:
            StorageUnavailable, SettingsError: it cannot be read or written.
        """
        if self._path is not None:
            await asyncio.to_thread(write_list, self._path, await erasures_of(self._engine))

    async def in_passing(self) -> None:
        """Do what can be done at once, without holding anybody up."""
        try:
            await self.keep_list()
            await self._engine.shred(in_passing=True)
        except (StorageUnavailable, SettingsError) as error:
            log.error("what was erased is not in the list, or still in the log, until the next night: %s", error)

    async def thoroughly(self) -> bool:
        """Do all of it that is not done yet, and wait for whoever is in the way; say whether the files are clean.

        Raises:
            StorageUnavailable, SettingsError: the list cannot be written, or somebody stays in the way.
        """
        await self.keep_list()
        newest = max((stamp(at) for at in (await erasures_of(self._engine)).values()), default=0)
        if newest <= await self._cleaned_until():
            return True
        is_clean = await self._engine.shred(in_passing=False)
        if is_clean:
            async with self._engine.writing() as session:
                await session.run("meta_put", [{"name": CLEANED, "value": str(newest)}])
        return is_clean

    async def _cleaned_until(self) -> int:
        async with self._engine.reading() as session:
            rows = await session.rows("meta_get", {"name": CLEANED})
        return int(str(rows[0][0])) if rows else 0
