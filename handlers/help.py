"""`/help`: what can be done, by those roles that somebody holds."""

from __future__ import annotations

from bot.rules.effect import Effects, Send
from bot.rules.message import Help
from handlers.context import Context


async def show_help(context: Context) -> Effects:
    """Say what can be done."""
    first, *also = dict.fromkeys(each.role for each in context.sender.roles) or (None,)
    return Effects(sends=(Send(context.sender.person, Help(role=first, also=tuple(also))),))
