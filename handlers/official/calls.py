"""`/hotline` and `/counter`: an operator writes down what somebody says, sends it, and reads a number and a code aloud.

What follows what is drawn in `calls.mmd` beside this file.
"""

from __future__ import annotations

from telegram import Message as TelegramMessage

from bot.actions.enter_case import begin, enter_case, hide_code
from bot.actions.rate_by_phone import enter_choice, enter_score, enter_solved, list_calls, open_number, show_call
from bot.actions.renew_code import ask_whose, renew_code
from bot.errors import NotFound
from bot.rules.access import EVERY_ROLE, Act, require
from bot.rules.caller import CALLER, number_in, phone_in
from bot.rules.case import Case
from bot.rules.dialog import Drafting
from bot.rules.effect import Effects
from bot.rules.entry import CallbackDrawn, Channel
from bot.rules.identity import CaseNumber
from bot.rules.slot import PHONE
from handlers.callback import (
    CallerButton,
    CountSeen,
    EnterFor,
    EnterVisit,
    FindCaller,
    HearAnswer,
    HeardChoice,
    HeardDeed,
    HeardLeaving,
    HeardReturn,
    HeardScore,
    HeardSolved,
    HeardWithdrawal,
    HideCode,
    ListCalls,
    OpenCall,
    OpenNumber,
    PickPlace,
    SetPlace,
)
from handlers.context import Context
from handlers.official import phoned, visits
from handlers.official.matter import matter_of


async def hotline(context: Context) -> Effects:
    """Begin to write down what somebody says on the telephone."""
    return await start(context, Channel.HOTLINE)


async def new_code(message: TelegramMessage, context: Context) -> Effects:
    """Make a lost code anew: ask whose, or take what stands behind the command."""
    del message
    said = " ".join(context.args or ())
    return await hear_whose(context, said) if said else ask_whose(context.sender)


async def hear_whose(context: Context, text: str) -> Effects:
    """Understand the number of a case and a phone number; one without the other asks once more."""
    number, rest = number_in(text)
    phone = phone_in(rest)
    if number is None or phone is None:
        return ask_whose(context.sender, phoned.lacking(number, phone))
    read = context.desk.read
    require(context.sender.roles, Act.ENTER_CALL)
    trying = await read.tried_code(number, "", context.sender.person)
    try:
        case: Case | None = await read.case(number)
    except NotFound:
        case = None
    left = None if case is None else await read.words_of(number, PHONE)
    voices = () if case is None else await read.voices_of(number)
    is_linked = case is not None and (CALLER in case.left or any(voice == CALLER for voice, _ in voices))
    bot = await context.bot_name()
    sender, now = context.sender, context.now
    return renew_code(context.desk, sender, case, (phone, left), trying, now, is_linked=is_linked, bot=bot)


async def counter(context: Context) -> Effects:
    """Begin to write down what somebody says at a counter."""
    return await start(context, Channel.COUNTER)


async def start(context: Context, channel: Channel) -> Effects:
    """Begin to write down what somebody says."""
    return begin(context.desk, context.sender, channel, context.envelope.taken.seq)


async def send(context: Context, draft: Drafting, pressed: int | None) -> Effects:
    """File what was written down for somebody else."""
    staff, bot = await context.desk.read.staff_of(None, EVERY_ROLE), await context.bot_name()
    return enter_case(context.desk, context.sender, draft, staff, context.now, bot=bot, pressed=pressed)


async def follow(button: CallerButton, pressed: int | None, context: Context) -> Effects:
    """Do what a button around somebody who phones or comes to a counter means."""
    match button:
        case EnterFor(channel=channel):
            return await start(context, channel)
        case HideCode(case=number, channel=channel):
            sender = context.sender
            return hide_code(sender.person, sender.roles, number, channel, pressed)
        case ListCalls():
            return await show_calls(context, pressed)
        case OpenCall(case=number):
            matter = await matter_of(context, number, pressed)
            return show_call(matter, await phoned.to_read_aloud(context, matter))
        case OpenNumber(case=number):
            return await _number(context, number)
        case PickPlace() | SetPlace() | CountSeen() | EnterVisit():
            return await visits.follow(button, pressed, context)
        case HearAnswer() | FindCaller() | HeardDeed() | HeardWithdrawal() | HeardLeaving() | HeardReturn():
            return await phoned.follow(button, pressed, context)
        case HeardSolved() | HeardChoice() | HeardScore():
            return await _heard(button, pressed, context)


async def calls(message: TelegramMessage, context: Context) -> Effects:
    """List the callers who wait to be asked; with a number, and what only its caller can say, find who is on the line."""
    del message
    said = " ".join(context.args or ())
    return await phoned.find(context, said) if said else await show_calls(context, None)


async def show_calls(context: Context, pressed: int | None) -> Effects:
    """List them in place of the message whose button was pressed."""
    roles = context.sender.roles
    person = require(roles, Act.ENTER_CALL).person
    return list_calls(person, roles, await context.desk.read.calls(), pressed)


async def _number(context: Context, number: CaseNumber) -> Effects:
    read = context.desk.read
    matter = await matter_of(context, number)
    entries = await read.entries_of(number)
    attempt = matter.case.now.number
    is_drawn = any(isinstance(each.fact, CallbackDrawn) and each.fact.round == attempt for each in entries)
    return open_number(matter, await read.words_of(number, PHONE), context.now, is_drawn=is_drawn)


async def _heard(button: HeardSolved | HeardChoice | HeardScore, pressed: int | None, context: Context) -> Effects:
    """Enter what a caller said by telephone."""
    desk, now = context.desk, context.now
    matter = await matter_of(context, button.case, pressed)
    match button:
        case HeardSolved(round=attempt, solved=solved):
            return enter_solved(desk, matter, attempt, solved, now)
        case HeardChoice(round=attempt, goes_on=goes_on):
            return enter_choice(desk, matter, attempt, now, goes_on=goes_on)
        case HeardScore(round=attempt, score=score):
            return enter_score(matter, attempt, score, now)
