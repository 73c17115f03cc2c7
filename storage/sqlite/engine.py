"""SQLite through aiosqlite: one connection that writes, one that reads.

WAL lets readers see what is committed while a write goes on; `synchronous=FULL` makes a commit survive a power cut.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Final, cast

import aiosqlite

from bot.errors import Conflict, StorageUnavailable
from storage.engine import Parameters, Row

BUSY_SECONDS: Final = 10.0
"""How long a write waits for another process (a command beside the bot) before it gives up."""


class SqliteSession:
    """Runs named queries on one connection."""

    def __init__(self, connection: aiosqlite.Connection, queries: Mapping[str, str]) -> None:
        self._connection = connection
        self._queries = queries

    async def rows(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Run a named query and return all its rows."""
        found = await self._connection.execute_fetchall(self._queries[query], parameters)
        return cast("Sequence[Row]", found)  # STRICT tables hold nothing but these types

    async def run(self, query: str, parameters: Sequence[Parameters]) -> int:
        """Run a named statement once for each set of parameters; return how many rows changed."""
        if not parameters:
            return 0
        cursor = await self._connection.executemany(self._queries[query], parameters)
        return cursor.rowcount


class SqliteEngine:
    """A database file. Make it with `open_sqlite`."""

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection, queries: Mapping[str, str]) -> None:
        self._writer, self._reader = writer, reader
        self._queries = queries
        self._write_lock = asyncio.Lock()
        self._read_lock = asyncio.Lock()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqliteSession]:
        """Open the one write transaction."""
        async with self._write_lock:
            with _translated():
                try:  # BEGIN is inside: cancelled while it waits, it still begins, and must be undone
                    await self._writer.execute("BEGIN IMMEDIATE")
                    yield SqliteSession(self._writer, self._queries)
                    await self._writer.execute("COMMIT")
                except BaseException:
                    await asyncio.shield(self._writer.rollback())
                    raise

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqliteSession]:
        """Open a view of what is committed now."""
        async with self._read_lock:
            with _translated():
                try:
                    await self._reader.execute("BEGIN")
                    yield SqliteSession(self._reader, self._queries)
                finally:
                    await asyncio.shield(self._reader.rollback())

    @property
    def holder(self) -> int:
        """Say that the file is not shared: one process has it."""
        return 0

    def claiming(self) -> AbstractAsyncContextManager[SqliteSession]:
        """Open a view: there is nobody to claim work from."""
        return self.reading()

    async def close(self) -> None:
        """Close both connections; the write-ahead log is folded into the file."""
        await self._reader.close()
        await self._writer.close()


class _translated:  # noqa: N801 (reads as a clause: with _translated())
    """Turn the driver's errors into ours."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.IntegrityError):
            raise Conflict from error
        if isinstance(error, sqlite3.Error):
            raise StorageUnavailable(str(error)) from error


async def open_sqlite(path: Path, queries: Mapping[str, str], *, read_only: bool) -> SqliteEngine:
    """Open a migrated database file.

    Raises:
        StorageUnavailable: the file cannot be opened.
    """
    with _translated():
        if read_only:
            uri = f"{path.absolute().as_uri()}?mode=ro"  # noqa: ASYNC240 (no I/O)
            writer = await aiosqlite.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
            reader = await aiosqlite.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
        else:
            writer = await aiosqlite.connect(path, isolation_level=None, timeout=BUSY_SECONDS)
            reader = await aiosqlite.connect(path, isolation_level=None, timeout=BUSY_SECONDS)
            await writer.execute("PRAGMA journal_mode=WAL")
            await writer.execute("PRAGMA synchronous=FULL")
        await reader.execute("PRAGMA query_only=ON")
    return SqliteEngine(writer, reader, queries)
