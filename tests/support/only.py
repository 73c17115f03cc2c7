"""The one thing that a test gave, of those that it might have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from bot.errors import NotFound

T = TypeVar("T")


def only(found: Iterable[T]) -> T:
    """Return the first; raises NotFound where there is none, as a database does."""
    for each in found:
        return each
    raise NotFound
