"""What officials read: which function says which message.

Invariant: a message to an official holds all that is needed to act.
"""

from __future__ import annotations

from datetime import datetime

from bot.rules.message import (
    CallbackCard,
    CallbackEntered,
    CallbackList,
    CallbackNotice,
    CallingMessage,
    CaseHistory,
    Choice,
    ColleagueAway,
    ColleagueBack,
    FileShown,
    FoundCases,
    GroupJoined,
    GroupLink,
    GroupMessage,
    GroupNotice,
    GroupWelcome,
    LeaveCard,
    OfficialMessage,
    ReminderNotice,
    RemindersSeen,
    ReopenNotice,
    ResolveQuestion,
    RoleMenu,
    StaffWelcome,
    TaskList,
    TaskNotice,
    TaskRated,
    TaskResolved,
    TranslatingMessage,
    TriageCard,
    TriageList,
    UnitMirror,
    WhereShown,
    WordsWanted,
)
from locales import calling, group, handling, history, leave, reminders, staff, task_list, tasks, translating
from locales.markup import Block
from locales.speech import Speech


def blocks(speech: Speech, message: OfficialMessage, now: datetime) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    if isinstance(message, TranslatingMessage):
        return translating.blocks(speech, message, now)
    match message:
        case TaskNotice():
            return tasks.task_notice(speech, message, now)
        case WordsWanted():
            return handling.words_wanted(speech, message)
        case Choice():
            return handling.choice(speech, message)
        case TriageCard() | TriageList():
            return _triage(speech, message, now)
        case CaseHistory():
            return history.case_history(speech, message)
        case ReminderNotice():
            return reminders.reminder_notice(speech, message, now)
        case RemindersSeen():
            return reminders.reminders_seen(speech, message)
        case LeaveCard() | ColleagueAway() | ColleagueBack() | GroupLink() | GroupJoined() | GroupWelcome() | GroupNotice():
            return _about_colleagues(speech, message)
        case FileShown() | WhereShown():
            return _attached(speech, message)
        case TaskList() | FoundCases() | UnitMirror():
            return _lists(speech, message, now)
        case _:
            return _plain(speech, message)


def _triage(speech: Speech, message: TriageCard | TriageList, now: datetime) -> list[Block]:
    match message:
        case TriageCard():
            return handling.triage_card(speech, message, now)
        case TriageList():
            return handling.triage_list(speech, message)


def _lists(speech: Speech, message: TaskList | FoundCases | UnitMirror, now: datetime) -> list[Block]:
    match message:
        case TaskList():
            return task_list.task_list(speech, message, now)
        case FoundCases():
            return task_list.found_cases(speech, message, now)
        case UnitMirror():
            return task_list.unit_mirror(speech, message)


def _attached(speech: Speech, message: FileShown | WhereShown) -> list[Block]:
    match message:
        case FileShown():
            return tasks.file_shown(speech, message)
        case WhereShown():
            return tasks.where_shown(speech, message)


def _about_colleagues(speech: Speech, message: LeaveCard | ColleagueAway | ColleagueBack | GroupMessage) -> list[Block]:
    match message:
        case LeaveCard():
            return leave.leave_card(speech, message)
        case ColleagueAway():
            return leave.colleague_away(speech, message)
        case ColleagueBack():
            return leave.colleague_back(speech, message)
        case _:
            return group.blocks(speech, message)


def _plain(
    speech: Speech,
    message: ResolveQuestion | TaskResolved | TaskRated | ReopenNotice | StaffWelcome | RoleMenu | CallingMessage,
) -> list[Block]:
    match message:
        case ResolveQuestion():
            return tasks.resolve_question(speech, message)
        case TaskResolved():
            return tasks.task_resolved(speech, message)
        case TaskRated():
            return tasks.task_rated(speech, message)
        case ReopenNotice():
            return tasks.reopen_notice(speech, message)
        case StaffWelcome():
            return staff.staff_welcome(speech, message)
        case CallbackNotice() | CallbackList() | CallbackCard() | CallbackEntered():
            return calling.blocks(speech, message)
        case RoleMenu():
            return []
