"""A case with all that an official's act on it may need to know, read in one place."""

from __future__ import annotations

from bot.actions.matter import Matter
from bot.rules.access import EVERY_ROLE
from bot.rules.caller import CALLER
from bot.rules.identity import CaseNumber
from bot.rules.slot import FILED
from bot.rules.staff import outside
from handlers.context import Context


async def matter_of(context: Context, number: CaseNumber, pressed: int | None = None) -> Matter:
    """Read a case for an act on it; raises NotFound."""
    read = context.desk.read
    case, voices = await read.case(number), await read.voices_of(number)
    return Matter(
        case=case,
        roles=context.sender.roles,
        words=await read.legible(number, FILED),
        voices=tuple(person for _, person in voices),
        staff=outside(case.about, await read.staff_of(None, EVERY_ROLE)),
        pressed=pressed,
        languages=frozenset((await read.languages_of(number)).values()),
        is_linked=any(voice == CALLER for voice, _ in voices),
    )
