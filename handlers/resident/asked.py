"""Answers to what a resident was asked when a moment had come, and the words that they may put beside a score."""

from __future__ import annotations

from bot.actions.ask_fixed import say_fixed
from bot.actions.comment import comment, skip_comment, want_comment
from bot.actions.follow_up import say_still
from bot.rules.dialog import Commenting
from bot.rules.effect import Effects
from handlers.callback import SayFixed, SayStill, SkipComment, WriteComment
from handlers.context import Context
from handlers.resident.stake import stake_of


async def follow(button: SayFixed | SayStill | WriteComment | SkipComment, message: int | None, context: Context) -> Effects:
    """Do what a button under such a question means; somebody else's case looks the same as none."""
    stake = await stake_of(context, button.case, message)
    if isinstance(button, SkipComment):
        return skip_comment(stake)
    entries = await context.desk.read.entries_of(button.case)
    match button:
        case SayFixed(round=attempt, solved=solved):
            return say_fixed(context.desk, stake, entries, attempt, solved, context.now)
        case SayStill(round=attempt, stage=stage, solved=solved):
            return say_still(context.desk, stake, entries, (attempt, stage, solved), context.now)
        case WriteComment(round=attempt):
            return want_comment(stake, entries, attempt)


async def hear_comment(context: Context, dialog: Commenting, text: str) -> Effects:
    """Take words as the comment that was asked for."""
    stake = await stake_of(context, dialog.case)
    entries = await context.desk.read.entries_of(dialog.case)
    return comment(context.desk, stake, entries, dialog, text, context.now)
