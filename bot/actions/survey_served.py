"""The appraisal by those served: begun by those who watch over the county, answered without a trace, counted at its end."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from bot.errors import StaleButton
from bot.ports import Desk
from bot.rules.access import Act, require
from bot.rules.chain import SALT_BYTES
from bot.rules.county import County
from bot.rules.due import Due, EndSurvey, PledgeSurvey
from bot.rules.effect import Effects, HouseWords, Priority, Send, SurveyAnswer, SurveyToken
from bot.rules.entry import CLOCK, AnyFact, Entry, SurveyBegun, SurveyCounted, SurveyEnded, SurveyPledged
from bot.rules.identity import PersonId
from bot.rules.message import SurveyPage, SurveyQuestion, SurveyThanks
from bot.rules.message.survey import SurveyLine
from bot.rules.period import Period, Stretch, period_of
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
    pledge_of,
    pledges,
    read_verdicts,
)


def month_of(county: County, now: datetime) -> Period:
    """Return the month that runs in the county."""
    return period_of(Stretch.MONTH, now, county.hours.zone)


def plan_pledges(county: County, known: Iterable[Entry], now: datetime) -> tuple[Due, ...]:
    """Plan to bind to the seed of the next month at its first moment, before any of its cases can be closed.

    A month in which the program began is bound to at its first midnight.

    Args:
        known: the entries about surveys, oldest first.
    """
    running = month_of(county, now)
    following = month_of(county, running.ends_at)
    local = now.astimezone(county.hours.zone)
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    months = ((following, following.begins_at), *(() if running.text in pledges(known) else ((running, midnight),)))
    return tuple(Due(key=f"survey_pledge/{each.text}", at=at, task=PledgeSurvey(period=each.text)) for each, at in months)


def pledge_survey(desk: Desk, period: Period, known: Iterable[Entry], now: datetime) -> Effects:
    """Bind to a seed while the period runs, so that nobody can choose one when it is known whom it would draw.

    Args:
        known: the entries about surveys, oldest first.
    """
    if now >= period.ends_at or period.text in pledges(known):
        return Effects()
    seed = desk.randomness.bytes(SEED_BYTES)
    fact = SurveyPledged(period=period.text, pledge=pledge_of(seed))
    return Effects(
        entries=(Entry(at=now, actor=CLOCK, case=None, fact=fact),),
        house_words=(HouseWords(fact.pledge, seed.hex(), desk.randomness.bytes(SALT_BYTES)),),
    )


def survey_page(known: Sequence[Survey], startable: Period, *, is_pledged: bool) -> SurveyPage:
    """Show the newest survey, and which month can be asked about next."""
    is_new = all(each.period != startable.text for each in known)
    begins = startable.text if is_new and is_pledged else None
    unpledged = startable.text if is_new and not is_pledged else None
    if not known:
        return SurveyPage(period=startable.text, begins=begins, unpledged=unpledged)
    newest = known[-1]
    lines = tuple(
        SurveyLine(
            unit=unit,
            counts=tuple((by[each].good, by[each].fair, by[each].poor) for each in Question if each in by),
        )
        for unit, by in newest.results.items()
    )
    return SurveyPage(
        period=newest.period, asked=newest.asked, answered=newest.answered, lines=lines, begins=begins, unpledged=unpledged
    )


def begin_survey(  # noqa: PLR0913, PLR0917 (who begins what, and what is known)
    desk: Desk,
    roles: Sequence[Staff],
    period: Period,
    seed: bytes | None,
    served: Sequence[Served],
    staff: Iterable[Staff],
    known: Sequence[Survey],
    now: datetime,
    pressed: int | None,
) -> Effects:
    """Draw whose people are asked, and ask them at a courteous hour.

    Args:
        seed: the one that was pledged while the period ran; it is told now. None: none was.

    Raises:
        NotPermitted: they do not watch over the county.
        StaleButton: the period is not over, was asked about already, or no seed was pledged for it.
    """
    actor = require(roles, Act.BEGIN_SURVEY)
    if seed is None or period.ends_at > now or any(each.period == period.text for each in known):
        raise StaleButton
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
        sends=(Send(actor.person, survey_page(begun, period, is_pledged=True), replaces=pressed), *sends),
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
