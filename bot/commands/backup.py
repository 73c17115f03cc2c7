"""`backup FILE`: the database of one moment as a file, while the bot runs; its ledger is checked before it takes its name.

Killed at any moment it leaves the backups that were there, or those and the new one.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.commands.last_backup import LastBackup, note_backup
from bot.commands.output import print_json
from bot.commands.progress import Progress
from bot.databases import check_database, erasure_list
from bot.errors import LedgerBroken, SettingsError
from bot.settings import PostgresLocation, Settings
from storage.erasure_list import erasures_of, list_beside, read_list, write_list
from storage.queries import load
from storage.reader import StoreReader
from storage.restored import Content, check_content
from storage.sqlite.copy import copy_whole
from storage.sqlite.engine import open_sqlite
from storage.sqlite.unfinished import unfinished_beside

MAGIC: Final = b"SQLite format 3\0"
MOMENT: Final = "%Y%m%dT%H%M%SZ"
BROKEN: Final = ".broken"

ELSEWHERE: Final = (
    "BOT_DATABASE is PostgreSQL: back it up with `pg_dump --format=custom --file=FILE postgresql://...`, put it back "
    "with `pg_restore --single-transaction --dbname=postgresql://... FILE` into an empty database and `restore --adopt`: "
    "docs/operations.md"
)


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Copy, check, give it its name, drop the oldest."""
    if isinstance(settings.database, PostgresLocation):
        raise SettingsError((ELSEWHERE,))
    source, file, keep = settings.database.path, Path(arguments.file), arguments.keep
    target = file if keep is None else stamped(file, datetime.now(UTC))
    await check_database(settings)
    _refuse(source, target, keep)
    broken: LedgerBroken | None = None
    content: Content | None = None
    with unfinished_beside(file) as unfinished:
        await copy_whole(source, unfinished.path, Progress("bytes copied"))
        engine = await open_sqlite(unfinished.path, load("sqlite"), read_only=True)
        try:
            content = await check_content(StoreReader(engine, None), Progress("entries checked"))
        except LedgerBroken as error:
            broken, target = error, target.with_name(target.name + BROKEN)
        finally:
            await engine.close()
        size = unfinished.path.stat().st_size
        erasures = {**await _erasures(unfinished.path), **read_list(erasure_list(settings))}
        write_list(list_beside(target), erasures)  # before the copy has its name: a list too long does no harm
        unfinished.take_place_of(target)
    if content is not None:
        note_backup(settings, LastBackup(datetime.now(UTC).replace(microsecond=0), str(target), content.head.seq))
    dropped = [] if keep is None or broken is not None else _drop_oldest(file, keep)
    if arguments.json:
        entries = None if content is None else content.head.seq
        print_json({"ok": broken is None, "file": str(target), "bytes": size, "entries": entries, "dropped": dropped})
    elif broken is not None:
        print(f"the ledger does not hold at entry {broken.seq}: {broken.why}")
        print(f"the copy is {target}; no earlier backup was touched")
    elif content is not None:
        print(
            f"{target}: {size / 1e6:.1f} MB, {content.head.seq} entries, {content.cases} cases; the chain of the copy holds"
        )
        print(
            f"it is worth nothing without {settings.key_file}: keep a copy of that file, in another place than the backups"
        )
    return 0 if broken is None else 1


async def _erasures(copy: Path) -> Mapping[str, datetime]:
    """Return what the copy knows to be erased."""
    engine = await open_sqlite(copy, load("sqlite"), read_only=True)
    try:
        return await erasures_of(engine)
    finally:
        await engine.close()


def stamped(file: Path, at: datetime) -> Path:
    """Put an instant into a file's name, such as bot-20261124T033639Z.db for bot.db."""
    return file.with_name(f"{file.stem}-{at.astimezone(UTC).strftime(MOMENT)}{file.suffix}")


def kept_under(file: Path) -> list[Path]:
    """Return the backups that `--keep` wrote under this name, oldest first."""
    name = re.compile(rf"{re.escape(file.stem)}-\d{{8}}T\d{{6}}Z{re.escape(file.suffix)}")
    return sorted(each for each in file.parent.iterdir() if name.fullmatch(each.name))


def _refuse(source: Path, target: Path, keep: int | None) -> None:
    """Refuse to write over what is no backup."""
    if keep is not None and keep < 1:
        raise SettingsError(("--keep: at least 1",))
    try:
        if target.is_dir():
            raise SettingsError((f"{target} is a folder: name a file in it",))
        if not target.exists():
            return
        if target.samefile(source):
            raise SettingsError((f"{target} is the database itself: name another file",))
        with target.open("rb") as file:
            begin = file.read(len(MAGIC))
    except OSError as error:
        raise SettingsError((f"{target} cannot be looked at: {error.strerror}",)) from error
    if begin not in {MAGIC, b""}:
        raise SettingsError((f"{target} is there and is no backup: name another file, or remove it",))


def _drop_oldest(file: Path, keep: int) -> list[str]:
    dropped = kept_under(file)[:-keep]
    for each in dropped:
        each.unlink()
        list_beside(each).unlink(missing_ok=True)
    return [str(each) for each in dropped]
