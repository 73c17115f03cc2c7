"""Buttons under what officials are told: what a case allows in the state it is in."""

from __future__ import annotations

from bot.rules.case import State
from bot.rules.message import OfficialMessage, ReminderNotice, TaskList, TaskNotice
from handlers.callback import AcceptCase, ResolveCase
from handlers.keyboards.lettering import Lettering, Rows
from locales.wording import Label


def rows(message: OfficialMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case TaskNotice():
            return _task(message, say)
        case TaskList(cases=lines):
            return say.cases(line.case for line in lines)
        case ReminderNotice(lines=reminders):
            return say.cases(line.case for line in reminders)
        case _:
            return []


def _task(notice: TaskNotice, say: Lettering) -> Rows:
    accept = (say.label(Label.ACCEPT), AcceptCase(notice.case))
    resolve = (say.label(Label.RESOLVE), ResolveCase(notice.case))
    match notice.state:
        case State.ASSIGNED:
            return [[accept, resolve]]
        case State.ACCEPTED:
            return [[resolve]]
        case _:
            return []
