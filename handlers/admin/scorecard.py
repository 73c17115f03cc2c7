"""The scorecard in the chat: of all units for those who watch over the county; a lead sees the own unit's alone."""

from __future__ import annotations

from bot.actions.publish_card import card_page, cards_page
from bot.errors import NotPermitted, StaleButton
from bot.rules.access import Act, require
from bot.rules.county import Role
from bot.rules.effect import Effects, Send
from bot.rules.identity import UnitId
from bot.rules.message import Message, Remark, Said
from bot.rules.period import Period, Stretch, parse_period, period_of
from bot.rules.scorecard import empty_card
from bot.rules.staff import Staff
from handlers.admin import card
from handlers.admin.wanted import wanted
from handlers.callback import ShowCard
from handlers.context import Context


async def scorecard(context: Context) -> Effects:
    """Send the scorecards of the month that runs, or of the period and unit named behind the command."""
    staff = _reader(context)
    county = context.desk.county
    try:
        period, area = wanted(" ".join(context.args or ()), county, context.now)
    except ValueError:
        return Effects(sends=(Send(staff.person, Said(Remark.SCORECARD_UNKNOWN)),))
    what, _, unit = area.partition(":")
    if what == "t":  # a township is no unit, and has no card
        return Effects(sends=(Send(staff.person, Said(Remark.SCORECARD_UNKNOWN)),))
    period = period or period_of(Stretch.MONTH, context.now, county.hours.zone)
    return Effects(sends=(Send(staff.person, await _page(context, staff, period, unit)),))


async def show_card(context: Context, button: ShowCard, message: int | None) -> Effects:
    """Show another period or unit where the scorecards stand."""
    staff = _reader(context)
    try:
        period = parse_period(button.period, context.desk.county.hours.zone)
    except ValueError as error:
        raise StaleButton from error
    if period.begins_at > context.now or (button.unit and button.unit not in context.desk.county.units):
        raise StaleButton
    return Effects(sends=(Send(staff.person, await _page(context, staff, period, button.unit), replaces=message),))


def _reader(context: Context) -> Staff:
    try:
        return require(context.sender.roles, Act.SEE_DIGEST)
    except NotPermitted:
        return require(context.sender.roles, Act.SEE_OWN_CARD)


async def _page(context: Context, staff: Staff, period: Period, asked: str) -> Message:
    roles, now = context.sender.roles, context.now
    board = await card.board_of(context, period)
    own = staff.unit if staff.role is Role.LEAD else None
    unit = own or (UnitId(asked) if asked else None)
    if unit is None:
        return cards_page(board, roles, now)
    found = next((each for each in board.cards if each.unit == unit), None)
    shown = empty_card(unit, context.desk.county) if found is None else found
    return card_page(board, shown, roles, now, is_alone=own is not None)
