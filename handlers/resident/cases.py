"""A resident's own cases, and their word on them."""

from __future__ import annotations

from bot.actions.file_case import FILED
from bot.actions.lines import case_line
from bot.actions.rate_case import go_on, let_rest, rate_score, rate_solved
from bot.actions.resolve_case import answer_slot, rating_question
from bot.actions.stake import Stake
from bot.errors import NotFound
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.effect import Effects, Send
from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber
from bot.rules.message import MyCases, Remark, Said
from handlers.context import Context

LISTED = 8
EVERY_ROLE = frozenset(Role)


async def my(context: Context) -> Effects:
    """List the sender's own cases, newest first."""
    person = context.sender.person
    cases, total = await context.desk.read.cases_of(person, LISTED)
    if not cases:
        return Effects(sends=(Send(person, Said(Remark.NO_CASES)),))
    lines = tuple(case_line(case, context.now) for case in cases)
    return Effects(sends=(Send(person, MyCases(cases=lines, total=total)),))


async def show(context: Context, number: CaseNumber) -> Effects:
    """Show one of the sender's own cases; one that waits for their word asks for it."""
    stake = await _stake(context, number)
    case = stake.case
    if case.state is State.RESOLVED and case.rating_of(stake.voice) is None:
        answer = await context.desk.read.words_of(number, answer_slot(case.now.number)) or ""
        return Effects(sends=(Send(stake.person, rating_question(case, answer, is_repeated=False)),))
    return Effects(sends=(Send(stake.person, MyCases(cases=(case_line(case, context.now),), total=1)),))


async def rate(context: Context) -> Effects:
    """Ask for the sender's word on every case that waits for it."""
    person = context.sender.person
    cases, _ = await context.desk.read.cases_of(person, LISTED)
    sends: tuple[Send, ...] = ()
    for case in cases:
        if case.state is State.RESOLVED:
            sends += (await show(context, case.number)).sends
    return Effects(sends=sends or (Send(person, Said(Remark.NOTHING_TO_RATE)),))


async def solved(context: Context, number: CaseNumber, attempt: int, answer: Solved, pressed: int | None) -> Effects:
    """Answer whether a round of a case solved it."""
    return rate_solved(context.desk, await _stake(context, number, pressed), attempt, answer, context.now)


async def score(context: Context, number: CaseNumber, attempt: int, value: int, pressed: int | None) -> Effects:
    """Say how satisfied the sender is."""
    return rate_score(context.desk, await _stake(context, number, pressed), attempt, value, context.now)


async def continue_case(context: Context, number: CaseNumber, attempt: int, pressed: int | None) -> Effects:
    """Have a partly solved case worked on again."""
    return go_on(context.desk, await _stake(context, number, pressed), attempt, context.now)


async def rest_case(context: Context, number: CaseNumber, attempt: int, pressed: int | None) -> Effects:
    """Leave a partly solved case as it is."""
    return let_rest(await _stake(context, number, pressed), attempt, context.now)


async def _stake(context: Context, number: CaseNumber, pressed: int | None = None) -> Stake:
    """Return what the sender has to do with a case; somebody else's looks the same as none."""
    read, person = context.desk.read, context.sender.person
    case = await read.case(number)
    voice = next((voice for voice, each in await read.voices_of(number) if each == person), None)
    if voice is None:
        raise NotFound
    words = await read.words_of(number, FILED) or ""
    return Stake(case, voice, person, words, await read.staff_of(None, EVERY_ROLE), pressed)
