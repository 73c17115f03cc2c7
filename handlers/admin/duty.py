"""`/duty`: who is woken at night and on days off; leads choose for their unit, admins for every unit and the county."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.actions.keep_duty import Wish, drop_shift, enter_shift, show_duty
from bot.errors import NotFound, StaleButton
from bot.rules.access import EVERY_ROLE, Act, require
from bot.rules.effect import Effects
from bot.rules.identity import StaffId, UnitId
from handlers.callback import ChooseShift, DropShift, DutyButton, ShowDuty
from handlers.context import Context


async def duty(context: Context) -> Effects:
    """Show an official their own unit's duty, an admin or supervisor the county's."""
    roles = context.sender.roles
    require(roles, Act.SEE_DUTY)
    unit = None if any(each.unit is None for each in roles) else roles[0].unit
    staff = await context.desk.read.staff_of(None, EVERY_ROLE)
    return show_duty(context.desk, roles, unit, staff, None, context.now, pressed=None)


async def follow(button: DutyButton, pressed: int | None, context: Context) -> Effects:
    """Do what a button about duty means; whether it is theirs to do is decided where it is done."""
    desk, roles, now = context.desk, context.sender.roles, context.now
    staff = await desk.read.staff_of(None, EVERY_ROLE)
    match button:
        case ShowDuty(unit=unit):
            if unit and unit not in desk.county.units:
                raise StaleButton
            return show_duty(desk, roles, UnitId(unit) if unit else None, staff, None, now, pressed=pressed)
        case ChooseShift(staff=staff_id, is_final=is_final):
            wish = Wish(StaffId(staff_id), _date(button.begins_on), button.days)
            if is_final:
                return enter_shift(desk, roles, wish, staff, now, pressed=pressed)
            chosen = next((each for each in staff if each.id == staff_id), None)
            if chosen is None:
                raise NotFound
            return show_duty(desk, roles, chosen.unit, staff, wish, now, pressed=pressed)
        case DropShift(staff=staff_id, begins_at=begins_at):
            try:
                moment = datetime.fromtimestamp(begins_at, UTC)
            except (OverflowError, ValueError, OSError) as error:
                raise StaleButton from error
            return drop_shift(desk, roles, (StaffId(staff_id), moment), staff, now, pressed=pressed)


def _date(ordinal: int) -> date:
    try:
        return date.fromordinal(ordinal)
    except (ValueError, OverflowError) as error:
        raise StaleButton from error
