"""A channel's silence is measured against stretches of time that are like the last one: on like days, as many at work."""

from __future__ import annotations

from datetime import date

from bot.rules.warning_surge import SILENT_DAYS
from bot.rules.watched import silent_windows
from tests.support.hours import QAPQAL


def test_weeks_with_other_working_days_are_no_measure() -> None:
    """Before the week to 18 October lie two of National Day, one of Mid-Autumn and one of six days at work: none counts."""
    by_week = [number for number in range(1, 9) for _ in range(7)]
    windows = dict(zip(SILENT_DAYS, silent_windows(by_week, date(2026, 10, 18), QAPQAL, len(by_week)), strict=True))
    assert windows[7] == [7 * 1, 7 * 6, 7 * 7, 7 * 8]


def test_days_that_the_county_has_not_counted_are_none() -> None:
    """A week that began before it counted is not nought of anything."""
    windows = dict(zip(SILENT_DAYS, silent_windows([1] * 56, date(2026, 10, 18), QAPQAL, 48), strict=True))
    assert windows[7] == [7, 7]
