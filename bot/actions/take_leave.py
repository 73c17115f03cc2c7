"""An official goes on leave, names a deputy, and is back.

Invariant: the lead hears of it, and what is meant for them meanwhile reaches the deputy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.errors import IllegalTransition, StaleButton
from bot.ports import Desk
from bot.rules.access import HANDLING, Act, require
from bot.rules.county import Role
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import Entry, LeaveEnded, LeaveTaken
from bot.rules.identity import StaffId
from bot.rules.message import ColleagueAway, ColleagueBack, LeaveCard
from bot.rules.staff import Leave, Staff

LENGTHS: Final = (1, 3, 7, 14, 30)
"""How many calendar days somebody may be away at a time."""

AHEAD: Final = 7
"""How many days ahead a leave may begin."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is chosen so far: from which day on, how many days, and the deputy."""

    begins_on: date
    days: int
    deputy: StaffId | None


def one_away(roles: Sequence[Staff], staff: Iterable[Staff]) -> Staff:
    """Return the role in which somebody takes leave, with the leave it has: that in a unit, if they hold one.

    Raises:
        NotPermitted: they hold none.
    """
    role = require(roles, Act.TAKE_LEAVE)
    own = {each.id for each in roles if each.role in HANDLING} or {role.id}
    return next((each for each in staff if each.id in own), role)


def deputies_for(official: Staff, staff: Iterable[Staff], now: datetime) -> tuple[StaffId, ...]:
    """Return who could be told in somebody's stead: colleagues who are here, of the same unit, or of the same function."""
    return tuple(
        each.id
        for each in staff
        if each.person != official.person
        and each.is_here(now)
        and each.unit == official.unit
        and (each.role in HANDLING if official.role in HANDLING else each.role is official.role)
    )


def first_wish(desk: Desk, official: Staff, staff: Sequence[Staff], now: datetime) -> Wish:
    """Begin with a week from tomorrow on, and the first colleague."""
    found = deputies_for(official, staff, now)
    tomorrow = desk.calendar.local_date(now) + timedelta(days=1)
    return Wish(tomorrow, 7, found[0] if found else None)


def show_leave(
    desk: Desk, official: Staff, staff: Sequence[Staff], wish: Wish, now: datetime, *, pressed: int | None
) -> Effects:
    """Show what is chosen and what there is to choose from; whoever is away is shown until when.

    Raises:
        StaleButton: what is chosen cannot be.
    """
    away = official.leave if official.leave is not None and now < official.leave.ends_at else None
    leave = away or _leave(desk, official, staff, wish, now)
    card = LeaveCard(
        begins_on=desk.calendar.local_date(leave.begins_at),
        days=(desk.calendar.local_date(leave.ends_at) - desk.calendar.local_date(leave.begins_at)).days,
        today=desk.calendar.local_date(now),
        begins_at=leave.begins_at,
        last_at=leave.ends_at - timedelta(hours=12),
        deputy=leave.deputy,
        options=() if away else deputies_for(official, staff, now),
        is_taken=away is not None,
        staff=official.id,
    )
    return Effects(sends=(Send(official.person, card, replaces=pressed),))


def take_leave(
    desk: Desk, official: Staff, staff: Sequence[Staff], wish: Wish, now: datetime, *, pressed: int | None
) -> Effects:
    """Take it: an entry; the lead and the deputy are told.

    Raises:
        IllegalTransition: they are on leave already, or have one ahead of them.
        StaleButton: what is chosen cannot be.
    """
    if official.leave is not None and now < official.leave.ends_at:
        raise IllegalTransition
    leave = _leave(desk, official, staff, wish, now)
    fact = LeaveTaken(staff=official.id, begins_at=leave.begins_at, ends_at=leave.ends_at, deputy=leave.deputy)
    taken = replace(official, leave=leave)
    told = tuple(
        Send(
            each.person,
            ColleagueAway(
                staff=official.id,
                role=official.role,
                unit=official.unit,
                begins_at=leave.begins_at,
                last_at=leave.ends_at - timedelta(hours=12),
                deputy=leave.deputy,
                is_deputy=each.id == leave.deputy,
            ),
            Priority.NOTICE,
        )
        for each in _told(official, leave, staff, now)
    )
    entry = Entry(at=now, actor=official.id, case=None, fact=fact)
    shown = show_leave(desk, taken, staff, wish, now, pressed=pressed)
    return Effects(entries=(entry,), leaves=((official.id, leave),), sends=told) + shown


def end_leave(official: Staff, staff: Sequence[Staff], now: datetime, *, pressed: int | None) -> Effects:
    """Come back at once, or not go at all.

    Raises:
        IllegalTransition: there is no leave to end.
    """
    leave = official.leave
    if leave is None or leave.ends_at <= now:
        raise IllegalTransition
    back = ColleagueBack(staff=official.id, role=official.role, unit=official.unit)
    told = tuple(Send(each.person, back, Priority.NOTICE) for each in _told(official, leave, staff, now))
    entry = Entry(at=now, actor=official.id, case=None, fact=LeaveEnded(staff=official.id))
    return Effects(
        entries=(entry,),
        leaves=((official.id, None),),
        sends=(*told, Send(official.person, back, replaces=pressed)),
    )


def _told(official: Staff, leave: Leave, staff: Iterable[Staff], now: datetime) -> tuple[Staff, ...]:
    """Return the deputy and the unit's leads, else the admins; each person once, never whoever goes."""
    others = [each for each in staff if each.person != official.person and each.is_here(now)]
    leads = [each for each in others if each.role is Role.LEAD and each.unit == official.unit and official.unit is not None]
    above = leads or [each for each in others if each.role is Role.ADMIN]
    deputy = [each for each in others if each.id == leave.deputy]
    return tuple({each.person: each for each in (*above, *deputy)}.values())


def _leave(desk: Desk, official: Staff, staff: Sequence[Staff], wish: Wish, now: datetime) -> Leave:
    """Make a leave of what is chosen; one that begins today begins now."""
    today, zone = desk.calendar.local_date(now), desk.calendar.zone
    options = deputies_for(official, staff, now)
    is_somebody = wish.deputy in options if options else wish.deputy is None
    if not today <= wish.begins_on <= today + timedelta(days=AHEAD) or wish.days not in LENGTHS or not is_somebody:
        raise StaleButton
    ends_on = wish.begins_on + timedelta(days=wish.days)
    begins_at = datetime.combine(wish.begins_on, time(), zone).astimezone(UTC)
    return Leave(max(begins_at, now), datetime.combine(ends_on, time(), zone).astimezone(UTC), wish.deputy)
