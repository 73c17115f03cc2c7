"""The appraisal by those served: begun by those who watch over the county, answered without a trace, counted at its end."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from bot.errors import StaleButton
from bot.ports import Desk
from bot.rules.access import Act, require
from bot.rules.due import Due, EndSurvey
from bot.rules.effect import Effects, Priority, Send, SurveyAnswer, SurveyToken
from bot.rules.entry import CLOCK, AnyFact, Entry, SurveyBegun, SurveyCounted, SurveyEnded
from bot.rules.identity import PersonId
from bot.rules.message import SurveyPage, SurveyQuestion, SurveyThanks
from bot.rules.message.survey import SurveyLine
from bot.rules.period import Period
from bot.rules.staff import Staff
from bot.rules.survey import (
    FEWEST,
    OPEN_FOR,
    SEED_BYTES,
    TOKEN_BYTES,
    Counts,
    Question,
    Served,
    Survey,
    asked_of,
    drawn,
    read_verdicts,
)


def survey_page(known: Sequence[Survey], startable: Period) -> SurveyPage:
    """Show the newest survey, and which month can be asked about next."""
    begins = None if any(each.period == startable.text for each in known) else startable.text
    if not known:
        return SurveyPage(period=startable.text, begins=begins)
    newest = known[-1]
    lines = tuple(
        SurveyLine(
            unit=unit,
            counts=tuple((by[each].good, by[each].fair, by[each].poor) for each in Question if each in by),
        )
        for unit, by in newest.results.items()
    )
    return SurveyPage(period=newest.period, asked=newest.asked, answered=newest.answered, lines=lines, begins=begins)


def begin_survey(  # noqa: PLR0913, PLR0917 (who begins what, and what is known)
    desk: Desk,
    roles: Sequence[Staff],
    period: Period,
    served: Sequence[Served],
    staff: Iterable[Staff],
    known: Sequence[Survey],
    now: datetime,
    pressed: int | None,
) -> Effects:
    """Draw whose people are asked, and ask them at a courteous hour.

    Raises:
        NotPermitted: they do not watch over the county.
        StaleButton: the period is not over, or was asked about already.
    """
    actor = require(roles, Act.BEGIN_SURVEY)
    if period.ends_at > now or any(each.period == period.text for each in known):
        raise StaleButton
    seed = desk.randomness.bytes(SEED_BYTES)
    asked = asked_of(drawn(seed, served), {each.person for each in staff})
    tokens, sends = [], []
    for person, unit in asked:
        token = urlsafe_b64encode(desk.randomness.bytes(TOKEN_BYTES)).decode()
        tokens.append(SurveyToken(digest_of(token), period.text, unit))
        sends.append(Send(person, SurveyQuestion(token=token, unit=unit), Priority.NOTICE))
    fact = SurveyBegun(period=period.text, seed=seed.hex(), asked=len(asked))
    begun = (*known, Survey(period.text, len(asked), None, {}))
    return Effects(
        entries=(Entry(at=now, actor=actor.id, case=None, fact=fact),),
        survey_tokens=tuple(tokens),
        planned=(Due(key=f"survey/{period.text}", at=now + OPEN_FOR, task=EndSurvey(period=period.text)),),
        sends=(Send(actor.person, survey_page(begun, period), replaces=pressed), *sends),
    )


def answer_survey(person: PersonId, token: str, answers: str, unit: object, pressed: int | None) -> Effects:
    """Take one answer more; the last burns the token and is added to the unit's counts, all answers at once.

    Args:
        unit: whom the token is about; None where it is burnt, or nobody's.

    Raises:
        StaleButton: somebody has answered with the token, the survey is over, or nobody was given this one.
    """
    if unit is None:
        raise StaleButton
    if answers == DECLINED:
        burnt = SurveyAnswer(digest_of(token), ())
        return Effects(survey_answers=(burnt,), sends=(Send(person, SurveyThanks(has_answered=False), replaces=pressed),))
    try:
        verdicts = read_verdicts(answers)
    except ValueError as error:
        raise StaleButton from error
    if len(verdicts) < len(Question):
        again = SurveyQuestion(token=token, unit=unit, answers=answers)  # type: ignore[arg-type]  # a unit's id
        return Effects(sends=(Send(person, again, replaces=pressed),))
    given = tuple((question.value, verdict.name.lower()) for question, verdict in zip(Question, verdicts, strict=True))
    return Effects(
        survey_answers=(SurveyAnswer(digest_of(token), given),),
        sends=(Send(person, SurveyThanks(has_answered=True), replaces=pressed),),
    )


def end_survey(period: str, counts: Counts, now: datetime) -> Effects:
    """Enter what a survey came to: of each unit with enough answers what they were, of all units how many answered."""
    enough = {unit: by for unit, by in counts.items() if min((each.answers for each in by.values()), default=0) >= FEWEST}
    answered = sum(max((each.answers for each in by.values()), default=0) for by in counts.values())
    facts: tuple[AnyFact, ...] = (
        SurveyEnded(period=period, answered=answered),
        *(
            SurveyCounted(period=period, unit=unit, question=question.value, good=each.good, fair=each.fair, poor=each.poor)
            for unit, by in sorted(enough.items())
            for question, each in by.items()
        ),
    )
    return Effects(
        entries=tuple(Entry(at=now, actor=CLOCK, case=None, fact=fact) for fact in facts), surveys_ended=(period,)
    )


def digest_of(token: str) -> str:
    """Return what is kept of a token: its SHA-256."""
    return sha256(token.encode()).hexdigest()


DECLINED = "x"
"""In place of answers: somebody would rather not say."""
