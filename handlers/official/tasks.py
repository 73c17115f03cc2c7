"""`/tasks` and `/find`: what is open and runs out first, by filter and page, signed for at once; and searching."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from bot.actions.accept_shown import accept_shown
from bot.actions.lines import case_line, task_page
from bot.errors import NotFound, NotPermitted
from bot.rules.access import PERMITTED, Act, may_see, require, require_sight
from bot.rules.effect import Effects, Send
from bot.rules.identity import CaseNumber
from bot.rules.message import FoundCases, Remark, Said
from bot.rules.tasks import PAGE, Only, query_of, to_accept
from handlers.context import Context
from handlers.official import cases
from handlers.official.matter import matter_of

LOOKED_BACK: Final = timedelta(days=90)
"""How long ago a case may have ended to be found by words."""

LONGEST: Final = 100
"""Characters of what is searched for."""

NUMBER: Final = re.compile(r"(?:[A-Z]+-)?(?:(\d{4})-)?(\d{1,6})", re.ASCII)
"""A case number, or the end of one."""


async def tasks(context: Context) -> Effects:
    """List the open cases of the sender's units."""
    return await show(context, Only.UNIT, 0, None)


async def show(context: Context, only: Only, page: int, pressed: int | None) -> Effects:
    """Show a page of them, by a filter; in place of the list whose button was pressed."""
    roles = context.sender.roles
    person = require(roles, Act.SEE_TASKS).person
    query = query_of(roles, only, context.now, max(page, 0))
    found = await context.desk.read.tasks(query)
    if not found.counts[Only.UNIT]:
        return Effects(sends=(Send(person, Said(Remark.NO_TASKS), replaces=pressed),))
    return Effects(sends=(Send(person, task_page(query, found, context.now), replaces=pressed),))


async def accept_all(context: Context, only: Only, page: int, mark: str, pressed: int | None) -> Effects:
    """Sign for all that a page shows and that waits for it."""
    roles = context.sender.roles
    person = require(roles, Act.ACCEPT).person
    query = query_of(roles, only, context.now, max(page, 0))
    found = await context.desk.read.tasks(query)
    waiting = to_accept(found.cases, query.units)
    matters = {str(case.number): await matter_of(context, case.number) for case in waiting}
    return accept_shown(context.desk, person, query, found, matters, mark, pressed, context.now)


async def find(context: Context) -> Effects:
    """Find a case by its number, or cases by words in what was written, among those that the sender may see."""
    roles = context.sender.roles
    staff = require(roles, Act.SEE_CASE)
    asked = " ".join(context.args or [])[:LONGEST].strip()
    if not asked:
        return Effects(sends=(Send(staff.person, Said(Remark.ASK_SEARCH)),))
    named = NUMBER.fullmatch(asked.upper())
    if named is not None:
        return await _by_number(context, named[1], int(named[2]))
    handling = PERMITTED[Act.SEE_TASKS]
    sees_all = any(each.role in PERMITTED[Act.SEE_CASE] - handling for each in roles)
    units = None if sees_all else frozenset(each.unit for each in roles if each.unit is not None and each.role in handling)
    words = tuple(asked.casefold().split())
    found = await context.desk.read.find(units, words, context.now - LOOKED_BACK, PAGE)
    seen = [case for case in found.cases if may_see(roles, case)]
    lines = tuple(case_line(case, context.now) for case in seen)
    total = found.total - len(found.cases) + len(seen)
    message = FoundCases(cases=lines, total=total, is_complete=found.is_complete)
    return Effects(sends=(Send(staff.person, message),))


async def _by_number(context: Context, year: str | None, place: int) -> Effects:
    """Show the case of a number, of this year where none is named; one that is not theirs looks the same as none."""
    prefix = context.desk.county.case_prefix
    of = year or str(context.now.astimezone(context.desk.county.hours.zone).year)
    number = CaseNumber(f"{prefix}-{of}-{place:06d}")
    case = await context.desk.read.case(number)
    try:
        require_sight(context.sender.roles, case)
    except NotPermitted as error:
        raise NotFound from error
    return await cases.show(context, number)
