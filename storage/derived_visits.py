"""Field visits beside their entries, a page at a time: there are far more of them than a house remembers at once.

A visit never changes and never goes, so it may be compared in a later view than its entry was read in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Final

import msgspec

from bot.rules.chain import LedgerRow, read
from bot.rules.entry import Visited
from storage.derived_table import Held, Key, Mismatch, Wrong, named
from storage.engine import Session
from storage.visits import VISIT_COLUMNS, visit_row

PAGE: Final = 2000


@dataclass(slots=True)
class VisitTable:
    """The visits of the entries that were taken and not compared yet, and those that were found wrong."""

    NAME: ClassVar[str] = "visits"
    _taken: dict[Key, Held] = field(default_factory=dict)
    _wrong: list[Wrong] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Say whether it is time to compare."""
        return len(self._taken) >= PAGE

    def take(self, row: LedgerRow) -> None:
        """Take the next entry about a visit."""
        entry = read(row)
        if isinstance(entry.fact, Visited):
            id_, *columns = visit_row(entry, entry.fact).values()
            self._taken[id_,] = Held(row.seq, tuple(columns))

    async def compare(self, session: Session) -> None:
        """Compare those that were taken."""
        if not self._taken:
            return
        ids = msgspec.json.encode([id_ for (id_,) in self._taken]).decode()
        stored = {row[:1]: row[1:] for row in await session.rows("derived_visits", {"ids": ids})}
        self._wrong += [Wrong(key, held) for key, held in self._taken.items() if stored.get(key) != held.columns]
        self._taken.clear()

    async def wrong(self, session: Session) -> list[Wrong]:
        """Return all that are wrong, once every entry was taken; also those that nobody entered."""
        await self.compare(session)
        return self._wrong + [Wrong(row, None) for row in await session.rows("derived_visits_surplus", {})]

    async def mend(self, session: Session) -> list[Mismatch]:
        """Make those that are wrong anew."""
        for key, held in await self.wrong(session):
            await session.run("derived_visit_drop", [{"id": key[0]}])
            if held is not None:
                await session.run("visit_put", [named(VISIT_COLUMNS, (*key, *held.columns))])
        return []
