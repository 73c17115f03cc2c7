"""The working calendar: which instants are office hours, and counting forwards and backwards through them alone.

Working time is one line of half-open periods, `opens` until just before `closes`; every question is a place on that line.
For each local year the periods are laid out once as UTC instants together with the working time that has passed before each
(a prefix sum), so that an instant becomes a position, and a position an instant, by bisection, however long the count.

A position at which the office closes belongs to two instants, 14:00 and 16:00 around a lunch break. Counting forwards ends
at the earlier one (what is due by the end of the morning is due at 14:00), counting backwards at the later one.

Invariant: nothing but the arguments and the national lists (bot/rules/national.py) decides an answer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from bot.rules.county import Hours, Period, Season
from bot.rules.national import countries, days_of, is_published

_NOTHING: Final = timedelta(0)
_SECOND: Final = timedelta(seconds=1)
_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = time(0)


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """When a county works. Instants go in and come out aware, in UTC; microseconds are kept.

    Compared by identity, so that the memory of its years (`_year_of`) need not weigh all of its dates at each question.

    Attributes:
        seasons: in order of the year; the last one reaches over new year to the first.
        days_off, extra_workdays: what the county decides; an extra workday goes before any holiday.
        estimated_on: those regional days off whose date is not yet published.
    """

    zone: ZoneInfo
    weekdays: frozenset[int]
    seasons: tuple[Season, ...]
    country: str
    days_off: frozenset[date]
    extra_workdays: frozenset[date]
    estimated_on: frozenset[date]

    @classmethod
    def of(cls, hours: Hours) -> Calendar:
        """Take from a county's hours what makes its calendar.

        Raises:
            ValueError: a season without periods, or no weekday or season at all: nothing would ever fall due; or a country
                whose holidays are not known.
        """
        if hours.country not in countries():
            raise ValueError(f"no holiday list for the country {hours.country!r}")
        if not hours.weekdays or not hours.seasons or not all(season.periods for season in hours.seasons):
            raise ValueError("a county works on at least one weekday and has periods in each season")
        return cls(
            zone=hours.zone,
            weekdays=hours.weekdays,
            seasons=tuple(sorted(hours.seasons, key=lambda season: (season.month, season.day))),
            country=hours.country,
            days_off=frozenset(holiday.on for holiday in hours.holidays),
            extra_workdays=hours.extra_workdays,
            estimated_on=frozenset(holiday.on for holiday in hours.holidays if holiday.is_estimated),
        )

    # Days

    def local_date(self, at: datetime) -> date:
        """Return the date that the county's wall calendar shows."""
        return at.astimezone(self.zone).date()

    def is_working_day(self, on: date) -> bool:
        """Say whether there are office hours on a local date."""
        return _year_of(self, on.year).day_index(on) is not None

    def is_estimated(self, on: date) -> bool:
        """Say whether a date may yet become, or cease to be, a working day: its year's list is not published."""
        return self.is_estimated_between(on, on)

    def is_estimated_between(self, first_on: date, last_on: date) -> bool:
        """Say whether any date from `first_on` to `last_on`, both counted, is estimated."""
        return any(not is_published(self.country, year) for year in range(first_on.year, last_on.year + 1)) or any(
            first_on <= on <= last_on for on in self.estimated_on
        )

    def periods_on(self, on: date) -> tuple[tuple[datetime, datetime], ...]:
        """Return the office hours of a local date as (opens, closes), in order; none on a day off."""
        year = _year_of(self, on.year)
        day = year.day_index(on)
        if day is None:
            return ()
        hours = slice(year.first[day], year.first[day + 1])
        return tuple(zip(year.opens[hours], year.closes[hours], strict=True))

    def next_working_day(self, on: date) -> date:
        """Return the first working day after `on`."""
        year = _year_of(self, on.year)
        day = bisect_right(year.days, on)
        while day == len(year.days):
            year, day = _year_of(self, year.number + 1), 0
        return year.days[day]

    def end_of_day(self, on: date) -> datetime:
        """Return the instant at which the office closes for the day.

        Raises:
            ValueError: `on` is no working day; ask `next_working_day` first.
        """
        year = _year_of(self, on.year)
        day = year.day_index(on)
        if day is None:
            raise ValueError(f"{on} has no office hours")
        return year.closes[year.first[day + 1] - 1]

    # Instants

    def is_open(self, at: datetime) -> bool:
        """Say whether the office is open; at a closing instant it no longer is."""
        year, index = self._upcoming(at)
        return at >= year.opens[index]

    def next_opening(self, at: datetime) -> datetime:
        """Move into working time: `at` itself when open, else the next instant at which a period opens."""
        year, index = self._upcoming(at)
        return max(at, year.opens[index])

    def latest_open(self, at: datetime) -> datetime:
        """Move back into working time: `at` itself when open, else one second before the last closing."""
        if self.is_open(at):
            return at
        year, index = self._preceding(at)
        return max(year.opens[index], year.closes[index] - _SECOND)

    def add_running(self, at: datetime, running: timedelta) -> datetime:
        """Return the earliest instant by which `running` of working time has passed since `at`.

        That is within (opens, closes] of some period. Nothing added is `at` itself, moved into working time unless the
        office is open or just closing.

        Raises:
            ValueError: `running` is negative.
        """
        if running < _NOTHING:
            raise ValueError("only time that passes can be added")
        year, index = self._upcoming(at)
        if not running:
            return at if at == self._last_closing(at) else max(at, year.opens[index])
        position = year.position(index, at) + running
        while position > year.total:
            position -= year.total
            year = _year_of(self, year.number + 1)
        index = bisect_left(year.elapsed, position) - 1
        return year.opens[index] + (position - year.elapsed[index])

    def subtract_running(self, at: datetime, running: timedelta) -> datetime:
        """Return the latest instant from which `running` of working time passes until `at`.

        That is within [opens, closes) of some period. Nothing subtracted is `at` itself, moved back to the last closing
        unless the office is open or just closing.

        Raises:
            ValueError: `running` is negative.
        """
        if running < _NOTHING:
            raise ValueError("only time that has passed can be subtracted")
        if not running:
            return at if self.is_open(at) else self._last_closing(at)
        year, index = self._upcoming(at)
        position = year.position(index, at) - running
        while position < _NOTHING:
            year = _year_of(self, year.number - 1)
            position += year.total
        index = bisect_right(year.elapsed, position) - 1
        return year.opens[index] + (position - year.elapsed[index])

    def running_between(self, start_at: datetime, end_at: datetime) -> timedelta:
        """Return the working time between two instants; negative when they are the wrong way round."""
        if end_at < start_at:
            return -self.running_between(end_at, start_at)
        year, index = self._upcoming(start_at)
        last, last_index = self._upcoming(end_at)
        running = last.position(last_index, end_at) - year.position(index, start_at)
        return sum((_year_of(self, number).total for number in range(year.number, last.number)), running)

    def add_working_days(self, at: datetime, working_days: int) -> datetime:
        """Return the same position in working time on the N-th working day after the day of `at`.

        `at` is moved into working time first. A position is the working time since the day's first opening; where the
        later day is too short for it, the end of that day.
        """
        year, index = self._upcoming(at)
        day = year.day_of(index)
        since_opening = year.position(index, at) - year.elapsed[year.first[day]]
        day += working_days
        while day >= len(year.days):
            day -= len(year.days)
            year = _year_of(self, year.number + 1)
        return year.instant_on(day, since_opening)

    def subtract_working_days(self, at: datetime, working_days: int) -> datetime:
        """Return the same position in working time on the N-th working day before the day of `at`.

        Outside working time, and as it closes, `at` has the position of the next opening, and what would be an opening on
        the earlier day is the closing before it: a day before 19:30 is 19:30.
        """
        year, index = self._upcoming(at)
        is_open = at >= year.opens[index]
        day = year.day_of(index)
        since_opening = year.position(index, at) - year.elapsed[year.first[day]]
        day -= working_days
        while day < 0:
            year = _year_of(self, year.number - 1)
            day += len(year.days)
        found_at = year.instant_on(day, since_opening)
        if is_open:
            return found_at
        year, index = self._upcoming(found_at)
        return self._last_closing(found_at) if found_at == year.opens[index] else found_at

    # Places on the line

    def _upcoming(self, at: datetime) -> tuple[_Year, int]:
        """Return the first period that has not yet closed at `at`."""
        year = _year_of(self, at.astimezone(self.zone).year)
        index = bisect_right(year.closes, at)
        while index == len(year.closes):
            year, index = _year_of(self, year.number + 1), 0
        return year, index

    def _preceding(self, at: datetime) -> tuple[_Year, int]:
        """Return the last period that has closed by `at`."""
        year, index = self._upcoming(at)
        while index == 0:
            year = _year_of(self, year.number - 1)
            index = len(year.closes)
        return year, index - 1

    def _last_closing(self, at: datetime) -> datetime:
        """Return the last instant at or before `at` at which a period closed."""
        year, index = self._preceding(at)
        return year.closes[index]


@dataclass(frozen=True, slots=True)
class _Year:
    """The office hours of one local year.

    Attributes:
        opens, closes: the periods, in order, none of them empty, none overlapping.
        elapsed: working time of the year before each period; one more at the end, the whole year's.
        days: the working days, in order.
        first: the index of each day's first period; one more at the end, the number of periods.
    """

    number: int
    opens: tuple[datetime, ...]
    closes: tuple[datetime, ...]
    elapsed: tuple[timedelta, ...]
    days: tuple[date, ...]
    first: tuple[int, ...]

    @property
    def total(self) -> timedelta:
        return self.elapsed[-1]

    def position(self, index: int, at: datetime) -> timedelta:
        """Return the working time of the year before `at`, which is in period `index`, at its end, or just ahead of it."""
        return self.elapsed[index] + max(_NOTHING, at - self.opens[index])

    def day_index(self, on: date) -> int | None:
        day = bisect_left(self.days, on)
        return day if day < len(self.days) and self.days[day] == on else None

    def day_of(self, index: int) -> int:
        """Return the place in `days` of the day that period `index` belongs to."""
        return bisect_right(self.first, index) - 1

    def instant_on(self, day: int, since_opening: timedelta) -> datetime:
        """Return the latest instant of a day with so much working time behind it, at most the day's end."""
        position = self.elapsed[self.first[day]] + since_opening
        after = self.first[day + 1]
        if position >= self.elapsed[after]:
            return self.closes[after - 1]
        index = bisect_right(self.elapsed, position) - 1
        return self.opens[index] + (position - self.elapsed[index])


@lru_cache(maxsize=512)
def _year_of(calendar: Calendar, number: int) -> _Year:
    """Lay out the office hours of one local year."""
    off, make_up = days_of(calendar.country, number)
    opens: list[datetime] = []
    closes: list[datetime] = []
    days: list[date] = []
    first: list[int] = []
    on = date(number, 1, 1)
    while on.year == number:
        plain = on not in calendar.days_off and on not in off and (on.weekday() in calendar.weekdays or on in make_up)
        if on in calendar.extra_workdays or plain:
            before = len(opens)
            for opens_at, closes_at in _instants(on, _season_on(on, calendar.seasons), calendar.zone):
                opens.append(opens_at)
                closes.append(closes_at)
            # A clock change can swallow a whole day (Samoa, 30 December 2011): then nobody works on it.
            if len(opens) > before:
                days.append(on)
                first.append(before)
        on += _DAY
    elapsed = [_NOTHING]
    for opens_at, closes_at in zip(opens, closes, strict=True):
        elapsed.append(elapsed[-1] + (closes_at - opens_at))
    return _Year(number, tuple(opens), tuple(closes), tuple(elapsed), tuple(days), (*first, len(opens)))


def _season_on(on: date, seasons: tuple[Season, ...]) -> Season:
    """Return the season that has begun last; before the first of the year, that is the last of the year before."""
    begun = [season for season in seasons if (season.month, season.day) <= (on.month, on.day)]
    return begun[-1] if begun else seasons[-1]


def _instants(on: date, season: Season, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """Return a day's periods as UTC instants, in order, without overlaps and without what a clock change leaves empty."""
    instants: list[tuple[datetime, datetime]] = []
    free_from = datetime.min.replace(tzinfo=UTC)
    for period in sorted(season.periods, key=lambda period: period.opens):
        opens_at = max(_instant(on, period.opens, zone), free_from)
        closes_at = _closing(on, period, zone)
        if opens_at < closes_at:
            instants.append((opens_at, closes_at))
            free_from = closes_at
    return instants


def _closing(on: date, period: Period, zone: ZoneInfo) -> datetime:
    """Return when a period ends; 00:00 is the midnight that ends the day."""
    return _instant(on + _DAY if period.closes == _MIDNIGHT else on, period.closes, zone)


def _instant(on: date, wall: time, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a local wall time.

    A wall time that a clock change shows twice is the first of the two; one that it skips is the change itself.

    Source: PEP 495. Inside a gap the reading with fold=0 lies at or after the change, the one with fold=1 before it.
    """
    local = datetime.combine(on, wall, zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    before, after = local.replace(fold=1).astimezone(UTC), instant
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
