"""`/link`, and the link that does the same: a case that was reported by phone or at a counter is followed in a chat."""

from __future__ import annotations

from telegram import Message as TelegramMessage

from bot.actions.link_case import ask_which, link_case, refuse
from bot.actions.resolve_case import rating_question
from bot.errors import NotFound
from bot.rules.caller import LINK_PREFIX, code_in, number_in
from bot.rules.case import Case, State
from bot.rules.dialog import Linking
from bot.rules.effect import Effects
from bot.rules.entry import Asked
from bot.rules.identity import CaseNumber
from bot.rules.message import RatingQuestion, UnitAsked
from bot.rules.slot import answer_slot, said_slot
from handlers.context import Context
from handlers.resident.language import greet_newcomer


async def link(message: TelegramMessage, context: Context) -> Effects:
    """Ask for number and code, or take those that stand behind the command."""
    del message
    said = " ".join(context.args or ())
    return await hear(context, Linking(), said) if said else ask_which(context.sender.person)


async def open_link(context: Context, payload: str) -> Effects:
    """Take number and code out of a link; somebody new is asked for their language, too."""
    said = payload.removeprefix(LINK_PREFIX).replace("_", " ")
    return await hear(context, Linking(), said) + await greet_newcomer(context)


async def hear(context: Context, dialog: Linking, text: str) -> Effects:
    """Understand a number, a code, or both."""
    number, rest = number_in(text)
    code = code_in(rest)
    named = number or dialog.case
    if named is None or code is None:
        return ask_which(context.sender.person, named)
    return await _try(context, named, code)


async def _try(context: Context, number: CaseNumber, code: str) -> Effects:
    read, person, now = context.desk.read, context.sender.person, context.now
    trying = await read.tried_code(number, code, person)
    try:
        case = await read.case(number)
    except NotFound:
        return refuse(person, number, trying, now)
    return link_case(person, case, trying, await _waiting(context, case), now)


async def _waiting(context: Context, case: Case) -> RatingQuestion | UnitAsked | None:
    """Return what the case asks whoever stands behind it just now."""
    read, number = context.desk.read, case.number
    if case.state is State.RESOLVED:
        answer = await read.words_of(number, answer_slot(case.now.number)) or ""
        return rating_question(case, answer, is_repeated=False) if case.rating_of(1) is None else None
    if case.state is State.WAITING and case.now.waiting_until is not None:
        asked = [each.fact for each in await read.entries_of(number) if isinstance(each.fact, Asked)]
        question = await read.words_of(number, said_slot(asked[-1].question)) or ""
        return UnitAsked(case=number, unit=case.unit, question=question, until=case.now.waiting_until)
    return None
