"""What a resident's button does: under a draft, and under questions about their own cases.

Each union is matched whole, so that a button without a branch here does not pass the types.
"""

from __future__ import annotations

from bot.rules.effect import Effects
from handlers.callback import (
    AddToCase,
    AnswerCallback,
    AnswerUnit,
    DiscardDraft,
    DoDeed,
    DraftButton,
    FileApart,
    GoOn,
    GoOnWith,
    JoinCase,
    LeaveCase,
    LetRest,
    NoEmergency,
    PageOfMine,
    Pick,
    PickAbout,
    PickCategory,
    PickKind,
    PickTownship,
    RateScore,
    RateSolved,
    RemovePart,
    ResidentButton,
    ReturnToCase,
    SayFixed,
    SayStill,
    SendDraft,
    SetNamed,
    ShowProof,
    ShowReceipt,
    SkipComment,
    Withdraw,
    WriteComment,
)
from handlers.context import Context
from handlers.resident import adding, answering, asked, called, cases, draft, following, joining


async def follow_draft(button: DraftButton, message: int | None, context: Context) -> Effects:
    """Do what a button under a draft card means; the card that follows says which open case is like it."""
    return await joining.offered(context, await _follow_draft(button, message, context))


async def _follow_draft(button: DraftButton, message: int | None, context: Context) -> Effects:
    match button:
        case Pick() | PickKind() | PickCategory() | PickTownship() | PickAbout():
            return await _choose(button, message, context)
        case SendDraft(begun_by=begun_by):
            return await draft.send(context, begun_by, message)
        case DiscardDraft(begun_by=begun_by):
            return await draft.throw_away(context, begun_by, message)
        case RemovePart(message=brought_by):
            return await draft.remove(context, brought_by, message)
        case SetNamed(is_named=is_named):
            return await draft.set_named(context, is_named=is_named, pressed=message)
        case NoEmergency():
            return await draft.calm(context, message)
        case JoinCase(case=number, begun_by=begun_by):
            return await joining.join(context, number, begun_by, message)
        case FileApart(begun_by=begun_by):
            return await joining.file_apart(context, begun_by, message)
        case AddToCase(case=number, begun_by=begun_by):
            return await adding.add(context, number, begun_by, message)
        case GoOnWith(case=number, begun_by=begun_by):
            return await adding.go_on(context, number, begun_by, message)


async def _choose(
    button: Pick | PickKind | PickCategory | PickTownship | PickAbout, message: int | None, context: Context
) -> Effects:
    match button:
        case Pick(picking=picking):
            return await draft.pick(context, picking, message)
        case PickKind(kind=kind):
            return await draft.pick_kind(context, kind, message)
        case PickCategory(category=category):
            return await draft.pick_category(context, category, message)
        case PickTownship(township=township):
            return await draft.pick_township(context, township, message)
        case PickAbout(unit=unit):
            return await draft.pick_about(context, unit, message)


async def follow(button: ResidentButton, message: int | None, context: Context) -> Effects:
    """Do what a button about one's own case means."""
    match button:
        case AnswerUnit(case=number):
            return await answering.want(context, number)
        case AnswerCallback(case=number, round=attempt, solved=solved):
            return await called.answer(context, number, attempt, solved, message)
        case ShowReceipt(case=number):
            return await cases.receipt(context, number)
        case ShowProof(case=number):
            return await cases.proof_of(context, number)
        case SayFixed() | SayStill() | WriteComment() | SkipComment():
            return await asked.follow(button, message, context)
        case DoDeed(case=number, deed=deed):
            return await following.do(context, number, deed, message)
        case Withdraw() | LeaveCase() | ReturnToCase():
            return await _go(button, message, context)
        case PageOfMine(begins=begins):
            return await cases.page_of_mine(context, begins, message)
        case RateSolved(case=number, round=attempt, solved=answer):
            return await cases.solved(context, number, attempt, answer, message)
        case RateScore(case=number, round=attempt, score=score):
            return await cases.score(context, number, attempt, score, message)
        case GoOn(case=number, round=attempt):
            return await cases.continue_case(context, number, attempt, message)
        case LetRest(case=number, round=attempt):
            return await cases.rest_case(context, number, attempt, message)


async def _go(button: Withdraw | LeaveCase | ReturnToCase, message: int | None, context: Context) -> Effects:
    match button:
        case Withdraw(case=number):
            return await following.withdraw(context, number, message)
        case LeaveCase(case=number):
            return await following.leave(context, number, message)
        case ReturnToCase(case=number):
            return await following.return_to(context, number, message)
