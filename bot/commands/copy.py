"""`copy --to postgresql://…`: a county moves from its SQLite file to PostgreSQL, whole, and both ledgers end alike.

Killed at any moment the new database is as empty as it was, or has everything. While rows are copied a bot that runs waits,
and loses nothing; afterwards nothing can be entered in the old file any more, unless it was a trial.
"""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import replace
from urllib.parse import urlsplit

from bot.commands.output import print_json
from bot.commands.progress import Progress
from bot.databases import check_database, describe_database, driver, erasure_list, migrate_database, opened_engine
from bot.errors import LedgerBroken, SettingsError, StorageUnavailable
from bot.rules.chain import Head
from bot.settings import PostgresLocation, Settings, SqliteLocation
from storage.audit import Audit
from storage.erasure_list import read_list, write_list
from storage.sqlite.moving import MovingSource, source_held


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Copy, verify both, seal the old one."""
    if not isinstance(settings.database, SqliteLocation):
        raise SettingsError(("BOT_DATABASE is no SQLite file: from PostgreSQL to PostgreSQL go pg_dump and pg_restore",))
    place = _place(arguments.to)
    target = replace(settings, database=place)
    await check_database(settings)
    before = await _audited(settings, "of the old")
    await _made_ready(target)
    with source_held(settings.database.path) as source:
        tables = await _copied(source, place.url)
        after = await _audited(target, "of the new")
        if after != source.head():
            raise LedgerBroken(after.seq, "the copy does not end as the ledger that was copied; drop it and try again")
        write_list(erasure_list(target), {**source.erasures(), **read_list(erasure_list(settings))})
        if not arguments.trial:
            await asyncio.to_thread(source.seal, describe_database(target))
    _report(arguments, settings, target, tables, after, grew=after.seq - before.seq)
    return 0


async def _made_ready(target: Settings) -> None:
    """Bring the new database to this program's schema; the settings are not to blame where it is out of reach."""
    try:
        await migrate_database(target)
    except StorageUnavailable as error:
        raise SettingsError(
            (f"--to: the database there is out of reach ({error}): look at host, port, name and user",)
        ) from error


def _place(text: str) -> PostgresLocation:
    """Read where to; raises SettingsError, in which no password is repeated."""
    try:
        parts = urlsplit(text)
        is_right = parts.scheme == "postgresql" and (parts.port is None or parts.port > 0)
    except ValueError:
        is_right = False
    if not is_right:
        raise SettingsError(("--to must be postgresql://user:password@host:port/name",))
    return PostgresLocation(text)


async def _copied(source: MovingSource, url: str) -> dict[str, int]:
    """Put every row of the source into the target, in one transaction; return how many each table has."""
    with driver():
        from storage.postgres.moving import target_begun  # noqa: PLC0415 (see driver)
    counts = {table: source.count(table) for table in source.tables()}
    done, total, tell = 0, sum(counts.values()), Progress("rows copied")
    async with target_begun(url) as target:
        await target.check_empty()
        await target.clear_head()
        for table in counts:
            columns = source.columns(table)
            for rows in source.rows(table):
                await target.put(table, columns, rows)
                done += len(rows)
                tell(done, total)
        await target.go_on_counting()
        await target.commit()
    return counts


async def _audited(settings: Settings, whose: str) -> Head:
    """Follow a ledger from the first entry to the last, compare its tree and its cases; return where it ends."""
    async with opened_engine(settings, read_only=True) as engine:
        audit = Audit(engine)
        await audit.follow_ledger(Progress(f"entries {whose}", await audit.size()))
        await audit.compare_cases(Progress(f"cases {whose}"))
        return audit.head


def _report(
    arguments: argparse.Namespace, settings: Settings, target: Settings, tables: dict[str, int], head: Head, *, grew: int
) -> None:
    if arguments.json:
        print_json(
            {
                "to": describe_database(target),
                "entries": head.seq,
                "head": head.chain_hash.hex(),
                "rows": dict(tables),
                "sealed": not arguments.trial,
            }
        )
        return
    print(f"{describe_database(target)} has all of it: {sum(tables.values())} rows, {head.seq} entries")
    print(f"both ledgers hold and end in {head.chain_hash.hex()}")
    if grew:
        print(f"{grew} entries came while it was prepared; they are there, too")
    if arguments.trial:
        print(f"this was a trial: the county goes on in {describe_database(settings)}; drop the copy before the real move")
        return
    print(f"{describe_database(settings)} is sealed: nothing can be entered there any more")
    print("now stop the bot if it runs, set BOT_DATABASE to the new address, and start it")
    print("what people wrote meanwhile waits at Telegram, and comes then")
