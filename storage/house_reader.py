"""What those who watch over the house may look at: who holds on to what, and what happened. Reading changes nothing."""

from __future__ import annotations

from bot.rules.county_file import Mention
from storage.ledger_reader import LedgerReader


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
