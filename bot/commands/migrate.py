"""`migrate`: bring the database to the schema of this program, creating it when it is not there."""

from __future__ import annotations

import argparse

from bot.databases import describe_database, migrate_database
from bot.settings import Settings
from bot.stores import opened_store


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Migrate, and make sure that the keys fit."""
    del arguments
    before, after = await migrate_database(settings)
    async with opened_store(settings):
        pass
    print(f"{describe_database(settings)}: schema {after}" + ("" if before == after else f" (was {before})"))
    return 0
