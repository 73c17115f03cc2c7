"""How anything heard is answered: from the message and its context to effects, and the plainest ways to do so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from telegram import Message as TelegramMessage

from bot.rules.effect import Effects, Send
from bot.rules.message import Remark, Said
from handlers.context import Context

Decide: TypeAlias = Callable[[TelegramMessage, Context], Awaitable[Effects]]
Commands: TypeAlias = Mapping[str, Decide]
"""What each command does, by its name without the slash."""


def say(remark: Remark) -> Decide:
    """Answer with one remark, whatever was sent."""

    async def answered(message: TelegramMessage, context: Context) -> Effects:
        del message
        return Effects(sends=(Send(context.sender.person, Said(remark)),))

    return answered


def of(decide: Callable[[Context], Awaitable[Effects]]) -> Decide:
    """Decide from the context alone."""

    async def decided(message: TelegramMessage, context: Context) -> Effects:
        del message
        return await decide(context)

    return decided
