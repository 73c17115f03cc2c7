"""Opening the database that the settings name: for the bot with its keys, or for a command that only reads.

The half of the composition root that every command needs; it knows no Telegram, so that commands start at once.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.rules.county import County
from bot.settings import DatabaseLocation, PostgresLocation, Settings, SqliteLocation
from bot.watch.disk import free_bytes, log_bytes
from bot.watch.health import Premises
from storage.engine import Engine
from storage.erasure_list import list_beside
from storage.keyfile import read_secret, read_secret_if_there
from storage.keyring import is_sealed
from storage.masters import make_masters, masters_of
from storage.queries import load
from storage.reader import StoreReader
from storage.signing import Signer
from storage.sqlite import migrate as sqlite
from storage.sqlite.engine import open_sqlite
from storage.sqlite.moving import MOVED
from storage.store import Store, open_store
from storage.vault import SystemRandomness, Vault

log: Final = logging.getLogger(__name__)

EMPTY: Final = "the database is empty, but its key file is there: if this county has run before, put its database back"
SIGN_KEY: Final = "BOT_SIGN_KEY_FILE"
USERNAME: Final = "bot_username"
"""Under which name the store remembers what Telegram calls the bot."""

PROFILE: Final = "bot_profile"
"""Under which name it remembers the mark of what was last said on the bot's page."""
MENUS: Final = "menus"
"""Under which name the store remembers which menus of commands officials have."""

KEY_GONE: Final = (
    "BOT_KEY_FILE: {} is not there, and what the database holds is sealed under it: put the file back, or type the copy "
    "from the safe into it (chmod 600)"
)
NO_DRIVER: Final = (
    "BOT_DATABASE: postgresql:// needs the driver asyncpg, which is not installed: "
    "python -m pip install --require-hashes -r requirements-postgres.lock"
)


def premises_of(settings: Settings) -> Premises:
    """Say where the database and its keys lie on this machine."""
    keys = (settings.key_file, settings.sign_key_file)
    if not isinstance(settings.database, SqliteLocation):
        return Premises(None, keys)
    path = settings.database.path
    return Premises(partial(free_bytes, path.parent), keys, partial(log_bytes, path))


def describe_database(settings: Settings) -> str:
    """Say where the database is, without anyone's name or password."""
    match settings.database:
        case SqliteLocation(path=path):
            return str(path)
        case PostgresLocation(url=url):
            parts = urlsplit(url)
            return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}"


async def migrate_database(settings: Settings) -> tuple[int, int]:
    """Bring the database to the newest schema; return the versions before and after.

    Raises:
        NewerSchema, StorageUnavailable, SettingsError: it stays as it is.
    """
    match settings.database:
        case SqliteLocation(path=path):
            return sqlite.migrate(path)
        case PostgresLocation(url=url):
            with driver():
                from storage.postgres.migrate import migrate  # noqa: PLC0415 (see driver)
            return await migrate(url)


async def check_database(settings: Settings) -> None:
    """Make sure that the database can be used as it is.

    Raises:
        NoDatabase, OutdatedSchema, NewerSchema, StorageUnavailable, SettingsError: it cannot.
    """
    match settings.database:
        case SqliteLocation(path=path):
            sqlite.check_version(path)
        case PostgresLocation(url=url):
            with driver():
                from storage.postgres.migrate import check_version  # noqa: PLC0415 (see driver)
            await check_version(url)


@asynccontextmanager
async def opened_engine(settings: Settings, *, read_only: bool) -> AsyncIterator[Engine]:
    """Open a database that has the newest schema."""
    async with opened_at(settings.database, read_only=read_only) as engine:
        yield engine


@asynccontextmanager
async def opened_at(database: DatabaseLocation, *, read_only: bool) -> AsyncIterator[Engine]:
    """Open a database by where it is."""
    engine: Engine
    match database:
        case SqliteLocation(path=path):
            engine = await open_sqlite(path, load("sqlite"), read_only=read_only)
        case PostgresLocation(url=url):
            with driver():
                from storage.postgres.engine import open_postgres  # noqa: PLC0415 (see driver)
            engine = await open_postgres(url, load("postgres"), read_only=read_only)
    try:
        yield engine
    finally:
        await engine.close()


def erasure_list(settings: Settings) -> Path:
    """Name the list of erasures: beside the database file, or, where that is on a server, beside the key file."""
    match settings.database:
        case SqliteLocation(path=path):
            return list_beside(path)
        case PostgresLocation():
            return list_beside(settings.key_file.with_name("database"))


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


def known_vault(settings: Settings) -> Vault:
    """Open the vault with its key file, which must be there.

    Raises:
        SettingsError: it cannot be used, or is gone.
    """
    if not settings.key_file.exists():
        raise SettingsError((KEY_GONE.format(settings.key_file),))
    return Vault(masters_of(settings.key_file), SystemRandomness())


def opened_signer(settings: Settings, county: County) -> Signer:
    """Open the key that signs checkpoints, made if it is not there."""
    return Signer(origin_of(county), read_secret(settings.sign_key_file, SIGN_KEY, SystemRandomness()))


def known_signer(settings: Settings, county: County) -> Signer | None:
    """Open the key that signs checkpoints if there is one."""
    secret = read_secret_if_there(settings.sign_key_file, SIGN_KEY)
    return None if secret is None else Signer(origin_of(county), secret)


def origin_of(county: County) -> str:
    """Name the county's ledger in checkpoints."""
    return f"minsheng/{county.code}"


@asynccontextmanager
async def opened_store(settings: Settings, county: County | None = None) -> AsyncIterator[Store]:
    """Open the store for writing: migrated, with its keys; with a county, also with the key that signs its ledger."""
    await migrate_database(settings)
    signer = None if county is None else opened_signer(settings, county)
    async with opened_engine(settings, read_only=False) as engine:
        await _refuse_moved(engine, settings)
        vault = await opened_vault(settings, engine)
        yield await open_store(engine, vault, SystemRandomness(), signer, erasure_list(settings))


@asynccontextmanager
async def opened_as_it_is(settings: Settings, *, read_only: bool) -> AsyncIterator[Engine]:
    """Open a database that must be there and have the newest schema; it is neither made nor migrated."""
    await check_database(settings)
    async with opened_engine(settings, read_only=read_only) as engine:
        if not read_only:
            await _refuse_moved(engine, settings)
        yield engine


async def _refuse_moved(engine: Engine, settings: Settings) -> None:
    """Refuse to write to a file that was sealed when its county moved; raises SettingsError."""
    moved_to = await StoreReader(engine, None).meta(MOVED)
    if isinstance(settings.database, SqliteLocation) and moved_to is not None:
        raise SettingsError((f"BOT_DATABASE: the county has moved to {moved_to}: name that, with user and password",))


@asynccontextmanager
async def opened_reader(settings: Settings) -> AsyncIterator[StoreReader]:
    """Open the store for reading what needs no key."""
    async with opened_as_it_is(settings, read_only=True) as engine:
        yield StoreReader(engine, None)


@contextmanager
def driver() -> Iterator[None]:
    """Import what needs the driver of PostgreSQL, an extra that a county on SQLite does not install."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "asyncpg":
            raise
        raise SettingsError((NO_DRIVER,)) from error
