"""What is done to a database that was a backup before anyone uses it again, and the check that comes before.

Between backup and now things happened that the backup does not know: letters were sent, numbers given out. Nothing here
supposes that they were not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.errors import LedgerBroken
from bot.ports import Randomness
from bot.rules.chain import EMPTY, Head, LedgerRow, follow, read
from bot.rules.entry import SYSTEM, ContentErased, Entry, Erasing, Filed, Restored, TieCut
from bot.rules.erasure import CaseContent, Erasure, Tie, read_subject
from bot.rules.identity import CaseNumber
from storage.commit import append, unplaced
from storage.engine import Engine, Session, typed
from storage.erasing import erase
from storage.erasure_list import erasures_of
from storage.keyring import Keyring
from storage.reader import StoreReader
from storage.rows import read_ledger_row, stamp

SKIPPED: Final = 1000
"""Case numbers of each series that are left out: far more than a county gives out between two backups."""


COVERED: Final = timedelta(hours=1)
"""How long before a backup's last entry something must have been erased for the backup to have the entry that says so."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a ledger holds; `last_at` is RFC 3339 UTC, None for an empty one."""

    head: Head
    cases: int
    last_at: str | None


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup that takes the place of the database, and what is known beside it.

    Attributes:
        series: of the numbers that go on further, besides those that the backup knows.
        erasures: what was erased, by subject, whenever that was.
    """

    content: Content
    series: Iterable[str] = ()
    erasures: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """How many letters are held back, how many erasures were done again, and which were not, as no entry bears them out."""

    held: int
    erased: int
    refused: tuple[str, ...] = ()


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


async def users_and_last_kind(engine: Engine) -> tuple[int, str | None]:
    """Count the other processes that have the database open, and name the kind of its last entry; None without entries."""
    async with engine.reading() as session:
        ((others,),) = typed(await session.rows("present_others", {"holder": engine.holder}), tuple[int])
        last = typed(await session.rows("ledger_last_kind", {}), tuple[str])
    return others, last[0][0] if last else None


async def settle_restored(
    engine: Engine, keyring: Keyring | None, randomness: Randomness, restored: Copy, now: datetime
) -> Settled:
    """Make a restored database safe to go on from: all of it, or, where that is interrupted, nothing.

    Letters that waited stay, marked as given up: they may have been sent since. Every series of numbers goes on `SKIPPED`
    further. The seed pledged for the next draw is forgotten: it may be told by now, and whoever knows it could choose what
    is drawn. The draw of that week falls out, the next is pledged anew. What was erased since the backup is erased again; a
    line about a time of which the backup has every entry, and none that says so, is not followed: anybody can write one.

    Args:
        keyring: None where no key is at hand: then nothing that waits or is being written keeps its content.
    """
    known = await erasures_of(engine)
    wanted = {subject: read_subject(subject) for subject in restored.erasures if subject not in known}
    async with engine.reading() as session:
        refused = [subject for subject, each in wanted.items() if not await _may_be(session, each, subject, restored)]
    again = [each for subject, each in wanted.items() if each is not None and subject not in refused]
    fact = Restored(entries=restored.content.head.seq, skipped=SKIPPED)
    async with engine.writing() as session:
        held = await session.run("outbox_hold", [{"now": stamp(now)}])
        await session.run("draw_forget_open", [{}])
        series = {name for (name,) in typed(await session.rows("counter_names", {}), tuple[str])}
        for name in sorted(series.union(restored.series)):
            await session.rows("counter_take", {"name": name, "count": SKIPPED})
        rows = await _erased_again(session, keyring, randomness, again, now)
        rows.append(unplaced(Entry(at=now.replace(microsecond=0), actor=SYSTEM, case=None, fact=fact), randomness))
        await append(session, rows)
    if again:
        await engine.shred(in_passing=False)
    return Settled(held, len(again), tuple(sorted(refused)))


async def _may_be(session: Session, erasure: Erasure | None, subject: str, restored: Copy) -> bool:
    """Say whether an erasure came after the backup, is about what it does not know, or is what one of its entries says."""
    fact = None if erasure is None else _fact_of(erasure)
    if fact is None or restored.content.last_at is None:
        return True
    if restored.erasures[subject] > datetime.fromisoformat(restored.content.last_at) - COVERED:
        return True
    rows = [read_ledger_row(row) for row in await session.rows("ledger_of_case", {"number": fact[0]})]
    said = [read(row).fact for row in rows if row.kind == fact[1].KIND]
    return not rows or any(isinstance(each, ContentErased) or each == fact[1] for each in said)


async def _erased_again(
    session: Session, keyring: Keyring | None, randomness: Randomness, again: Sequence[Erasure], now: datetime
) -> list[LedgerRow]:
    """Erase; return the entries that say so of cases that the backup knows."""
    if not again:
        return []
    rows = await erase(session, keyring, randomness, again, now)
    for each in again:
        fact = _fact_of(each)
        if fact is not None and await session.rows("case_is_there", {"number": fact[0]}):
            entry = Entry(at=now.replace(microsecond=0), actor=SYSTEM, case=fact[0], fact=fact[1])
            rows.append(unplaced(entry, randomness))
    return rows


def _fact_of(erasure: Erasure) -> tuple[CaseNumber, ContentErased | TieCut] | None:
    """Say in the ledger that words went, or a tie; that a person went, no entry ever said."""
    match erasure:
        case CaseContent(case=number):
            return number, ContentErased(because=Erasing.ORDER)
        case Tie(case=number, voice=voice):
            return number, TieCut(voice=voice)
        case _:
            return None
