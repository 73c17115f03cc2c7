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
from handlers.official.commands import COMMANDS as OFFICIAL_COMMANDS
from handlers.resident.phrases import even

OF_TASKS: Final = frozenset(
    {"签收", "办结", "延期", "退回", "答复", "待办", "我的待办", "待办事项", "任务", "今日待办", "今天有哪些", "下一件"}
    | {"ۋەزىپە", "ۋەزىپىلىرىم", "قوبۇل قىلىش", "پۈتتى"}
)
"""What stands on the buttons of a case, or asks for what is to be done: the list of it is shown."""

OF_DIGEST: Final = frozenset({"周报", "本周周报", "全县周报", "看周报", "ھەپتىلىك دوكلات"})

OF_COMMANDS: Final[Mapping[str, frozenset[str]]] = {
    "tasks": OF_TASKS,
    "digest": OF_DIGEST,
    "leave": frozenset({"请假", "我要请假", "我想请假", "休假", "销假", "返岗", "我已返岗", "رۇخسەت", "رۇخسەت سورايمەن"}),
    "visit": frozenset({"走访", "登记走访", "زىيارەت"}),
    "measures": frozenset({"走访措施", "措施", "زىيارەت تەدبىرلىرى"}),
    "hotline": frozenset({"热线", "来电", "登记来电", "录入来电", "有人来电", "تېلېفون لىنىيىسى"}),
    "counter": frozenset({"窗口", "来访", "登记来访", "录入来访"}),
    "calls": frozenset({"回电", "等待回访", "等待回访的名单", "电话回访"}),
    "code": frozenset({"关联码", "补发关联码", "重发关联码"}),
    "callbacks": frozenset({"回访", "回访名单", "查看回访名单"}),
    "translate": frozenset({"翻译", "待译", "待翻译", "待译清单", "تەرجىمە"}),
    "triage": frozenset({"分派", "待分派", "待分派事项"}),
    "meeting": frozenset({"议事厅", "群众议事厅", "开设议事厅", "ئاھالىلەر يىغىنى"}),
    "warnings": frozenset({"预警", "全部预警", "督办", "督办单", "ئاگاھلاندۇرۇشلار"}),
    "duty": frozenset({"值班", "值班表", "值班安排", "今天谁值班", "نۆۋەتچىلىك"}),
    "scorecard": frozenset({"考评", "积分", "考评积分", "积分榜"}),
    "staff": frozenset({"人员", "人员名单", "邀请", "خادىملار"}),
    "audit": frozenset({"审计", "审计查询"}),
}
"""What the name of a command in the menu, or what it is for, is called by those who type it."""

_NAMED: Final[Mapping[str, str]] = {even(word): name for name, words in OF_COMMANDS.items() for word in words}
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
