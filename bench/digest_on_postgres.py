"""The same made-up cases in PostgreSQL: a weekly digest beside its bare statements, each through asyncpg on one connection.

Invariant: what is compared is processor time, of the server and of this process, so that what else runs does not count.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import Final

import asyncpg

from bench.replicas import Database, server
from bot.rules.chain import instant
from bot.rules.county import County
from bot.rules.digest import TREND, scope_of
from bot.rules.period import Period
from storage.figures import listed
from storage.postgres.engine import open_postgres
from storage.postgres.migrate import migrate
from storage.postgres.statement import translate
from storage.queries import load
from storage.reader import StoreReader

COLUMNS: Final = "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
KEPT: Final = frozenset({"meta", "ledger_head"})
"""Tables that a migrated database has rows in already."""


async def measure(path: Path, county: County, week: Period, now: datetime, rounds: int) -> dict[str, list[float]]:
    """Copy a database of `bench.digest` to a server, and let both take turns there; the first turn only warms the cache.

    Returns:
        Seconds of the processor a turn: `whole`, `bare`.
    """
    took: dict[str, list[float]] = {"whole": [], "bare": []}
    with server() as database:
        url = await database.fresh("digest")
        await migrate(url)
        await _copy(path, url)
        engine = await open_postgres(url, load("postgres"), read_only=True)
        try:
            for _ in range(rounds + 1):
                took["bare"].append(await _bare(database, url, (week, *week.earlier(TREND[week.stretch])), now))
                with _timed(database, took["whole"]):
                    await StoreReader(engine, None).digest(week, scope_of(county), now)
        finally:
            await engine.close()
    return took


async def _copy(path: Path, url: str) -> None:
    connection = await asyncpg.connect(url)
    types = {(table, column): kind for table, column, kind in await connection.fetch(COLUMNS)}
    with closing(sqlite3.connect(path)) as source:
        for table in sorted({table for table, _ in types} - KEPT):
            names = [name for _, name, *_ in source.execute(f"PRAGMA table_info({table})")]
            truths = [place for place, name in enumerate(names) if types.get((table, name)) == "boolean"]
            rows = [list(row) for row in source.execute(f"SELECT {', '.join(names)} FROM {table}")] if names else []
            for row in rows:
                for place in truths:
                    row[place] = None if row[place] is None else bool(row[place])
            if rows:
                await connection.copy_records_to_table(table, records=rows, columns=names)
    await connection.execute("ANALYZE")
    await connection.close()


async def _bare(database: Database, url: str, periods: tuple[Period, ...], now: datetime) -> float:
    connection = await asyncpg.connect(url, statement_cache_size=0)
    took: list[float] = []
    with _timed(database, took):
        for name, wanted in translate(load("postgres")).items():
            asked = periods[:2] if name == "digest_breakdown" else periods
            values = {"periods": listed(asked, now), "unit": None, "township": None, "before": instant(periods[0].ends_at)}
            if name.startswith("digest_") or name in {"sign_entries", "survey_entries"}:
                await connection.fetch(wanted.sql, *wanted.arguments(values))
    await connection.close()
    return took[0]


@contextmanager
def _timed(database: Database, took: list[float]) -> Iterator[None]:
    begun = process_time() + database.cpu_seconds()
    yield
    took.append(process_time() + database.cpu_seconds() - begun)
