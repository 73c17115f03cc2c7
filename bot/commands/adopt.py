"""`restore --adopt`: a PostgreSQL database that pg_restore has filled is made safe to go on from, as a restored file is.

What pg_restore cannot know is done here: the chain is followed, then in one transaction letters that waited are held back,
numbers are skipped, erasures are done again, and the ledger says that it was restored. Killed at any moment, the database is
as it was (at a newer schema perhaps), or adopted.
"""

from __future__ import annotations

import argparse
import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.actions.file_case import series
from bot.commands.progress import Progress
from bot.commands.restored import Outcome, refuse_earlier, report, try_key
from bot.county import read_county
from bot.databases import check_database, erasure_list, migrate_database, opened_as_it_is
from bot.errors import NoDatabase, OutdatedSchema, SettingsError
from bot.rules.entry import Restored
from bot.settings import PostgresLocation, Settings
from storage.engine import Engine
from storage.erasure_list import lists_around, read_lists
from storage.reader import StoreReader
from storage.restored import Copy, check_content, settle_restored, users_and_last_kind
from storage.vault import SystemRandomness

ONLY_POSTGRES: Final = "--adopt is for PostgreSQL; for an SQLite file say `restore FILE`"
EMPTY: Final = "there is nothing in this database: fill it with pg_restore first (docs/operations.md)"
IN_USE: Final = "a bot has this database open: stop every process of it first, then adopt"
ADOPTED: Final = "this database was adopted already, and nothing has happened since; --force does it again"


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Migrate, check, settle."""
    if not isinstance(settings.database, PostgresLocation):
        raise SettingsError((ONLY_POSTGRES,))
    now, file = datetime.now(UTC), None if arguments.file is None else Path(arguments.file)
    erasures = read_lists([*(lists_around(file) if file else ()), erasure_list(settings)])
    county_series = series(await asyncio.to_thread(read_county, settings.county), now)
    try:
        with suppress(OutdatedSchema):  # that is what migrations are for
            await check_database(settings)
    except NoDatabase:
        raise SettingsError((EMPTY,)) from None
    await migrate_database(settings)
    async with opened_as_it_is(settings, read_only=False) as engine:
        await _refuse(engine, is_forced=arguments.force)
        content = await check_content(StoreReader(engine, None), Progress("entries checked"))
        refuse_earlier(arguments, content)
        keyring = await try_key(engine, settings)
        copy = Copy(content, [county_series], erasures)
        settled = await settle_restored(engine, keyring, SystemRandomness(), copy, now)
    return report(arguments, settings, Outcome(content, settled, replaced=None))


async def _refuse(engine: Engine, *, is_forced: bool) -> None:
    """Refuse what cannot be meant: an empty database, one in use, one that was adopted just before."""
    others, last = await users_and_last_kind(engine)
    if others:
        raise SettingsError((IN_USE,))
    if last is None:
        raise SettingsError((EMPTY,))
    if last == Restored.KIND and not is_forced:
        raise SettingsError((ADOPTED,))
