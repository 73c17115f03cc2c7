"""Which parameters each method takes. Invariant: the names come from `telegram.Bot` itself, so they age with the library."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache

from telegram import Bot

#: Arguments of the library that never travel to the server.
_CLIENT_SIDE = frozenset(
    {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs", "filename"}
)


@cache
def accepted_parameters() -> Mapping[str, frozenset[str]]:
    """Return for each method, in lower case without underscores, the names that may be sent; found once in a process."""
    accepted: dict[str, frozenset[str]] = {}
    for name, function in inspect.getmembers(Bot, inspect.isfunction):
        if name.startswith("_"):
            continue
        names = inspect.signature(function).parameters
        if "api_kwargs" in names:
            accepted[name.replace("_", "").lower()] = frozenset(names) - _CLIENT_SIDE
    return accepted
