"""Duty (值班): who is woken at night and on days off for what cannot wait, and when nobody would be.

Invariant: whoever is woken may see what they are woken for: a unit's own people for its cases, those who watch for any.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot.rules.access import HANDLING
from bot.rules.calendar import Calendar
from bot.rules.county import Role
from bot.rules.duty_plan import DutyPlan
from bot.rules.identity import UnitId
from bot.rules.staff import Shift, Staff

UNSEEN: Final = "unaccepted:duty"
"""The stage at which others are told of a case that whoever is on duty did nothing about."""


def posts_of(plan: DutyPlan) -> tuple[UnitId | None, ...]:
    """Return for whom somebody has to be on duty; None is the county."""
    return (*plan.units, None) if plan.is_for_county else plan.units


def is_time_for_duty(calendar: Calendar, now: datetime) -> bool:
    """Say whether it is night or a day off; a lunch break is neither."""
    periods = calendar.periods_on(calendar.local_date(now))
    return not periods or now < periods[0][0] or now >= periods[-1][1]


def next_time_for_duty(calendar: Calendar, now: datetime) -> tuple[datetime, datetime]:
    """Return from when until when the offices are shut next, at night or on days off; what lasts now began already."""
    on = calendar.local_date(now)
    if is_time_for_duty(calendar, now):
        return now, calendar.next_opening(now)
    begins_at = calendar.end_of_day(on)
    return begins_at, calendar.next_opening(begins_at)


def may_be_on_duty(official: Staff, unit: UnitId | None) -> bool:
    """Say whether somebody can be on duty: for a unit its own officers and leads, for the county the supervisors."""
    if unit is None:
        return official.role is Role.SUPERVISOR
    return official.role in HANDLING and official.unit == unit


def woken(unit: UnitId, staff: Iterable[Staff], now: datetime) -> tuple[Staff, ...]:
    """Return who is on duty for a unit and can be told: its own people, else the county's."""
    here = [each for each in staff if each.is_here(now) and each.is_on_duty(now)]
    own = tuple(each for each in here if may_be_on_duty(each, unit))
    return own or tuple(each for each in here if may_be_on_duty(each, None))


def first_gap(
    post: UnitId | None, staff: Iterable[Staff], begins_at: datetime, ends_at: datetime
) -> tuple[datetime, datetime] | None:
    """Return the first stretch between two instants in which nobody would be woken for a post; None: there is none."""
    shifts = sorted(
        (shift.begins_at, shift.ends_at)
        for each in staff
        if may_be_on_duty(each, post) or may_be_on_duty(each, None)
        for shift in _kept(each)
    )
    covered_until = begins_at
    for shift_begins_at, shift_ends_at in shifts:
        if shift_begins_at > covered_until:
            break
        covered_until = max(covered_until, shift_ends_at)
    if covered_until >= ends_at:
        return None
    following = (shift_begins_at for shift_begins_at, _ in shifts if shift_begins_at > covered_until)
    return covered_until, min((*following, ends_at))


def _kept(official: Staff) -> Iterable[Shift]:
    """Return the shifts of somebody that they can keep: not while they are out of reach or on leave."""
    if not official.is_reachable:
        return
    for shift in official.shifts:
        leave = official.leave
        if leave is None or leave.ends_at <= shift.begins_at or leave.begins_at >= shift.ends_at:
            yield shift
            continue
        if shift.begins_at < leave.begins_at:
            yield Shift(shift.begins_at, leave.begins_at)
        if leave.ends_at < shift.ends_at:
            yield Shift(leave.ends_at, shift.ends_at)
