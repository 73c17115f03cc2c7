"""`erase --case NUMBER`: the words and files of a case go for good, while the bot runs; the ledger says that and when.

Said again, it finishes what it was killed in.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from bot.actions.erase_content import erase_content
from bot.commands.output import print_json
from bot.databases import erasure_list, opened_as_it_is
from bot.errors import StorageUnavailable
from bot.ports import Decision
from bot.rules.entry import SYSTEM, Erasing
from bot.rules.identity import CaseNumber
from bot.settings import PostgresLocation, Settings
from bot.stores import opened_vault
from storage.shredder import Shredder
from storage.store import open_store
from storage.vault import SystemRandomness


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Erase, then clean the files."""
    number, now = CaseNumber(arguments.case.strip().upper()), datetime.now(UTC)
    path = erasure_list(settings)
    async with opened_as_it_is(settings, read_only=False) as engine:
        vault = await opened_vault(settings, engine)
        store = await open_store(engine, vault, SystemRandomness(), erased=path)
        case = await store.read.case(number)
        await store.commit([Decision(erase_content(number, Erasing.ORDER, SYSTEM, now))], now)
        try:
            is_clean = await Shredder(engine, path).thoroughly()
        except StorageUnavailable:
            is_clean = False
    if arguments.json:
        print_json({"case": number, "state": case.state, "files_clean": is_clean, "list": str(path)})
        return 0 if is_clean else 1
    print(f"the words and files of {number}, and who stands behind it, are erased; the ledger says so and keeps the facts")
    if case.is_open:
        print(f"the case is still {case.state}: its unit cannot read any more what it is about")
    if not is_clean:
        print("somebody is using the database: its files are cleaned the next night, or when you say this again")
    print(f"earlier backups still have them, sealed: {path} has it erased again when one of those is put back")
    if isinstance(settings.database, PostgresLocation):
        print("so does the server's write-ahead log until it is recycled, and any archive of it: docs/operations.md")
    return 0 if is_clean else 1
