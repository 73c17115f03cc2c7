"""SQLite: short statements where they are asked for; what waits for the disk or runs long, in threads of their own.

A statement on a few rows takes some ten microseconds. A way to a thread and back takes longer than that, and a thread
that wants the interpreter back beside a busy loop waits up to 5 ms for it, after every row. So writing and glancing run in
the loop, and only the commit, which waits for the disk, and reading of any length leave it, by aiosqlite's threads. A
command that only reads has a loop in which nobody waits, and never leaves it. WAL lets readers see what is committed while a
write goes on; `synchronous=FULL` makes a commit survive a power cut.

Glances of one turn of the loop share a view: to begin and end one takes longer than most of them look.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Final, TypeAlias, TypeVar

import aiosqlite

from bot.errors import Conflict, StorageUnavailable
from storage.engine import Claim, Parameters, Row, Session
from storage.sqlite.cut import refuse_cut
from storage.sqlite.failure import unavailable
from storage.sqlite.fold import BOUNDS, Folding
from storage.sqlite.migrate import made
from storage.sqlite.moving import MOVED, SEALING

BUSY_SECONDS: Final = 10.0
"""How long a write waits for another process (a command beside the bot) before it gives up."""

PASSING_SECONDS: Final = 1.0
"""How long cleaning the files after an erasure waits for somebody who reads, where the night will try again."""

LOOK_AGAIN_SECONDS: Final = 0.005
"""How soon a write that found another process writing looks again; the loop goes on meanwhile."""

MOVED_SAYS: Final = "the county has moved"
"""What a sealed file says to whoever writes (storage/sqlite/sql/move.sql)."""

STATEMENTS: Final = 512
"""Prepared statements kept for each connection: more than there are queries."""

ROWS_AT_ONCE: Final = 64
"""What aiosqlite fetches at a time where rows are asked for one by one; here they never are."""

Outcome = TypeVar("Outcome")


async def finished(acting: Coroutine[object, object, Outcome]) -> Outcome:
    """Wait for what was begun in a thread, also for a caller that was cancelled: it cannot be called back."""
    begun = asyncio.ensure_future(acting)
    try:
        return await asyncio.shield(begun)
    except asyncio.CancelledError:
        await asyncio.wait({begun})
        raise


@dataclass(frozen=True, slots=True)
class Line:
    """One connection, twice: as it is used in the loop, and by aiosqlite's thread for what takes long; never at once."""

    near: sqlite3.Connection
    far: aiosqlite.Connection


class SqliteSession:
    """Runs named queries on one connection, in the loop."""

    def __init__(self, connection: sqlite3.Connection, queries: Mapping[str, str]) -> None:
        self._connection = connection
        self._queries = queries

    async def rows(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Run a named query and return all its rows."""
        return self._connection.execute(self._queries[query], parameters).fetchall()

    async def run(self, query: str, parameters: Sequence[Parameters]) -> int:
        """Run a named statement once for each set of parameters; return how many rows changed."""
        return self._connection.executemany(self._queries[query], parameters).rowcount if parameters else 0


class DistantSession(SqliteSession):
    """Reads on one connection in its thread; the view begins with the first query."""

    def __init__(self, line: Line, queries: Mapping[str, str]) -> None:
        super().__init__(line.near, queries)
        self._far = line.far

    async def rows(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Run a named query and return all its rows."""
        return await finished(self._fetch(self._queries[query], parameters))

    async def _fetch(self, sql: str, parameters: Parameters) -> Sequence[Row]:
        if not self._far.in_transaction:
            await self._far.execute_fetchall("BEGIN")
        return await self._far.execute_fetchall(sql, parameters)  # type: ignore[return-value]  # a list of plain tuples: no row factory is set


View: TypeAlias = Callable[[Line, Mapping[str, str]], AbstractAsyncContextManager[Session]]
"""Opens a view of what is committed on a connection that reads; whoever opened it ends it."""


@asynccontextmanager
async def distant_view(line: Line, queries: Mapping[str, str]) -> AsyncIterator[Session]:
    """Read in a thread, beside a loop in which people are answered."""
    yield DistantSession(line, queries)


@asynccontextmanager
async def near_view(line: Line, queries: Mapping[str, str]) -> AsyncIterator[Session]:
    """Read in the loop of a command; as that never waits, whatever else there is to do has its turn before each view."""
    await asyncio.sleep(0)
    line.near.execute("BEGIN")
    yield SqliteSession(line.near, queries)


class Glancer:
    """The connection for glances, and the view that all glances of one turn of the loop share.

    A view ends with its turn, or before a write begins, or else with the glance that is still open then; nobody else
    glances meanwhile. So whatever this process has committed is seen by the next glance.
    """

    def __init__(self, connection: sqlite3.Connection, queries: Mapping[str, str]) -> None:
        self._connection = connection
        self._queries = queries
        self._ending: asyncio.Handle | None = None
        self._is_over = False
        self.session = SqliteSession(connection, queries)
        self.lock = asyncio.Lock()
        """Held by whoever glances at more than one thing."""

    def begin(self) -> None:
        """Begin a view, unless this turn has one already."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN")
            self._ending = asyncio.get_running_loop().call_soon(self.end)

    def end(self) -> None:
        """End the view, unless somebody is still glancing."""
        self._is_over = self.lock.locked()
        if not self._is_over:
            self._connection.rollback()

    def release(self) -> None:
        """Let others glance, in a view of their own if this one's turn is over."""
        self.lock.release()
        if self._is_over:
            self.end()

    def look(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Run one named query in the view of this turn."""
        self.begin()
        return self._connection.execute(self._queries[query], parameters).fetchall()

    def close(self) -> None:
        """Close the connection."""
        if self._ending is not None:
            self._ending.cancel()
        self._connection.close()


class _Glance:
    """A glance from begin to end; a class, as there are several for each update."""

    __slots__ = ("_glancer",)

    def __init__(self, glancer: Glancer) -> None:
        self._glancer = glancer

    async def __aenter__(self) -> SqliteSession:
        await self._glancer.lock.acquire()
        try:
            with _translated():
                self._glancer.begin()
        except BaseException:
            self._glancer.lock.release()
            raise
        return self._glancer.session

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with _translated():
            self._glancer.release()
        _translated().__exit__(kind, error, trace)


class SqliteEngine:
    """A database file. Make it with `open_sqlite`."""

    def __init__(
        self,
        writer: Line,
        glancer: sqlite3.Connection,
        reader: Line,
        folding: Folding,
        queries: Mapping[str, str],
        view: View,
    ) -> None:
        self._writing, self._reading = writer, reader
        self._view = view
        self._folding = folding
        self._glancer = Glancer(glancer, queries)
        self._writer = writer.near
        self._queries = queries
        self._write_lock, self._read_lock = asyncio.Lock(), asyncio.Lock()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Session]:
        """Open the one write transaction."""
        async with self._write_lock, self._transaction() as session:
            yield session

    @asynccontextmanager
    async def noting(self) -> AsyncIterator[Session]:
        """Open the one write transaction, for what lasts once the next does: the log is written in order."""
        async with self._write_lock:
            self._writer.execute("PRAGMA synchronous=NORMAL")
            try:
                async with self._transaction() as session:
                    yield session
            finally:
                self._writer.execute("PRAGMA synchronous=FULL")

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Session]:
        with _translated():
            self._glancer.end()  # an open view would keep the write-ahead log from beginning anew
            await self._begin()
            try:
                yield SqliteSession(self._writer, self._queries)
                await finished(self._writing.far.commit())
            finally:
                self._writer.rollback()  # nothing, once it is committed
            self._folding.written(self._writer.total_changes)

    def glancing(self) -> AbstractAsyncContextManager[Session]:
        """Open a view of what is committed now, for a few rows."""
        return _Glance(self._glancer)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        """Open a view of what is committed now, for as many rows as there are."""
        async with self._read_lock:
            with _translated():
                try:
                    async with self._view(self._reading, self._queries) as session:
                        yield session
                finally:
                    self._reading.near.rollback()

    async def look(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Run one named query on what is committed now."""
        if not self._glancer.lock.locked():
            with _translated():
                return self._glancer.look(query, parameters)
        async with self.glancing() as session:
            return await session.rows(query, parameters)

    def claiming(self, what: Claim) -> AbstractAsyncContextManager[Session]:
        """Open a view for a glance: there is nobody to claim work from."""
        del what
        return self.glancing()

    @property
    def holder(self) -> int:
        """Say that the file is not shared: one process has it."""
        return 0

    async def shred(self, *, in_passing: bool) -> bool:
        """Fold the write-ahead log into the file and cut it to nothing; in the file, what was deleted is zeros."""
        give_up_at = monotonic() + (PASSING_SECONDS if in_passing else BUSY_SECONDS)
        fold = "PRAGMA wal_checkpoint(TRUNCATE)"
        while True:
            async with self._write_lock:
                await self._folding.rest()
                with _translated():
                    ((is_busy, _, _),) = await finished(self._writing.far.execute_fetchall(fold))
            if not is_busy or monotonic() > give_up_at:  # busy: somebody reads what was there before
                return not is_busy
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def intended(self) -> Sequence[Row]:
        """Say what the migrations make of a file, and, where its county has moved, what seals it."""
        sealing = SEALING if await self.look("meta_get", {"name": MOVED}) else ()
        return await asyncio.to_thread(made, self._queries["schema_parts"], [self._queries[name] for name in sealing])

    async def close(self) -> None:
        """Close all connections; with the last the write-ahead log is folded into the file."""
        await self._folding.close()
        await self._reading.far.close()
        self._glancer.close()
        await self._writing.far.close()

    async def _begin(self) -> None:
        """Take the file's write lock, as soon as no other process has it.

        Raises:
            sqlite3.OperationalError: it did not come free in time, or the file cannot be written.
        """
        give_up_at = monotonic() + BUSY_SECONDS
        while True:
            try:
                self._writer.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > give_up_at:
                    raise
                await asyncio.sleep(LOOK_AGAIN_SECONDS)
            else:
                return


class _translated:  # noqa: N801 (reads as a clause: with _translated())
    """Turn the driver's errors into ours."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.IntegrityError) and MOVED_SAYS in str(error):
            raise StorageUnavailable(str(error)) from error
        if isinstance(error, sqlite3.IntegrityError):
            raise Conflict from error
        if isinstance(error, sqlite3.Error):
            raise unavailable(error) from error


async def open_sqlite(path: Path, queries: Mapping[str, str], *, read_only: bool) -> SqliteEngine:
    """Open a migrated database file.

    Raises:
        StorageUnavailable: the file cannot be opened.
        DatabaseDamaged: it ends too early.
    """
    refuse_cut(path)
    with _translated():
        writer, glancer, reader = (_connected(path, read_only=read_only) for _ in range(3))
        if not read_only:
            writer.execute("PRAGMA journal_mode=WAL")
            writer.execute("PRAGMA synchronous=FULL")
            writer.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten with zeros
            for bound in BOUNDS:
                writer.execute(bound)
        writer.execute("PRAGMA busy_timeout=0")  # whoever waits for another process waits in the loop
        for connection in (glancer, reader):
            connection.execute("PRAGMA query_only=ON")
    folding = Folding(lambda: _connected(path, read_only=read_only, busy_seconds=0))
    view = near_view if read_only else distant_view
    return SqliteEngine(await _line(writer), glancer, await _line(reader), folding, queries, view)


async def _line(connection: sqlite3.Connection) -> Line:
    return Line(connection, await aiosqlite.Connection(lambda: connection, ROWS_AT_ONCE))


def _connected(path: Path, *, read_only: bool, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Connect; one thread at a time uses a connection, though not always the same."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}",
        uri=True,
        isolation_level=None,
        timeout=busy_seconds,
        check_same_thread=False,
        cached_statements=STATEMENTS,
    )
