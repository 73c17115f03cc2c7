"""What `restore` and `restore --adopt` have in common: the key, a later checkpoint, and saying what was done."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.commands.output import print_json
from bot.databases import known_vault
from bot.errors import SettingsError
from bot.rules.checkpoint import read_note, read_text
from bot.settings import Settings
from storage.engine import Engine
from storage.keyring import Keyring, is_sealed, open_keyring
from storage.restored import SKIPPED, Content, Settled


async def try_key(engine: Engine, settings: Settings) -> Keyring | None:
    """Make sure that the key file, if it is there, opens the backup; raises KeyLost. None where there is none."""
    if await asyncio.to_thread(settings.key_file.exists):
        async with engine.reading() as session:
            if await is_sealed(session):
                return await open_keyring(session, known_vault(settings))
    return None


def refuse_earlier(arguments: argparse.Namespace, content: Content) -> None:
    """Refuse a backup that is older than a checkpoint that was kept elsewhere, unless --force is said.

    Raises:
        SettingsError: it is older; or the checkpoint cannot be read.
    """
    if arguments.checkpoint is None:
        return
    path = Path(arguments.checkpoint)
    try:
        size = read_text(read_note(path.read_bytes())[0]).size
    except OSError as error:
        raise SettingsError((f"--checkpoint: {path} cannot be read: {error.strerror}",)) from error
    except ValueError as error:
        raise SettingsError((f"--checkpoint: {path} is no checkpoint: {error}",)) from error
    if size > content.head.seq and not arguments.force:
        missing = size - content.head.seq
        why = (
            f"the checkpoint is about {size} entries and the backup has {content.head.seq}: at least {missing} would be lost"
        )
        raise SettingsError((f"{why}; look for a later backup, or say --force",))


UNSAID: Final = "and the backup, which is of later, has no entry that says so; if it is right, run `erase --case NUMBER`"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was restored, what was done with it, and how many entries the ledger had that was there."""

    content: Content
    settled: Settled
    replaced: int | None


def report(arguments: argparse.Namespace, settings: Settings, outcome: Outcome) -> int:
    """Say what was restored, and what was not taken for granted; exit code 1: the list of erasures has lines too many."""
    content, settled, replaced = outcome.content, outcome.settled, outcome.replaced
    code = 1 if settled.refused else 0
    if arguments.json:
        print_json(
            {
                "entries": content.head.seq,
                "cases": content.cases,
                "last_at": content.last_at,
                "held_back": settled.held,
                "skipped": SKIPPED,
                "erased_again": settled.erased,
                "not_erased": list(settled.refused),
                "replaced_entries": replaced,
            }
        )
        return code
    until = f", the last of {content.last_at}" if content.last_at else ""
    print(f"restored {content.head.seq} entries{until}, and {content.cases} cases; the chain holds")
    held = f"{settled.held} messages that waited are held back, as they may have been sent since"
    print(f"{held}; {SKIPPED} case numbers are skipped")
    if settled.erased:
        print(f"{settled.erased} erasures that the backup did not know are done again")
    for subject in settled.refused:
        print(f"not erased: {subject} stands in the list of erasures, {UNSAID}")
    if replaced is not None:
        print(f"the ledger that was there had {replaced} entries")
    if not settings.key_file.exists():
        print(f"before you run the bot, put back {settings.key_file}, the key file that was used with this database")
    return code
