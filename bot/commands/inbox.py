"""`inbox`: updates that could not be handled and were set aside, why, and running them again. Never what somebody wrote."""

from __future__ import annotations

import argparse
import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.commands.output import print_json, print_table
from bot.databases import known_vault, opened_as_it_is
from bot.errors import SettingsError
from bot.ports import SetAside
from bot.rules.chain import instant
from bot.settings import Settings
from storage.aside import drop, handle_again, set_aside
from storage.engine import Engine
from storage.keyring import read_key
from storage.vault import TRANSIT, DataKey, SystemRandomness

MOST: Final = 10_000
"""How many are listed; that so many fail has one reason, which the first ones show as well."""


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """List, run again or drop."""
    now = datetime.now(UTC)
    is_only_looking = arguments.retry is None and arguments.drop is None and not arguments.all
    async with opened_as_it_is(settings, read_only=is_only_looking) as engine:
        if is_only_looking:
            await _list(engine, settings, now, is_for_programs=arguments.json)
        elif arguments.drop is not None:
            await _drop(engine, arguments.drop, now, is_for_programs=arguments.json)
        else:
            await _retry(engine, arguments.retry, now, is_for_programs=arguments.json)
    return 0


async def _list(engine: Engine, settings: Settings, now: datetime, *, is_for_programs: bool) -> None:
    transit = await _transit(engine, settings)
    async with engine.reading() as session:
        found, count = await set_aside(session, transit, MOST)
    if is_for_programs:
        print_json(
            [
                {
                    "seq": each.seq,
                    "kind": each.kind,
                    "received_at": instant(each.received_at),
                    "set_aside_at": instant(each.aside_at),
                    "age_seconds": max(int((now - each.received_at).total_seconds()), 0),
                    "reason": each.reason,
                }
                for each in found
            ]
        )
        return
    if not found:
        print("nothing was set aside")
        return
    print_table(("no.", "kind", "age", "set aside", "reason"), [_row(each, now) for each in found])
    if count > len(found):
        print(f"... and {count - len(found)} more")
    print("run one again: inbox --retry NO; all: inbox --all; drop one for good: inbox --drop NO")


async def _transit(engine: Engine, settings: Settings) -> DataKey | None:
    """Open the key under which waiting updates lie; None where the key file is not at hand."""
    if not await asyncio.to_thread(settings.key_file.exists):
        return None
    vault = known_vault(settings)
    async with engine.reading() as session:
        return await read_key(session, vault, TRANSIT)


def _row(each: SetAside, now: datetime) -> tuple[str, ...]:
    age = max(now - each.received_at, timedelta())
    return (
        str(each.seq),
        each.kind or "?",
        str(timedelta(seconds=int(age.total_seconds()))),
        instant(each.aside_at),
        each.reason,
    )


async def _retry(engine: Engine, seq: int | None, now: datetime, *, is_for_programs: bool) -> None:
    async with engine.writing() as session:
        seqs = [each.seq for each in (await set_aside(session, None, MOST))[0]] if seq is None else [seq]
        again = await handle_again(session, seqs, SystemRandomness(), now)
    if seq is not None and not again:
        raise _unknown(seq)
    if is_for_programs:
        print_json({"retried": again})
    else:
        done = f"{len(again)} to be handled again; the ledger says that it was asked for and when"
        print(done if again else "nothing was set aside")


async def _drop(engine: Engine, seq: int, now: datetime, *, is_for_programs: bool) -> None:
    async with engine.writing() as session:
        is_dropped = await drop(session, seq, SystemRandomness(), now)
    if not is_dropped:
        raise _unknown(seq)
    if is_for_programs:
        print_json({"dropped": [seq]})
    else:
        print(f"{seq} is dropped: nobody will handle it; the ledger says that it was dropped and when")


def _unknown(seq: int) -> SettingsError:
    return SettingsError((f"no update {seq} is set aside: `inbox` lists those that are",))
