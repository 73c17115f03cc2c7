"""A town for the loops to work in, and a bound on waiting for them that no passing test comes near."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.store import Town, opened_town

SECONDS = 60.0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Say where the database of this test lies."""
    return tmp_path / "bot.db"


@pytest.fixture
async def town(file: Path) -> AsyncIterator[Town]:
    """Open a new store with its people."""
    async with opened_town(file) as town:
        yield town


@pytest.fixture(autouse=True)
async def not_for_ever() -> AsyncIterator[None]:
    """End a test whose loop does not end."""
    task = asyncio.current_task()
    assert task is not None
    timer = asyncio.get_running_loop().call_later(SECONDS, task.cancel)
    yield
    timer.cancel()
