"""A button was pressed: read what it means, do it, and stop the waiting sign on it, whatever came of it."""

from __future__ import annotations

from typing import TypeAlias

from telegram import CallbackQuery

from bot.rules.effect import Effects, Send
from bot.rules.message import TapAnswered, Toast
from handlers import refusal
from handlers.callback import (
    AcceptCase,
    AnswerAdmin,
    Button,
    DiscardDraft,
    GoOn,
    LetRest,
    Pick,
    PickCategory,
    PickKind,
    PickLanguage,
    PickTownship,
    RateScore,
    RateSolved,
    ResolveCase,
    SendDraft,
    ShowCase,
    decode,
)
from handlers.context import Context
from handlers.official import cases as official
from handlers.official.invitation import answer_admin
from handlers.resident import cases, draft, language

CaseButton: TypeAlias = ShowCase | AcceptCase | ResolveCase | RateSolved | RateScore | GoOn | LetRest


async def pressed(query: CallbackQuery, context: Context) -> Effects:
    """Do what a button means; a refusal flashes up instead."""
    toast: Toast | None = None
    try:
        effects = await _follow(decode(query.data), query.message.message_id if query.message else None, context)
    except refusal.REFUSALS as error:
        effects, toast = Effects(), refusal.toast_for(error)
    return effects + Effects(sends=(Send(context.sender.person, TapAnswered(tap=query.id, toast=toast)),))


async def _follow(button: Button, message: int | None, context: Context) -> Effects:
    match button:
        case PickLanguage(language=choice):
            return await language.choose_language(context, choice, message)
        case Pick(picking=picking):
            return await draft.pick(context, picking, message)
        case PickKind(kind=kind):
            return await draft.pick_kind(context, kind, message)
        case PickCategory(category=category):
            return await draft.pick_category(context, category, message)
        case PickTownship(township=township):
            return await draft.pick_township(context, township, message)
        case SendDraft():
            return await draft.send(context, message)
        case AnswerAdmin(invitation=invitation, is_welcome=is_welcome):
            return await answer_admin(context, invitation, is_welcome=is_welcome, pressed=message)
        case DiscardDraft():
            return await draft.throw_away(context, message)
        case _:
            return await _follow_case(button, message, context)


async def _follow_case(
    button: ShowCase | AcceptCase | ResolveCase | RateSolved | RateScore | GoOn | LetRest,
    message: int | None,
    context: Context,
) -> Effects:
    match button:
        case ShowCase(case=number):
            return await (official.show if context.sender.roles else cases.show)(context, number)
        case AcceptCase(case=number):
            return await official.accept(context, number, message)
        case ResolveCase(case=number):
            return await official.ask_answer(context, number)
        case RateSolved(case=number, round=attempt, solved=answer):
            return await cases.solved(context, number, attempt, answer, message)
        case RateScore(case=number, round=attempt, score=score):
            return await cases.score(context, number, attempt, score, message)
        case GoOn(case=number, round=attempt):
            return await cases.continue_case(context, number, attempt, message)
        case LetRest(case=number, round=attempt):
            return await cases.rest_case(context, number, attempt, message)
