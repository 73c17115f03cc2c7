"""`/staff`: who works for a unit, for its lead and for admins; inviting, revoking, handing on."""

from __future__ import annotations

from typing import Final

from bot.actions.draft import ANCHOR as CARD
from bot.actions.manage_staff import end_staff, hand_on, invite, list_staff, manager_of, show_member
from bot.errors import NotFound, StaleButton
from bot.rules.access import EVERY_ROLE, Act, require
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.effect import Effects
from bot.rules.identity import Language, StaffId, UnitId
from bot.rules.staff import Staff
from bot.rules.tasks import PAGE, Only, TaskQuery
from handlers.callback import EndStaff, HandOn, Invite, OpenMember, ShowStaff, StaffButton
from handlers.context import Context

AT_ONCE: Final = 100
"""Cases handed on with one tap."""


async def staff(context: Context) -> Effects:
    """Show a lead their own unit, an admin those who work for no unit, and the way to the others."""
    roles = context.sender.roles
    manager = require(sorted(roles, key=lambda each: each.role is not Role.ADMIN), Act.MANAGE_STAFF)
    return await _list(context, None if manager.role is Role.ADMIN else manager.unit, None)


async def follow(button: StaffButton, pressed: int | None, context: Context) -> Effects:
    """Do what a button under them means; whether it is theirs to do is decided where it is done."""
    read, roles, now = context.desk.read, context.sender.roles, context.now
    match button:
        case ShowStaff(unit=unit):
            return await _list(context, UnitId(unit) if unit else None, pressed)
        case Invite(role=role, unit=unit, language=language):
            name = await context.bot_name()
            of, speaking = UnitId(unit) if unit else None, Language(language) if language else None
            return invite(context.desk, roles, role, of, name, now, speaking)
        case OpenMember(staff=id_, is_sure=is_sure):
            member = await read.staff_member(StaffId(id_))
            manager_of(roles, member.unit)
            everyone, (_, total) = await read.staff_of(None, EVERY_ROLE), await _held(context, member, PAGE)
            return show_member(roles, member, total, everyone, now, is_sure=is_sure, pressed=pressed)
        case EndStaff(staff=id_):
            member = await read.staff_member(StaffId(id_))
            everyone = await read.staff_of(None, EVERY_ROLE)
            held = await _held(context, member, PAGE)
            writing = await read.draft_of(member.person), await read.anchored(member.person, CARD)
            return end_staff(roles, member, held, everyone, now, writing=writing, pressed=pressed)
        case HandOn(staff=id_, to=to):
            before = (await read.staff_ever()).get(StaffId(id_))
            if before is None:
                raise NotFound
            cases, _ = await _held(context, before, AT_ONCE)
            return hand_on(roles, before, StaffId(to), cases, await read.staff_of(None, EVERY_ROLE), now)


async def _list(context: Context, unit: UnitId | None, pressed: int | None) -> Effects:
    county, roles = context.desk.county, context.sender.roles
    if unit is not None and unit not in county.units:
        raise StaleButton
    manager = manager_of(roles, unit)
    everyone = await context.desk.read.staff_of(None, EVERY_ROLE)
    members = [(each, (await _held(context, each, 1))[1]) for each in everyone if each.unit == unit]
    units = tuple(each for each in county.units if each != unit) if manager.role is Role.ADMIN else ()
    return list_staff(roles, unit, members, units, context.now, pressed=pressed)


async def _held(context: Context, member: Staff, limit: int) -> tuple[tuple[Case, ...], int]:
    """Return the open cases that somebody has in charge, and how many there are."""
    if member.unit is None:
        return (), 0
    query = TaskQuery(frozenset({member.unit}), frozenset({member.id}), Only.MINE, context.now, limit=limit)
    page = await context.desk.read.tasks(query)
    return page.cases, page.counts.get(Only.MINE, 0)
