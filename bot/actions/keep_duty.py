"""Leads and admins say who is on duty (值班), and the clock reports beforehand when nobody is.

Invariant: who is told that nobody is on duty hears it in office hours, before the office shuts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.actions.manage_staff import manager_of
from bot.errors import NotPermitted, StaleButton
from bot.ports import Desk
from bot.rules.access import Act, require
from bot.rules.calendar import Calendar
from bot.rules.county import County, Role
from bot.rules.due import CheckDuty, Due
from bot.rules.duty import first_gap, may_be_on_duty, next_time_for_duty, posts_of
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import Entry, ShiftDropped, ShiftEntered
from bot.rules.identity import StaffId, UnitId
from bot.rules.message import DutyCard, DutyChanged, DutyGap, ShiftLine
from bot.rules.staff import Shift, Staff

LENGTHS: Final = (1, 2, 3, 7)
"""How many days a shift may last."""

AHEAD: Final = 60
"""How many days ahead one may begin."""

SHOWN: Final = 10
"""Shifts shown at a time."""

BEFORE_CLOSING: Final = timedelta(hours=2)
"""How much working time before the office shuts it is said once more that nobody is on duty."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is chosen so far: who, from which day on, how many days."""

    staff: StaffId | None
    begins_on: date
    days: int


def show_duty(  # noqa: PLR0913 (what is asked and what is known)
    desk: Desk,
    roles: Sequence[Staff],
    unit: UnitId | None,
    staff: Sequence[Staff],
    wish: Wish | None,
    now: datetime,
    *,
    pressed: int | None,
) -> Effects:
    """Show who is on duty for a unit, or for the county; whoever looks after its staff can choose.

    Raises:
        NotPermitted: the reader works for another unit.
        StaleButton: what is chosen cannot be.
    """
    reader = _reader(roles, unit)
    manages = _manages(roles, unit)
    able = tuple(each for each in staff if may_be_on_duty(each, unit))
    today = desk.calendar.local_date(now)
    chosen = wish or Wish(able[0].id if able else None, _first_open(desk, unit, staff, now), 1)
    shift = _shift(desk, chosen, now)
    lines = sorted((line for each in able for line in _lines(each, now)), key=lambda line: (line.begins_at, line.staff))
    is_admin = any(each.role is Role.ADMIN for each in roles)
    card = DutyCard(
        unit=unit,
        lines=tuple(lines[:SHOWN]),
        gap=first_gap(unit, staff, *next_time_for_duty(desk.calendar, now)),
        chosen=chosen.staff if manages else None,
        begins_on=chosen.begins_on,
        days=chosen.days,
        today=today,
        begins_at=shift.begins_at,
        ends_at=shift.ends_at,
        options=tuple(each.id for each in able) if manages else (),
        posts=tuple(post or "" for post in posts_of(desk.county.duty) if post != unit) if is_admin else (),
    )
    return Effects(sends=(Send(reader.person, card, replaces=pressed),))


def enter_shift(
    desk: Desk, roles: Sequence[Staff], wish: Wish, staff: Sequence[Staff], now: datetime, *, pressed: int | None
) -> Effects:
    """Put somebody on duty; they are told.

    Raises:
        NotPermitted: the one who enters it does not look after them.
        StaleButton: what is chosen cannot be, or they are on duty then already.
    """
    official = _official(wish.staff, staff)
    manager = manager_of(roles, official.unit)
    shift = _shift(desk, wish, now)
    if any(shift.begins_at < each.ends_at and each.begins_at < shift.ends_at for each in official.shifts):
        raise StaleButton
    fact = ShiftEntered(staff=official.id, unit=official.unit, begins_at=shift.begins_at, ends_at=shift.ends_at)
    changed = _with(staff, official, (*official.shifts, shift))
    return Effects(
        entries=(Entry(at=now, actor=manager.id, case=None, fact=fact),),
        shifts_entered=((official.id, shift),),
        sends=_told(official, manager, shift, is_off=False),
    ) + show_duty(desk, roles, official.unit, changed, None, now, pressed=pressed)


def drop_shift(
    desk: Desk,
    roles: Sequence[Staff],
    wish: tuple[StaffId, datetime],
    staff: Sequence[Staff],
    now: datetime,
    *,
    pressed: int | None,
) -> Effects:
    """Take somebody off a duty that begins, or began, at a moment; they are told.

    Raises:
        NotPermitted: the one who does it does not look after them.
        StaleButton: there is no such shift any more.
    """
    official = _official(wish[0], staff)
    manager = manager_of(roles, official.unit)
    shift = next((each for each in official.shifts if each.begins_at == wish[1] and each.ends_at > now), None)
    if shift is None:
        raise StaleButton
    fact = ShiftDropped(staff=official.id, unit=official.unit, begins_at=shift.begins_at, ends_at=shift.ends_at)
    changed = _with(staff, official, tuple(each for each in official.shifts if each != shift))
    return Effects(
        entries=(Entry(at=now, actor=manager.id, case=None, fact=fact),),
        shifts_dropped=((official.id, shift),),
        sends=_told(official, manager, shift, is_off=True),
    ) + show_duty(desk, roles, official.unit, changed, None, now, pressed=pressed)


def plan_duty_check(county: County, calendar: Calendar, now: datetime) -> tuple[Due, ...]:
    """Plan the next looks strictly after `now`: when the office opens, and two hours before it shuts."""
    if not posts_of(county.duty):
        return ()
    on = calendar.local_date(now)
    looks: list[Due] = []
    while not looks:
        if calendar.is_working_day(on):
            closing_at = calendar.end_of_day(on)
            moments = (calendar.periods_on(on)[0][0], calendar.subtract_running(closing_at, BEFORE_CLOSING))
            key = on.isoformat()
            looks = [
                Due(key=f"duty/{key}/{place}", at=at, task=CheckDuty(on=key)) for place, at in enumerate(moments) if at > now
            ]
        on += timedelta(days=1)
    return tuple(looks)


def check_duty(desk: Desk, staff: Sequence[Staff], now: datetime) -> Effects:
    """Tell leads and admins of every post that nobody would keep when the office shuts next, and plan the next look."""
    begins_at, ends_at = next_time_for_duty(desk.calendar, now)
    admins = [each for each in staff if each.role is Role.ADMIN and each.is_here(now)]
    sends: list[Send] = []
    for post in posts_of(desk.county.duty):
        gap = first_gap(post, staff, begins_at, ends_at)
        if gap is None:
            continue
        own = [each for each in staff if each.role is Role.LEAD and each.unit == post and post is not None]
        leads = [each for each in own if each.is_here(now)]
        message = DutyGap(unit=post, begins_at=gap[0], ends_at=gap[1])
        readers = dict.fromkeys(each.person for each in (*leads, *admins))
        sends += [Send(person, message, Priority.NOTICE) for person in readers]
    return Effects(planned=plan_duty_check(desk.county, desk.calendar, now), sends=tuple(sends))


def _first_open(desk: Desk, unit: UnitId | None, staff: Sequence[Staff], now: datetime) -> date:
    """Return the first day from whose change on nobody, or not all the time, is on duty; today where all are kept."""
    today = desk.calendar.local_date(now)
    for day in (today + timedelta(days=ahead) for ahead in range(AHEAD + 1)):
        shift = _shift(desk, Wish(None, day, 1), now)
        if shift.ends_at > now and first_gap(unit, staff, max(shift.begins_at, now), shift.ends_at) is not None:
            return day
    return today


def _manages(roles: Sequence[Staff], unit: UnitId | None) -> bool:
    try:
        manager_of(roles, unit)
    except NotPermitted:
        return False
    return True


def _reader(roles: Sequence[Staff], unit: UnitId | None) -> Staff:
    """Return the role in which somebody may see a post's duty: whoever manages it, works for the unit, or watches."""
    if _manages(roles, unit):
        return manager_of(roles, unit)
    return require((each for each in roles if each.unit == unit or each.role is Role.SUPERVISOR), Act.SEE_DUTY)


def _official(staff_id: StaffId | None, staff: Iterable[Staff]) -> Staff:
    found = next((each for each in staff if each.id == staff_id), None)
    if found is None or not may_be_on_duty(found, found.unit):
        raise StaleButton
    return found


def _with(staff: Iterable[Staff], official: Staff, shifts: tuple[Shift, ...]) -> tuple[Staff, ...]:
    return tuple(replace(each, shifts=shifts) if each.id == official.id else each for each in staff)


def _shift(desk: Desk, wish: Wish, now: datetime) -> Shift:
    """Make a shift of what is chosen: from one change to another."""
    today, zone, change = desk.calendar.local_date(now), desk.calendar.zone, desk.county.duty.change
    if not today <= wish.begins_on <= today + timedelta(days=AHEAD) or wish.days not in LENGTHS:
        raise StaleButton
    begins_at, ends_at = (
        datetime.combine(on, change, zone).astimezone(UTC)
        for on in (wish.begins_on, wish.begins_on + timedelta(days=wish.days))
    )
    return Shift(begins_at, ends_at)


def _lines(official: Staff, now: datetime) -> Iterable[ShiftLine]:
    for shift in official.shifts:
        if shift.ends_at > now:
            yield ShiftLine(staff=official.id, role=official.role, begins_at=shift.begins_at, ends_at=shift.ends_at)


def _told(official: Staff, manager: Staff, shift: Shift, *, is_off: bool) -> tuple[Send, ...]:
    if official.person == manager.person:
        return ()
    message = DutyChanged(unit=official.unit, begins_at=shift.begins_at, ends_at=shift.ends_at, is_off=is_off)
    return (Send(official.person, message, Priority.NOTICE),)
