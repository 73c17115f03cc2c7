"""What people can ask about their own data: what becomes of it, all of it, and that it be forgotten."""

from __future__ import annotations

from bot.actions.draft import given_in
from bot.actions.forget_person import ask_what_to_forget, forget_person
from bot.rules.effect import Effects, Send
from bot.rules.erasure import Forgetting
from bot.rules.message import OwnData, OwnGiven, OwnRole, PrivacyPage, Remark, Said
from handlers.callback import Forget, RightsButton, ShowPrivacy
from handlers.context import Context


async def privacy(context: Context) -> Effects:
    """Say what becomes of what somebody writes."""
    return Effects(sends=(Send(context.sender.person, PrivacyPage()),))


async def my_data(context: Context) -> Effects:
    """Give the sender everything that is kept about them."""
    sender = context.sender
    held = await context.desk.read.held_about(sender.person)
    draft = sender.draft
    message = OwnData(
        at=context.now,
        known_since=held.known_since,
        township=sender.township,
        roles=tuple(OwnRole(role=staff.role, unit=staff.unit) for staff in sender.roles),
        draft=draft.words if draft is not None and draft.words else None,
        cases=held.cases,
        raised=held.raised,
        draft_given=OwnGiven() if draft is None else given_in(draft),
    )
    return Effects(sends=(Send(sender.person, message),))


async def forget(context: Context) -> Effects:
    """Ask what shall be forgotten."""
    return ask_what_to_forget(context.sender.person, await context.desk.read.ties_of(context.sender.person))


async def follow(button: RightsButton, message: int | None, context: Context) -> Effects:
    """Do what a button about one's own data means."""
    match button:
        case ShowPrivacy():
            return await privacy(context)
        case Forget(how=how):
            return await _forget(how, message, context)


async def _forget(how: Forgetting | None, message: int | None, context: Context) -> Effects:
    person = context.sender.person
    if how is None:
        return Effects(sends=(Send(person, Said(Remark.NOTHING_FORGOTTEN), replaces=message),))
    context.return_to_draft()
    return forget_person(context.sender, await context.desk.read.ties_of(person), how, context.now, message)
