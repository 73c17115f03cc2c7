"""Units that fall behind are told from units that have a bad week, and single cases from those that go as cases go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bench.slips import BEGIN, limits_of, told
from bot.rules.case import State
from bot.rules.county import WatchPlan
from bot.rules.identity import UnitId
from bot.rules.warning import Grade, SignKind, Subject
from bot.rules.warning_unit import Limits, Slip, old_cases, slipping, transferred_cases, units_behind, urged_cases
from tests.support.builders import DUE_AT, FILED_AT, NUMBER, TRANSPORT, WATER, case_in

PLAN = WatchPlan()
GOOD, BAD = Limits(10, 10), Limits(10, 4)
DAY = timedelta(days=1)


def test_a_unit_that_misses_more_than_it_used_to_has_fallen_behind() -> None:
    """Twelve of forty missed after a year without: told, beside what was usual; the others are not."""
    weeks = {TRANSPORT: [Limits(10, 7)] * 4 + [GOOD] * 40, WATER: [Limits(10, 9)] * 44}
    ((unit, slip),) = slipping(weeks, 0.9).items()
    assert (unit, slip.missed, slip.of, slip.usual, slip.is_below) == (TRANSPORT, 12, 40, 0, True)


def test_a_unit_without_a_past_is_held_against_what_the_county_promises() -> None:
    """A new unit that meets four in ten of what nine in ten was promised is told, with nothing usual beside."""
    assert slipping({WATER: [BAD, BAD]}, 0.9) == {WATER: Slip(12, 20, None, is_below=True)}


@pytest.mark.parametrize("weeks", [[GOOD] * 8, [Limits(3, 1), *[Limits(3, 3)] * 50], []])
def test_a_bad_week_of_few_cases_is_none(weeks: list[Limits]) -> None:
    """Two limits missed are not falling behind."""
    assert not slipping({TRANSPORT: weeks}, 0.9)


def test_a_unit_behind_is_red_when_cases_of_it_are_overdue_now() -> None:
    """Yellow under what is promised, blue only under its own past, red with three overdue."""
    late = [case_in(State.ACCEPTED)] * 3
    slips = {TRANSPORT: Slip(12, 40, 1.25, is_below=False), WATER: Slip(12, 20, None, is_below=True)}
    near, behind = units_behind(slips, {})
    assert (near.grade, near.usual, behind.grade, behind.usual) == (Grade.NEAR, 12, Grade.BEHIND, None)
    assert units_behind(slips, {TRANSPORT: late})[0].grade is Grade.OVERDUE


@pytest.mark.parametrize(("days", "grade"), [(29, None), (30, Grade.NEAR), (59, Grade.NEAR), (60, Grade.BEHIND)], ids=str)
def test_an_open_case_is_old_by_what_the_county_calls_old(days: int, grade: Grade | None) -> None:
    """Without a limit only age tells."""
    case = case_in(State.ACCEPTED)
    case = replace(case, rounds=(replace(case.now, due_at=None),))
    found = old_cases([case, case_in(State.CLOSED)], PLAN, FILED_AT + days * DAY)
    assert [each.grade for each in found] == ([] if grade is None else [grade])


def test_a_case_past_three_times_its_limit_is_red_and_named_first() -> None:
    """Nine days given, thirty gone; one sign a unit, its gravest case first."""
    old = replace(case_in(State.ACCEPTED), number=NUMBER)
    (found,) = old_cases([old], PLAN, FILED_AT + 28 * DAY)
    assert (found.kind, found.subject, found.grade, found.cases) == (
        SignKind.OLD,
        Subject(unit=TRANSPORT),
        Grade.OVERDUE,
        (NUMBER,),
    )


def test_many_urgings_and_many_transfers_are_signs_of_one_case() -> None:
    """From what the county calls many on; red once its limit is past; a case that no unit has is nobody's."""
    urged, given_back = replace(case_in(State.ACCEPTED), urgings=3), replace(case_in(State.TRIAGE), transfers=2)
    (of_urged,) = urged_cases([urged, case_in(State.ACCEPTED)], PLAN, FILED_AT)
    (late,) = urged_cases([urged], PLAN, DUE_AT + DAY)
    (of_transferred,) = transferred_cases([given_back, case_in(State.ACCEPTED)], PLAN, FILED_AT)
    assert (of_urged.grade, of_urged.unit, late.grade) == (Grade.NEAR, TRANSPORT, Grade.OVERDUE)
    assert of_urged.key == late.key == f"urged/////{NUMBER}"
    assert (of_transferred.n, of_transferred.unit) == (2, None)


def test_units_that_fall_behind_in_a_made_up_year_are_found_and_the_others_left_in_peace() -> None:
    """Back-test in short; `python -m bench.warnings` does it at length."""
    slow, few = UnitId("u1"), UnitId("u12")
    found = told(limits_of(3, {slow: BEGIN + 10, few: BEGIN + 25}))
    first = {unit: week for week, unit in reversed(found)}
    assert first[slow] - (BEGIN + 10) in range(5)
    assert first[few] - (BEGIN + 25) in range(8)
    assert len(told(limits_of(4, {}))) <= 4
