"""The working calendar: which days and instants are office hours, and counting through them in both directions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from holidays import list_supported_countries
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendar import Calendar
from bot.rules.national import countries
from tests.support.hours import (
    BERLIN,
    BERLIN_OFFICE,
    CALENDARS,
    EVERY_DAY,
    MONDAY_TO_FRIDAY,
    NIGHT_SHIFT,
    QAPQAL,
    SHANGHAI,
    holiday,
    hours,
    season,
    shown,
    wall,
)

facts = settings(deadline=None, max_examples=60)
calendars = st.sampled_from(CALENDARS)
instants = st.datetimes(datetime(2025, 11, 1), datetime(2027, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis wants naive bounds)
runnings = st.timedeltas(timedelta(0), timedelta(hours=300))
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("first", "last", "working"),
    [
        # 元旦 2026: 1 to 3 January off, Sunday the 4th worked.
        ("2025-12-31", "2026-01-05", "100011"),
        # 春节 2026: 15 to 23 February off, Saturdays 14 and 28 worked.
        ("2026-02-13", "2026-02-28", "11" + "0" * 9 + "11111"),
        # 肉孜节: Friday 20 March, then a weekend.
        ("2026-03-19", "2026-03-23", "10001"),
        # 劳动节: 1 to 5 May off, Saturday 9 worked.
        ("2026-04-30", "2026-05-10", "10000011110"),
        # 古尔邦节: Wednesday 27 to Friday 29 May, then a weekend; 西迁节 Wednesday 3 June.
        ("2026-05-26", "2026-06-04", "1000001101"),
        # 中秋节 on Friday 25 September; Sunday 20 is worked for 国庆.
        ("2026-09-19", "2026-09-28", "0111110001"),
        # 国庆 2026: 1 to 7 October off, Saturday 10 worked.
        ("2026-09-30", "2026-10-12", "1000000011101"),
    ],
)
def test_the_state_council_decides_which_days_are_worked(first: str, last: str, working: str) -> None:
    """The notice for 2026 and the county's own holidays give these days, one digit each."""
    first_on, last_on = date.fromisoformat(first), date.fromisoformat(last)
    days = [first_on + timedelta(days=day) for day in range((last_on - first_on).days + 1)]
    assert "".join(str(int(QAPQAL.is_working_day(on))) for on in days) == working


def test_the_county_has_the_last_word() -> None:
    """A regional holiday takes a national make-up workday off; an extra workday is worked even on a holiday."""
    county = hours(
        SHANGHAI,
        "CN",
        season("01-01", "09:00-17:00"),
        holidays=(holiday("2026-10-10", "开斋"), holiday("2026-11-24", "日")),
        extra_workdays=frozenset({date(2026, 10, 7), date(2026, 11, 22), date(2026, 11, 24)}),
    )
    calendar = Calendar.of(county)
    days = [date(2026, 10, 10), date(2026, 10, 7), date(2026, 11, 22), date(2026, 11, 24)]
    assert [calendar.is_working_day(on) for on in days] == [False, True, True, True]


@pytest.mark.parametrize(
    ("on", "periods"),
    [
        ("2026-04-30", "10:00-14:00 15:30-19:30"),
        ("2026-05-06", "10:00-14:00 16:00-20:00"),
        ("2026-09-30", "10:00-14:00 16:00-20:00"),
        ("2026-10-08", "10:00-14:00 15:30-19:30"),
        ("2026-12-31", "10:00-14:00 15:30-19:30"),
        ("2027-01-04", "10:00-14:00 15:30-19:30"),
        ("2026-10-01", ""),
    ],
)
def test_a_season_lasts_until_the_next_begins_and_over_new_year(on: str, periods: str) -> None:
    """Summer hours are kept from 1 May to 30 September, winter hours for the rest."""
    times = [
        (shown(opens_at)[11:], shown(closes_at)[11:]) for opens_at, closes_at in QAPQAL.periods_on(date.fromisoformat(on))
    ]
    assert " ".join("-".join(period) for period in times) == periods


def test_years_without_a_published_list_are_estimated() -> None:
    """For 2026 the State Council's swaps are known, for 2027 they are not; German holidays are fixed by law."""
    assert not QAPQAL.is_estimated(date(2026, 12, 31))
    assert QAPQAL.is_estimated(date(2027, 1, 4))
    assert QAPQAL.is_estimated_between(date(2026, 12, 28), date(2027, 1, 1))
    assert not QAPQAL.is_estimated_between(date(2025, 1, 1), date(2026, 12, 31))
    assert not BERLIN_OFFICE.is_estimated(date(2035, 1, 4))


def test_a_regional_holiday_may_be_estimated_in_a_published_year() -> None:
    """The day itself is estimated, its neighbours are not."""
    county = hours(BERLIN, "DE", season("01-01", "09:00-17:00"), holidays=(holiday("2026-06-10", "节", is_estimated=True),))
    calendar = Calendar.of(county)
    assert [calendar.is_estimated(date(2026, 6, day)) for day in (9, 10, 11)] == [False, True, False]
    assert calendar.is_estimated_between(date(2026, 6, 1), date(2026, 6, 10))


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-24 09:59:59.999999", "2026-11-24 10:00"),
        ("2026-11-24 10:00", "2026-11-24 10:00"),
        ("2026-11-24 13:59:59", "2026-11-24 13:59:59"),
        ("2026-11-24 14:00", "2026-11-24 15:30"),  # a closing instant is no longer open
        ("2026-11-24 19:30", "2026-11-25 10:00"),
        ("2026-11-27 19:30", "2026-11-30 10:00"),
        ("2026-12-31 19:30", "2027-01-04 10:00"),
        ("2026-09-30 20:00", "2026-10-08 10:00"),
        ("2026-05-26 22:00", "2026-06-01 10:00"),
    ],
)
def test_the_next_opening(at: str, opens: str) -> None:
    """An open instant stays; any other moves to the next period, over nights, weekends, holidays and new year."""
    assert shown(QAPQAL.next_opening(wall(at))) == opens
    assert QAPQAL.is_open(wall(at)) is (at == opens)


@pytest.mark.parametrize(
    ("at", "back"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00"),
        ("2026-11-24 09:59", "2026-11-23 19:29:59"),
        ("2026-11-24 14:00", "2026-11-24 13:59:59"),
        ("2026-11-24 15:00", "2026-11-24 13:59:59"),
        ("2026-10-05 12:00", "2026-09-30 19:59:59"),
        ("2027-01-03 12:00", "2026-12-31 19:29:59"),
    ],
)
def test_the_latest_open_instant(at: str, back: str) -> None:
    """An open instant stays; any other moves back to one second before the last closing."""
    assert shown(QAPQAL.latest_open(wall(at))) == back


def test_the_end_of_a_day_and_the_day_after() -> None:
    """A working day ends when its last period does; the working day after it may be far."""
    assert shown(QAPQAL.end_of_day(date(2026, 9, 30))) == "2026-09-30 20:00"
    assert QAPQAL.next_working_day(date(2026, 9, 30)) == date(2026, 10, 8)
    assert QAPQAL.next_working_day(date(2026, 12, 31)) == date(2027, 1, 4)
    with pytest.raises(ValueError, match="2026-10-01"):
        QAPQAL.end_of_day(date(2026, 10, 1))


@pytest.mark.parametrize(
    ("on", "night"),
    [
        # Spring: the clock jumps from 02:00 to 03:00, so the shift from 00:00 to 02:30 ends at the jump, 01:00 UTC.
        ("2026-03-28", [("2026-03-27T23:00", "2026-03-28T01:30"), ("2026-03-28T19:00", "2026-03-28T23:00")]),
        ("2026-03-29", [("2026-03-28T23:00", "2026-03-29T01:00"), ("2026-03-29T18:00", "2026-03-29T22:00")]),
        # Autumn: 02:00 to 03:00 comes twice; the shift ends when it is 02:30 for the first time, 00:30 UTC.
        ("2026-10-25", [("2026-10-24T22:00", "2026-10-25T00:30"), ("2026-10-25T19:00", "2026-10-25T23:00")]),
    ],
)
def test_office_hours_follow_the_wall_clock_when_it_changes(on: str, night: list[tuple[str, str]]) -> None:
    """Periods are wall time, instants are not: a shift may be shorter on the night the clocks change."""
    found = NIGHT_SHIFT.periods_on(date.fromisoformat(on))
    assert [(opens_at.isoformat()[:16], closes_at.isoformat()[:16]) for opens_at, closes_at in found] == night


def test_a_period_that_the_clock_change_swallows_is_not_worked() -> None:
    """Berlin, 29 March 2026: nobody is at work between 02:15 and 02:45; Samoa had no 30 December 2011 at all."""
    calendar = Calendar.of(hours(BERLIN, "DE", season("01-01", "02:15-02:45"), weekdays=EVERY_DAY))
    assert not calendar.is_working_day(date(2026, 3, 29))
    assert shown(calendar.add_running(wall("2026-03-28 02:15", BERLIN), HOUR), BERLIN) == "2026-03-30 02:45"
    samoa = Calendar.of(hours(type(BERLIN)("Pacific/Apia"), "WS", season("01-01", "09:00-17:00"), weekdays=MONDAY_TO_FRIDAY))
    assert [samoa.is_working_day(date(2011, 12, day)) for day in (29, 30)] == [True, False]


def test_hours_that_never_come_are_refused() -> None:
    """Without a weekday, a season or a period nothing would fall due; an unknown country has no holidays to look up."""
    without_days = hours(SHANGHAI, "CN", season("01-01", "09:00-17:00"), weekdays=frozenset())
    for empty in (without_days, hours(SHANGHAI, "CN"), hours(SHANGHAI, "CN", season("01-01"))):
        with pytest.raises(ValueError, match="at least one weekday"):
            Calendar.of(empty)
    with pytest.raises(ValueError, match="'XX'"):
        Calendar.of(hours(SHANGHAI, "XX", season("01-01", "09:00-17:00")))


def test_the_countries_are_those_whose_holidays_can_be_looked_up() -> None:
    """The package's short list of names and what it can really tell are the same, abbreviations and aliases included."""
    assert countries() == set(list_supported_countries())
    assert {"CN", "CHN", "DE"} <= countries()


@pytest.mark.parametrize(
    ("at", "working_days", "back"),
    [
        ("2026-11-25 11:15", 1, "2026-11-24 11:15"),
        ("2026-11-25 10:00", 1, "2026-11-24 10:00"),
        ("2026-11-25 15:30", 1, "2026-11-24 15:30"),
        # A closing instant stays one; in the break and at night it is the one before.
        ("2026-11-25 14:00", 1, "2026-11-24 14:00"),
        ("2026-11-25 15:00", 1, "2026-11-24 14:00"),
        ("2026-11-25 19:30", 1, "2026-11-24 19:30"),
        ("2026-11-25 23:00", 1, "2026-11-24 19:30"),
        ("2026-11-30 19:30", 1, "2026-11-27 19:30"),
        # Summer closes later; 9, 8 October, 30, 29 September.
        ("2026-10-08 19:30", 1, "2026-09-30 20:00"),
        ("2026-10-09 16:30", 3, "2026-09-29 17:00"),
        # The first working day of 2026 is Sunday, 4 January, made up.
        ("2026-01-04 19:30", 1, "2025-12-31 19:30"),
        ("2026-01-05 11:00", 2, "2025-12-31 11:00"),
    ],
)
def test_working_days_back_by_hand(at: str, working_days: int, back: str) -> None:
    """The same place in an earlier working day."""
    assert shown(QAPQAL.subtract_working_days(wall(at), working_days)) == back


def test_the_same_place_in_a_day_without_a_break() -> None:
    """Noon ends the first period of 25 November and lies in the middle of the day before."""
    calendar = Calendar.of(
        hours(SHANGHAI, "CN", season("01-01", "09:00-17:00"), season("11-25", "09:00-12:00", "13:00-18:00"))
    )
    assert shown(calendar.subtract_working_days(wall("2026-11-25 12:00"), 1)) == "2026-11-24 12:00"
    assert shown(calendar.subtract_working_days(wall("2026-11-25 18:00"), 1)) == "2026-11-24 17:00"


@pytest.mark.parametrize(
    ("at", "back"),
    [
        ("2026-11-24 12:00", "2026-11-24 12:00"),
        ("2026-11-24 14:00", "2026-11-24 14:00"),
        ("2026-11-24 15:00", "2026-11-24 14:00"),
        ("2026-11-28 12:00", "2026-11-27 19:30"),
    ],
)
def test_nothing_subtracted_is_the_last_moment_of_work(at: str, back: str) -> None:
    """Now, in office hours or as they end; else when they last ended."""
    assert shown(QAPQAL.subtract_running(wall(at), timedelta(0))) == back


def test_the_order_in_which_hours_are_written_does_not_matter() -> None:
    """Seasons and periods are put in order, and what two periods share is worked once."""
    tidy = Calendar.of(hours(SHANGHAI, "CN", season("05-01", "08:00-12:00"), season("10-01", "09:00-12:00", "13:00-18:00")))
    untidy = Calendar.of(
        hours(SHANGHAI, "CN", season("10-01", "15:00-18:00", "13:00-16:00", "09:00-12:00"), season("05-01", "08:00-12:00"))
    )
    for on in (date(2026, 3, 2), date(2026, 6, 2), date(2026, 11, 24)):
        opens_at, closes_at = tidy.periods_on(on)[0][0], tidy.end_of_day(on)
        assert untidy.running_between(opens_at, closes_at) == tidy.running_between(opens_at, closes_at)
        assert untidy.periods_on(on)[0] == tidy.periods_on(on)[0]


@facts
@given(calendars, instants)
def test_open_is_what_the_wall_clock_says(calendar: Calendar, at: datetime) -> None:
    """Independently of any table: a working day's date, and a local time within one of its periods."""
    assert calendar.is_open(at) is any(
        opens_at <= at < closes_at for opens_at, closes_at in calendar.periods_on(calendar.local_date(at))
    )


@facts
@given(st.sampled_from([QAPQAL, BERLIN_OFFICE]), instants)
def test_opening_times_are_local_times(calendar: Calendar, at: datetime) -> None:
    """Summer or winter, a period opens and closes at the local times that the county wrote down."""
    written = {time for each in calendar.seasons for period in each.periods for time in (period.opens, period.closes)}
    for instant in (instant for period in calendar.periods_on(calendar.local_date(at)) for instant in period):
        assert instant.astimezone(calendar.zone).time() in written


@facts
@given(calendars, instants, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_time_between_is_the_sum_of_the_hours_between(calendar: Calendar, start_at: datetime, apart: timedelta) -> None:
    """Adding up every period's overlap, day by day, gives the same; the wrong way round it is negative."""
    end_at = start_at + apart
    days = range((apart + timedelta(days=3)).days)
    first_on = calendar.local_date(start_at) - timedelta(days=1)
    overlaps = (
        min(closes_at, end_at) - max(opens_at, start_at)
        for day in days
        for opens_at, closes_at in calendar.periods_on(first_on + timedelta(days=day))
    )
    assert calendar.running_between(start_at, end_at) == sum((o for o in overlaps if o > timedelta(0)), timedelta(0))
    assert calendar.running_between(end_at, start_at) == -calendar.running_between(start_at, end_at)


@facts
@given(calendars, instants, runnings)
def test_adding_and_measuring_agree(calendar: Calendar, at: datetime, running: timedelta) -> None:
    """What is added is what lies between, and it ends in working time or just as it closes."""
    end_at = calendar.add_running(at, running)
    assert calendar.running_between(at, end_at) == running
    assert end_at >= at
    assert calendar.is_open(end_at) or calendar.is_open(end_at - timedelta(microseconds=1))


@facts
@given(calendars, instants, runnings, runnings)
def test_adding_twice_is_adding_the_sum(calendar: Calendar, at: datetime, one: timedelta, other: timedelta) -> None:
    """Working time may be counted in pieces."""
    assert calendar.add_running(calendar.add_running(at, one), other) == calendar.add_running(at, one + other)


@facts
@given(calendars, instants, runnings)
def test_subtracting_undoes_adding(calendar: Calendar, at: datetime, running: timedelta) -> None:
    """The way back ends at the same position in working time, if not at the same instant."""
    back_at = calendar.subtract_running(calendar.add_running(at, running), running)
    assert calendar.running_between(back_at, at) == timedelta(0)
    assert not running or calendar.is_open(back_at)


@facts
@given(calendars, instants, runnings)
def test_subtracting_and_measuring_agree(calendar: Calendar, at: datetime, running: timedelta) -> None:
    """What is subtracted is what lies between, and the instant is not after the one counted from."""
    start_at = calendar.subtract_running(at, running)
    assert calendar.running_between(start_at, at) == running
    assert start_at <= at


@facts
@given(calendars, instants, st.timedeltas(timedelta(0), timedelta(days=5)), runnings)
def test_a_later_start_never_ends_earlier(calendar: Calendar, at: datetime, later: timedelta, running: timedelta) -> None:
    """Counting keeps the order of instants, in both directions."""
    assert calendar.add_running(at, running) <= calendar.add_running(at + later, running)
    assert calendar.subtract_running(at, running) <= calendar.subtract_running(at + later, running)


@facts
@given(st.sampled_from([QAPQAL, BERLIN_OFFICE]), instants, st.integers(0, 40))
def test_working_days_are_counted_by_dates(calendar: Calendar, at: datetime, working_days: int) -> None:
    """So many dates with office hours lie after the start's and up to the end's."""
    start_at, end_at = calendar.next_opening(at), calendar.add_working_days(at, working_days)
    on, end_on = calendar.local_date(start_at), calendar.local_date(end_at)
    counted = 0
    while on < end_on:
        on = calendar.next_working_day(on)
        counted += 1
    assert counted == working_days


@facts
@given(st.sampled_from([QAPQAL, BERLIN_OFFICE]), instants, st.integers(0, 40))
def test_working_days_back_undo_working_days_on(calendar: Calendar, at: datetime, working_days: int) -> None:
    """Where all days are equally long, the way back ends where the way on began."""
    start_at = calendar.next_opening(at)
    assert calendar.subtract_working_days(calendar.add_working_days(at, working_days), working_days) == start_at


@facts
@given(calendars, instants)
def test_moving_into_hours_never_goes_the_wrong_way(calendar: Calendar, at: datetime) -> None:
    """Forwards to an opening, backwards to before a closing, and both are open."""
    assert calendar.latest_open(at) <= at <= calendar.next_opening(at)
    assert calendar.is_open(calendar.latest_open(at))
    assert calendar.is_open(calendar.next_opening(at))


def test_time_does_not_run_backwards() -> None:
    """A negative length is a mistake of the caller."""
    for count in (QAPQAL.add_running, QAPQAL.subtract_running):
        with pytest.raises(ValueError, match="only time"):
            count(wall("2026-11-24 12:00"), -HOUR)
