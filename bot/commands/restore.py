"""`restore FILE`: a backup takes the place of the database, after its ledger was checked and it was made safe to go on from.

Killed at any moment it leaves the database that was there, or the restored one.
"""

from __future__ import annotations

import argparse
import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.actions.file_case import series
from bot.commands import adopt
from bot.commands.backup import ELSEWHERE
from bot.commands.progress import Progress
from bot.commands.restored import Outcome, refuse_earlier, report, try_key
from bot.county import read_county
from bot.databases import erasure_list
from bot.errors import OutdatedSchema, SettingsError, StorageUnavailable
from bot.settings import PostgresLocation, Settings
from storage.erasure_list import lists_around, read_lists
from storage.queries import load
from storage.reader import StoreReader
from storage.restored import Content, Copy, check_content, settle_restored
from storage.sqlite.copy import copy_whole, held_alone
from storage.sqlite.engine import open_sqlite
from storage.sqlite.migrate import check_version, migrate
from storage.sqlite.unfinished import unfinished_beside
from storage.vault import SystemRandomness


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Copy, check, migrate, settle, put in place."""
    if arguments.adopt:
        return await adopt.execute(arguments, settings)
    if isinstance(settings.database, PostgresLocation):
        raise SettingsError((ELSEWHERE,))
    if arguments.file is None:
        raise SettingsError(("name the backup: `restore FILE`",))
    file, database = Path(arguments.file), settings.database.path.resolve()  # SQLite, too, looks behind a link
    now = datetime.now(UTC)
    county_series = series(read_county(settings.county), now)
    _refuse(file, database, is_forced=arguments.force)
    erasures = read_lists([*lists_around(file), erasure_list(settings)])
    with held_alone(database) as place, unfinished_beside(database) as unfinished:
        content = await _checked_copy(file, unfinished.path)
        refuse_earlier(arguments, content)
        await asyncio.to_thread(migrate, unfinished.path)
        engine = await open_sqlite(unfinished.path, load("sqlite"), read_only=False)
        try:
            keyring = await try_key(engine, settings)
            copy = Copy(content, [county_series], erasures)
            settled = await settle_restored(engine, keyring, SystemRandomness(), copy, now)
        finally:
            await engine.close()
        place.replace_by(unfinished)
        replaced = place.entries
    return report(arguments, settings, Outcome(content, settled, replaced))


def _refuse(file: Path, database: Path, *, is_forced: bool) -> None:
    """Refuse what cannot be meant."""
    try:
        if not file.is_file():
            raise SettingsError((f"there is no file {file}",))
        if not database.exists():
            database.parent.mkdir(parents=True, exist_ok=True)
            return
        if database.samefile(file):
            raise SettingsError((f"{file} is the database itself: name a backup",))
        if database.stat().st_size and not is_forced:
            raise SettingsError(
                (f"{database} is there already: stop the bot, then say --force to have the backup replace it",)
            )
    except OSError as error:
        raise SettingsError((f"{error.filename} cannot be used: {error.strerror}",)) from error


async def _checked_copy(file: Path, target: Path) -> Content:
    """Copy the backup and follow its chain, before anything else is done with it.

    Raises:
        SettingsError: it is no backup of this program.
        NewerSchema, LedgerBroken: it cannot be used.
    """
    try:
        await copy_whole(file, target, Progress("bytes copied"))
        with suppress(OutdatedSchema):  # that is what migrations are for
            check_version(target)
        engine = await open_sqlite(target, load("sqlite"), read_only=True)
        try:
            return await check_content(StoreReader(engine, None), Progress("entries checked"))
        finally:
            await engine.close()
    except StorageUnavailable as error:
        why = "it is no backup of this program, or it is damaged, or the disk is full"
        raise SettingsError((f"{file} cannot be restored ({error}): {why}",)) from error
