"""`/triage`: the cases that no unit has, and the card on which a unit is found for one, choice by choice."""

from __future__ import annotations

from bot.actions.lines import case_line
from bot.actions.matter import Matter
from bot.actions.triage import (
    Left,
    assign_case,
    first_choice,
    left_of,
    pick_category,
    pick_unit,
    show_triage,
    toggle_final,
)
from bot.errors import StaleButton
from bot.rules.access import Act, may_see, require
from bot.rules.dialog import Assigning
from bot.rules.effect import Effects, Send
from bot.rules.identity import CaseNumber, CategoryId, UnitId
from bot.rules.message import Picked, Remark, Said, TriageList
from handlers.context import Context
from handlers.official.matter import matter_of

LISTED = 10
"""Cases in one list; the total stands in its heading."""


async def triage(context: Context) -> Effects:
    """List the cases that no unit has."""
    person = require(context.sender.roles, Act.TRIAGE).person
    waiting, total = await context.desk.read.triage(LISTED)
    cases = tuple(case for case in waiting if may_see(context.sender.roles, case))
    total -= len(waiting) - len(cases)
    if not cases:
        return Effects(sends=(Send(person, Said(Remark.TRIAGE_EMPTY)),))
    lines = tuple(case_line(case, context.now) for case in cases)
    return Effects(sends=(Send(person, TriageList(cases=lines, total=total)),))


async def open_card(context: Context, number: CaseNumber, pressed: int | None) -> Effects:
    """Show the card of a case, with nothing chosen."""
    matter, left = await _case(context, number, pressed)
    return show_triage(context.desk, matter, left, None, context.now)


async def pick(context: Context, number: CaseNumber, picked: Picked, pressed: int | None) -> Effects:
    """Show a choice on the card, or go back from one; raises StaleButton where there is no such choice."""
    if picked is Picked.DONE:
        raise StaleButton
    matter, left = await _case(context, number, pressed)
    return show_triage(context.desk, matter, left, _chosen(context, matter), context.now, picked)


async def set_unit(context: Context, number: CaseNumber, unit: UnitId, pressed: int | None) -> Effects:
    """Choose the unit."""
    matter, left = await _case(context, number, pressed)
    chosen = pick_unit(context.desk, matter.case, _chosen(context, matter), unit)
    return show_triage(context.desk, matter, left, chosen, context.now)


async def set_category(context: Context, number: CaseNumber, category: CategoryId, pressed: int | None) -> Effects:
    """Choose what the case is about."""
    matter, left = await _case(context, number, pressed)
    chosen = pick_category(context.desk, matter.case, _chosen(context, matter), category)
    return show_triage(context.desk, matter, left, chosen, context.now)


async def set_final(context: Context, number: CaseNumber, pressed: int | None) -> Effects:
    """Decide it for good, or not."""
    matter, left = await _case(context, number, pressed)
    return show_triage(context.desk, matter, left, toggle_final(matter.case, _chosen(context, matter)), context.now)


async def hear_reason(context: Context, dialog: Assigning, text: str) -> Effects:
    """Take words as the reason that goes with the decision, in place of any before."""
    matter, left = await _case(context, dialog.case, None)
    chosen = Assigning(case=dialog.case, unit=dialog.unit, category=dialog.category, is_final=dialog.is_final, words=text)
    return show_triage(context.desk, matter, left, chosen, context.now)


async def assign(context: Context, number: CaseNumber, pressed: int | None) -> Effects:
    """Give the case to the unit that is chosen."""
    matter, left = await _case(context, number, pressed)
    return assign_case(context.desk, matter, left, _chosen(context, matter), context.now)


def _chosen(context: Context, matter: Matter) -> Assigning:
    """Return what is chosen so far for this case; another case's card begins anew."""
    dialog = context.sender.dialog
    if isinstance(dialog, Assigning) and dialog.case == matter.case.number:
        return dialog
    return first_choice(matter.case)


async def _case(context: Context, number: CaseNumber, pressed: int | None) -> tuple[Matter, Left]:
    read = context.desk.read
    matter = await matter_of(context, number, pressed)
    require(context.sender.roles, Act.TRIAGE)
    left = left_of(context.desk, matter.case, await read.entries_of(number), await read.legible_in(number))
    return matter, left
