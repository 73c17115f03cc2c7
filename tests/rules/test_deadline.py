"""Limits, worked out by hand on a paper calendar, and the facts that hold for all of them.

Sample county, local time (UTC+8 all year). Winter hours (1 October to 30 April) 10:00-14:00 and 15:30-19:30, summer hours
10:00-14:00 and 16:00-20:00: eight hours a day, four of them in the morning. 24 November 2026 is a Tuesday.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendar import Calendar
from bot.rules.deadline import deadline_for, is_estimated, limit, months_later
from bot.rules.length import Length
from tests.support.hours import (
    BERLIN,
    BERLIN_OFFICE,
    CALENDARS,
    CLASSES,
    NIGHT_SHIFT,
    QAPQAL,
    SHANGHAI,
    deadline_class,
    holiday,
    hours,
    length,
    season,
    shown,
    wall,
)

facts = settings(deadline=None, max_examples=60)
instants = st.datetimes(datetime(2025, 11, 1), datetime(2027, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis wants naive bounds)
calendars = st.sampled_from(CALENDARS)
lengths = st.builds(
    lambda number, unit: length(f"{number}{unit}"), st.integers(1, 70), st.sampled_from(["min", "h", "d", "cd", "mo"])
)

RUNNING = [
    # A morning is 10:00-14:00.
    ("2026-11-24 10:30", "2h", "2026-11-24 12:30"),
    # Two hours end exactly as the morning does: 14:00, not 15:30.
    ("2026-11-24 12:00", "2h", "2026-11-24 14:00"),
    # One hour until 14:00, one from 15:30.
    ("2026-11-24 13:00", "2h", "2026-11-24 16:30"),
    # A start at the closing instant, or in the break, is 15:30.
    ("2026-11-24 14:00", "2h", "2026-11-24 17:30"),
    ("2026-11-24 14:40", "2h", "2026-11-24 17:30"),
    # One hour until 19:30, three on Wednesday morning.
    ("2026-11-24 18:30", "4h", "2026-11-25 13:00"),
    # Filed at midnight: the clock starts at 10:00.
    ("2026-11-25 00:00", "2h", "2026-11-25 12:00"),
    # Filed on a Saturday: it starts on Monday the 30th.
    ("2026-11-28 12:00", "2h", "2026-11-30 12:00"),
    # Friday at closing: Monday, half an hour after opening.
    ("2026-11-27 19:30", "30min", "2026-11-30 10:30"),
    # Summer closes at 20:00: one hour on 30 September, 国庆, one hour on 8 October.
    ("2026-09-30 19:00", "2h", "2026-10-08 11:00"),
    # Winter closes at 19:30: one hour on 30 April, 劳动节 until the 5th, three hours on Wednesday 6 May.
    ("2026-04-30 18:30", "4h", "2026-05-06 13:00"),
    # Three working days of eight hours: Tuesday, Wednesday, Thursday.
    ("2026-11-24 10:00", "24h", "2026-11-26 19:30"),
    # Seconds and microseconds are kept.
    ("2026-11-24 13:59:59.250000", "1min", "2026-11-24 15:30:59.250000"),
    # Nothing at all on a Saturday is Monday's opening; in office hours, now.
    ("2026-11-28 12:00", "0h", "2026-11-30 10:00"),
    ("2026-11-24 12:00", "0h", "2026-11-24 12:00"),
    ("2026-11-24 14:00", "0h", "2026-11-24 14:00"),
    # The last hour of the year ends with it; the one after is on Monday 4 January.
    ("2026-12-31 18:30", "1h", "2026-12-31 19:30"),
    ("2026-12-31 18:30", "2h", "2027-01-04 11:00"),
]

WORKING_DAYS = [
    ("2026-11-24 11:15", "1d", "2026-11-25 11:15"),
    # At the morning's close the position is that of 15:30; at the day's close that of the next morning.
    ("2026-11-24 14:00", "1d", "2026-11-25 15:30"),
    ("2026-11-24 19:30", "1d", "2026-11-26 10:00"),
    ("2026-11-27 17:00", "1d", "2026-11-30 17:00"),
    # Filed on Saturday 19 September: Sunday the 20th is a make-up workday, then Monday.
    ("2026-09-19 12:00", "1d", "2026-09-21 10:00"),
    # 中秋 weekend: starts Mon 28; Tue 29 (1) Wed 30 (2) 国庆 Thu 8 (3) Fri 9 (4) Sat 10, made up (5).
    ("2026-09-26 12:00", "5d", "2026-10-10 10:00"),
    # Position five hours (17:00 in summer); 8 9 10 12 13 October; five hours are 16:30 in winter.
    ("2026-09-30 17:00", "5d", "2026-10-13 16:30"),
    # Season change the other way: five hours are 16:30 on 30 April and 17:00 on 6 May.
    ("2026-04-30 16:30", "1d", "2026-05-06 17:00"),
    # 春节: Sat 14 Feb made up (1), 15-23 off, 24 25 26 27 (5), Sat 28 made up (6), Mon 2 March (7).
    ("2026-02-13 11:00", "7d", "2026-03-02 11:00"),
    # Filed on New Year's Day of the lunar year: starts on the 24th.
    ("2026-02-17 09:00", "1d", "2026-02-25 10:00"),
    # 古尔邦节 27-29 May and its weekend; Mon 1 (1), Tue 2 (2), 西迁节 3 June, Thu 4 (3).
    ("2026-05-26 17:00", "3d", "2026-06-04 17:00"),
    # 16 17 18 (3) Sun 20 (4) 21-24 (8) 中秋 28 29 30 (11) 国庆 8 9 10 (14) Mon 12 (15).
    ("2026-09-15 10:30", "15d", "2026-10-12 10:30"),
    # No day at all is the start, in working time.
    ("2026-11-28 12:00", "0d", "2026-11-30 10:00"),
]

CALENDAR_TIME = [
    # 5 June + 15 = Saturday 20 June, after 端午 on Friday: Monday 22, summer close.
    ("2026-06-05 11:00", "15cd", "2026-06-22 20:00"),
    # 4 June + 15 = Friday 19 June, 端午 itself; filed a minute before midnight still counts as the 4th.
    ("2026-06-04 23:59", "15cd", "2026-06-22 20:00"),
    # 21 September + 15 = 6 October, in 国庆: Thursday 8, winter close.
    ("2026-09-21 10:00", "15cd", "2026-10-08 19:30"),
    # 4 August: 27 days left in August, 30 in September, 3 more: Saturday 3 October, in 国庆.
    ("2026-08-04 12:00", "60cd", "2026-10-08 19:30"),
    # 1 April: 29 days left in April, 31 in May: Sunday 31 May, so Monday 1 June.
    ("2026-04-01 10:00", "60cd", "2026-06-01 20:00"),
    # 6 left in November, 31 in December, 23 in January 2027, a Saturday: Monday the 25th.
    ("2026-11-24 10:00", "60cd", "2027-01-25 19:30"),
    # Half past midnight here is still the day before in UTC: 24 November + 15 = Wednesday 9 December.
    ("2026-11-24 00:30", "15cd", "2026-12-09 19:30"),
    # Friday + 1 = Saturday: Monday. A make-up Saturday is a working day: 9 October + 1 = 10 October.
    ("2026-11-27 23:59", "1cd", "2026-11-30 19:30"),
    ("2026-10-09 10:00", "1cd", "2026-10-10 19:30"),
    # 31 January has no counterpart in February: the 28th, in 2026 a make-up Saturday, in 2027 a Sunday.
    ("2026-01-31 12:00", "1mo", "2026-02-28 19:30"),
    ("2027-01-31 12:00", "1mo", "2027-03-01 19:30"),
    ("2026-03-31 12:00", "1mo", "2026-04-30 19:30"),
    # Two years from 28 February 2026 is a Monday.
    ("2026-02-28 12:00", "24mo", "2028-02-28 19:30"),
    # December + 1 month crosses the year: 15 January 2027 is a Friday.
    ("2026-12-15 12:00", "1mo", "2027-01-15 19:30"),
]


@pytest.mark.parametrize(("start", "text", "end"), [*RUNNING, *WORKING_DAYS, *CALENDAR_TIME])
def test_a_limit_by_hand(start: str, text: str, end: str) -> None:
    """As a careful clerk would count it in the sample county."""
    assert shown(limit(wall(start), length(text), QAPQAL, round_the_clock=False)) == end


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        # Saturday night in 国庆: nobody is at the office, the clock runs.
        ("2026-10-03 23:30", "2h", "2026-10-04 01:30"),
        ("2026-10-01 09:00", "24h", "2026-10-02 09:00"),
        ("2026-12-31 23:45", "30min", "2027-01-01 00:15"),
        # Days and months are what they are in any class.
        ("2026-11-28 12:00", "1d", "2026-12-01 10:00"),
        ("2026-11-27 23:59", "1cd", "2026-11-30 19:30"),
    ],
)
def test_a_limit_round_the_clock_by_hand(start: str, text: str, end: str) -> None:
    """Minutes and hours are real ones, day and night."""
    assert shown(limit(wall(start), length(text), QAPQAL, round_the_clock=True)) == end


@pytest.mark.parametrize(
    ("start", "text", "end_utc"),
    [
        # Friday 16:00 CET; one hour until 17:00, three on Monday from 09:00 (12:00 CEST is 10:00 UTC).
        ("2026-03-27 16:00", "4h", "2026-03-30T10:00"),
        # 10:00 CET on Friday is 10:00 CEST on Monday.
        ("2026-03-27 10:00", "1d", "2026-03-30T08:00"),
        # And back: 10:00 CEST on Friday 23 October is 10:00 CET on Monday.
        ("2026-10-23 10:00", "1d", "2026-10-26T09:00"),
        # Karfreitag 3 April and Ostermontag 6 April.
        ("2026-04-02 10:00", "1d", "2026-04-07T08:00"),
        # 25 September + 60 = 24 November, 17:00 CET.
        ("2026-09-25 10:00", "60cd", "2026-11-24T16:00"),
    ],
)
def test_a_limit_across_a_clock_change_by_hand(start: str, text: str, end_utc: str) -> None:
    """Berlin, 09:00-12:00 and 13:00-17:00 on the wall, whatever the offset."""
    found = limit(wall(start, BERLIN), length(text), BERLIN_OFFICE, round_the_clock=False)
    assert found == datetime.fromisoformat(end_utc).replace(tzinfo=UTC)


def test_real_hours_do_not_care_about_clock_changes() -> None:
    """24 hours from Saturday noon in Berlin are over at 13:00 on the wall when the clocks go forward."""
    found = limit(wall("2026-03-28 12:00", BERLIN), length("24h"), BERLIN_OFFICE, round_the_clock=True)
    assert shown(found, BERLIN) == "2026-03-29 13:00"


def test_a_shorter_day_clips_the_position() -> None:
    """Seven hours into a day of eight is the end of a day of two."""
    short = Calendar.of(hours(SHANGHAI, "CN", season("01-01", "09:00-17:00"), season("11-25", "09:00-11:00")))
    assert shown(limit(wall("2026-11-24 16:00"), length("1d"), short, round_the_clock=False)) == "2026-11-25 11:00"
    assert shown(limit(wall("2026-11-24 10:30"), length("1d"), short, round_the_clock=False)) == "2026-11-25 10:30"


def test_the_classes_of_the_sample_county() -> None:
    """A complaint filed five minutes before closing has two hours to be signed for and seven working days."""
    deadline = deadline_for(CLASSES["complaint"], wall("2026-11-24 19:25"), QAPQAL)
    # 5 minutes, then 10:00 to 11:55; 25 26 27 30 November, 1 2 3 December.
    assert (shown(deadline.accept_at), shown(deadline.handle_at)) == ("2026-11-25 11:55", "2026-12-03 19:25")
    assert not deadline.is_estimated


@pytest.mark.parametrize(
    ("name", "filed", "estimated"),
    [
        ("complaint", "2026-12-16 10:00", False),  # seven working days end on 25 December
        ("complaint", "2026-12-28 10:00", True),  # they reach into 2027, whose swaps nobody knows yet
        ("petition", "2026-10-30 10:00", False),  # sixty days end on Tuesday 29 December
        ("petition", "2026-11-24 10:00", True),
        ("utility", "2026-12-31 20:00", False),  # real hours need no list
        ("emergency", "2027-02-10 20:00", False),
    ],
)
def test_a_limit_that_may_still_move_says_so(name: str, filed: str, *, estimated: bool) -> None:
    """Only limits that rest on an unpublished list are estimated."""
    assert deadline_for(CLASSES[name], wall(filed), QAPQAL).is_estimated is estimated


def test_a_day_is_a_working_day_in_any_class() -> None:
    """Days rest on the list even where hours are real ones; each of the two limits counts."""
    filed_at = wall("2026-12-31 20:00")
    slow, signed = deadline_class("slow", "2h", "1d", clock=True), deadline_class("signed", "1d", "2h", clock=True)
    assert deadline_for(slow, filed_at, QAPQAL).is_estimated
    assert deadline_for(signed, filed_at, QAPQAL).is_estimated


def test_calendar_days_rest_on_their_last_day_only() -> None:
    """A holiday estimated in between moves nothing when days are counted by the calendar; on the last day it does."""
    festival = holiday("2026-06-10", "节", is_estimated=True)
    calendar = Calendar.of(hours(BERLIN, "DE", season("01-01", "09:00-17:00"), holidays=(festival,)))
    start_at = wall("2026-06-01 10:00", BERLIN)
    resting = {}
    for text in ("8cd", "9cd", "15cd", "3d", "9d"):
        limit_at = limit(start_at, length(text), calendar, round_the_clock=False)
        resting[text] = is_estimated(start_at, limit_at, length(text), calendar, round_the_clock=False)
    assert resting == {"8cd": False, "9cd": True, "15cd": False, "3d": False, "9d": True}


@pytest.mark.parametrize(
    ("on", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-05-10", 0, "2026-05-10"),
    ],
)
def test_months_end_on_the_corresponding_day(on: str, months: int, later: str) -> None:
    """民法典第二百零二条: the corresponding day of the month, else its last."""
    assert months_later(date.fromisoformat(on), months) == date.fromisoformat(later)


def test_a_percentage_is_no_limit() -> None:
    """A share needs something to be a share of."""
    with pytest.raises(ValueError, match="50%"):
        limit(wall("2026-11-24 10:00"), length("50%"), QAPQAL, round_the_clock=False)


@facts
@given(calendar=calendars, start_at=instants, span=lengths, clock=st.booleans())
def test_a_limit_is_never_before_its_start(calendar: Calendar, start_at: datetime, span: Length, *, clock: bool) -> None:
    """Whatever is filed, whenever, has some time left."""
    assert limit(start_at, span, calendar, round_the_clock=clock) > start_at


@facts
@given(calendars, instants, lengths)
def test_a_limit_is_in_office_hours_or_their_end(calendar: Calendar, start_at: datetime, span: Length) -> None:
    """Nobody is late while the office is closed."""
    limit_at = limit(start_at, span, calendar, round_the_clock=False)
    assert calendar.is_open(limit_at) or calendar.is_open(limit_at - timedelta(microseconds=1))


@facts
@given(
    calendar=calendars,
    start_at=instants,
    later=st.timedeltas(timedelta(0), timedelta(days=9)),
    span=lengths,
    clock=st.booleans(),
)
def test_who_files_later_is_never_due_earlier(
    calendar: Calendar, start_at: datetime, later: timedelta, span: Length, *, clock: bool
) -> None:
    """Limits keep the order in which cases were filed."""
    one, other = (limit(at, span, calendar, round_the_clock=clock) for at in (start_at, start_at + later))
    assert one <= other


@facts
@given(calendars, instants, st.sampled_from(["min", "h", "d", "cd", "mo"]), st.integers(1, 60), st.integers(1, 10))
def test_a_longer_length_never_ends_earlier(
    calendar: Calendar, start_at: datetime, unit: str, short: int, more: int
) -> None:
    """Limits keep the order of lengths."""
    one, other = (limit(start_at, length(f"{n}{unit}"), calendar, round_the_clock=False) for n in (short, short + more))
    assert one <= other


@facts
@given(st.sampled_from([QAPQAL, BERLIN_OFFICE]), instants, st.integers(0, 20), st.integers(0, 20))
def test_working_days_add_up(calendar: Calendar, start_at: datetime, one: int, other: int) -> None:
    """Where all days are equally long, so many and so many more are their sum."""
    halfway_at = limit(start_at, length(f"{one}d"), calendar, round_the_clock=False)
    end_at = limit(halfway_at, length(f"{other}d"), calendar, round_the_clock=False)
    assert end_at == limit(start_at, length(f"{one + other}d"), calendar, round_the_clock=False)


@facts
@given(st.sampled_from(sorted(CLASSES)), instants)
def test_a_case_is_signed_for_before_it_is_resolved(name: str, filed_at: datetime) -> None:
    """In every class of the sample county the first limit comes first."""
    deadline = deadline_for(CLASSES[name], filed_at, QAPQAL)
    assert filed_at < deadline.accept_at < deadline.handle_at


def test_a_night_shift_counts_over_midnight() -> None:
    """From 20:00 until 02:30: six hours from 22:00 on 1 June are over at 21:30 on the 2nd, four and a half at 02:30."""
    start_at = wall("2026-06-01 22:00", BERLIN)
    ends = [limit(start_at, length(text), NIGHT_SHIFT, round_the_clock=False) for text in ("270min", "6h")]
    assert [shown(end_at, BERLIN) for end_at in ends] == ["2026-06-02 02:30", "2026-06-02 21:30"]
