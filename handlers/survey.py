"""`/survey`: what those who were served say of the units; begun here, answered by residents without a trace."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.survey_served import answer_survey, begin_survey, digest_of, survey_page
from bot.errors import StaleButton
from bot.rules.access import Act, require
from bot.rules.county import Role
from bot.rules.effect import Effects, Send
from bot.rules.entry import Entry
from bot.rules.period import Period, Stretch, parse_period, period_of
from bot.rules.survey import pledges, surveys
from handlers.callback import AnswerSurvey, BeginSurvey, SurveyButton
from handlers.context import Context


async def survey(context: Context) -> Effects:
    """Show the newest survey, and the way to begin one about the month before."""
    person = require(context.sender.roles, Act.BEGIN_SURVEY).person
    entries, month = await context.desk.read.survey_entries(), _month_before(context)
    is_pledged = await _seed(context, entries, month) is not None
    return Effects(sends=(Send(person, survey_page(surveys(entries), month, is_pledged=is_pledged)),))


async def _seed(context: Context, entries: Sequence[Entry], period: Period) -> bytes | None:
    """Open the seed that was pledged for a period; None where none was."""
    pledge = pledges(entries).get(period.text)
    opened = None if pledge is None else await context.desk.read.house_words(pledge[0])
    return None if opened is None else bytes.fromhex(opened)


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
            entries = await read.survey_entries()
            known, seed = surveys(entries), await _seed(context, entries, period)
            served = await read.served(period.begins_at, period.ends_at)
            staff = await read.staff_of(None, frozenset(Role))
            roles, now = context.sender.roles, context.now
            return begin_survey(context.desk, roles, period, seed, served, staff, known, now, pressed)


def _month_before(context: Context) -> Period:
    return period_of(Stretch.MONTH, context.now, context.desk.county.hours.zone).previous()
