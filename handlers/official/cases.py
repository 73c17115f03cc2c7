"""An official acts on a case: opens it, signs for it, says what was done. See cases.mmd beside this file."""

from __future__ import annotations

from bot.actions.accept_case import accept_case
from bot.actions.file_case import FILED
from bot.actions.lines import case_line, task_anchor, task_notice
from bot.actions.resolve_case import ask_what_was_done, resolve_case
from bot.rules.access import Act, require, require_for
from bot.rules.dialog import Resolving
from bot.rules.effect import Effects, Send
from bot.rules.identity import CaseNumber
from bot.rules.message import Remark, Said, TaskList
from handlers.context import Context

LISTED = 10
"""Cases in one list; the total stands under it."""


async def tasks(context: Context) -> Effects:
    """List the unit's open cases, what runs out first on top."""
    staff = require(context.sender.staff, Act.SEE_TASKS)
    if staff.unit is None:
        return Effects(sends=(Send(staff.person, Said(Remark.NO_TASKS)),))
    cases, total = await context.desk.read.tasks_of(staff.unit, LISTED)
    if not cases:
        return Effects(sends=(Send(staff.person, Said(Remark.NO_TASKS)),))
    listed = TaskList(unit=staff.unit, cases=tuple(case_line(case, context.now) for case in cases), total=total)
    return Effects(sends=(Send(staff.person, listed),))


async def show(context: Context, number: CaseNumber) -> Effects:
    """Show a case anew, with the buttons it has now; later changes edit this message."""
    case = await context.desk.read.case(number)
    staff = require_for(context.sender.staff, Act.SEE_CASE, case)
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
    return accept_case(case, words, context.sender.staff, voices, context.now, pressed)


async def ask_answer(context: Context, number: CaseNumber) -> Effects:
    """Ask what was done."""
    return ask_what_was_done(await context.desk.read.case(number), context.sender.staff)


async def answer(context: Context, dialog: Resolving, text: str) -> Effects:
    """Resolve the case that was asked about."""
    read = context.desk.read
    case = await read.case(dialog.case)
    voices = [person for _, person in await read.voices_of(case.number)]
    return resolve_case(context.desk, case, context.sender.staff, text, voices, context.now)
