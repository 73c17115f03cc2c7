"""What somebody has chosen: how much they want to hear, and whether Chinese stands under their language."""

from __future__ import annotations

from bot.rules.effect import Effects, Send
from bot.rules.message import Hearing, SettingsPage
from handlers.context import Context


async def show(context: Context) -> Effects:
    """Show what the sender has chosen to hear, and whether the Chinese stands beside it, with buttons that change it."""
    sender = context.sender
    page = SettingsPage(hearing=sender.hearing, is_beside=sender.is_beside)
    return Effects(sends=(Send(sender.person, page),))


def hear(context: Context, hearing: Hearing, pressed: int | None) -> Effects:
    """Tell the sender this much from now on."""
    sender = context.sender
    page = SettingsPage(hearing=hearing, is_beside=sender.is_beside)
    return Effects(hearing=hearing, sends=(Send(sender.person, page, replaces=pressed),))


def stand_beside(context: Context, pressed: int | None, *, is_beside: bool) -> Effects:
    """Show Chinese under the sender's language from now on, or no longer."""
    sender = context.sender
    page = SettingsPage(hearing=sender.hearing, is_beside=is_beside)
    return Effects(is_beside=is_beside, sends=(Send(sender.person, page, replaces=pressed),))
