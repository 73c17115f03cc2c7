"""`/meeting`: an official opens a residents' meeting, reads what is raised, adopts or declines it, and ends the meeting."""

from __future__ import annotations

from bot.actions.hold_meeting import (
    Chair,
    adopt_matter,
    decline_matter,
    end_meeting,
    list_meetings,
    open_meeting,
    show_card,
    show_link,
    show_raised,
    want_meeting,
)
from bot.errors import NotFound, StaleButton
from bot.rules.access import EVERY_ROLE
from bot.rules.dialog import OpeningMeeting
from bot.rules.effect import Effects
from bot.rules.identity import TownshipId
from bot.rules.meeting import Hall
from handlers.callback.meeting import (
    AdoptMatter,
    DeclineMatter,
    EndTheMeeting,
    HoldingButton,
    HoldMeeting,
    LengthOfMeeting,
    ListMeetings,
    PlaceMeeting,
    ShowLink,
    ShowRaised,
)
from handlers.context import Context


async def meeting(context: Context) -> Effects:
    """List the meetings that the sender holds, and offer to open one."""
    return list_meetings(context.sender.roles, await context.desk.read.meetings())


async def hear_title(context: Context, dialog: OpeningMeeting, text: str) -> Effects:
    """Open a meeting about what the words say."""
    return open_meeting(context.desk, context.sender.roles, dialog, text, await context.bot_name(), context.now)


async def follow(button: HoldingButton, pressed: int | None, context: Context) -> Effects:
    """Do what a button of whoever holds a meeting means; whether it is theirs is decided where it is done."""
    roles = context.sender.roles
    match button:
        case ListMeetings():
            return list_meetings(roles, await context.desk.read.meetings(), pressed)
        case PlaceMeeting(township=township, is_placed=is_placed):
            return want_meeting(roles, _known(context, township), None, pressed, is_placed=is_placed)
        case LengthOfMeeting(township=township, hours=hours):
            return want_meeting(roles, _known(context, township), hours, pressed, is_placed=True)
        case _:
            return await _hold(button, pressed, context)


async def _hold(
    button: HoldMeeting | ShowRaised | AdoptMatter | DeclineMatter | ShowLink | EndTheMeeting,
    pressed: int | None,
    context: Context,
) -> Effects:
    read, now = context.desk.read, context.now
    try:
        hall = Hall(await read.meeting(button.meeting), await read.raised_in(button.meeting))
    except NotFound as error:
        raise StaleButton from error
    chair = Chair(context.sender.roles, hall, await context.bot_name(), pressed)
    match button:
        case HoldMeeting(page=page):
            return show_card(chair, page, now)
        case ShowRaised(number=number, is_picking=is_picking):
            return show_raised(chair, number, is_picking=is_picking)
        case AdoptMatter(number=number, category=category):
            if category is not None and category not in context.desk.county.categories:
                raise StaleButton
            return adopt_matter(context.desk, chair, number, category, await read.staff_of(None, EVERY_ROLE), now)
        case DeclineMatter(number=number):
            return decline_matter(chair, number)
        case ShowLink():
            return show_link(chair)
        case EndTheMeeting(is_sure=False):
            return show_card(chair, 0, now, is_ending=True)
        case EndTheMeeting():
            people = await read.people_in(hall.meeting.id)
            return end_meeting(hall, people, None, now, by=chair.holder, pressed=pressed)


def _known(context: Context, township: TownshipId | None) -> TownshipId | None:
    if township is not None and township not in context.desk.county.townships:
        raise StaleButton
    return township
