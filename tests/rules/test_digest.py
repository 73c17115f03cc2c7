"""Figures from what was counted: shares with their interval, nothing where there is nothing to divide by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.breakdown import Filed, breakdown_of
from bot.rules.digest import Scope, compose, cut_of, figures_of, rate, wilson
from bot.rules.figure import Figure
from bot.rules.identity import TownshipId, UnitId
from bot.rules.period import parse_period
from bot.rules.tally import (
    Appraised,
    Callbacks,
    Closings,
    Counted,
    HandlingTimes,
    Lasting,
    Limits,
    LooksBack,
    Measures,
    Received,
    Reopenings,
    Signs,
    Standing,
    Tally,
    Translating,
    Visits,
    Works,
)

ZONE = ZoneInfo("Asia/Shanghai")
WEEK = parse_period("2026-W47", ZONE)
WATER, ROADS, CIVIL = UnitId("water"), UnitId("roads"), UnitId("civil")
TALLY = Tally(
    received=Received(57),
    accept_limits=Limits(fell=50, met=45, gone=3),
    limits=Limits(fell=40, met=30, gone=2),
    standing=Standing(due=44, handled=33, handled_ahead=9, still_open=25, open_without_limit=4, overdue=11, long_overdue=2),
    visits=Visits(3, 12, 4),
    measures=Measures(noted=29, measured=7, fell=5, done=4),
    closings=Closings(36, 20, 28, 41, 26, 19, phoned=5, phoned_solved=3, phoned_scores=4, phoned_satisfied=2),
    reopenings=Reopenings(reopened=6, not_closed_within=4),
    handling_times=HandlingTimes(measured=36, median=259_200_000_000, p90=604_800_000_000),
    looks_back=LooksBack(heard=8, lasting=7),
    lasting=Lasting(months=7, months_lasting=6, year=2, year_lasting=1),
    works=Works(4, 15, 11, 3, 1, 9, 5, 2, again=8, again_satisfied=6, again_few=4),
    appraised=Appraised(good=40, answers=60, left_out=12),
    translating=Translating(fell=20, met=19, waiting=7, late=2, gone=3),
    callbacks=Callbacks(heard=5, untrue=1, partly=2),
    signs=Signs(7, 4, 2, 1, warnings_begun=3, warnings_ended=5, signals=6, signals_begun=8, signals_ended=9),
)


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(n: int, of: int, low: float, high: float) -> None:
    """Source: Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3."""
    assert wilson(n, of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10**6).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_share_lies_within_its_interval_and_that_within_0_and_1(counts: tuple[int, int]) -> None:
    """Nothing and everything are their own bounds; what was not counted mirrors what was."""
    n, of = counts
    low, high = wilson(n, of)
    assert 0.0 <= low <= n / of <= high <= 1.0
    assert (low == 0.0, high == 1.0) == (n == 0, n == of)
    assert wilson(of - n, of) == pytest.approx((1 - high, 1 - low), abs=1e-12)


def test_a_bound_is_the_share_from_which_the_count_would_be_just_as_unlikely() -> None:
    """At each bound what was seen lies 1.959964 standard deviations away: the definition, not the formula."""
    for bound in wilson(8, 10):
        assert (0.8 - bound) ** 2 * 10 == pytest.approx(1.959964**2 * bound * (1 - bound), rel=1e-9)


def test_without_a_denominator_there_is_no_rate() -> None:
    """Nothing of nothing is not 0 %."""
    assert rate(0, 0, left_out=3) == Figure(n=0, of=0, rate=None, low=None, high=None, left_out=3)


def test_every_figure_says_what_it_counted_of_what_and_left_out() -> None:
    """In the order in which a digest shows them."""
    shown = {name: (figure.n, figure.of, figure.left_out) for name, figure in figures_of(TALLY).items()}
    assert list(shown.items()) == [
        ("received", (57, None, 0)),
        ("accepted_in_time", (45, 50, 3)),
        ("on_time", (30, 40, 2)),
        ("handled", (33, 44, 9)),
        ("confirmed_solved", (20, 36, 8)),
        ("answered", (28, 36, 0)),
        ("solved_among_answers", (20, 28, 8)),
        ("satisfied_among_answers", (19, 26, 15)),
        ("satisfied_lowest_case", (19, 41, 15)),
        ("answered_by_phone", (5, 28, 0)),
        ("solved_by_phone", (3, 5, 0)),
        ("satisfied_by_phone", (2, 4, 0)),
        ("reopened", (6, 40, 0)),
        ("false_closures", (1, 5, 2)),
        ("handling_time_median", (3 * 24 * 3600, 36, 0)),
        ("handling_time_p90", (7 * 24 * 3600, 36, 0)),
        ("overdue", (11, 25, 4)),
        ("long_overdue", (2, 25, 4)),
        ("warnings", (7, None, 0)),
        ("warnings_overdue", (1, None, 0)),
        ("warnings_behind", (2, None, 0)),
        ("warnings_near", (4, None, 0)),
        ("warnings_begun", (3, None, 0)),
        ("warnings_ended", (5, None, 0)),
        ("signals", (6, None, 0)),
        ("signals_begun", (8, None, 0)),
        ("signals_ended", (9, None, 0)),
        ("still_solved", (7, 8, 0)),
        ("still_solved_months", (6, 7, 0)),
        ("still_solved_year", (1, 2, 0)),
        ("milestones_visible", (4, None, 0)),
        ("projects_visible", (11, 15, 3)),
        ("milestones_lasting", (1, None, 0)),
        ("projects_lasting", (5, 9, 2)),
        ("projects_again", (6, 8, 4)),
        ("appraised_good", (40, 60, 12)),
        ("translated_in_time", (19, 20, 3)),
        ("translations_late", (2, 7, 0)),
        ("visits", (3, None, 0)),
        ("households_seen", (12, None, 0)),
        ("firms_seen", (4, None, 0)),
        ("became_measures", (7, 29, 0)),
        ("measures_in_time", (4, 5, 0)),
    ]


def test_rates_are_not_rounded_and_times_have_none() -> None:
    """Rounding is for whoever shows them."""
    figures = figures_of(TALLY)
    assert figures["confirmed_solved"].rate == 20 / 36
    assert (figures["confirmed_solved"].low, figures["confirmed_solved"].high) == wilson(20, 36)
    assert (figures["handling_time_median"].rate, figures["received"].rate) == (None, None)


def test_nothing_happened() -> None:
    """A week without a case has its figures too: none made up, none missing."""
    figures = figures_of(Tally())
    assert list(figures) == list(figures_of(TALLY))
    assert figures["received"].n == 0
    assert figures["handling_time_median"].n is None
    assert {figure.rate for figure in figures.values()} == {None}


def test_the_whole_is_the_sum_of_its_units_but_for_times() -> None:
    """A median over all is counted over all."""
    counted = Counted(
        received={WATER: Received(3), ROADS: Received(4)},
        accept_limits={},
        limits={ROADS: Limits(5, 4, 1)},
        standing={CIVIL: Standing(still_open=2, overdue=1)},
        closings={WATER: Closings(2, 1, 1, 3, 1, 1), ROADS: Closings(1, 0, 0, 1, 0, 0)},
        reopenings={},
        looks_back={},
        handling_times={None: HandlingTimes(3, 7, 9), WATER: HandlingTimes(2, 5, 6), ROADS: HandlingTimes(1, 9, 9)},
    )
    assert counted.whole() == Tally(
        received=Received(7),
        limits=Limits(5, 4, 1),
        standing=Standing(still_open=2, overdue=1),
        closings=Closings(3, 1, 1, 4, 1, 1),
        handling_times=HandlingTimes(3, 7, 9),
    )
    units = counted.by_unit()
    assert sorted(units) == [CIVIL, ROADS, WATER]
    assert units[CIVIL] == Tally(standing=Standing(still_open=2, overdue=1))
    assert units[WATER].handling_times == HandlingTimes(2, 5, 6)


def test_a_digest_lists_units_with_most_cases_first() -> None:
    """Then the fuller desk, then the id, so that the order is always the same."""
    by_unit = {
        CIVIL: Tally(received=Received(2)),
        ROADS: Tally(received=Received(2), standing=Standing(still_open=1)),
        WATER: Tally(received=Received(9)),
        UnitId("archives"): Tally(received=Received(2)),
    }
    before = Tally(received=Received(50))
    breakdown = breakdown_of({"kind": {"complaint": Filed(9, 2)}})
    digest = compose(
        period=WEEK,
        scope=Scope("样县", township=TownshipId("north")),
        tally=TALLY,
        earlier=[(WEEK.previous(), before), (WEEK.previous().previous(), Tally())],
        by_unit=by_unit,
        breakdown=breakdown,
        checkpoint="12:ab",
        signed="a note",
    )
    assert [unit.unit for unit in digest.units] == ["water", "roads", "archives", "civil"]
    assert digest.units[0].figures == figures_of(by_unit[WATER])
    assert (digest.figures, digest.before) == (figures_of(TALLY), figures_of(before))
    assert [(each.period, each.figures) for each in digest.trend] == [
        ("2026-W46", figures_of(before)),
        ("2026-W45", figures_of(Tally())),
    ]
    assert (digest.breakdown, digest.signed) == (breakdown, "a note")
    assert (digest.county, digest.unit, digest.township, digest.checkpoint) == ("样县", None, "north", "12:ab")
    assert (digest.period, digest.begins_at, digest.ends_at) == ("2026-W47", WEEK.begins_at, WEEK.ends_at)


def test_what_was_received_is_told_apart_most_first() -> None:
    """Shares are of all of them; what has as many now had more before; cases without a township are a share too."""
    breakdown = breakdown_of(
        {
            "category": {"roads": Filed(2, 0), "water": Filed(2, 5), "schools": Filed(0, 3)},
            "township": {None: Filed(3, 0), "north": Filed(1, 8)},
            "channel": {},
            "kind": {"complaint": Filed(0, 1)},
        }
    )
    assert [(share.which, share.n, share.of, share.before) for share in breakdown.category] == [
        ("water", 2, 4, 5),
        ("roads", 2, 4, 0),
        ("schools", 0, 4, 3),
    ]
    assert [share.which for share in breakdown.township] == [None, "north"]
    assert (breakdown.channel, breakdown.kind) == ((), ())


@pytest.mark.parametrize(
    ("now", "cut"),
    [
        (WEEK.begins_at + timedelta(days=2), WEEK.begins_at + timedelta(days=2, seconds=1)),
        (WEEK.ends_at - timedelta(seconds=1), WEEK.ends_at),
        (WEEK.ends_at, WEEK.ends_at),
        (datetime(2030, 1, 1, tzinfo=UTC), WEEK.ends_at),
    ],
)
def test_a_period_that_still_runs_is_cut_now(now: datetime, cut: datetime) -> None:
    """A limit that is yet to come is not missed; what happened this second counts."""
    assert cut_of(WEEK, now) == cut
