"""Chats with more than one person: a code links one to a unit; anything else is referred to a private chat, once."""

from __future__ import annotations

import re
from typing import Final

from telegram import Message as TelegramMessage

from bot.actions.join_group import heard_in_group, link_group, offer_code, refuse_code, unlink_groups
from bot.actions.join_staff import digest_of
from bot.errors import NotFound, NotPermitted
from bot.rules.access import EVERY_ROLE, Act, require
from bot.rules.effect import Effects
from handlers.context import Context

CODE: Final = re.compile(r"/(?:start|group)(?:@(\w+))?\s+(g-[\w-]{1,62})", re.ASCII)
"""What Telegram writes when the bot is put into a group by a link, or what somebody types there."""


async def heard(message: TelegramMessage, context: Context) -> Effects:
    """Take a code for the unit's; nothing else that is said there."""
    person = context.sender.person
    found = CODE.fullmatch((message.text or "").strip())
    if found is None or (found[1] or context.bot.username).lower() != context.bot.username.lower():
        return heard_in_group(person, context.sender.dialog)
    read = context.desk.read
    try:
        code = await read.group_code(digest_of(found[2]))
        return link_group(person, code, await read.unit_groups(), await read.staff_of(None, EVERY_ROLE), context.now)
    except (NotFound, NotPermitted):
        return refuse_code(person)


async def group(context: Context) -> Effects:
    """Give a lead a code for a group of their unit."""
    require(context.sender.roles, Act.LINK_GROUP)
    read = context.desk.read
    name = await context.bot_name()
    return offer_code(context.desk, context.sender.roles, await read.unit_groups(), name, context.now)


async def unlink(context: Context, pressed: int | None) -> Effects:
    """Take all groups off a lead's unit."""
    return unlink_groups(context.sender.roles, pressed=pressed, now=context.now)
