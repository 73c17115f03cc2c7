"""What those look at who go out to people, or whom people phone: callers who wait to be asked."""

from __future__ import annotations

from typing import Final

from bot.rules.caller import awaits_answer, awaits_call
from bot.rules.case import Case
from bot.rules.slot import PHONE
from storage.case_rows import cases_found
from storage.house_reader import HouseReader

CALLS: Final = 200
"""More callers than are asked in a day."""


class FieldReader(HouseReader):
    """Reads what came in by other ways than the bot."""

    async def calls(self) -> tuple[Case, ...]:
        """Return the cases whose callers left a number and follow them in no chat: of whom a unit asks something first."""
        async with self._engine.reading() as session:
            cases = await cases_found(session, "case_numbers_to_call", {"slot": PHONE, "limit": CALLS})
        return tuple(case for case in cases if awaits_answer(case, ()) or awaits_call(case, ()))
