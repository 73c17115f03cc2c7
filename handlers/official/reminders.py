"""The button under a reminder: whoever presses it has seen all that it said, and it is repeated to nobody."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.actions.repeat_reminder import Reminded, see_reminders
from bot.errors import NotPermitted, StaleButton
from bot.rules.access import Act, require, require_sight
from bot.rules.effect import Effects
from bot.rules.reminder import TRANSLATION
from handlers.context import Context


async def see(context: Context, at: int, pressed: int | None) -> Effects:
    """Note that the reminders of a moment were seen, of those cases that are still the reader's to see.

    Args:
        at: the moment, in seconds since 1970.

    Raises:
        NotPermitted: the sender holds no role.
        StaleButton: nothing was told to them then.
    """
    roles, read = context.sender.roles, context.desk.read
    if not roles:
        raise NotPermitted
    try:
        moment = datetime.fromtimestamp(at, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise StaleButton from error
    found: list[Reminded] = []
    for number, attempt, stage in await read.reminded(frozenset(each.id for each in roles), moment):
        case = await read.case(number)
        try:
            require(roles, Act.TRANSLATE) if stage.startswith(TRANSLATION) else require_sight(roles, case)
        except NotPermitted:
            continue
        found.append(Reminded(case, attempt, stage, await read.entries_of(number)))
    return see_reminders(roles, found, context.now, pressed=pressed)
