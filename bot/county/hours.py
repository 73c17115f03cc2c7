"""When a county works: its seasons, office hours, days off and quiet hours.

Invariant: the seasons go in the order of the year and the periods of a day in the order of the day, none overlapping.
"""

from __future__ import annotations

from datetime import date, time
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.county import forms
from bot.county.names import name
from bot.county.table import Table
from bot.rules.county import Hours, Period, RegionalHoliday, Season
from bot.rules.fault import Fault, because


def hours_of(root: Table, zone: ZoneInfo) -> Hours:
    """Read [hours] and [calendar]."""
    office = root.inner("hours", _office)
    calendar = root.inner("calendar", _calendar)
    return Hours(
        zone=zone,
        weekdays=office.weekdays,
        seasons=office.seasons,
        quiet=office.quiet,
        digest_weekday=office.digest[0],
        digest_time=office.digest[1],
        country=calendar.country,
        holidays=calendar.holidays,
        extra_workdays=calendar.extra_workdays,
    )


class _Office(NamedTuple):
    weekdays: frozenset[int]
    seasons: tuple[Season, ...]
    quiet: Period
    digest: tuple[int, time]


def _office(table: Table) -> _Office:
    seasons = table.each("season", _season)
    dated = [(season.month, season.day) for season in seasons]
    for number, (before, after) in enumerate(pairwise(dated), start=2):
        if forms.NO_DAY not in {before, after} and after <= before:
            here, there = (f"{month:02}-{day:02}" for month, day in (after, before))
            table.complain(f"season[{number}].from", because(Fault.SEASONS, later=here, earlier=there))
    return _Office(
        weekdays=frozenset(table.distinct("workdays", forms.WEEKDAY)),
        seasons=seasons,
        quiet=table.need("quiet", forms.QUIET_HOURS),
        digest=table.need("digest", forms.WEEKLY),
    )


def _season(table: Table) -> Season:
    month, day = table.need("from", forms.DAY_OF_EVERY_YEAR)
    periods = table.some("periods", forms.OFFICE_HOURS)
    for before, after in pairwise(periods):
        if after.opens < before.closes or before.closes == forms.MIDNIGHT:
            later, earlier = f"{after.opens:%H:%M}", f"{before.opens:%H:%M}"
            table.complain("periods", because(Fault.PERIODS, later=later, earlier=earlier))
    return Season(month, day, periods)


class _Calendar(NamedTuple):
    country: str
    holidays: tuple[RegionalHoliday, ...]
    extra_workdays: frozenset[date]


def _calendar(table: Table) -> _Calendar:
    return _Calendar(
        country=table.need("country", forms.COUNTRY),
        holidays=table.each_if_any("holidays", _holiday),
        extra_workdays=frozenset(table.sequence_if_any("extra_workdays", forms.DAY)),
    )


def _holiday(table: Table) -> RegionalHoliday:
    return RegionalHoliday(
        on=table.need("date", forms.DAY),
        name=table.inner("name", name),
        is_estimated=table.flag("estimated"),
    )
