"""Whether all holds, found in the shortest way: each entry about a case is read once, where its case is made of it.

Invariant: it says that all holds only where an `Audit` finds nothing. What is wrong, and where, it does not say: whoever
wants to know asks an `Audit`, from the beginning.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence

from bot.errors import LedgerBroken, StorageUnavailable
from bot.rules.checkpoint import Checkpoint
from bot.rules.page import CASE_NUMBER, SEQ, leads, read_bound
from storage.assertions import CountedWeek
from storage.audit import Audit, Tell
from storage.engine import Engine, Row, Session
from storage.projection import Projection, Range, folded


class AuditOnce(Audit):
    """An audit that follows the chain by hashes, and looks where a case is made whether its entries are what theirs bind.

    As many must have been looked at there as the chain leads through: there is no other way past it.
    """

    def __init__(self, engine: Engine, outside: Checkpoint | None = None) -> None:
        super().__init__(engine, outside)
        self._chained = 0
        self._bound = 0

    async def finds_nothing(self, tell_entries: Tell, tell_cases: Tell) -> bool:
        """Say whether entries, all that they make, and the file they lie in hold."""
        try:
            await self.follow_ledger(tell_entries)
            await self.compare_cases(tell_cases)
            await self.find_flaws()
        except (LedgerBroken, StorageUnavailable):
            return False
        return self._bound == self._chained

    def _lines(self, first: int) -> AsyncIterator[Sequence[Row]]:
        return self._reader.ledger_lines(first, "ledger_links")

    def _hold(self, lines: Sequence[Row]) -> bool:
        """Say whether the chain leads through lines, and whether those about no case are what their hashes bind."""
        of_house = [line for line in lines if line[CASE_NUMBER] is None]
        self._chained += len(lines) - len(of_house)
        try:
            read_bound(of_house)
        except (ValueError, KeyError):
            return False
        return leads(self.head, lines)

    async def _projected(self, session: Session, cases: Range, weeks: Sequence[CountedWeek]) -> Mapping[str, Projection]:
        lines = await session.rows("projection_lines", {"first": cases.first, "beyond": cases.beyond})
        try:
            entries = read_bound(lines)
        except (ValueError, KeyError) as error:
            raise LedgerBroken(self.head.seq, "an entry is not what its hash binds") from error
        self._bound += sum([line[SEQ] <= self.head.seq for line in lines])  # type: ignore[operator]  # a number: it was read
        return folded(lines, entries, weeks)
