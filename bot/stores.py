"""Opening the store in the database that the settings name: for the bot with its keys, or for a command that reads cases.

A part of the composition root; it knows no Telegram, so that commands start soon.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from bot.databases import (
    SIGN_KEY,
    erasure_list,
    known_vault,
    migrate_database,
    opened_as_it_is,
    opened_engine,
    origin_of,
    refuse_moved,
)
from bot.rules.county import County
from bot.settings import Settings, SqliteLocation
from bot.watch.disk import free_bytes, log_bytes
from bot.watch.health import Premises
from storage.engine import Engine
from storage.keyfile import read_secret
from storage.keyring import is_sealed
from storage.masters import make_masters
from storage.reader import StoreReader
from storage.signing import Signer
from storage.store import Store, open_store
from storage.vault import SystemRandomness, Vault

log: Final = logging.getLogger(__name__)

EMPTY: Final = "the database is empty, but its key file is there: if this county has run before, put its database back"
USERNAME: Final = "bot_username"
"""Under which name the store remembers what Telegram calls the bot."""

PROFILE: Final = "bot_profile"
"""Under which name it remembers the mark of what was last said on the bot's page."""
MENUS: Final = "menus"
"""Under which name the store remembers which menus of commands officials have."""


def premises_of(settings: Settings) -> Premises:
    """Say where the database and its keys lie on this machine."""
    keys = (settings.key_file, settings.sign_key_file)
    if not isinstance(settings.database, SqliteLocation):
        return Premises(None, keys)
    path = settings.database.path
    return Premises(partial(free_bytes, path.parent), keys, partial(log_bytes, path))


async def opened_vault(settings: Settings, engine: Engine) -> Vault:
    """Open the vault with its key file, made if nothing in the database is sealed yet.

    A key file that is there before anything is sealed may be one that was prepared; or the database of its county is gone.

    Raises:
        SettingsError: the key file cannot be used, or is gone.
    """
    async with engine.reading() as session:
        if not await is_sealed(session):
            if settings.key_file.exists():
                log.warning(EMPTY)
            make_masters(settings.key_file, SystemRandomness())
    return known_vault(settings)


def opened_signer(settings: Settings, county: County) -> Signer:
    """Open the key that signs checkpoints, made if it is not there."""
    return Signer(origin_of(county), read_secret(settings.sign_key_file, SIGN_KEY, SystemRandomness()))


@asynccontextmanager
async def opened_store(settings: Settings, county: County | None = None) -> AsyncIterator[Store]:
    """Open the store for writing: migrated, with its keys; with a county, also with the key that signs its ledger."""
    await migrate_database(settings)
    signer = None if county is None else opened_signer(settings, county)
    async with opened_engine(settings, read_only=False) as engine:
        await refuse_moved(engine, settings)
        vault = await opened_vault(settings, engine)
        yield await open_store(engine, vault, SystemRandomness(), signer, erasure_list(settings))


@asynccontextmanager
async def opened_reader(settings: Settings) -> AsyncIterator[StoreReader]:
    """Open the store for reading what needs no key."""
    async with opened_as_it_is(settings, read_only=True) as engine:
        yield StoreReader(engine, None)
