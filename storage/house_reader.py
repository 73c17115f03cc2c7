"""What those who watch over the house may look at: who holds on to what, and what happened. Reading changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from bot.rules.audit import Search
from bot.rules.chain import instant, read
from bot.rules.county import Role
from bot.rules.county_file import Mention
from bot.rules.entry import Entry
from bot.rules.identity import UnitId
from bot.rules.message import FailedLine
from storage.engine import Parameters, Row
from storage.ledger_reader import LedgerReader
from storage.rows import moment, read_ledger_row

LATEST: Final = "~"
"""Behind every instant that an entry can have."""


class HouseReader(LedgerReader):
    """Reads what is about no single case; needs no key."""

    async def mentions(self) -> tuple[Mention, ...]:
        """Return what open cases and active officials name of the county file, with how many do."""
        async with self._engine.reading() as session:
            rows = await session.rows("county_mentions", {})
        return tuple(
            Mention(section=str(section), id=str(id_), cases=int(cases or 0), officials=int(officials or 0))
            for section, id_, cases, officials in rows
        )

    async def audit(self, search: Search, zone: ZoneInfo, before: int, limit: int) -> tuple[tuple[int, Entry], ...]:
        """Return entries before a place that fit a search, the newest first, with their places."""
        begins_at, ends_at = search.between(zone) or (None, None)
        wanted: Parameters = {
            "number": search.case,
            "before": before,
            "begins": "" if begins_at is None else instant(begins_at),
            "ends": LATEST if ends_at is None else instant(ends_at),
            "kinds": _listed(search.kinds),
            "staff": _listed(search.staff),
            "unit": search.unit,
            "limit": limit,
        }
        query = "audit_page" if search.case is None else "audit_of_case"
        async with self._engine.reading() as session:
            rows = [read_ledger_row(row) for row in await session.rows(query, wanted)]
        return tuple((row.seq, read(row)) for row in rows)

    async def failed(self, limit: int) -> tuple[tuple[FailedLine, ...], int]:
        """Return messages that were given up, the newest first, and how many there are."""
        async with self._engine.reading() as session:
            rows = await session.rows("outbox_failed", {"limit": limit})
            (counts,) = await session.rows("outbox_counts", {})
        return tuple(map(_failed, rows)), int(counts[1] or 0)


def _failed(row: Row) -> FailedLine:
    failed_at, reason, role, unit = row
    return FailedLine(
        failed_at=moment(int(failed_at or 0)),
        reason=str(reason or ""),
        role=None if role is None else Role(str(role)),
        unit=None if unit is None else UnitId(str(unit)),
    )


def _listed(names: Iterable[str]) -> str:
    """Write a list as the queries read it; empty when there is nothing to choose by."""
    return "".join(f"|{name}|" for name in sorted(names))
