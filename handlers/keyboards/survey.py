"""Buttons of the appraisal by those served: three answers to each question, and the way to begin."""

from __future__ import annotations

from bot.actions.survey_served import DECLINED
from bot.rules.message import SurveyPage, SurveyQuestion
from bot.rules.survey import Verdict
from handlers.callback import AnswerSurvey, BeginSurvey, Button
from handlers.keyboards.lettering import Lettering, Rows
from locales.wording import Label

VERDICTS = {
    Verdict.GOOD: Label.SURVEY_GOOD,
    Verdict.FAIR: Label.SURVEY_FAIR,
    Verdict.POOR: Label.SURVEY_POOR,
}


def question(message: SurveyQuestion, say: Lettering) -> Rows:
    """Draw the answers to the next question; before the first, the way out too."""
    answers: list[tuple[str, Button]] = [
        (say.label(label), AnswerSurvey(message.token, message.answers + verdict)) for verdict, label in VERDICTS.items()
    ]
    if message.answers:
        return [answers]
    return [answers, [(say.label(Label.SURVEY_DECLINE), AnswerSurvey(message.token, DECLINED))]]


def page(message: SurveyPage, say: Lettering) -> Rows:
    """Draw the way to begin the next survey."""
    if message.begins is None:
        return []
    return [[(say.label(Label.SURVEY_BEGIN, value=message.begins), BeginSurvey(message.begins))]]
