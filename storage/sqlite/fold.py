"""The write-ahead log is folded into the file beside the commits, so that nobody's answer waits for it.

Left to itself, SQLite folds within whichever commit finds the log long: that one takes several times as long as others.

Invariant: the log never begins anew while it is folded. SQLite before 3.51.3 may lose a commit that makes it begin anew
while somebody folds a second time (https://sqlite.org/wal.html#walresetbug); so a view is kept open meanwhile, which forbids
it: either it reads from the log, which then cannot begin anew, or from the file alone, into which then nothing is folded.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from storage.sqlite.failure import primary_code

log = logging.getLogger(__name__)

FOLD_EVERY: Final = 1_000
"""Rows written before the log is folded: some hundred updates, or one to four megabytes of log."""

BOUNDS: Final = ("PRAGMA wal_autocheckpoint=4000", "PRAGMA journal_size_limit=67108864")
"""What the writing connection is told: at how many pages a commit folds what is left, where commits follow so closely that
the log never could begin anew; and how many bytes of it stay on the disk, once it grew while somebody looked for long."""


class Folding:
    """Folds the log of one database file in a thread of its own, by connections of its own, once there is enough.

    Args:
        connect: opens a connection to the file; whoever waits for a lock on it must not wait in SQLite.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._thread = ThreadPoolExecutor(1, "fold")
        self._under_way: Future[None] | None = None
        self._rows_folded = 0
        self._connections: tuple[sqlite3.Connection, sqlite3.Connection] | None = None
        self._is_failing = False

    def written(self, rows: int) -> None:
        """Fold in the background, if it is time to and not being done.

        Args:
            rows: how many the writing connection has written since it was opened.
        """
        if rows - self._rows_folded >= FOLD_EVERY and (self._under_way is None or self._under_way.done()):
            self._rows_folded = rows
            self._under_way = self._thread.submit(self._fold)

    async def rest(self) -> None:
        """Wait until nothing is being folded; it begins again with the next commit that finds it time."""
        if self._under_way is not None:
            await asyncio.wrap_future(self._under_way)

    async def close(self) -> None:
        """Finish what is under way and close the connections."""
        if self._under_way is not None:
            await asyncio.wrap_future(self._thread.submit(self._disconnect))
        self._thread.shutdown(wait=False)

    def _fold(self) -> None:
        """Fold what may be folded; what goes wrong is said once, and tried again after as many rows."""
        try:
            guard, folder = self._connected()
            guard.execute("BEGIN")
            try:
                guard.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # a view begins with the first look
                folder.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            finally:
                guard.rollback()
        except sqlite3.Error as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY and not self._is_failing:
                self._is_failing = True
                log.error("the write-ahead log cannot be folded into the database and grows: %s", error)
        else:
            self._is_failing = False

    def _connected(self) -> tuple[sqlite3.Connection, sqlite3.Connection]:
        if self._connections is None:
            self._connections = self._connect(), self._connect()
        return self._connections

    def _disconnect(self) -> None:
        for connection in self._connections or ():
            connection.close()
