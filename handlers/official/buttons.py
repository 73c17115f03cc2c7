"""What an official's button does; whether they may is decided where it is done.

The union is matched whole, so that a button without a branch here does not pass the types.
"""

from __future__ import annotations

from bot.rules.effect import Effects
from handlers.callback import AcceptCase, OfficialButton, ResolveCase
from handlers.context import Context
from handlers.official import cases


async def follow(button: OfficialButton, message: int | None, context: Context) -> Effects:
    """Do what a button about a case means."""
    match button:
        case AcceptCase(case=number):
            return await cases.accept(context, number, message)
        case ResolveCase(case=number):
            return await cases.ask_answer(context, number)
