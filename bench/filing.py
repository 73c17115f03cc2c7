"""Filing one case through the store, durably, with a short ledger behind it and with a long one.

Both databases take turns on the same disk, so that what differs is the length of the ledger alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

import msgspec

from bot.actions.file_case import file_case
from bot.county import read_county, sample_county_path
from bot.ports import Arrival, Decision, Desk, Taken
from bot.rules.calendar import Calendar
from bot.rules.chain import EMPTY, follow
from bot.rules.county import Kind, Urgency
from bot.rules.dialog import Drafting
from bot.rules.identity import CategoryId, TownshipId, UpdateId
from storage.masters import Masters
from storage.queries import load
from storage.sqlite.engine import open_sqlite
from storage.sqlite.migrate import migrate
from storage.store import Store, open_store
from storage.vault import SystemRandomness, Vault

NOW: Final = datetime(2026, 11, 24, 3, 15, tzinfo=UTC)
DRAFT: Final = Drafting(
    words="坎乡三村口的路灯坏了，晚上看不清路",
    kind=Kind.COMPLAINT,
    category=CategoryId("roads"),
    township=TownshipId("qapqal"),
    urgency=Urgency.NORMAL,
    is_guessed=True,
)
GROUP: Final = 1000


@dataclass(frozen=True, slots=True)
class Ledger:
    """One database and the desk that decides on it."""

    store: Store
    desk: Desk

    async def first(self) -> Taken:
        """Let one resident write, so that there is somebody who files."""
        body = msgspec.json.encode({"update_id": 1})
        await self.store.receive([Arrival(UpdateId(1), 1, body)], NOW)
        (taken,) = await self.store.take_updates(1, NOW)
        await self.store.commit([self._filing(taken)], NOW)
        return taken

    async def grow(self, taken: Taken, entries: int) -> None:
        """File cases, many in a commit, until the ledger is this long."""
        while (missing := entries - await self.store.read.ledger_size()) > 0:
            filings = [self._filing(taken) for _ in range(min(missing, GROUP))]
            await self.store.commit([Decision(each.effects) for each in filings], NOW)

    async def file(self, taken: Taken) -> float:
        """File one case in a commit of its own; return the seconds it took."""
        filing = Decision(self._filing(taken).effects)
        begun_at = perf_counter()
        await self.store.commit([filing], NOW)
        return perf_counter() - begun_at

    async def verify(self) -> float:
        """Follow the whole chain as `ledger verify` does; return entries a second."""
        head = EMPTY
        begun_at = perf_counter()
        async for rows in self.store.read.ledger():
            for row in rows:
                head = follow(head, row)
        return head.seq / (perf_counter() - begun_at)

    def _filing(self, taken: Taken) -> Decision:
        return Decision(file_case(self.desk, taken.sender, DRAFT, (), NOW), taken=taken)


@dataclass(frozen=True, slots=True)
class Filing:
    """What filing one case took, fsync and all, behind ledgers of two lengths; and the long one verified from disk."""

    short_entries: int
    long_entries: int
    short_ms: float
    long_ms: float
    verified_per_second: float


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Ledger]:
    """Open a fresh database."""
    migrate(path)
    randomness = SystemRandomness()
    county = read_county(sample_county_path())
    engine = await open_sqlite(path, load("sqlite"), read_only=False)
    try:
        store = await open_store(engine, Vault(Masters({1: bytes(32)}), randomness), randomness)
        yield Ledger(store, Desk(county, Calendar.of(county.hours), store.read, randomness))
    finally:
        await engine.close()


async def measure(short_entries: int, long_entries: int, filings: int) -> Filing:
    """File into a short and a long ledger in turns; return the medians."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        async with opened(folder / "short.db") as short, opened(folder / "long.db") as long:
            ledgers: Sequence[tuple[Ledger, int]] = ((short, short_entries), (long, long_entries))
            filers: list[Taken] = []
            for ledger, entries in ledgers:
                filer = await ledger.first()
                await ledger.grow(filer, entries)
                filers.append(filer)
            took: list[list[float]] = [[], []]
            for _ in range(filings):
                for place, (ledger, _entries) in enumerate(ledgers):
                    took[place].append(await ledger.file(filers[place]))
            short_ms, long_ms = (median(times) * 1000 for times in took)
            return Filing(short_entries, long_entries, short_ms, long_ms, await long.verify())
