"""Opening the database that the settings name: for the bot with its keys, or for a command that only reads.

The half of the composition root that every command needs; it knows no Telegram, so that commands start at once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.errors import SettingsError
from bot.settings import Settings, SqliteLocation
from storage.queries import load
from storage.reader import StoreReader
from storage.sqlite.engine import open_sqlite
from storage.sqlite.migrate import check_version, migrate
from storage.store import Store, open_store
from storage.vault import SystemRandomness, Vault, read_master_key

MASTER_VERSION: Final = 1
USERNAME: Final = "bot_username"
"""Under which name the store remembers what Telegram calls the bot."""


def database_path(settings: Settings) -> SqliteLocation:
    """Return where the database lies.

    Raises:
        SettingsError: it is one that this version cannot use.
    """
    if not isinstance(settings.database, SqliteLocation):
        raise SettingsError(("BOT_DATABASE: this version keeps its ledger in SQLite only; use sqlite:///path",))
    return settings.database


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[Store]:
    """Open the store for writing: migrated, with its keys."""
    path = database_path(settings).path
    migrate(path)
    randomness = SystemRandomness()
    vault = Vault(read_master_key(settings.key_file, randomness), MASTER_VERSION, randomness)
    engine = await open_sqlite(path, load("sqlite"), read_only=False)
    try:
        yield await open_store(engine, vault, randomness)
    finally:
        await engine.close()


@asynccontextmanager
async def opened_reader(settings: Settings) -> AsyncIterator[StoreReader]:
    """Open the store for reading what needs no key."""
    path = database_path(settings).path
    check_version(path)
    engine = await open_sqlite(path, load("sqlite"), read_only=True)
    try:
        yield StoreReader(engine, None)
    finally:
        await engine.close()
