"""What the sender has to do with a case: looked up anew for every act, and nothing where it is somebody else's."""

from __future__ import annotations

from bot.actions.stake import Stake
from bot.errors import HasLeft, IllegalTransition, MinshengError, NotFound
from bot.rules.access import EVERY_ROLE
from bot.rules.case import Case
from bot.rules.identity import CaseNumber
from bot.rules.slot import FILED
from bot.rules.staff import outside
from handlers.context import Context


async def stake_of(context: Context, number: CaseNumber, pressed: int | None = None) -> Stake:
    """Return what the sender has to do with a case; somebody else's looks the same as none.

    Raises:
        NotFound: there is no such case, or they are no voice of it.
        HasLeft: they were one, and left it.
    """
    read, person = context.desk.read, context.sender.person
    case = await read.case(number)
    voices = await read.voices_of(number)
    voice = next((voice for voice, each in voices if each == person), None)
    if voice is None:
        raise await not_theirs(context, number)
    words = await read.words_of(number, FILED) or ""
    others = tuple(each for _, each in voices if each != person)
    staff, seen = outside(case.about, await read.staff_of(None, EVERY_ROLE)), await read.legible(number, FILED)
    return Stake(case, voice, person, words, staff, pressed, others, seen, context.sender.language)


async def not_theirs(context: Context, number: CaseNumber) -> MinshengError:
    """Say why a case is not the sender's: they left it, or it never was."""
    has_left = await context.desk.read.has_left(number, context.sender.person)
    return HasLeft() if has_left else NotFound()


async def case_left(context: Context, number: CaseNumber) -> Case:
    """Return a case that the sender has left, and stands behind no more.

    Raises:
        NotFound: there is no such case, or they never left it.
        IllegalTransition: they stand behind it again.
    """
    read, person = context.desk.read, context.sender.person
    case = await read.case(number)
    if not await read.has_left(number, person):
        raise NotFound
    if any(each == person for _, each in await read.voices_of(number)):
        raise IllegalTransition
    return case
