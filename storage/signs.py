"""Signs and what a night looks at to find them, as a store gives them out. Reading changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec

from bot.errors import NotFound
from bot.rules.case import Case
from bot.rules.county import WatchPlan
from bot.rules.identity import CategoryId, SignNumber
from bot.rules.warning_life import Sign
from bot.rules.warning_surge import Cell
from bot.rules.watched import Watched
from storage.case_rows import cases_found
from storage.engine import Parameters, Row, typed
from storage.keyring import Keyring
from storage.ledger_reader import LedgerReader
from storage.rows import stamp
from storage.sign_rows import about_sign
from storage.watching import Night, watch
from storage.words import opened_text

CASES_OF_A_CELL: Final = 200
"""How many cases of a cell are looked at to grade its rise, the newest."""


class SignReader(LedgerReader):
    """Reads signs, and what a night looks at to find them."""

    _keyring: Keyring | None

    async def sign(self, number: SignNumber) -> Sign:
        """Return a sign; raises NotFound."""
        async with self._engine.glancing() as session:
            rows = await session.rows("sign_get", {"number": number})
        if not rows:
            raise NotFound
        return _read_signs(rows)[0]

    async def signs(self) -> tuple[Sign, ...]:
        """Return every sign that holds or waits for somebody."""
        async with self._engine.reading() as session:
            return _read_signs(await session.rows("sign_many", {}))

    async def sign_count(self) -> int:
        """Count all signs that there ever were."""
        async with self._engine.glancing() as session:
            ((count,),) = typed(await session.rows("sign_count", {}), tuple[int])
        return count

    async def sign_words(self, number: SignNumber) -> Mapping[str, str]:
        """Open what was said about a sign, by slot; nothing where no key is at hand."""
        if self._keyring is None:
            return {}
        async with self._engine.glancing() as session:
            rows = await session.rows("sign_words_all", {"sign": number})
        key = self._keyring.transit
        words = typed(rows, tuple[str, bytes])
        return {slot: opened_text(key, body, about_sign(number, slot)) for slot, body in words}

    async def watch(self, plan: WatchPlan, evidence: frozenset[CategoryId], cut: datetime) -> Watched:
        """Count what a night looks at, up to a moment."""
        return await watch(self._engine, self._keyring, Night(plan, evidence, cut))

    async def watched_weeks(self, cut: datetime) -> int:
        """Return for how many whole weeks the county has counted."""
        async with self._engine.glancing() as session:
            return await Night(WatchPlan(), frozenset(), cut).history(session)

    async def cases_in(self, cell: Cell, since: datetime, cut: datetime) -> tuple[Case, ...]:
        """Return the newest cases of a category, in a township or everywhere, filed in a stretch of time."""
        wanted: Parameters = {
            "category": cell.category,
            "township": cell.township,
            "everywhere": int(cell.is_everywhere),
            "since": stamp(since),
            "cut": stamp(cut),
            "limit": CASES_OF_A_CELL,
        }
        async with self._engine.reading() as session:
            return await cases_found(session, "watch_cell", wanted)


def _read_signs(rows: Sequence[Row]) -> tuple[Sign, ...]:
    return tuple(msgspec.json.decode(body, type=Sign) for (body,) in typed(rows, tuple[str]))
