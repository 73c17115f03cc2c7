"""What officials read: which function says which message.

Invariant: a message to an official holds all that is needed to act.
"""

from __future__ import annotations

from datetime import datetime

from bot.rules.message import (
    OfficialMessage,
    ReminderNotice,
    ReopenNotice,
    ResolveQuestion,
    StaffWelcome,
    TaskList,
    TaskNotice,
    TaskRated,
    TaskResolved,
)
from locales import reminders, staff, tasks
from locales.markup import Block
from locales.speech import Speech


def blocks(speech: Speech, message: OfficialMessage, now: datetime) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    match message:
        case TaskNotice():
            return tasks.task_notice(speech, message, now)
        case TaskList():
            return tasks.task_list(speech, message, now)
        case ResolveQuestion():
            return tasks.resolve_question(speech, message)
        case TaskResolved():
            return tasks.task_resolved(speech, message)
        case TaskRated():
            return tasks.task_rated(speech, message)
        case ReopenNotice():
            return tasks.reopen_notice(speech, message)
        case ReminderNotice():
            return reminders.reminder_notice(speech, message, now)
        case StaffWelcome():
            return staff.staff_welcome(speech, message)
