"""`/callbacks`: the drawn cases that wait for somebody outside their units to ask again, and what was heard."""

from __future__ import annotations

from bot.actions.call_back import ask_voices, enter_answer, list_callbacks, show_callback
from bot.rules.access import Act, require
from bot.rules.effect import Effects
from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber
from bot.rules.slot import PHONE
from handlers.context import Context
from handlers.official.matter import matter_of


async def callbacks(context: Context) -> Effects:
    """List the drawn cases that wait for a call of the sender's."""
    return await show_list(context, None)


async def show_list(context: Context, pressed: int | None) -> Effects:
    """List them in place of the message whose button was pressed."""
    roles = context.sender.roles
    person = require(roles, Act.CALL_BACK).person
    return list_callbacks(person, roles, await context.desk.read.callbacks(), pressed)


async def show(context: Context, number: CaseNumber, pressed: int | None) -> Effects:
    """Show a drawn case to whoever is to ask about it, with whether a telephone number was left for that."""
    matter, read = await matter_of(context, number, pressed), context.desk.read
    has_phone = await read.words_of(number, PHONE) is not None
    return show_callback(matter, await read.entries_of(number), has_phone=has_phone)


async def ask(context: Context, number: CaseNumber, attempt: int, pressed: int | None) -> Effects:
    """Have the bot ask those behind it."""
    matter = await matter_of(context, number, pressed)
    return ask_voices(matter, await context.desk.read.entries_of(number), attempt, context.now)


async def enter(context: Context, number: CaseNumber, attempt: int, solved: Solved, pressed: int | None) -> Effects:
    """Enter what was heard by telephone."""
    matter = await matter_of(context, number, pressed)
    entries = await context.desk.read.entries_of(number)
    return enter_answer(context.desk, matter, entries, attempt, solved, context.now)
