"""`/help`: what can be done, by those roles that somebody holds."""

from __future__ import annotations

from bot.ports import Sender
from bot.rules.effect import Effects, Send
from bot.rules.message import Help, Welcome
from handlers.context import Context


async def show_help(context: Context) -> Effects:
    """Say what can be done."""
    return Effects(sends=(Send(context.sender.person, help_for(context.sender)),))


def help_for(sender: Sender) -> Help:
    """Return what somebody can do, by all roles that they hold."""
    first, *also = dict.fromkeys(each.role for each in sender.roles) or (None,)
    return Help(role=first, also=tuple(also))


def greeting_for(sender: Sender) -> Help | Welcome:
    """Return what somebody reads who begins, or begins again: a resident what this is, an official what they can do."""
    return help_for(sender) if sender.roles else Welcome()
