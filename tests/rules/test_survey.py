"""Who is asked is drawn so that nobody can choose; what is told is only what five or more have said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.actions.survey_served import DECLINED, answer_survey, begin_survey, end_survey
from bot.errors import NotPermitted, StaleButton
from bot.rules.effect import Priority
from bot.rules.entry import Entry, SurveyBegun, SurveyCounted, SurveyEnded
from bot.rules.identity import CaseNumber, PersonId, UnitId
from bot.rules.message import SurveyPage, SurveyQuestion, SurveyThanks
from bot.rules.period import parse_period
from bot.rules.survey import MOST_ASKED, Counted, Question, Served, Survey, appraisals, asked_of, drawn, surveys
from tests.support.builders import ADMIN, LEAD, NOW, SUPERVISOR, TRANSPORT, WATER, county, desk

SERVED = tuple(
    Served(CaseNumber(f"CB-2026-{place:06d}"), TRANSPORT if place % 4 else WATER, (PersonId(f"p-{place}"),))
    for place in range(200)
)
OCTOBER = parse_period("2026-10", county().hours.zone)
ALL = "g" * len(Question)


def test_the_draw_depends_on_the_seed_alone_and_takes_so_many_of_each_unit() -> None:
    """Not on the order of the cases; another seed draws others."""
    first = drawn(b"1" * 32, SERVED)
    assert drawn(b"1" * 32, SERVED[::-1]) == first
    assert drawn(b"2" * 32, SERVED) != first
    assert [sum(each.unit == unit for each in first) for unit in (TRANSPORT, WATER)] == [MOST_ASKED, MOST_ASKED]


def test_nobody_is_asked_twice_and_nobody_who_works_here() -> None:
    """A person with two cases is asked about the one that was drawn first."""
    one, two, official = PersonId("p-1"), PersonId("p-2"), PersonId("p-3")
    cases = [
        Served(CaseNumber("CB-2026-000001"), TRANSPORT, (one, official)),
        Served(CaseNumber("CB-2026-000002"), WATER, (one, two)),
    ]
    assert asked_of(cases, {official}) == ((one, TRANSPORT), (two, WATER))


def test_a_survey_is_begun_once_about_a_month_that_is_over_by_whoever_watches() -> None:
    """Everybody who was drawn is asked as a notice, which keeps the hours; the ledger gets the seed and a number."""
    effects = begin_survey(desk(), [ADMIN], OCTOBER, SERVED, [ADMIN, LEAD], [], NOW, None)
    (entry,) = effects.entries
    assert isinstance(entry.fact, SurveyBegun)
    assert entry.fact.asked == 2 * MOST_ASKED
    questions = [send for send in effects.sends if isinstance(send.message, SurveyQuestion)]
    assert len(questions) == len(effects.survey_tokens) == 2 * MOST_ASKED
    assert {send.priority for send in questions} == {Priority.NOTICE}
    assert not any(token.digest in str(send.message) for token in effects.survey_tokens for send in questions)
    known = [Survey("2026-10", 60, None, {})]
    with pytest.raises(StaleButton):
        begin_survey(desk(), [SUPERVISOR], OCTOBER, SERVED, [], known, NOW, None)
    with pytest.raises(StaleButton):
        begin_survey(desk(), [ADMIN], OCTOBER, SERVED, [], [], OCTOBER.ends_at - timedelta(seconds=1), None)
    with pytest.raises(NotPermitted):
        begin_survey(desk(), [LEAD], OCTOBER, SERVED, [], [], NOW, None)


def test_answers_travel_in_the_buttons_until_the_last_one() -> None:
    """Until then nothing is kept; with the last all are counted together and the token burnt."""
    person = PersonId("p-1")
    for answers in ("g", "gf", "gfp"):
        effects = answer_survey(person, "token", answers, TRANSPORT, 7)
        assert effects.survey_answers == ()
        (send,) = effects.sends
        assert send.message == SurveyQuestion(token="token", unit=TRANSPORT, answers=answers)
    effects = answer_survey(person, "token", "gfpg", TRANSPORT, 7)
    (answer,) = effects.survey_answers
    assert [verdict for _, verdict in answer.verdicts] == ["good", "fair", "poor", "good"]
    assert effects.entries == ()
    (send,) = effects.sends
    assert send.message == SurveyThanks(has_answered=True)


@pytest.mark.parametrize(("answers", "unit"), [(ALL, None), ("gz", TRANSPORT), (ALL + "g", TRANSPORT)])
def test_what_nobody_was_asked_is_not_taken(answers: str, unit: UnitId | None) -> None:
    """A burnt token, an answer that there is not, one too many."""
    with pytest.raises(StaleButton):
        answer_survey(PersonId("p-1"), "token", answers, unit, 7)


def test_whoever_would_rather_not_is_left_in_peace() -> None:
    """The token is burnt, and nothing counted."""
    effects = answer_survey(PersonId("p-1"), "token", DECLINED, TRANSPORT, 7)
    (answer,) = effects.survey_answers
    assert answer.verdicts == ()


def test_a_unit_with_fewer_than_five_answers_has_no_result() -> None:
    """It is in the total alone; with five it has one, to every question."""
    counts = {
        TRANSPORT: dict.fromkeys(Question, Counted(3, 1, 1)),
        WATER: dict.fromkeys(Question, Counted(4, 0, 0)),
    }
    effects = end_survey("2026-10", counts, NOW)
    facts = [entry.fact for entry in effects.entries]
    assert facts[0] == SurveyEnded(period="2026-10", answered=9)
    assert {fact.unit for fact in facts if isinstance(fact, SurveyCounted)} == {TRANSPORT}
    assert len(facts) == 1 + len(Question)
    assert effects.surveys_ended == ("2026-10",)
    begun = Entry(at=NOW, actor="s-one", case=None, fact=SurveyBegun(period="2026-10", seed="0" * 64, asked=40))
    assert surveys([begun, *effects.entries]) == (
        Survey("2026-10", 40, 9, {TRANSPORT: dict.fromkeys(Question, Counted(3, 1, 1))}),
    )
    assert surveys([begun])[0].answered is None
    found = surveys([begun, *effects.entries])
    assert appraisals(found, "2026-10") == {TRANSPORT: (3 * len(Question), 5 * len(Question))}
    assert appraisals(found, "2026-11") == {}
    assert isinstance(begin_survey(desk(), [ADMIN], OCTOBER, (), [], [], NOW, None).sends[0].message, SurveyPage)
