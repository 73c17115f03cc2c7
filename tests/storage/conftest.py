"""Where the tests of the store find a database: an SQLite file of their own, and everything that lies in it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.store import Town, opened_town


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Say where the database of this test lies."""
    return tmp_path / "bot.db"


@pytest.fixture
async def town(file: Path) -> AsyncIterator[Town]:
    """Open a new store with its people."""
    async with opened_town(file) as town:
        yield town


@pytest.fixture
def everything(file: Path) -> Callable[[], list[str]]:
    """Return all that is committed, row by row."""

    def dump() -> list[str]:
        with closing(sqlite3.connect(file)) as connection:
            return list(connection.iterdump())

    return dump
