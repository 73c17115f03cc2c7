"""`/survey`: what those who were served say of the units; begun here, answered by residents without a trace."""

from __future__ import annotations

from bot.actions.survey_served import answer_survey, begin_survey, digest_of, survey_page
from bot.errors import StaleButton
from bot.rules.access import Act, require
from bot.rules.county import Role
from bot.rules.effect import Effects, Send
from bot.rules.period import Period, Stretch, parse_period, period_of
from bot.rules.survey import surveys
from handlers.callback import AnswerSurvey, BeginSurvey, SurveyButton
from handlers.context import Context


async def survey(context: Context) -> Effects:
    """Show the newest survey, and the way to begin one about the month before."""
    person = require(context.sender.roles, Act.BEGIN_SURVEY).person
    known = surveys(await context.desk.read.survey_entries())
    return Effects(sends=(Send(person, survey_page(known, _month_before(context))),))


async def follow(button: SurveyButton, pressed: int | None, context: Context) -> Effects:
    """Do what a button means; whether it is theirs to do is decided where it is done."""
    read = context.desk.read
    match button:
        case AnswerSurvey(token=token, answers=answers):
            unit = await read.survey_unit(digest_of(token))
            return answer_survey(context.sender.person, token, answers, unit, pressed)
        case BeginSurvey(period=text):
            try:
                period = parse_period(text, context.desk.county.hours.zone)
            except ValueError as error:
                raise StaleButton from error
            known = surveys(await read.survey_entries())
            served = await read.served(period.begins_at, period.ends_at)
            staff = await read.staff_of(None, frozenset(Role))
            return begin_survey(context.desk, context.sender.roles, period, served, staff, known, context.now, pressed)


def _month_before(context: Context) -> Period:
    return period_of(Stretch.MONTH, context.now, context.desk.county.hours.zone).previous()
