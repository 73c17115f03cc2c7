"""Buttons under what residents are told and asked about their own cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.entry import Solved
from bot.rules.following import Deed
from bot.rules.identity import CaseNumber
from bot.rules.message import (
    AdditionTaken,
    AskingMessage,
    CallbackQuestion,
    CaseLeft,
    CasePage,
    CommentWanted,
    EntryProof,
    FixedQuestion,
    FixedTaken,
    FollowUpQuestion,
    LeavingWanted,
    MyCases,
    PartlyQuestion,
    PersonPromised,
    RatingQuestion,
    RatingThanks,
    ResidentMessage,
    ScoreQuestion,
    SurveyQuestion,
    UnitAsked,
    UrgeTaken,
    WithdrawalWanted,
)
from handlers.callback import (
    AnswerCallback,
    AnswerUnit,
    Button,
    DoDeed,
    GoOn,
    LeaveCase,
    LetRest,
    PageOfMine,
    RateScore,
    RateSolved,
    ReturnToCase,
    SayFixed,
    SayStill,
    ShowCase,
    ShowProof,
    ShowReceipt,
    SkipComment,
    Withdraw,
    WriteComment,
)
from handlers.keyboards import survey
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.wording import Label

SCORES: Final = (Label.SCORE_5, Label.SCORE_4, Label.SCORE_3, Label.SCORE_2, Label.SCORE_1)
"""The best first, each with what it counts."""

SAID: Final = (
    (Label.SOLVED_YES, Solved.YES),
    (Label.SOLVED_PARTLY, Solved.PARTLY),
    (Label.SOLVED_NO, Solved.NO),
)
"""What can be said about whether it is solved, the best first."""

FIXED: Final = ((Label.FIXED_YES, Solved.YES), (Label.FIXED_NOT, Solved.NO))
"""What can be said when the limit has passed."""

PAGE: Final = 8
"""Cases on one page of a resident's list."""


def rows(message: ResidentMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case MyCases():
            return _list(message, say)
        case CasePage(line=line, deeds=deeds):
            does = in_columns([(say.label(DEEDS[deed]), DoDeed(line.case, deed)) for deed in deeds])
            return [*does, [(say.label(Label.PROOF), ShowProof(line.case))]]
        case WithdrawalWanted() | LeavingWanted() | CaseLeft():
            return _going(message, say)
        case AdditionTaken(case=case) | UrgeTaken(case=case) | PersonPromised(case=case):
            return say.cases([case])
        case RatingQuestion(case=case, round=attempt):
            return _rating(case, attempt, say)
        case CallbackQuestion(case=case, round=attempt):
            return [[(say.label(label), AnswerCallback(case, attempt, solved))] for label, solved in SAID]
        case ScoreQuestion(case=case, round=attempt):
            return [[(say.label(label), RateScore(case, attempt, 5 - index))] for index, label in enumerate(SCORES)]
        case PartlyQuestion(case=case, round=attempt):
            return [
                [(say.label(Label.GO_ON), GoOn(case, attempt))],
                [(say.label(Label.LET_REST), LetRest(case, attempt))],
            ]
        case EntryProof(case=case):
            return [[(say.label(Label.RECEIPT_PICTURE), ShowReceipt(case))]]
        case UnitAsked(case=case):
            return [[(say.label(Label.ANSWER), AnswerUnit(case))]]
        case RatingThanks(case=case, round=int(attempt)):
            return [[(say.label(Label.COMMENT), WriteComment(case, attempt))]]
        case _:
            return _asked(message, say) if isinstance(message, AskingMessage) else []


def _going(message: WithdrawalWanted | LeavingWanted | CaseLeft, say: Lettering) -> Rows:
    """Draw whether it is meant, each time beside the way back; and the way back to a case that was left."""
    match message:
        case WithdrawalWanted(case=case):
            return [[(say.label(Label.WITHDRAW_NOW), Withdraw(case)), (say.label(Label.BACK), ShowCase(case))]]
        case LeavingWanted(case=case):
            return [[(say.label(Label.LEAVE_NOW), LeaveCase(case)), (say.label(Label.BACK), ShowCase(case))]]
        case CaseLeft(case=case, can_return=can_return):
            return [[(say.label(Label.RETURN), ReturnToCase(case))]] if can_return else []


def _asked(message: AskingMessage, say: Lettering) -> Rows:
    """Draw the answers to what is asked when a moment has come."""
    match message:
        case SurveyQuestion():
            return survey.question(message, say)
        case FixedQuestion(case=case, round=attempt):
            return [[(say.label(label), SayFixed(case, attempt, solved)) for label, solved in FIXED]]
        case FixedTaken(case=case):
            return say.cases([case])
        case FollowUpQuestion(case=case, round=attempt, stage=stage):
            return [[(say.label(label), SayStill(case, attempt, stage, solved))] for label, solved in SAID]
        case CommentWanted(case=case):
            return [[(say.label(Label.NO_COMMENT), SkipComment(case))]]
        case _:
            return []


DEEDS: Final[Mapping[Deed, Label]] = {
    Deed.ADD: Label.ADD,
    Deed.URGE: Label.URGE,
    Deed.ASK_PERSON: Label.ASK_PERSON,
    Deed.WITHDRAW: Label.WITHDRAW,
    Deed.LEAVE: Label.LEAVE,
    Deed.REOPEN: Label.REOPEN,
    Deed.JUDGE_AGAIN: Label.JUDGE_AGAIN,
}


def _list(message: MyCases, say: Lettering) -> Rows:
    beside: list[tuple[str, Button]] = []
    if message.begins > 0:
        beside.append((say.label(Label.PAGE_BEFORE), PageOfMine(max(0, message.begins - PAGE))))
    if message.begins + len(message.cases) < message.total:
        beside.append((say.label(Label.PAGE_AFTER), PageOfMine(message.begins + len(message.cases))))
    return [*say.cases(line.case for line in message.cases), *([beside] if beside else [])]


def _rating(case: CaseNumber, attempt: int, say: Lettering) -> Rows:
    return [[(say.label(label), RateSolved(case, attempt, solved))] for label, solved in SAID]
