"""A unit's points follow from its figures and from nothing else; too few cases give a card, but no place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.rules.county import Satisfaction
from bot.rules.digest import rate
from bot.rules.figure import Digest, Figure, UnitFigures
from bot.rules.identity import UnitId
from bot.rules.scorecard import UnitCard, card_of, cards_of, empty_card, read_lines, unmeasured, written
from tests.support.builders import county

ROADS, WATER, SCHOOLS = UnitId("transport"), UnitId("water"), UnitId("education")


def figures(unit: UnitId, solved: int, closed: int, overdue: int = 0) -> UnitFigures:
    """Make a unit's figures: everything on time, so many solved, so many overdue."""
    return UnitFigures(
        unit=unit,
        figures={
            "on_time": rate(closed, closed),
            "confirmed_solved": rate(solved, closed),
            "satisfied_among_answers": rate(1, 3),
            "satisfied_lowest_case": rate(1, 4),
            "overdue": Figure(n=overdue, of=50),
            "reopened": Figure(n=2, of=20),
        },
    )


def digest(*units: UnitFigures) -> Digest:
    """Make a digest of these units."""
    return Digest(
        county="县",
        unit=None,
        township=None,
        period="2026-11",
        begins_at=datetime(2026, 10, 31, 16, tzinfo=UTC),
        ends_at=datetime(2026, 11, 30, 16, tzinfo=UTC),
        figures={},
        before={},
        units=units,
        checkpoint="0:",
    )


def tenths(card: UnitCard) -> dict[str, int | None]:
    """Say what each line of a card is worth."""
    return {line.indicator: line.tenths for line in card.lines}


def test_a_good_indicator_earns_its_points_times_the_rate_and_a_bad_one_costs_a_point_a_case() -> None:
    """Of the sample county: 10 for on time, 15 for solved and for satisfied, at most 5 for overdue and for reopened."""
    card = card_of(figures(ROADS, 20, 30, overdue=9), county())
    assert tenths(card) == {
        "on_time": 100,
        "solved": 100,
        "satisfied": 50,
        "accepted_fast": None,
        "visits": 0,
        "lasting": None,
        "false_closure": 0,
        "overdue": 50,
        "reopened": 20,
        "shirking": None,
    }
    assert card.tenths == 100 + 100 + 50 - 50 - 20
    assert card.possible == 10 + 15 + 15 + 5


@pytest.mark.parametrize(("visits", "points"), [(0, 0), (3, 3), (5, 5), (40, 5)])
def test_each_visit_earns_a_point_up_to_those_of_the_indicator(visits: int, points: int) -> None:
    """Going out is counted, and more than the county wants earns no more."""
    unit = figures(ROADS, 20, 30)
    unit.figures["visits"] = Figure(n=visits)
    (line,) = [each for each in card_of(unit, county()).lines if each.indicator == "visits"]
    assert (line.n, line.of, line.tenths) == (visits, None, 10 * points)


def test_the_countys_own_satisfaction_counts() -> None:
    """Silence as no where the county says so: 1 of 4 instead of 1 of 3, rounded half up."""
    strict = replace(county(), digest=replace(county().digest, satisfaction=Satisfaction.LOWEST_CASE))
    assert tenths(card_of(figures(ROADS, 20, 30), strict))["satisfied"] == 38


def test_what_nothing_measures_is_told_apart_from_what_no_case_speaks_of() -> None:
    """In a card of before false closures were counted; signing in time was, but no such limit fell in the period."""
    card = card_of(figures(ROADS, 1, 1), county())
    assert unmeasured(card.lines) == ()
    then = written(card).replace("false_closure:10:0:-:0", "false_closure:10:-:-:-")
    assert then != written(card)
    assert [line.indicator for line in unmeasured(read_lines(then, card))] == ["false_closure"]


def test_units_with_too_few_cases_come_after_all_that_are_compared() -> None:
    """Three of three never stands above ninety of a hundred; of the few, who has most cases comes first."""
    cards = cards_of(digest(figures(SCHOOLS, 3, 3), figures(ROADS, 60, 100), figures(WATER, 90, 100)), county())
    assert [card.unit for card in cards] == [WATER, ROADS, SCHOOLS]


def test_a_unit_without_a_case_has_an_empty_card() -> None:
    """Nothing earned, nothing lost, and nothing to be earned but by going out."""
    card = empty_card(ROADS, county())
    assert (card.tenths, card.possible, card.closed) == (0, 5, 0)
    assert card.share == 0
