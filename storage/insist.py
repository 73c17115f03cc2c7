"""Trying again what another writer got in the way of, where nothing was decided on what has changed since."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from bot.errors import Conflict, StorageUnavailable

TRIES: Final = 3

Outcome = TypeVar("Outcome")


async def insist(act: Callable[[], Awaitable[Outcome]]) -> Outcome:
    """Run a whole transaction, again if it must be.

    Raises:
        StorageUnavailable: there is a conflict each time; to try later may help.
    """
    for _ in range(TRIES):
        try:
            return await act()
        except Conflict:
            continue
    raise StorageUnavailable("others write the same all the time")
