"""What the clock reads for the list at the beginning of a working day, a person and a unit at a time."""

from __future__ import annotations

from datetime import datetime

from bot.actions.join_group import tell_group
from bot.actions.morning import good_morning, is_first_of_week, mirror, plan_morning, readers
from bot.ports import Desk
from bot.rules.county import Role
from bot.rules.digest import scope_of
from bot.rules.effect import Effects
from bot.rules.period import week_of
from bot.rules.staff import Staff
from bot.rules.tasks import Only, TaskQuery, query_of


async def morning(desk: Desk, staff: tuple[Staff, ...], now: datetime) -> Effects:
    """Decide who is shown what, and plan the next morning."""
    effects = Effects(planned=plan_morning(desk.county, desk.calendar, now))
    for person, roles in readers(staff, now).items():
        query = query_of(roles, Only.UNIT, now)
        effects += good_morning(person, query, await desk.read.tasks(query), now)
    if is_first_of_week(desk.calendar, now):
        week = week_of(now, desk.county.hours.zone).previous()
        for unit in dict.fromkeys(each.unit for each in staff if each.role is Role.LEAD and each.unit is not None):
            page = await desk.read.tasks(TaskQuery(frozenset({unit}), frozenset(), Only.UNIT, now))
            digest = await desk.read.digest(week, scope_of(desk.county, unit=unit), now)
            effects += mirror(unit, page, digest, staff)
    return effects + await groups_of_the_morning(desk, now)


async def groups_of_the_morning(desk: Desk, now: datetime) -> Effects:
    """Tell the units' work groups how much there is to do."""
    effects = Effects()
    for group in await desk.read.unit_groups():
        query = TaskQuery(frozenset({group.unit}), frozenset(), Only.OVERDUE, now)
        effects += tell_group(group, await desk.read.tasks(query))
    return effects
