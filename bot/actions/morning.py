"""The list at the beginning of a working day: one message a person, and on the week's first day the mirror for leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.actions.lines import task_page
from bot.rules.access import HANDLING
from bot.rules.calendar import Calendar
from bot.rules.county import County, Role
from bot.rules.due import Due, SendMorning
from bot.rules.effect import Effects, Priority, Send
from bot.rules.figure import Digest
from bot.rules.identity import PersonId, UnitId
from bot.rules.message import UnitMirror
from bot.rules.staff import Staff
from bot.rules.tasks import Only, TaskPage, TaskQuery

_DAY: Final = timedelta(days=1)


def plan_morning(county: County, calendar: Calendar, now: datetime) -> tuple[Due, ...]:
    """Plan the next list strictly after `now`, when the office opens in the morning; none where the county wants none."""
    if not county.reminders.morning:
        return ()
    on = calendar.local_date(now)
    if not calendar.is_working_day(on) or _opening(calendar, now) <= now:
        on = calendar.next_working_day(on)
    at = calendar.periods_on(on)[0][0]
    return (Due(key=f"morning/{on.isoformat()}", at=at, task=SendMorning(on=on.isoformat())),)


def _opening(calendar: Calendar, now: datetime) -> datetime:
    return calendar.periods_on(calendar.local_date(now))[0][0].astimezone(UTC)


def is_first_of_week(calendar: Calendar, now: datetime) -> bool:
    """Say whether this is the first working day of its week."""
    on = calendar.local_date(now)
    earlier = (on - _DAY * back for back in range(1, on.weekday() + 1))
    return calendar.is_working_day(on) and not any(map(calendar.is_working_day, earlier))


def readers(staff: Iterable[Staff], now: datetime) -> Mapping[PersonId, tuple[Staff, ...]]:
    """Return who handles cases and is here, with all that each holds for it."""
    found: dict[PersonId, tuple[Staff, ...]] = {}
    for each in staff:
        if each.role in HANDLING and each.unit is not None and each.is_here(now):
            found[each.person] = (*found.get(each.person, ()), each)
    return found


def good_morning(person: PersonId, query: TaskQuery, page: TaskPage, now: datetime) -> Effects:
    """Show someone what there is to do; nothing where there is nothing."""
    if not page.counts.get(Only.UNIT):
        return Effects()
    return Effects(sends=(Send(person, task_page(query, page, now, is_morning=True), Priority.NOTICE),))


def mirror(unit: UnitId, page: TaskPage, digest: Digest, staff: Iterable[Staff]) -> Effects:
    """Show a unit's leads how it stands, once whatever they hold."""
    message = UnitMirror(unit=unit, counts=tuple(page.counts.items()), digest=digest)
    leads = (each for each in staff if each.role is Role.LEAD and each.unit == unit and each.is_reachable)
    people = dict.fromkeys(each.person for each in leads)
    return Effects(sends=tuple(Send(person, message, Priority.NOTICE) for person in people))
