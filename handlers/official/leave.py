"""`/leave`: from when, how long, who stands in; and back again. Everything chosen travels in the buttons."""

from __future__ import annotations

from datetime import date

from bot.actions.take_leave import Wish, end_leave, first_wish, one_away, show_leave, take_leave
from bot.errors import StaleButton
from bot.rules.access import EVERY_ROLE
from bot.rules.effect import Effects
from bot.rules.identity import StaffId
from bot.rules.staff import Staff
from handlers.callback import ChooseLeave
from handlers.context import Context


async def leave(context: Context) -> Effects:
    """Show what can be chosen, or until when the sender is away."""
    official, staff = await _official(context)
    return show_leave(
        context.desk, official, staff, first_wish(context.desk, official, staff, context.now), context.now, pressed=None
    )


async def choose(context: Context, button: ChooseLeave, pressed: int | None) -> Effects:
    """Show another choice, or take the leave that is chosen."""
    official, staff = await _official(context)
    try:
        begins_on = date.fromordinal(button.begins_on)
    except (ValueError, OverflowError) as error:
        raise StaleButton from error
    wish = Wish(begins_on, button.days, StaffId(button.deputy) if button.deputy else None)
    follow = take_leave if button.is_final else show_leave
    return follow(context.desk, official, staff, wish, context.now, pressed=pressed)


async def end(context: Context, pressed: int | None) -> Effects:
    """End the sender's leave."""
    official, staff = await _official(context)
    return end_leave(official, staff, context.now, pressed=pressed)


async def _official(context: Context) -> tuple[Staff, tuple[Staff, ...]]:
    staff = await context.desk.read.staff_of(None, EVERY_ROLE)
    return one_away(context.sender.roles, staff), staff
