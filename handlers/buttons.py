"""A button was pressed: read what it means, do it, and stop the waiting sign on it, whatever came of it."""

from __future__ import annotations

from contextlib import suppress
from typing import assert_never

from msgspec.structs import replace
from telegram import CallbackQuery

from bot.actions.rebuff import rebuff_press
from bot.errors import IllegalTransition, NotFound, NotPermitted
from bot.rules.effect import Effects, Send
from bot.rules.identity import CaseNumber
from bot.rules.message import TapAnswered, Toast
from handlers import refusal, survey
from handlers.admin import buttons as admin
from handlers.admin import card, duty, staff
from handlers.callback import (
    AdminButton,
    AttendingButton,
    AuditButton,
    Button,
    CallerButton,
    CardButton,
    ChangeLanguage,
    ChooseBeside,
    ChooseHearing,
    DraftButton,
    DutyButton,
    GeneralButton,
    ListTexts,
    MeasureButton,
    MeetingButton,
    OfficialButton,
    PickLanguage,
    ProjectButton,
    ResidentButton,
    RightsButton,
    ShowCase,
    ShowSettings,
    SignButton,
    StaffButton,
    SurveyButton,
    TranslatingButton,
    decode,
)
from handlers.context import Context
from handlers.official import buttons as official
from handlers.official import calls, measures, signs, translating
from handlers.official import cases as tasks
from handlers.official import meeting as holding
from handlers.resident import buttons as resident
from handlers.resident import cases, language, projects, rights, settings
from handlers.resident import meeting as attending


async def pressed(query: CallbackQuery, context: Context) -> Effects:
    """Do what a button means; a refusal flashes up instead."""
    toast: Toast | None = None
    button: Button | None = None
    try:
        button = decode(query.data)
        effects = await _follow(button, query.message.message_id if query.message else None, context)
    except IllegalTransition as error:
        effects, toast = await _as_it_stands(button, query, context), refusal.toast_for(error)
    except refusal.REFUSALS as error:
        effects, toast = await _rebuffed(button, error, context), refusal.toast_for(error)
    answered = Send(context.sender.person, TapAnswered(tap=query.id, toast=toast))
    return replace(effects, sends=(*effects.sends, answered))


async def _as_it_stands(button: Button | None, query: CallbackQuery, context: Context) -> Effects:
    """Put a case, or a text, that moved on before an official as it is now, in place of what they pressed.

    Others keep what they see.
    """
    if query.message is None:
        return Effects()
    with suppress(*refusal.REFUSALS):  # they may no longer see it
        if isinstance(button, TranslatingButton) and not isinstance(button, ListTexts):
            return await translating.as_it_stands(context, button.text, query.message.message_id)
    number = getattr(button, "case", None)
    if not isinstance(button, OfficialButton) or not isinstance(number, str):
        return Effects()
    with suppress(*refusal.REFUSALS):
        return await tasks.more(context, CaseNumber(number), query.message.message_id, is_more=False)
    return Effects()


async def _rebuffed(button: Button | None, error: Exception, context: Context) -> Effects:
    """Enter a well-formed press about a case that is none of the presser's; what leads nowhere is no entry."""
    number = getattr(button, "case", None)
    if not isinstance(error, NotPermitted | NotFound) or not isinstance(number, str):
        return Effects()
    read, sender = context.desk.read, context.sender
    try:
        case = await read.case(CaseNumber(number))
    except NotFound:
        return Effects()
    voices = [person for _, person in await read.voices_of(case.number)]
    before = await read.rebuffs_of(sender.person)
    return rebuff_press(sender.person, sender.roles, case, voices, before, context.now, button=type(button).__name__)


async def _follow(button: Button, message: int | None, context: Context) -> Effects:
    """Leave a button to its area; `message` is the one that it stands under."""
    if isinstance(button, GeneralButton):
        return await _follow_general(button, message, context)
    if isinstance(button, DraftButton):
        return await resident.follow_draft(button, message, context)
    if isinstance(button, ResidentButton):
        return await resident.follow(button, message, context)
    if isinstance(button, OfficialButton | TranslatingButton):
        return await _follow_official(button, message, context)
    if isinstance(button, AdminButton):
        return await admin.follow(button, message, context)
    if isinstance(button, SignButton | MeasureButton):
        return await _follow_watching(button, message, context)
    if isinstance(button, RightsButton):
        return await rights.follow(button, message, context)
    if isinstance(button, CardButton | SurveyButton | AuditButton):
        return await _follow_judging(button, message, context)
    if isinstance(button, DutyButton | StaffButton):
        return await _follow_house(button, message, context)
    if isinstance(button, CallerButton):
        return await calls.follow(button, message, context)
    if isinstance(button, ProjectButton):
        return await projects.follow(button, message, context)
    if isinstance(button, MeetingButton):
        return await _follow_meeting(button, message, context)
    assert_never(button)


async def _follow_meeting(button: MeetingButton, message: int | None, context: Context) -> Effects:
    """Leave a button of a meeting to whoever attends it, or to whoever holds it."""
    if isinstance(button, AttendingButton):
        return await attending.follow(button, message, context)
    return await holding.follow(button, message, context)


async def _follow_watching(button: SignButton | MeasureButton, message: int | None, context: Context) -> Effects:
    if isinstance(button, SignButton):
        return await signs.follow(button, message, context)
    return await measures.follow(button, message, context)


async def _follow_official(button: OfficialButton | TranslatingButton, message: int | None, context: Context) -> Effects:
    if isinstance(button, TranslatingButton):
        return await translating.follow(button, message, context)
    return await official.follow(button, message, context)


async def _follow_judging(button: CardButton | SurveyButton | AuditButton, message: int | None, context: Context) -> Effects:
    if isinstance(button, CardButton):
        return await card.follow(button, message, context)
    if isinstance(button, SurveyButton):
        return await survey.follow(button, message, context)
    return await admin.follow_audit(button, message, context)


async def _follow_house(button: DutyButton | StaffButton, message: int | None, context: Context) -> Effects:
    if isinstance(button, DutyButton):
        return await duty.follow(button, message, context)
    return await staff.follow(button, message, context)


async def _follow_general(button: GeneralButton, message: int | None, context: Context) -> Effects:
    match button:
        case PickLanguage(language=choice):
            return await language.choose_language(context, choice, message)
        case ShowCase(case=number):
            return await show_case(number, context)
        case ChangeLanguage():
            return await language.ask_language(context)
        case ShowSettings():
            return await settings.show(context)
        case ChooseHearing(hearing=hearing):
            return settings.hear(context, hearing, message)
        case ChooseBeside(is_beside=is_beside):
            return settings.stand_beside(context, message, is_beside=is_beside)


async def show_case(number: CaseNumber, context: Context) -> Effects:
    """Show a case to an official who may see it, to a translator what of it waits for them, else to a voice of it."""
    if context.sender.roles:
        for show in (tasks.show, translating.open_for):
            with suppress(NotPermitted):
                return await show(context, number)
    return await cases.show(context, number)
