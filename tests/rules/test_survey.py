"""Who is asked is drawn so that nobody can choose; what is told is only what five or more have said."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.actions.survey_served import (
    DECLINED,
    answer_survey,
    begin_survey,
    end_survey,
    plan_pledges,
    pledge_survey,
    survey_page,
)
from bot.errors import NotPermitted, StaleButton
from bot.rules.due import PledgeSurvey
from bot.rules.effect import Effects, Priority
from bot.rules.entry import CLOCK, SYSTEM, Entry, Restored, SurveyBegun, SurveyCounted, SurveyEnded, SurveyPledged
from bot.rules.identity import CaseNumber, PersonId, UnitId
from bot.rules.message import SurveyPage, SurveyQuestion, SurveyThanks
from bot.rules.period import parse_period
from bot.rules.survey import (
    MOST_ASKED,
    Counted,
    Question,
    Served,
    Survey,
    appraisals,
    asked_of,
    drawn,
    pledge_of,
    pledges,
    surveys,
)
from tests.support.builders import (
    ADMIN,
    LEAD,
    NOW,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    county,
)
from tests.support.known import desk

SERVED = tuple(
    Served(CaseNumber(f"CB-2026-{place:06d}"), TRANSPORT if place % 4 else WATER, (PersonId(f"p-{place}"),))
    for place in range(200)
)
OCTOBER = parse_period("2026-10", county().hours.zone)
SEED = bytes(range(32))
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
    effects = begin_survey(desk(), [ADMIN], OCTOBER, SEED, SERVED, [ADMIN, LEAD], [], NOW, None)
    (entry,) = effects.entries
    assert isinstance(entry.fact, SurveyBegun)
    assert (entry.fact.asked, entry.fact.seed) == (2 * MOST_ASKED, SEED.hex())
    questions = [send for send in effects.sends if isinstance(send.message, SurveyQuestion)]
    assert len(questions) == len(effects.survey_tokens) == 2 * MOST_ASKED
    assert {send.priority for send in questions} == {Priority.NOTICE}
    assert not any(token.digest in str(send.message) for token in effects.survey_tokens for send in questions)
    known = [Survey("2026-10", 60, None, {})]
    with pytest.raises(StaleButton):
        begin_survey(desk(), [SUPERVISOR], OCTOBER, SEED, SERVED, [], known, NOW, None)
    with pytest.raises(StaleButton):
        begin_survey(desk(), [ADMIN], OCTOBER, SEED, SERVED, [], [], OCTOBER.ends_at - timedelta(seconds=1), None)
    with pytest.raises(StaleButton):
        begin_survey(desk(), [ADMIN], OCTOBER, None, SERVED, [], [], NOW, None)
    with pytest.raises(NotPermitted):
        begin_survey(desk(), [LEAD], OCTOBER, SEED, SERVED, [], [], NOW, None)


def test_the_seed_is_bound_to_while_the_month_runs_and_kept_secret() -> None:
    """The entry holds its hash, the seed lies sealed; a second time, or after the month, nothing is bound to."""
    now = OCTOBER.begins_at
    effects = pledge_survey(desk(), OCTOBER, [], now)
    (entry,), (kept,) = effects.entries, effects.house_words
    assert isinstance(entry.fact, SurveyPledged)
    assert (entry.actor, entry.at, entry.fact.period) == (CLOCK, now, "2026-10")
    assert pledge_of(bytes.fromhex(kept.text)) == entry.fact.pledge == kept.slot
    assert kept.text not in str(entry)
    assert pledge_survey(desk(), OCTOBER, [entry], now) == Effects()
    assert pledge_survey(desk(), OCTOBER, [], OCTOBER.ends_at) == Effects()


def pledged(pledge: str, period: str = "2026-10") -> Entry:
    """Make an entry that binds to a seed."""
    return Entry(at=OCTOBER.begins_at, actor=CLOCK, case=None, fact=SurveyPledged(period=period, pledge=pledge))


def test_the_first_pledge_of_a_month_counts_and_none_from_before_a_restore() -> None:
    """A backup holds the seed, which may be told by now; from then on another one binds."""
    first, second, other = pledged("1" * 64), pledged("2" * 64), pledged("3" * 64, "2026-11")
    restored = Entry(at=NOW, actor=SYSTEM, case=None, fact=Restored(entries=1, skipped=1))
    assert pledges([first, second, other]) == {
        "2026-10": ("1" * 64, OCTOBER.begins_at),
        "2026-11": ("3" * 64, OCTOBER.begins_at),
    }
    assert pledges([first, restored]) == {}
    assert pledges([first, restored, second])["2026-10"][0] == "2" * 64


def test_the_next_month_is_pledged_at_its_first_moment() -> None:
    """Before any of its cases can be closed; under a key of its month."""
    zone = county().hours.zone
    (due,) = plan_pledges(county(), [pledged("3" * 64, "2026-11")], NOW)
    assert (due.at, due.task) == (parse_period("2026-12", zone).begins_at, PledgeSurvey(period="2026-12"))
    assert due.key == "survey_pledge/2026-12"


def test_the_month_in_which_the_program_began_is_pledged_at_its_first_midnight() -> None:
    """Unless it is pledged; the month after it is planned all the same."""
    next_month, this_month = plan_pledges(county(), (), NOW)
    assert (next_month.key, this_month.key) == ("survey_pledge/2026-12", "survey_pledge/2026-11")
    assert NOW < this_month.at <= NOW + timedelta(days=1)
    assert this_month.at.astimezone(county().hours.zone).time() == time()


def test_a_month_without_a_pledge_is_not_offered_and_why_is_said() -> None:
    """A month that was asked about already is neither."""
    for known, is_pledged, shown in (
        ([], True, ("2026-10", None)),
        ([], False, (None, "2026-10")),
        ([Survey("2026-10", 40, 9, {})], False, (None, None)),
    ):
        page = survey_page(known, OCTOBER, is_pledged=is_pledged)
        assert (page.begins, page.unpledged) == shown


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
    assert isinstance(begin_survey(desk(), [ADMIN], OCTOBER, SEED, (), [], [], NOW, None).sends[0].message, SurveyPage)
