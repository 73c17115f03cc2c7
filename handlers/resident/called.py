"""Somebody outside the unit asked through the bot whether a drawn case is solved: the resident's own tap is the answer."""

from __future__ import annotations

from bot.actions.call_back import answer_callback
from bot.rules.effect import Effects
from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber
from handlers.context import Context
from handlers.resident.stake import stake_of


async def answer(context: Context, number: CaseNumber, attempt: int, solved: Solved, pressed: int | None) -> Effects:
    """Take the answer; somebody else's case looks the same as none."""
    stake = await stake_of(context, number, pressed)
    entries = await context.desk.read.entries_of(number)
    return answer_callback(context.desk, stake, entries, (attempt, solved), context.now)
