"""Buttons under what residents are told and asked about their own cases."""

from __future__ import annotations

from typing import Final

from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber
from bot.rules.message import MyCases, PartlyQuestion, RatingQuestion, ResidentMessage, ScoreQuestion, UnitAsked
from handlers.callback import AnswerUnit, GoOn, LetRest, RateScore, RateSolved
from handlers.keyboards.lettering import Lettering, Rows
from locales.wording import Label

SCORES: Final = (Label.SCORE_5, Label.SCORE_4, Label.SCORE_3, Label.SCORE_2, Label.SCORE_1)
"""The best first, each with what it counts."""


def rows(message: ResidentMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case MyCases(cases=lines):
            return say.cases(line.case for line in lines)
        case RatingQuestion(case=case, round=attempt):
            return _rating(case, attempt, say)
        case ScoreQuestion(case=case, round=attempt):
            return [[(say.label(label), RateScore(case, attempt, 5 - index))] for index, label in enumerate(SCORES)]
        case PartlyQuestion(case=case, round=attempt):
            return [
                [(say.label(Label.GO_ON), GoOn(case, attempt))],
                [(say.label(Label.LET_REST), LetRest(case, attempt))],
            ]
        case UnitAsked(case=case):
            return [[(say.label(Label.ANSWER), AnswerUnit(case))]]
        case _:
            return []


def _rating(case: CaseNumber, attempt: int, say: Lettering) -> Rows:
    return [
        [(say.label(Label.SOLVED_YES), RateSolved(case, attempt, Solved.YES))],
        [(say.label(Label.SOLVED_PARTLY), RateSolved(case, attempt, Solved.PARTLY))],
        [(say.label(Label.SOLVED_NO), RateSolved(case, attempt, Solved.NO))],
    ]
