"""What an official's button does; whether they may is decided where it is done.

The union is matched whole, so that a button without a branch here does not pass the types.
"""

from __future__ import annotations

from bot.rules.effect import Effects
from bot.rules.handling import Step
from handlers import group
from handlers.callback import (
    AcceptCase,
    AcceptShown,
    AskVoices,
    Assign,
    Choose,
    ChooseLeave,
    EndLeave,
    EnterCallback,
    ListCallbacks,
    OfficialButton,
    OpenAttached,
    OpenCallback,
    PickTriage,
    ResolveCase,
    SeeReminders,
    ShowHistory,
    ShowMore,
    ShowTasks,
    Take,
    TriageCategory,
    TriageFinal,
    TriageUnit,
    UnlinkGroups,
)
from handlers.context import Context
from handlers.official import attached, callbacks, cases, leave, reminders, steps, tasks, triage


async def follow(button: OfficialButton, message: int | None, context: Context) -> Effects:
    """Do what a button about a case means."""
    match button:
        case AcceptCase(case=number):
            return await steps.take(context, number, Step.ACCEPT, message)
        case OpenAttached(case=number):
            return await attached.show(context, number)
        case ResolveCase(case=number):
            return await steps.take(context, number, Step.RESOLVE, message)
        case Take(case=number, step=step):
            return await steps.take(context, number, step, message)
        case Choose(case=number, step=step, value=value):
            return await steps.choose(context, number, step, value, message)
        case ShowMore(case=number, is_more=is_more):
            return await cases.more(context, number, message, is_more=is_more)
        case ShowTasks(only=only, page=page):
            return await tasks.show(context, only, page, message)
        case AcceptShown(only=only, page=page, mark=mark):
            return await tasks.accept_all(context, only, page, mark, message)
        case SeeReminders() | ChooseLeave() | EndLeave() | UnlinkGroups():
            return await _follow_own(button, message, context)
        case ShowHistory(case=number):
            return await cases.history(context, number)
        case ListCallbacks() | OpenCallback() | AskVoices() | EnterCallback():
            return await _follow_callback(button, message, context)
        case _:
            return await _follow_triage(button, message, context)


async def _follow_own(
    button: SeeReminders | ChooseLeave | EndLeave | UnlinkGroups, message: int | None, context: Context
) -> Effects:
    """Do what concerns an official and no case of theirs."""
    match button:
        case SeeReminders(at=at):
            return await reminders.see(context, at, message)
        case ChooseLeave():
            return await leave.choose(context, button, message)
        case EndLeave():
            return await leave.end(context, message)
        case UnlinkGroups():
            return await group.unlink(context, message)


async def _follow_callback(
    button: ListCallbacks | OpenCallback | AskVoices | EnterCallback, message: int | None, context: Context
) -> Effects:
    match button:
        case ListCallbacks():
            return await callbacks.show_list(context, message)
        case OpenCallback(case=number):
            return await callbacks.show(context, number, message)
        case AskVoices(case=number, round=attempt):
            return await callbacks.ask(context, number, attempt, message)
        case EnterCallback(case=number, round=attempt, solved=solved):
            return await callbacks.enter(context, number, attempt, solved, message)


async def _follow_triage(
    button: PickTriage | TriageUnit | TriageCategory | TriageFinal | Assign, message: int | None, context: Context
) -> Effects:
    match button:
        case PickTriage(case=number, picked=picked):
            return await triage.pick(context, number, picked, message)
        case TriageUnit(case=number, unit=unit):
            return await triage.set_unit(context, number, unit, message)
        case TriageCategory(case=number, category=category):
            return await triage.set_category(context, number, category, message)
        case TriageFinal(case=number):
            return await triage.set_final(context, number, message)
        case Assign(case=number):
            return await triage.assign(context, number, message)
