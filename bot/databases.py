"""Opening the database that the settings name, for a command that reads it as it is, and the keys that are there.

The half of the composition root that every command needs, and nothing more, so that commands start at once: neither Telegram
nor anything that only writes is loaded here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.rules.county import County
from bot.settings import DatabaseLocation, PostgresLocation, Settings, SqliteLocation
from storage.engine import Engine
from storage.erasure_list import list_beside
from storage.keyfile import read_secret_if_there
from storage.ledger_reader import LedgerReader
from storage.masters import masters_of
from storage.queries import load
from storage.signing import Signer
from storage.sqlite import migrate as sqlite
from storage.sqlite.engine import open_sqlite
from storage.sqlite.moving import MOVED
from storage.vault import SystemRandomness, Vault

SIGN_KEY: Final = "BOT_SIGN_KEY_FILE"
KEY_GONE: Final = (
    "BOT_KEY_FILE: {} is not there, and what the database holds is sealed under it: put the file back, or type the copy "
    "from the safe into it (chmod 600)"
)
NO_DRIVER: Final = (
    "BOT_DATABASE: postgresql:// needs the driver asyncpg, which is not installed: "
    "python -m pip install --require-hashes -r requirements-postgres.lock"
)


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


@asynccontextmanager
async def opened_as_it_is(settings: Settings, *, read_only: bool) -> AsyncIterator[Engine]:
    """Open a database that must be there and have the newest schema; it is neither made nor migrated."""
    await check_database(settings)
    async with opened_engine(settings, read_only=read_only) as engine:
        if not read_only:
            await refuse_moved(engine, settings)
        yield engine


async def refuse_moved(engine: Engine, settings: Settings) -> None:
    """Refuse to write to a file that was sealed when its county moved; raises SettingsError."""
    moved_to = await LedgerReader(engine).meta(MOVED)
    if isinstance(settings.database, SqliteLocation) and moved_to is not None:
        raise SettingsError((f"BOT_DATABASE: the county has moved to {moved_to}: name that, with user and password",))


def erasure_list(settings: Settings) -> Path:
    """Name the list of erasures: beside the database file, or, where that is on a server, beside the key file."""
    match settings.database:
        case SqliteLocation(path=path):
            return list_beside(path)
        case PostgresLocation():
            return list_beside(settings.key_file.with_name("database"))


def known_vault(settings: Settings) -> Vault:
    """Open the vault with its key file, which must be there.

    Raises:
        SettingsError: it cannot be used, or is gone.
    """
    if not settings.key_file.exists():
        raise SettingsError((KEY_GONE.format(settings.key_file),))
    return Vault(masters_of(settings.key_file), SystemRandomness())


def known_signer(settings: Settings, county: County) -> Signer | None:
    """Open the key that signs checkpoints if there is one."""
    secret = read_secret_if_there(settings.sign_key_file, SIGN_KEY)
    return None if secret is None else Signer(origin_of(county), secret)


def origin_of(county: County) -> str:
    """Name the county's ledger in checkpoints."""
    return f"minsheng/{county.code}"


@contextmanager
def driver() -> Iterator[None]:
    """Import what needs the driver of PostgreSQL, an extra that a county on SQLite does not install."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "asyncpg":
            raise
        raise SettingsError((NO_DRIVER,)) from error
