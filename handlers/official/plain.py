"""What officials write instead of pressing: an answer under a notice, the name of a button, of a list or of a command.

Invariant: it does nothing to a case; it brings up what can be pressed. A word of work is never taken for a report of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from telegram import Message as TelegramMessage

from bot.errors import NotFound, NotPermitted
from bot.rules.access import Act, require_for
from bot.rules.caller import number_in
from bot.rules.effect import Effects
from bot.rules.identity import CaseNumber
from handlers.admin.commands import COMMANDS as ADMIN_COMMANDS
from handlers.buttons import show_case
from handlers.context import Context
from handlers.names import OF_OFFICIALS, called
from handlers.official.commands import COMMANDS as OFFICIAL_COMMANDS
from handlers.resident.phrases import even

_NAMED: Final[Mapping[str, str]] = called(OF_OFFICIALS)
_COMMANDS: Final = {**OFFICIAL_COMMANDS, **ADMIN_COMMANDS}


async def answered(message: TelegramMessage, text: str, context: Context) -> Effects | None:
    """Answer an official who has begun nothing; None where it is a report, or about a case of their own."""
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.is_bot:
        number, _ = number_in(replied.text or replied.caption or "")
        if number is not None and await _works_on(CaseNumber(number), context):
            return await show_case(CaseNumber(number), context)
    name = _NAMED.get(even(text))
    if name is None:
        return None
    try:
        return await _COMMANDS[name](message, context)
    except NotPermitted:
        return None


async def _works_on(number: CaseNumber, context: Context) -> bool:
    """Say whether a case is the sender's by their role, and none that they follow as a resident."""
    read, sender = context.desk.read, context.sender
    try:
        require_for(sender.roles, Act.SEE_CASE, await read.case(number))
    except (NotFound, NotPermitted):
        return False
    return all(person != sender.person for _, person in await read.voices_of(number))
