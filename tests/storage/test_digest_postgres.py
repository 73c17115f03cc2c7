"""The digest's SQL counts the same on both databases; that SQLite counts what the definitions say is tested beside this."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from random import Random

import pytest

from storage.engine import Parameters, Value
from storage.figures import listed
from storage.postgres.connection import Connection
from storage.postgres.engine import PostgresSession
from storage.postgres.statement import translate
from storage.queries import load
from tests.storage.histories import TOWNSHIPS, UNITS, put, random_histories
from tests.storage.test_digest_sql import LONG_AFTER, PERIODS, empty_database, local
from tests.support.postgres import connected

TABLES = ("cases", "rounds", "ratings", "ledger", "follow_ups")
DIGEST = tuple(name for name in load("sqlite") if name.startswith("digest_"))


@pytest.mark.parametrize("seed", range(3))
async def test_both_databases_count_the_same(url: str, seed: int) -> None:
    """Every query, period and scope gives the same rows, in integers, for the same random histories."""
    random = Random(seed)
    with closing(empty_database()) as sqlite:
        for history in random_histories(random, 30, local("02 00:00")):
            put(sqlite, history)
        async with connected(url) as connection:
            await _copy(sqlite, connection)
            session = PostgresSession(connection, translate(load("postgres")), {})
            for unit in (None, random.choice(UNITS)):
                wanted: Parameters = {
                    "periods": listed(PERIODS, LONG_AFTER),
                    "unit": unit,
                    "township": random.choice(TOWNSHIPS),
                }
                for name in DIGEST:
                    counted = await session.rows(name, wanted)
                    assert _sorted(counted) == _sorted(sqlite.execute(load("sqlite")[name], wanted).fetchall()), name


def test_a_digest_asks_something() -> None:
    """A comparison of no counts would pass."""
    assert {"digest_received", "digest_limits", "digest_closings", "digest_visits", "digest_measures"} <= set(DIGEST)


async def _copy(sqlite: sqlite3.Connection, connection: Connection) -> None:
    for table in TABLES:
        rows = sqlite.execute(f"SELECT * FROM {table}").fetchall()
        places = ", ".join(f"${place}" for place in range(1, len(rows[0]) + 1))
        await connection.fetchmany(f"INSERT INTO {table} VALUES ({places}) RETURNING 1", rows)


def _sorted(rows: Sequence[Sequence[Value]]) -> list[tuple[tuple[str, str], ...]]:
    """Order rows and keep the type of each value, so that 1 is not 1.0."""
    return sorted(tuple((type(value).__name__, str(value)) for value in row) for row in rows)
