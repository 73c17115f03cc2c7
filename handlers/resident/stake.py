"""What the sender has to do with a case: looked up anew for every act, and nothing where it is somebody else's."""

from __future__ import annotations

from bot.actions.stake import Stake
from bot.errors import NotFound
from bot.rules.access import EVERY_ROLE
from bot.rules.identity import CaseNumber
from bot.rules.slot import FILED
from bot.rules.staff import outside
from handlers.context import Context


async def stake_of(context: Context, number: CaseNumber, pressed: int | None = None) -> Stake:
    """Return what the sender has to do with a case; somebody else's looks the same as none.

    Raises:
        NotFound: there is no such case, or they are no voice of it.
    """
    read, person = context.desk.read, context.sender.person
    case = await read.case(number)
    voices = await read.voices_of(number)
    voice = next((voice for voice, each in voices if each == person), None)
    if voice is None:
        raise NotFound
    words = await read.words_of(number, FILED) or ""
    others = tuple(each for _, each in voices if each != person)
    staff, seen = outside(case.about, await read.staff_of(None, EVERY_ROLE)), await read.legible(number, FILED)
    return Stake(case, voice, person, words, staff, pressed, others, seen, context.sender.language)
