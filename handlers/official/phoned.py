"""Who is on the line: an operator finds the case of whoever phones again, and writes down what they say of it.

What follows what is drawn in `calls.mmd` beside this file.
"""

from __future__ import annotations

from bot.actions.hear_caller import (
    Proof,
    add_by_phone,
    answer_by_phone,
    ask_who_phones,
    do_by_phone,
    find_caller,
    leave_by_phone,
    return_by_phone,
    want_answer,
    withdraw_by_phone,
)
from bot.actions.matter import Matter
from bot.errors import NotFound
from bot.rules.access import Act, require
from bot.rules.caller import CALLER, Lacking, code_in, number_in, phone_in
from bot.rules.case import State
from bot.rules.dialog import FindingCaller, HearingAnswer, OnTheLine
from bot.rules.effect import Effects
from bot.rules.entry import Asked
from bot.rules.identity import CaseNumber
from bot.rules.slot import PHONE, answer_slot, said_slot
from handlers.callback import FindCaller, HearAnswer, HeardDeed, HeardLeaving, HeardReturn, HeardWithdrawal
from handlers.context import Context
from handlers.official.matter import matter_of


async def find(context: Context, text: str) -> Effects:
    """Understand the number of a case, and the phone number or the code that its caller says; one alone asks once more."""
    require(context.sender.roles, Act.ENTER_CALL)
    number, rest = number_in(text)
    code, phone = code_in(rest), phone_in(rest)
    if number is None or (code is None and phone is None):
        return ask_who_phones(context.sender, lacking=lacking(number, code or phone))
    read = context.desk.read
    trying = await read.tried_code(number, code or "", context.sender.person)
    try:
        matter: Matter | None = await matter_of(context, number)
    except NotFound:
        matter = None
    left = None if matter is None else await read.words_of(number, PHONE)
    entries = await read.entries_of(number) if matter is not None and CALLER in matter.case.left else ()
    return find_caller(context.desk, context.sender, matter, Proof(phone, left, trying), context.now, entries)


def lacking(number: CaseNumber | None, proof: str | None) -> Lacking | None:
    """Say what an operator left out: the number of a case, what only its caller can say, or both."""
    if number is None:
        return Lacking.BOTH if proof is None else Lacking.CASE
    return Lacking.PROOF if proof is None else None


async def to_read_aloud(context: Context, matter: Matter) -> str:
    """Return what a caller is to hear: the unit's question while it waits for the answer, else what it says it did."""
    read, case = context.desk.read, matter.case
    if case.state is not State.WAITING:
        return await read.words_of(case.number, answer_slot(case.now.number)) or ""
    asked = [each.fact for each in await read.entries_of(case.number) if isinstance(each.fact, Asked)]
    return await read.words_of(case.number, said_slot(asked[-1].question)) or "" if asked else ""


async def follow(
    button: HearAnswer | FindCaller | HeardDeed | HeardWithdrawal | HeardLeaving | HeardReturn,
    pressed: int | None,
    context: Context,
) -> Effects:
    """Do what a button beside whoever is on the line means."""
    desk, dialog, now = context.desk, context.sender.dialog, context.now
    match button:
        case FindCaller():
            return ask_who_phones(context.sender, pressed)
        case HearAnswer(case=number, round=attempt, pause=pause):
            asked = HearingAnswer(case=number, round=attempt, pause=pause)
            return want_answer(await matter_of(context, number, pressed), asked)
        case HeardDeed(case=number, deed=deed):
            return do_by_phone(desk, await matter_of(context, number, pressed), dialog, deed, now)
        case HeardWithdrawal(case=number):
            return withdraw_by_phone(desk, await matter_of(context, number, pressed), dialog, now)
        case HeardLeaving(case=number):
            return leave_by_phone(desk, await matter_of(context, number, pressed), dialog, now)
        case HeardReturn(case=number):
            entries = await desk.read.entries_of(number)
            return return_by_phone(desk, await matter_of(context, number, pressed), dialog, entries, now)


async def hear(context: Context, dialog: FindingCaller | OnTheLine | HearingAnswer, text: str) -> Effects:
    """Take words as the dialog asks for them."""
    desk, now = context.desk, context.now
    match dialog:
        case FindingCaller():
            return await find(context, text)
        case OnTheLine(case=number):
            return add_by_phone(desk, await matter_of(context, number), dialog, text, now)
        case HearingAnswer(case=number):
            entries = await context.desk.read.entries_of(number)
            return answer_by_phone(desk, await matter_of(context, number), dialog, entries, text, now)
