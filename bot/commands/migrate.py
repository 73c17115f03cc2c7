"""`migrate`: bring the database to the schema of this program, creating it when it is not there."""

from __future__ import annotations

import argparse

from bot.settings import Settings
from bot.stores import database_path, opened_store
from storage.sqlite.migrate import migrate


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Migrate, and make sure that the keys fit."""
    del arguments
    path = database_path(settings).path
    before, after = migrate(path)
    async with opened_store(settings):
        pass
    print(f"{path}: schema {after}" + ("" if before == after else f" (was {before})"))
    return 0
