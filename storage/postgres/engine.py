"""PostgreSQL through asyncpg: a few connections, each transaction on one of them, and a presence that others can see.

A commit is on the server's disk before it returns. What a process has claimed is free again the moment its presence ends.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final, cast

from bot.errors import StorageUnavailable
from storage.engine import Claim, Parameters, Row
from storage.postgres.connection import Connection, Pool, Translated, connect, open_pool
from storage.postgres.migrate import made
from storage.postgres.statement import Statement, translate

CONNECTIONS: Final = 4
"""At most so many for each process, besides its presence: worker, delivery, clock and intake write beside each other."""

BEGIN_WRITING: Final = "BEGIN ISOLATION LEVEL READ COMMITTED"
BEGIN_NOTING: Final = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = off"
BEGIN_GLANCING: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
BEGIN_READING: Final = f"{BEGIN_GLANCING}; SET LOCAL plan_cache_mode = force_custom_plan"
"""What is read at length is planned for the values it is about: from the sixth time on, the server would plan it for any."""

BEGIN_CLAIMING: Final = {
    Claim.UPDATES: f"{BEGIN_NOTING}; SELECT pg_advisory_xact_lock(1835626600, 0)",
    Claim.LETTERS: f"{BEGIN_NOTING}; SELECT pg_advisory_xact_lock(1835626600, 1)",
    Claim.DUTY: BEGIN_NOTING,
}
"""Claims are made one after the other, so that each sees those before it; that one is lost with the server does no harm."""

MANY: Final = 4
"""From so many rows on they are put all at once: lists and their types cost a little of their own."""

NEW_HOLDER: Final = "SELECT nextval('holders')"
APPEAR: Final = "SELECT pg_advisory_lock(1835626601, $1)"
VANISH: Final = "SELECT pg_advisory_unlock_all()"
"""The locks of the view `present` in the migrations: held by a session as long as it lives."""


SHREDDED: Final = (
    "keys",
    "voices",
    "anchors",
    "dialogs",
    "outbox",
    "inbox",
    "persons",
    "staff",
    "meeting_people",
    "meeting_seconds",
    "meeting_matters",
)
"""What is written anew after an erasure; the words themselves need not be, as their keys are gone."""

PATIENCE: Final = "SET lock_timeout = '10s'"


class PostgresSession:
    """Runs named queries on one connection."""

    def __init__(self, connection: Connection, queries: Mapping[str, Statement], for_rows: dict[str, str]) -> None:
        self._connection = connection
        self._queries = queries
        self._for_rows = for_rows

    async def rows(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Run a named query and return all its rows."""
        wanted = self._queries[query]
        found = await self._connection.fetch(wanted.sql, *wanted.arguments(parameters))
        return [tuple(row) for row in found]

    async def run(self, query: str, parameters: Sequence[Parameters]) -> int:
        """Run a named statement once for each set of parameters; return how many rows changed."""
        if not parameters:
            return 0
        wanted = self._queries[query]
        arguments = [wanted.arguments(each) for each in parameters]
        if len(arguments) >= MANY and wanted.putting is not None:
            done = await self._connection.execute(await self._said_for_rows(query), *map(list, zip(*arguments, strict=True)))
            return int(done.rpartition(" ")[2])
        return len(await self._connection.fetchmany(wanted.sql, arguments))

    async def _said_for_rows(self, query: str) -> str:
        """Say a statement for many rows, by the types that the server takes its parameters to be; asked once."""
        if query not in self._for_rows:
            wanted = self._queries[query]
            prepared = await self._connection.prepare(wanted.sql)
            self._for_rows[query] = wanted.for_rows([each.name for each in prepared.get_parameters()])
        return self._for_rows[query]


class Presence:
    """A session that says that this process lives; the server ends it with the process, however that ends."""

    def __init__(self, url: str, connection: Connection, holder: int) -> None:
        self._url = url
        self._connection = connection
        self._returning = asyncio.Lock()
        self.holder = holder

    async def ensure(self) -> None:
        """Come back under the same number if the session was lost."""
        async with self._returning:
            if self._connection.is_closed():
                self._connection = await connect(self._url)
                await self.show()

    async def show(self) -> None:
        """Be seen."""
        with Translated():
            await self._connection.fetch(APPEAR, self.holder)

    async def end(self) -> None:
        """Let go of everything at once."""
        with Translated():
            if not self._connection.is_closed():
                await self._connection.execute(VANISH)
                await self._connection.close()


class PostgresEngine:
    """A database on a server. Make it with `open_postgres`."""

    def __init__(self, url: str, pool: Pool, presence: Presence | None, queries: Mapping[str, Statement]) -> None:
        self._url = url
        self._pool = pool
        self._presence = presence
        self._queries = queries
        self._for_rows: dict[str, str] = {}
        """What puts rows, as it is said for many at once."""

    @property
    def holder(self) -> int:
        """Which of the processes that share the database this is, from 1; 0 when it only reads."""
        return 0 if self._presence is None else self._presence.holder

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[PostgresSession]:
        """Open a write transaction; others may write beside it."""
        async with self._transaction(BEGIN_WRITING) as session:
            yield session

    @asynccontextmanager
    async def noting(self) -> AsyncIterator[PostgresSession]:
        """Open a write transaction that lasts once a later one does: the log is written in order."""
        async with self._transaction(BEGIN_NOTING) as session:
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[PostgresSession]:
        """Open a view of what is committed now."""
        async with self._transaction(BEGIN_READING) as session:
            yield session

    @asynccontextmanager
    async def glancing(self) -> AsyncIterator[PostgresSession]:
        """Open a view of what is committed now, for short statements, which are planned once for all values."""
        async with self._transaction(BEGIN_GLANCING) as session:
            yield session

    async def look(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Run one named query on what is committed now: without beginning and ending a transaction, a third of the ways."""
        with Translated():
            connection = await self._pool.acquire()
            try:
                return await PostgresSession(connection, self._queries, self._for_rows).rows(query, parameters)
            finally:
                await self._pool.release(connection)

    @asynccontextmanager
    async def claiming(self, what: Claim) -> AsyncIterator[PostgresSession]:
        """Open a transaction in which work is claimed, one at a time of its kind among all processes."""
        if self._presence is not None:
            await self._presence.ensure()
        async with self._transaction(BEGIN_CLAIMING[what]) as session:
            yield session

    async def shred(self, *, in_passing: bool) -> bool:
        """Write the tables anew that held keys, ties and what other keys seal; each is locked for as long as that takes.

        The server's write-ahead log, and any archive of it, keeps what was deleted until it is recycled.
        """
        if in_passing:
            return False
        connection = await connect(self._url)
        try:
            with Translated():
                await connection.execute(PATIENCE)
                for table in SHREDDED:
                    await connection.execute(f"VACUUM (FULL) {table}")
        finally:
            with Translated():
                await connection.close()
        return True

    async def intended(self) -> Sequence[Row]:
        """Say what a server once made of the migrations; a test holds it against what one makes of them now."""
        return await asyncio.to_thread(made)

    async def close(self) -> None:
        """End all sessions: what this process had claimed is free from now on. A server that has gone needs no farewell."""
        try:
            if self._presence is not None:
                await self._presence.end()
            with Translated():
                await self._pool.close()
        except StorageUnavailable:
            self._pool.terminate()

    @asynccontextmanager
    async def _transaction(self, begin: str) -> AsyncIterator[PostgresSession]:
        with Translated():
            connection = await self._pool.acquire()
            try:
                try:  # BEGIN is inside: cancelled while it waits, it still begins, and must be undone
                    await connection.execute(begin)
                    yield PostgresSession(connection, self._queries, self._for_rows)
                    await connection.execute("COMMIT")
                except BaseException:
                    await _undo(connection)
                    raise
            finally:
                await self._pool.release(connection)


async def _undo(connection: Connection) -> None:
    """Roll back; a connection that cannot even do that is dropped."""
    try:
        if not connection.is_closed():
            await connection.execute("ROLLBACK")
    except BaseException:
        connection.terminate()
        raise


async def open_postgres(url: str, queries: Mapping[str, str], *, read_only: bool) -> PostgresEngine:
    """Open a migrated database.

    Raises:
        StorageUnavailable: the server cannot be reached, or does not let us in.
        SettingsError: `url` cannot be read.
    """
    presence = None if read_only else await _appeared(url)
    try:
        pool = await open_pool(url, CONNECTIONS, read_only=read_only)
    except BaseException:
        if presence is not None:
            await presence.end()
        raise
    return PostgresEngine(url, pool, presence, translate(queries))


async def _appeared(url: str) -> Presence:
    connection = await connect(url)
    with Translated():
        ((holder,),) = await connection.fetch(NEW_HOLDER)
    presence = Presence(url, connection, cast("int", holder))
    await presence.show()
    return presence
