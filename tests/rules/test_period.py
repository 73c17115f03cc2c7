"""Periods tile the county's time: no instant is in two weeks, none in no week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.period import ALLOWED, Period, Stretch, parse_period, period_of, week_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = [
    SHANGHAI,
    ZoneInfo("Asia/Urumqi"),
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("America/Sao_Paulo"),  # clocks skipped midnight until 2018
    ZoneInfo("Asia/Beirut"),  # and still do
    ZoneInfo("Australia/Lord_Howe"),  # by half an hour
    ZoneInfo("Pacific/Apia"),  # left out 30 December 2011
]
zones = st.sampled_from(ZONES)
years = st.integers(1971, 2998)
texts = st.one_of(
    st.builds("{:04d}-W{:02d}".format, years, st.integers(1, 52)),
    st.builds("{:04d}-{:02d}".format, years, st.integers(1, 12)),
    st.builds("{:04d}-Q{}".format, years, st.integers(1, 4)),
    st.builds("{:04d}".format, years),
)
instants = st.datetimes(datetime(1971, 1, 1), datetime(2098, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001 (drawn naive)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("2026-W47", "2026-11-15T16:00+00:00", "2026-11-22T16:00+00:00"),
        ("2026-W53", "2026-12-27T16:00+00:00", "2027-01-03T16:00+00:00"),
        ("2026-W01", "2025-12-28T16:00+00:00", "2026-01-04T16:00+00:00"),
        ("2026-11", "2026-10-31T16:00+00:00", "2026-11-30T16:00+00:00"),
        ("2026-Q4", "2026-09-30T16:00+00:00", "2026-12-31T16:00+00:00"),
        ("2026", "2025-12-31T16:00+00:00", "2026-12-31T16:00+00:00"),
    ],
)
def test_a_period_runs_from_local_midnight_to_local_midnight(text: str, begins: str, ends: str) -> None:
    """In Shanghai midnight is 16:00 UTC of the day before."""
    expected = Period(text, datetime.fromisoformat(begins), datetime.fromisoformat(ends), SHANGHAI)
    assert parse_period(text, SHANGHAI) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "2026-W00",
        "2025-W53",
        "2026-W54",
        "2026-W7",
        "2026-w47",
        "2026-00",
        "2026-13",
        "2026-1",
        "2026-Q0",
        "2026-Q5",
        "2026-Q04",
        "2026-11-24",
        "2026-",
        " 2026",
        "2026\n",
        "２０２６",
        "1969",
        "3000",
    ],
)
def test_what_is_no_period_is_answered_with_what_is_allowed(text: str) -> None:
    """Week 53 of a year that has only 52 is no period either."""
    with pytest.raises(ValueError, match="2026-W47") as caught:
        parse_period(text, SHANGHAI)
    assert str(caught.value) == ALLOWED


@given(st.integers(1970, 2999))
def test_week_53_is_there_only_in_years_that_have_it(year: int) -> None:
    """28 December is always in a year's last ISO week."""
    text = f"{year}-W53"
    if date(year, 12, 28).isocalendar().week == 53:
        assert parse_period(text, SHANGHAI).text == text
    else:
        with pytest.raises(ValueError, match="2026-W47"):
            parse_period(text, SHANGHAI)


@given(texts, zones)
def test_the_previous_period_ends_where_this_one_begins(text: str, zone: ZoneInfo) -> None:
    """It is of the same length in the calendar, and can be written and read again."""
    period = parse_period(text, zone)
    before = period.previous()
    assert before.ends_at == period.begins_at
    assert before.begins_at < before.ends_at
    assert len(before.text) == len(period.text)
    assert parse_period(before.text, zone) == before


@given(st.integers(1971, 2998), zones)
def test_weeks_months_and_quarters_fill_time_without_gaps(year: int, zone: ZoneInfo) -> None:
    """Twelve months and four quarters are the year; the weeks follow each other into it."""
    whole = parse_period(str(year), zone)
    months = [parse_period(f"{year}-{month:02d}", zone) for month in range(1, 13)]
    quarters = [parse_period(f"{year}-Q{quarter}", zone) for quarter in range(1, 5)]
    weeks = parse_period(f"{year + 1}-W01", zone).earlier(52)[::-1]
    for parts in (months, quarters, weeks):
        assert all(earlier.ends_at == later.begins_at for earlier, later in pairwise(parts))
    for parts in (months, quarters):
        assert (parts[0].begins_at, parts[-1].ends_at) == (whole.begins_at, whole.ends_at)
    assert [quarter.begins_at for quarter in quarters] == [month.begins_at for month in months[::3]]


@given(instants, zones)
def test_every_instant_is_in_exactly_the_week_it_is_said_to_be_in(at: datetime, zone: ZoneInfo) -> None:
    """Also in the hours around a change of clocks."""
    week = week_of(at, zone)
    assert week.begins_at <= at < week.ends_at
    assert week_of(week.begins_at, zone) == week
    assert week_of(week.ends_at, zone).previous() == week
    assert parse_period(week.text, zone) == week


def test_a_week_is_shorter_when_the_clocks_go_forward() -> None:
    """The week of 23 March 2026 has 167 hours in Berlin."""
    week = parse_period("2026-W13", ZoneInfo("Europe/Berlin"))
    assert week.ends_at - week.begins_at == timedelta(hours=167)


def test_a_week_begins_at_the_jump_when_there_is_no_midnight() -> None:
    """Sao Paulo had no midnight on Sunday 4 November 2018, and Beirut had none on Sunday 29 March 2026."""
    month = parse_period("2026-W14", ZoneInfo("Asia/Beirut"))
    assert month.previous().ends_at - month.previous().begins_at == timedelta(hours=167)
    assert week_of(datetime(2018, 11, 4, 3, tzinfo=UTC), ZoneInfo("America/Sao_Paulo")).text == "2018-W44"


@given(texts, zones)
def test_the_next_period_begins_where_this_one_ends(text: str, zone: ZoneInfo) -> None:
    """And the one before the next is this one again, of the same length."""
    period = parse_period(text, zone)
    assert period.next().begins_at == period.ends_at
    assert period.next().previous() == period
    assert period.next().stretch is period.stretch


@given(texts, zones, st.integers(0, 20))
def test_earlier_periods_are_of_the_same_length_without_gaps(text: str, zone: ZoneInfo, count: int) -> None:
    """The nearest first, each ending where the one after it begins."""
    period = parse_period(text, zone)
    earlier = period.earlier(count)
    assert len(earlier) == count
    assert {each.stretch for each in earlier} <= {period.stretch}
    assert all(later.begins_at == before.ends_at for later, before in pairwise((period, *earlier)))


@given(instants, zones, st.sampled_from(Stretch))
def test_every_instant_lies_in_one_period_of_each_length(at: datetime, zone: ZoneInfo, stretch: Stretch) -> None:
    """Which is of that length and can be written and read again."""
    period = period_of(stretch, at, zone)
    assert period.begins_at <= at < period.ends_at
    assert period.stretch is stretch
    assert parse_period(period.text, zone) == period


@pytest.mark.parametrize(("text", "stretch"), [*zip(("2026-W47", "2026-11", "2026-Q4", "2026"), Stretch, strict=True)])
def test_a_period_says_how_long_it_is(text: str, stretch: Stretch) -> None:
    """By the way it is written."""
    assert parse_period(text, SHANGHAI).stretch is stretch
