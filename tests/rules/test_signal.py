"""What looks made up is told with its cases, and honest habits are not: each signal on its own, and in a made-up month."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from bench.frauds import TRIED, Month
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.signal import BULK, WINDOWS, Done, Share, Window, copied, counted, evened, in_bulk, stands_out, windows_of
from bot.rules.warning import Grade, SignKind
from tests.support.builders import FILED_AT, QAPQAL_TOWN, ROADS, TRANSPORT, WATER

HOUR = timedelta(hours=1)


def done(place: int, opened_at: datetime, resolved_at: datetime, unit: UnitId = TRANSPORT) -> Done:
    """Make the n-th thing that was resolved."""
    return Done(CaseNumber(f"CB-2026-{place:06d}"), unit, ROADS, QAPQAL_TOWN, opened_at, resolved_at)


def test_cases_of_many_days_resolved_within_an_hour_at_the_last_moment_are_in_bulk() -> None:
    """Five of five days at once are; five that came on one day are one matter."""
    many = [done(place, FILED_AT - 24 * HOUR * place, FILED_AT + HOUR * place / 6) for place in range(BULK)]
    (found,) = in_bulk(many)
    assert (found.kind, found.unit, found.n, found.grade) == (SignKind.BULK, TRANSPORT, BULK, Grade.NEAR)
    assert not in_bulk([each._replace(opened_at=FILED_AT) for each in many])
    assert not in_bulk([each._replace(resolved_at=FILED_AT + HOUR * place) for place, each in enumerate(many)])
    assert not in_bulk(many[1:])


@pytest.mark.parametrize(("matters", "grade"), [(4, None), (5, Grade.NEAR), (9, Grade.NEAR), (10, Grade.BEHIND)])
def test_five_at_once_are_in_bulk_and_ten_are_graver(matters: int, grade: Grade | None) -> None:
    """What auditors are told is a promise of numbers: four at once are no sign yet, twice as many as make one are worse."""
    many = [done(place, FILED_AT - 24 * HOUR * place, FILED_AT + HOUR * place / 10) for place in range(matters)]
    assert [(each.n, each.grade) for each in in_bulk(many)] == ([] if grade is None else [(matters, grade)])


def test_an_hour_ends_with_its_sixtieth_minute() -> None:
    """Whatever was resolved a second later was not resolved at once with the first."""
    many = [done(place, FILED_AT - 24 * HOUR * place, FILED_AT + HOUR * place / 4) for place in range(5)]
    assert in_bulk(many)
    assert not in_bulk([*many[:-1], many[-1]._replace(resolved_at=FILED_AT + HOUR + timedelta(seconds=1))])


def test_a_unit_stands_out_beside_the_others_and_not_by_being_big() -> None:
    """Half of what one unit resolved within minutes, beside a hundredth elsewhere; the biggest unit is only big."""
    shares = {TRANSPORT: Share(6, 12), WATER: Share(9, 900), UnitId("letters"): Share(1, 90)}
    (found,) = stands_out(SignKind.FAST, [Window(28, shares, {TRANSPORT: (CaseNumber("CB-2026-000001"),)})])
    assert (found.unit, found.n, found.of, found.usual, found.grade, found.days) == (TRANSPORT, 6, 12, 1, Grade.BEHIND, 28)
    assert not stands_out(SignKind.FAST, [Window(28, {TRANSPORT: Share(2, 2), WATER: Share(0, 900)}, {})])


def test_a_bad_week_is_not_lost_in_a_good_month() -> None:
    """Eight of ten that came back within a week stand out, though of the month's hundred they would be usual."""
    at = FILED_AT + 28 * 24 * HOUR
    week = [done(place, FILED_AT, at - HOUR * (place + 1)) for place in range(8)]
    others = [done(90 + place, FILED_AT, at - 24 * HOUR * (place % 27 + 1), WATER) for place in range(40)]
    resolved = {28: {TRANSPORT: 100, WATER: 400}, 7: {TRANSPORT: 10, WATER: 100}}
    assert tuple(resolved) == WINDOWS
    month, last = windows_of([*week, *others], resolved, at)
    assert not stands_out(SignKind.COMEBACK, [month])
    (found,) = stands_out(SignKind.COMEBACK, [month, last])
    assert (found.unit, found.n, found.of, found.days, found.grade) == (TRANSPORT, 8, 10, 7, Grade.BEHIND)
    assert found.cases == tuple(each.case for each in reversed(week))


def test_a_sign_that_stands_goes_on_while_it_is_unusual() -> None:
    """It ends when its chance by itself is above one in twenty; what is not held needs more to begin."""
    shares = {TRANSPORT: Share(6, 20), WATER: Share(20, 200)}
    assert not stands_out(SignKind.COMEBACK, [Window(28, shares, {})])
    (found,) = stands_out(SignKind.COMEBACK, [Window(28, shares, {})], held={TRANSPORT})
    assert found.unit == TRANSPORT
    assert not stands_out(SignKind.COMEBACK, [Window(28, {**shares, TRANSPORT: Share(3, 20)}, {})], held={TRANSPORT})


def test_what_should_not_happen_at_all_is_counted_a_case_once() -> None:
    """One is a signal, three are a graver one; ratings by those who are rated need two."""
    twice = [(TRANSPORT, CaseNumber("CB-2026-000001"))] * 2
    assert [(each.n, each.grade) for each in counted(SignKind.BARE, twice)] == [(1, Grade.NEAR)]
    three = [(TRANSPORT, CaseNumber(f"CB-2026-00000{place}")) for place in range(3)]
    assert counted(SignKind.EXTENDED, three)[0].grade is Grade.BEHIND
    assert not counted(SignKind.OWN_RATING, twice, least=2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("已派人维修，路灯已亮。", "已派人维修, 路灯已亮"),
        ("11月3日已修好", "12月24日 已修好"),
        ("ＡＢ路修好了", "ab路修好了"),
    ],
)
def test_copies_are_known_through_marks_dates_and_widths(one: str, other: str) -> None:
    """What is changed to make a copy look different changes nothing."""
    assert evened(one) == evened(other)


def test_one_answer_to_four_different_matters_is_a_sign_and_to_one_matter_is_none() -> None:
    """An answer to all who wrote about one broken pipe on one day is as it should be."""
    days = [done(place, FILED_AT + 24 * HOUR * place, FILED_AT + 99 * HOUR) for place in range(4)]
    assert [each.n for each in copied((each, b"same") for each in days)] == [4]
    assert not copied((each, b"same") for each in days[:3])
    assert not copied((each._replace(opened_at=FILED_AT), b"same") for each in days)
    assert not copied((each, str(place).encode()) for place, each in enumerate(days))


def test_planted_frauds_are_found_and_honest_months_stay_quiet() -> None:
    """Back-test in short; `python -m bench.warnings` does it at length."""
    honest = Counter(found.kind for seed in range(12) for found in Month.of(seed).signals())
    assert sum(honest.values()) <= 4
    for kind in TRIED:
        months = [Month.of(100 + seed) for seed in range(6)]
        units = [month.plant(kind) for month in months]
        hit = [
            any((each.kind, each.unit) == (kind, unit) for each in m.signals())
            for m, unit in zip(months, units, strict=True)
        ]
        assert sum(hit) >= 3, kind
