"""How far case numbers were given out, beside the entries that gave them: never less far, or a number would be given twice.

A counter may be ahead of its entries: a backup that was put back goes on further than it knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.chain import read
from bot.rules.entry import Restored
from storage.derived_table import Mismatch
from storage.engine import Parameters, Session
from storage.projection import Projection
from storage.rows import read_ledger_row

COUNTERS: Final = "counters"
"""The table."""


class Numbers:
    """The last number of each series that entries give out, or that a restore left out after it."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, int]] = {}

    def take(self, cases: Mapping[str, Projection]) -> None:
        """Take cases as their entries make them."""
        for number, case in cases.items():
            self._raise(number, 0, case.last_seq)

    def _raise(self, case: str, more: int, seq: int) -> None:
        series, _, number = case.rpartition("-")
        if number.isdecimal() and int(number) + more > self._last.get(series, (0, 0))[0]:
            self._last[series] = int(number) + more, seq

    async def _set_back(self, session: Session) -> Mapping[str, tuple[int, int]]:
        """Return the series that were set back: how far each must be, and the last entry that says so."""
        for row in map(read_ledger_row, await session.rows("ledger_restored", {})):
            fact = read(row).fact
            before = await session.rows("ledger_filed_before", {"seq": row.seq})
            if isinstance(fact, Restored) and before:
                self._raise(str(before[0][0]), fact.skipped, row.seq)
        stored = {str(name): int(value or 0) for name, value in await session.rows("counters_all", {})}
        return {series: each for series, each in self._last.items() if stored.get(series, 0) < each[0]}

    async def wrong(self, session: Session) -> list[Mismatch]:
        """Return the series that were set back, once every case was taken."""
        return [Mismatch(series, seq, COUNTERS) for series, (_, seq) in (await self._set_back(session)).items()]

    async def mend(self, session: Session) -> int:
        """Let every series go on behind the last number that entries know of; return how many did not."""
        behind: list[Parameters] = [
            {"name": series, "value": last} for series, (last, _) in (await self._set_back(session)).items()
        ]
        return await session.run("counter_raise", behind)
