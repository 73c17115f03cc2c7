"""A case in front of an official: with all that can be done with it now, and what happened to it."""

from __future__ import annotations

from bot.actions.history import case_history
from bot.actions.lines import task_anchor, task_notice
from bot.actions.look import look
from bot.rules.access import require_sight
from bot.rules.case import State
from bot.rules.effect import Effects, Send
from bot.rules.entry import Look
from bot.rules.handling import Step, possible
from bot.rules.identity import CaseNumber
from bot.rules.slot import FILED
from bot.rules.translation import shows_original
from handlers.context import Context
from handlers.official import triage


async def show(context: Context, number: CaseNumber) -> Effects:
    """Show a case anew, with the buttons it has now; later changes edit this message."""
    case = await context.desk.read.case(number)
    roles = context.sender.roles
    staff = require_sight(roles, case)
    if case.state is State.TRIAGE and Step.ASSIGN in possible(context.desk.county, case, roles, context.now):
        return await triage.open_card(context, number, None)
    words = await context.desk.read.legible(number, FILED)
    notice = task_notice(context.desk.county, case, words, roles, context.now)
    anchor = task_anchor(number, case.now.number)
    shown = Effects(forget_anchor=anchor, sends=(Send(staff.person, notice, anchor=anchor),))
    return shown + look(number, staff.id, Look.ORIGINAL, context.now) if shows_original(words) else shown


async def more(context: Context, number: CaseNumber, pressed: int | None, *, is_more: bool) -> Effects:
    """Show the buttons of a case that are seldom needed, or hide them."""
    case = await context.desk.read.case(number)
    staff = require_sight(context.sender.roles, case)
    words = await context.desk.read.legible(number, FILED)
    notice = task_notice(context.desk.county, case, words, context.sender.roles, context.now, is_more=is_more)
    return Effects(sends=(Send(staff.person, notice, anchor=task_anchor(number, case.now.number), replaces=pressed),))


async def history(context: Context, number: CaseNumber) -> Effects:
    """Show what happened to a case."""
    read = context.desk.read
    case = await read.case(number)
    staff = require_sight(context.sender.roles, case)
    message = case_history(case, await read.entries_of(number), await read.legible_in(number), await read.staff_ever())
    return Effects(sends=(Send(staff.person, message),))
