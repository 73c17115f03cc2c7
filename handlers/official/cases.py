"""An official acts on a case: opens it, signs for it, says what was done."""

from __future__ import annotations

from bot.actions.accept_case import accept_case
from bot.actions.file_case import FILED
from bot.actions.lines import task_anchor, task_list, task_notice
from bot.actions.resolve_case import ask_what_was_done, resolve_case
from bot.rules.access import PERMITTED, Act, require, require_for
from bot.rules.dialog import Resolving
from bot.rules.effect import Effects, Send
from bot.rules.identity import CaseNumber
from bot.rules.message import Remark, Said
from handlers.context import Context

LISTED = 10
"""Cases in one list; the total stands under it."""


async def tasks(context: Context) -> Effects:
    """List the open cases of the sender's units, what runs out first on top."""
    roles = context.sender.roles
    person = require(roles, Act.SEE_TASKS).person
    units = frozenset(staff.unit for staff in roles if staff.unit is not None and staff.role in PERMITTED[Act.SEE_TASKS])
    cases, total = await context.desk.read.tasks_of(units, LISTED)
    if not cases:
        return Effects(sends=(Send(person, Said(Remark.NO_TASKS)),))
    return Effects(sends=(Send(person, task_list(cases, total, context.now)),))


async def show(context: Context, number: CaseNumber) -> Effects:
    """Show a case anew, with the buttons it has now; later changes edit this message."""
    case = await context.desk.read.case(number)
    staff = require_for(context.sender.roles, Act.SEE_CASE, case)
    words = await context.desk.read.words_of(number, FILED) or ""
    notice = task_notice(case, words, staff.id)
    anchor = task_anchor(number)
    return Effects(forget_anchor=anchor, sends=(Send(staff.person, notice, anchor=anchor),))


async def accept(context: Context, number: CaseNumber, pressed: int | None) -> Effects:
    """Sign for a case."""
    read = context.desk.read
    case = await read.case(number)
    words = await read.words_of(number, FILED) or ""
    voices = [person for _, person in await read.voices_of(number)]
    return accept_case(case, words, context.sender.roles, voices, context.now, pressed)


async def ask_answer(context: Context, number: CaseNumber) -> Effects:
    """Ask what was done."""
    return ask_what_was_done(await context.desk.read.case(number), context.sender.roles)


async def answer(context: Context, dialog: Resolving, text: str) -> Effects:
    """Resolve the case that was asked about."""
    read = context.desk.read
    case = await read.case(dialog.case)
    voices = [person for _, person in await read.voices_of(case.number)]
    return resolve_case(context.desk, case, context.sender.roles, text, voices, context.now)
