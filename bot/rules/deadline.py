"""When a case must be signed for and resolved: instants, met if what was asked for happens at or before them.

A limit depends on the instant it is counted from, a length and the calendar, on nothing else, and is never before its start.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, assert_never

from bot.rules.calendar import Calendar
from bot.rules.county import DeadlineClass
from bot.rules.length import Length, Span

_DAY: Final = timedelta(days=1)
_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Deadline:
    """The two limits of a case.

    Attributes:
        accept_at: until when the unit signs for it; aware UTC instant.
        handle_at: until when it is resolved; aware UTC instant.
        is_estimated: a holiday list that is not yet published may still move one of them.
    """

    accept_at: datetime
    handle_at: datetime
    is_estimated: bool


def deadline_for(deadline_class: DeadlineClass, filed_at: datetime, calendar: Calendar) -> Deadline:
    """Return both limits of a case filed, or given a new deadline, at `filed_at`."""
    clock = deadline_class.runs_round_the_clock
    accept_at = limit(filed_at, deadline_class.accept, calendar, round_the_clock=clock)
    handle_at = limit(filed_at, deadline_class.handle, calendar, round_the_clock=clock)
    return Deadline(
        accept_at=accept_at,
        handle_at=handle_at,
        is_estimated=is_estimated(filed_at, accept_at, deadline_class.accept, calendar, round_the_clock=clock)
        or is_estimated(filed_at, handle_at, deadline_class.handle, calendar, round_the_clock=clock),
    )


def limit(start_at: datetime, length: Length, calendar: Calendar, *, round_the_clock: bool) -> datetime:
    """Return the instant at which a length of time that begins at `start_at` is over.

    - `min`, `h`: that much working time, or real time when `round_the_clock`; a limit may be the very end of office hours.
    - `d`: the same position in working time on the N-th following working day, counted from where the start falls in
      working time, clipped to that day's end. "Within N working days from the day after" in the hotlines' rules
      (次日起 N 个工作日), but fair to whoever is handed a case late in the day.
    - `cd`, `mo`: the close of office hours of the last day, or of the next working day if that is none. The day of the
      start is not counted; a month ends on the same day number, else on the last of the month.

    Raises:
        ValueError: `length` is a percentage, which is a share of something and ends nowhere by itself.

    Source: 《民法典》第二百零一条 (the first day is not counted), 第二百零二条 (the corresponding day, else the last of the
        month), 第二百零三条 (a day off moves to the day after; where there are business hours, their end is the limit).
    """
    match length.span:
        case Span.RUNNING:
            running = timedelta(seconds=length.amount)
            return start_at + running if round_the_clock else calendar.add_running(start_at, running)
        case Span.WORKING_DAYS:
            return calendar.add_working_days(start_at, length.amount)
        case Span.CALENDAR_DAYS | Span.CALENDAR_MONTHS:
            last_on = _last_day(start_at, length, calendar)
            if not calendar.is_working_day(last_on):
                last_on = calendar.next_working_day(last_on)
            return calendar.end_of_day(last_on)
        case Span.PERCENT:
            raise ValueError(f"{length.text} is no limit: a percentage needs a whole")
        case _:
            assert_never(length.span)


def is_estimated(
    start_at: datetime,
    limit_at: datetime,
    length: Length,
    calendar: Calendar,
    *,
    round_the_clock: bool,
) -> bool:
    """Say whether a limit, as `limit` found it, rests on a holiday list that is not yet published.

    Working time rests on every day from start to limit, calendar time on those from its last day to the limit only, real
    time on none.
    """
    if round_the_clock and length.span is Span.RUNNING:
        return False
    limit_on = calendar.local_date(limit_at)
    if length.span in {Span.CALENDAR_DAYS, Span.CALENDAR_MONTHS}:
        return calendar.is_estimated_between(_last_day(start_at, length, calendar), limit_on)
    return calendar.is_estimated_between(calendar.local_date(start_at), limit_on)


def months_later(on: date, months: int) -> date:
    """Return the same day number so many months later (earlier when negative), else the last of that month."""
    years, month = divmod(on.month - 1 + months, _DECEMBER)
    year, month = on.year + years, month + 1
    following = date(year + 1, 1, 1) if month == _DECEMBER else date(year, month + 1, 1)
    return date(year, month, min(on.day, (following - _DAY).day))


def _last_day(start_at: datetime, length: Length, calendar: Calendar) -> date:
    start_on = calendar.local_date(start_at)
    if length.span is Span.CALENDAR_MONTHS:
        return months_later(start_on, length.amount)
    return start_on + timedelta(days=length.amount)
