"""What officials write instead of pressing: an answer under a notice, the name of a button or of a list.

Invariant: it does nothing to a case; it brings up what can be pressed. A word of work is never taken for a report of theirs.
"""

from __future__ import annotations

from typing import Final

from telegram import Message as TelegramMessage

from bot.errors import NotFound, NotPermitted
from bot.rules.access import Act, require_for
from bot.rules.caller import number_in
from bot.rules.effect import Effects
from bot.rules.identity import CaseNumber
from handlers.admin.digest import digest
from handlers.buttons import show_case
from handlers.context import Context
from handlers.official.tasks import tasks
from handlers.resident.phrases import even

OF_TASKS: Final = frozenset(
    {"签收", "办结", "延期", "退回", "答复", "待办", "我的待办", "待办事项", "任务", "今日待办", "今天有哪些", "下一件"}
    | {"ۋەزىپە", "ۋەزىپىلىرىم", "قوبۇل قىلىش", "پۈتتى"}
)
"""What stands on the buttons of a case, or asks for what is to be done: the list of it is shown."""

OF_DIGEST: Final = frozenset({"周报", "本周周报", "全县周报", "看周报", "ھەپتىلىك دوكلات"})


async def answered(message: TelegramMessage, text: str, context: Context) -> Effects | None:
    """Answer an official who has begun nothing; None where it is a report, or about a case of their own."""
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.is_bot:
        number, _ = number_in(replied.text or replied.caption or "")
        if number is not None and await _works_on(CaseNumber(number), context):
            return await show_case(CaseNumber(number), context)
    plain = even(text)
    try:
        if plain in map(even, OF_TASKS):
            return await tasks(context)
        if plain in map(even, OF_DIGEST):
            return await digest(context)
    except NotPermitted:
        return None
    return None


async def _works_on(number: CaseNumber, context: Context) -> bool:
    """Say whether a case is the sender's by their role, and none that they follow as a resident."""
    read, sender = context.desk.read, context.sender
    try:
        require_for(sender.roles, Act.SEE_CASE, await read.case(number))
    except (NotFound, NotPermitted):
        return False
    return all(person != sender.person for _, person in await read.voices_of(number))
