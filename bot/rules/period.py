"""The stretches of time that a digest speaks of: ISO weeks, months, quarters and years of the county's own calendar.

Periods of one length tile time: each begins at the very instant at which the one before it ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

ALLOWED: Final = "a week 2026-W47, a month 2026-11, a quarter 2026-Q4 or a year 2026, in the years 1970 to 2999"
"""What `parse_period` takes, in words for whoever typed something else."""

_WRITTEN: Final = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<part>W|Q)?(?P<index>[0-9]{1,2}))?")
_DIGITS: Final = {"W": 2, "Q": 1, None: 2}
_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 2999
_WEEK: Final = timedelta(days=7)


class Stretch(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A week, month, quarter or year in county time.

    Attributes:
        text: 2026-W47, 2026-11, 2026-Q4 or 2026.
        begins_at, ends_at: aware UTC instants of local midnights; half-open, so `ends_at` belongs to the next period.
        zone: the county's.
    """

    text: str
    begins_at: datetime
    ends_at: datetime
    zone: ZoneInfo

    @property
    def stretch(self) -> Stretch:
        """Say how long it is."""
        match len(self.text), self.text[5:6]:
            case 4, _:
                return Stretch.YEAR
            case _, "Q":
                return Stretch.QUARTER
            case _, "W":
                return Stretch.WEEK
            case _:
                return Stretch.MONTH

    def previous(self) -> Period:
        """Return the period of the same length that ends where this one begins."""
        begins_on = self.begins_at.astimezone(self.zone).date()
        # From its first day one day back lies within the one before; midnights may be missing, days are not.
        return _of_day(self.stretch, begins_on - timedelta(days=1), self.zone)

    def next(self) -> Period:
        """Return the period of the same length that begins where this one ends."""
        return _of_day(self.stretch, self.ends_at.astimezone(self.zone).date(), self.zone)

    def earlier(self, count: int) -> tuple[Period, ...]:
        """Return the `count` periods of the same length before this one, the nearest first."""
        periods: list[Period] = []
        last = self
        for _ in range(count):
            last = last.previous()
            periods.append(last)
        return tuple(periods)


def parse_period(text: str, zone: ZoneInfo) -> Period:
    """Read a period as the command line and the chat write it.

    Raises:
        ValueError: it is none, such as week 53 of a year that has only 52; the message names what is allowed.
    """
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(ALLOWED)
    year, part, index = int(found["year"]), found["part"], found["index"]
    is_exact = index is None or len(index) == _DIGITS[part]
    if not is_exact or not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(ALLOWED)
    if index is None:
        return _year(year, zone)
    try:
        return _part(year, part, int(index), zone)
    except ValueError as wrong:
        raise ValueError(ALLOWED) from wrong


def week_of(at: datetime, zone: ZoneInfo) -> Period:
    """Return the ISO week in which the aware instant `at` lies."""
    return period_of(Stretch.WEEK, at, zone)


def period_of(stretch: Stretch, at: datetime, zone: ZoneInfo) -> Period:
    """Return the period of a length in which the aware instant `at` lies."""
    return _of_day(stretch, at.astimezone(zone).date(), zone)


def _of_day(stretch: Stretch, day: date, zone: ZoneInfo) -> Period:
    match stretch:
        case Stretch.WEEK:
            return _week(day, zone)
        case Stretch.MONTH:
            return _months(day.replace(day=1), 1, zone)
        case Stretch.QUARTER:
            return _months(day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1), 3, zone)
        case Stretch.YEAR:
            return _year(day.year, zone)


def _part(year: int, part: str | None, index: int, zone: ZoneInfo) -> Period:
    match part:
        case "W":
            return _week(date.fromisocalendar(year, index, 1), zone)
        case "Q":
            return _months(date(year, 3 * index - 2, 1), 3, zone)
        case _:
            return _months(date(year, index, 1), 1, zone)


def _week(day: date, zone: ZoneInfo) -> Period:
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return _between(f"{year}-W{week:02d}", monday, monday + _WEEK, zone)


def _months(first: date, count: int, zone: ZoneInfo) -> Period:
    text = f"{first.year}-{first.month:02d}" if count == 1 else f"{first.year}-Q{(first.month + 2) // 3}"
    return _between(text, first, _months_later(first, count), zone)


def _year(year: int, zone: ZoneInfo) -> Period:
    return _between(str(year), date(year, 1, 1), date(year + 1, 1, 1), zone)


def _months_later(first: date, count: int) -> date:
    years, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    return date(years, month + 1, 1)


def _between(text: str, begins_on: date, ends_on: date, zone: ZoneInfo) -> Period:
    return Period(text, _midnight(begins_on, zone), _midnight(ends_on, zone), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    # fold 0: the first of two midnights where clocks go back; the instant of the jump where it skips midnight.
    return datetime.combine(day, time(), zone).astimezone(UTC)
