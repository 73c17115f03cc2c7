"""What is done to a database that was a backup before anyone uses it again, and the check that comes before.

Between backup and now things happened that the backup does not know: letters were sent, numbers given out. Nothing here
supposes that they were not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import LedgerBroken
from bot.ports import Randomness
from bot.rules.chain import EMPTY, Head, follow
from bot.rules.entry import SYSTEM, Entry, Filed, Restored
from storage.commit import append, unplaced
from storage.engine import Engine
from storage.reader import StoreReader
from storage.rows import stamp

SKIPPED: Final = 1000
"""Case numbers of each series that are left out: far more than a county gives out between two backups."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a ledger holds; `last_at` is RFC 3339 UTC, None for an empty one."""

    head: Head
    cases: int
    last_at: str | None


async def check_content(reader: StoreReader, tell: Callable[[int, int], None]) -> Content:
    """Follow the chain from the first entry to the last.

    Raises:
        LedgerBroken: it does not hold.
    """
    head, cases, last_at = EMPTY, 0, None
    size = await reader.ledger_size()
    async for rows in reader.ledger():
        for row in rows:
            head = follow(head, row)
            cases += row.kind == Filed.KIND
            last_at = row.at
        tell(head.seq, size)
    if head != await reader.head():
        raise LedgerBroken(head.seq, "the ledger does not end where its head says")
    return Content(head, cases, last_at)


async def settle_restored(
    engine: Engine, randomness: Randomness, content: Content, series: Iterable[str], now: datetime
) -> int:
    """Make a restored database safe to go on from; return how many letters are held back.

    Letters that waited stay, marked as given up: they may have been sent since. Every series of numbers, and those named
    in `series`, goes on `SKIPPED` further.
    """
    fact = Restored(entries=content.head.seq, skipped=SKIPPED)
    entry = Entry(at=now.replace(microsecond=0), actor=SYSTEM, case=None, fact=fact)
    async with engine.writing() as session:
        held = await session.run("outbox_hold", [{"now": stamp(now)}])
        known = {str(row[0]) for row in await session.rows("counter_names", {})}
        for name in sorted(known.union(series)):
            await session.rows("counter_take", {"name": name, "count": SKIPPED})
        # A kept list of erasures is applied again here, so that the entry below says that all of it is done.
        await append(session, [unplaced(entry, randomness)])
    return held
