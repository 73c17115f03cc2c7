"""Residents in a meeting: the link is opened, what is raised is read and seconded, and words become a matter."""

from __future__ import annotations

from bot.actions.attend_meeting import Guest, attend, raise_matter, second_matter, show_meeting, want_to_raise
from bot.errors import NotFound, StaleButton
from bot.rules.dialog import Idle, Raising
from bot.rules.effect import Effects, Send
from bot.rules.identity import MeetingId
from bot.rules.meeting import MEETING_PREFIX, Hall
from bot.rules.message import Remark, Said
from handlers.callback.meeting import AttendingButton, RaiseMatter, SecondMatter, ShowMeeting
from handlers.context import Context
from handlers.resident.language import greet_newcomer


async def open_meeting_link(context: Context, payload: str) -> Effects:
    """Join the meeting that a link leads to."""
    read, person = context.desk.read, context.sender.person
    try:
        meeting = await read.meeting(MeetingId(payload.removeprefix(MEETING_PREFIX)))
        joined = attend(Guest(person, Hall(meeting, await read.raised_in(meeting.id))), context.now)
    except (NotFound, StaleButton):
        joined = Effects(sends=(Send(person, Said(Remark.MEETING_OVER)),))
    return joined + await greet_newcomer(context)


async def follow(button: AttendingButton, pressed: int | None, context: Context) -> Effects:
    """Do what a button in a meeting means, for those who have joined it."""
    guest, now = await _guest(context, button.meeting, pressed), context.now
    match button:
        case ShowMeeting(page=page):
            return show_meeting(guest, page, now)
        case RaiseMatter():
            return want_to_raise(guest, now)
        case SecondMatter(number=number, page=page, is_behind=is_behind):
            return second_matter(guest, number, page, now, is_behind=is_behind)


async def hear_matter(context: Context, dialog: Raising, text: str) -> Effects:
    """Take words as a matter of the meeting."""
    person = context.sender.person
    try:
        guest = await _guest(context, dialog.meeting)
        return raise_matter(context.desk.county, guest, text, context.now)
    except StaleButton:
        return Effects(dialog=Idle(), sends=(Send(person, Said(Remark.MEETING_OVER)),))


async def _guest(context: Context, id_: MeetingId, pressed: int | None = None) -> Guest:
    """Return the sender in a meeting that they have joined; raises StaleButton when they have not."""
    read, person = context.desk.read, context.sender.person
    try:
        meeting = await read.meeting(id_)
    except NotFound as error:
        raise StaleButton from error
    if person not in await read.people_in(id_):
        raise StaleButton
    return Guest(person, Hall(meeting, await read.raised_in(id_)), pressed)
