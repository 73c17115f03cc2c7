"""`/audit`: the ledger by case, official, unit, day and kind; and what could not be handled or delivered."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.actions.audit_house import HOUSE_KINDS, LISTED, audit_page, drop_update, list_aside, list_failed, run_again
from bot.rules.access import Act, require
from bot.rules.audit import PAGE, AuditGroup, NotUnderstood, kinds_of, search_of
from bot.rules.effect import Effects, Send
from bot.rules.identity import UnitId
from bot.rules.message import Remark, Said
from handlers.callback import DropAside, ListAside, RetryAside, ShowAudit
from handlers.context import Context

FROM_THE_END: Final = 2**53
"""A place behind every entry."""

AT_ONCE: Final = 100
"""Updates handled again with one tap."""


async def audit(context: Context) -> Effects:
    """Show the newest entries, or those that fit what stands behind the command."""
    person = require(context.sender.roles, Act.SEE_AUDIT).person
    words = tuple(context.args or ())
    try:
        return await _page(context, AuditGroup.ALL, words, 0, None)
    except NotUnderstood:
        return Effects(sends=(Send(person, Said(Remark.AUDIT_UNKNOWN)),))


async def show(context: Context, button: ShowAudit, pressed: int | None) -> Effects:
    """Show another page or group where the last one stands."""
    person = require(context.sender.roles, Act.SEE_AUDIT).person
    try:
        return await _page(context, button.group, tuple(button.asked.split()), button.before, pressed)
    except NotUnderstood:  # a unit or an official that is no longer known
        return Effects(sends=(Send(person, Said(Remark.AUDIT_UNKNOWN)),))


async def _page(context: Context, group: AuditGroup, words: tuple[str, ...], before: int, pressed: int | None) -> Effects:
    person = require(context.sender.roles, Act.SEE_AUDIT).person
    read, county = context.desk.read, context.desk.county
    staff = await read.staff_ever()
    units = {name: unit for unit, known in county.units.items() for name in (known.name.zh, *known.name.others.values())}
    search = search_of(words, {**units, **{str(unit): UnitId(unit) for unit in county.units}}, staff)
    kinds = search.kinds or (frozenset() if group is AuditGroup.ALL else kinds_of(group, HOUSE_KINDS))
    own = frozenset(each.unit for each in context.sender.roles if each.unit is not None)
    wanted = replace(search, kinds=kinds, hidden=own)
    entries = await read.audit(wanted, county.hours.zone, before or FROM_THE_END, PAGE + 1)
    _, aside = await read.set_aside(1)
    _, failed = await read.failed(1)
    shown = audit_page(group, " ".join(words), entries, staff, is_newest=not before, counts=(aside, failed))
    return Effects(sends=(Send(person, shown, replaces=pressed),))


async def aside(context: Context, button: ListAside, pressed: int | None) -> Effects:
    """List updates that could not be handled; asked once more where one shall be dropped."""
    found, total = await context.desk.read.set_aside(LISTED)
    return list_aside(context.sender.roles, found, total, pressed, button.sure or None)


async def retry(context: Context, button: RetryAside, pressed: int | None) -> Effects:
    """Have one of them handled again, or all."""
    roles = context.sender.roles
    found, total = await context.desk.read.set_aside(AT_ONCE)
    again = run_again(roles, found, button.seq, context.now)
    left = [each for each in found if each.seq not in again.retried]
    return again + list_aside(roles, left, total - len(again.retried), pressed)


async def drop(context: Context, button: DropAside, pressed: int | None) -> Effects:
    """Drop one of them for good."""
    roles = context.sender.roles
    found, total = await context.desk.read.set_aside(AT_ONCE)
    dropped = drop_update(roles, found, button.seq, context.now)
    left = [each for each in found if each.seq != button.seq]
    return dropped + list_aside(roles, left, total - 1, pressed)


async def failed(context: Context, pressed: int | None) -> Effects:
    """List messages that were given up."""
    found, total = await context.desk.read.failed(LISTED)
    return list_failed(context.sender.roles, found, total, pressed)
