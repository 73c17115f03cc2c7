"""A one-time link is opened: the role is taken, or the person hears that the link is no longer good."""

from __future__ import annotations

from bot.actions.join_staff import digest_of, join_staff, keep_admin_out, let_admin_in
from bot.actions.rebuff import rebuff_link
from bot.errors import NotFound, NotPermitted
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.effect import Effects, Send
from bot.rules.message import Remark, Said
from bot.rules.staff import Invitation
from bot.rules.tasks import PAGE
from handlers.context import Context


async def open_invitation(context: Context, payload: str) -> Effects:
    """Take the role that a link offers."""
    desk, sender = context.desk, context.sender
    invitation: Invitation | None = None
    try:
        invitation = await desk.read.invitation(digest_of(payload))
        waiting: tuple[tuple[Case, ...], int] = ((), 0)
        if invitation.unit is not None:
            waiting = await desk.read.tasks_of(frozenset({invitation.unit}), PAGE)
        admins = await desk.read.staff_of(None, frozenset({Role.ADMIN}))
        held = tuple(each.role for each in sender.roles)
        joined = join_staff(desk, sender.person, invitation, waiting, admins, context.now, held)
    except (NotFound, NotPermitted):
        before = await desk.read.rebuffs_of(sender.person)
        entered = rebuff_link(sender.person, sender.roles, invitation, before, context.now)
        return entered + Effects(sends=(Send(sender.person, Said(Remark.INVITATION_INVALID)),))
    return Effects(language=context.language) + joined


async def answer_admin(context: Context, digest: str, *, is_welcome: bool, pressed: int | None) -> Effects:
    """Let someone become an admin, or not."""
    desk, roles = context.desk, context.sender.roles
    invitation = await desk.read.invitation(digest)
    if not is_welcome:
        return keep_admin_out(roles, invitation, context.now, pressed=pressed)
    admins = await desk.read.staff_of(None, frozenset({Role.ADMIN}))
    return let_admin_in(desk, roles, invitation, admins, context.now, pressed=pressed)
