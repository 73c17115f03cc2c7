"""Changing the master key while the bot runs: each data key is wrapped anew, page by page; what they seal stays as it is.

At every moment each data key opens with the key file as it is then, and the database says under which version new ones go:
whoever still wraps under an earlier one is refused, reads the file again, and goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import starmap
from typing import Final

from storage.engine import Engine, Parameters, typed
from storage.insist import insist
from storage.keyring import MASTER_VERSION, version_in_use
from storage.vault import LOOKUP, Vault, WrappedKey

PAGE: Final = 500
"""How many data keys are wrapped anew in one transaction; the bot's own writes come in between."""


async def versions_in_use(engine: Engine) -> dict[int, int]:
    """Count the data keys by the version of the master key that they are wrapped under."""
    async with engine.reading() as session:
        return dict(typed(await session.rows("key_versions", {}), tuple[int, int]))


async def rewrap_all(engine: Engine, vault: Vault, tell: Callable[[int, int], None]) -> int:
    """Wrap every data key under the version that the vault uses; return how many were under an earlier one.

    Once this returns, no data key is under an earlier version, and none can come to be.

    Raises:
        KeyLost: one of them cannot be opened with the master keys at hand; those before it are done.
    """
    await insist(lambda: _begin(engine, vault))
    total = sum(count for version, count in (await versions_in_use(engine)).items() if version < vault.version)
    done, after = 0, ""
    while True:
        count, after = await insist(partial(_page, engine, vault, after))
        if not count:
            return done
        done += count
        tell(min(done, total), total)


async def _begin(engine: Engine, vault: Vault) -> None:
    """Say which version new keys go under, and wrap a first one so: a key file that lacks it is noticed at every start."""
    async with engine.writing() as session:
        await session.rows("keys_hold", {})
        if (await version_in_use(session) or 0) < vault.version:
            await session.run("meta_put", [{"name": MASTER_VERSION, "value": str(vault.version)}])
        own = typed(await session.rows("key_get", {"owner": LOOKUP}), tuple[int, bytes])
        await session.run("key_rewrap", [_rewrapped(vault, WrappedKey(LOOKUP, *row)) for row in own])


async def _page(engine: Engine, vault: Vault, after: str) -> tuple[int, str]:
    """Wrap a page anew; return how many, and the last owner. `transit` is the last of all: while it waits, so may others."""
    async with engine.writing() as session:
        rows = await session.rows("keys_older", {"after": after, "version": vault.version, "limit": PAGE})
        older = list(starmap(WrappedKey, typed(rows, tuple[str, int, bytes])))
        await session.run("key_rewrap", [_rewrapped(vault, old) for old in older])
    return len(older), older[-1].owner if older else after


def _rewrapped(vault: Vault, old: WrappedKey) -> Parameters:
    new = vault.rewrap(old)
    return {"owner": old.owner, "master_version": new.master_version, "wrapped": new.wrapped, "before": old.master_version}
