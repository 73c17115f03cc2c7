"""`/hotline` and `/counter`: an operator writes down what somebody says, sends it, and reads a number and a code aloud.

What follows what is drawn in `calls.mmd` beside this file.
"""

from __future__ import annotations

from typing import Final

from bot.actions.enter_case import begin, enter_case, hide_code
from bot.rules.county import Role
from bot.rules.dialog import Drafting
from bot.rules.effect import Effects
from bot.rules.entry import Channel
from handlers.callback import CallerButton, EnterFor, HideCode
from handlers.context import Context

EVERY_ROLE: Final = frozenset(Role)


async def hotline(context: Context) -> Effects:
    """Begin to write down what somebody says on the telephone."""
    return await start(context, Channel.HOTLINE)


async def counter(context: Context) -> Effects:
    """Begin to write down what somebody says at a counter."""
    return await start(context, Channel.COUNTER)


async def start(context: Context, channel: Channel) -> Effects:
    """Begin to write down what somebody says."""
    return begin(context.desk, context.sender, channel, context.envelope.taken.seq)


async def send(context: Context, draft: Drafting, pressed: int | None) -> Effects:
    """File what was written down for somebody else."""
    read = context.desk.read
    staff, bot = await read.staff_of(None, EVERY_ROLE), await read.meta("bot_username")
    return enter_case(context.desk, context.sender, draft, staff, context.now, bot=bot or "", pressed=pressed)


async def follow(button: CallerButton, pressed: int | None, context: Context) -> Effects:
    """Do what a button around somebody who phones or comes to a counter means."""
    match button:
        case EnterFor(channel=channel):
            return await start(context, channel)
        case HideCode(case=number, channel=channel):
            sender = context.sender
            return hide_code(sender.person, sender.roles, number, channel, pressed)
