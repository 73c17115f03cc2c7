"""What another writer got in the way of is run again, but not for ever."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.errors import Conflict, StorageUnavailable
from storage.insist import TRIES, insist


def after(conflicts: int, asked: list[int]) -> Callable[[], Awaitable[str]]:
    """Write a transaction that ends in a conflict so many times."""

    async def act() -> str:
        asked.append(1)
        if len(asked) <= conflicts:
            raise Conflict
        return "done"

    return act


@pytest.mark.parametrize("conflicts", range(TRIES))
async def test_a_conflict_is_run_again(conflicts: int) -> None:
    """Until there is none."""
    asked: list[int] = []
    assert await insist(after(conflicts, asked)) == "done"
    assert len(asked) == conflicts + 1


async def test_a_conflict_each_time_is_left_for_later() -> None:
    """The loops know how to wait for a database that cannot be used now."""
    asked: list[int] = []
    with pytest.raises(StorageUnavailable):
        await insist(after(TRIES, asked))
    assert len(asked) == TRIES
