"""Office hours, calendars and lengths for tests: the sample county's as values, and counties that are awkward on purpose.

`QAPQAL` says what the sample county file says under [hours], [calendar], [[deadline]] and [reminders], nothing else.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.rules.calendar import Calendar
from bot.rules.county import DeadlineClass, Escalation, Hours, Period, RegionalHoliday, ReminderPlan, Role, Season
from bot.rules.identity import ClassId
from bot.rules.length import Length, parse_length
from bot.rules.name import Name

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
BERLIN: Final = ZoneInfo("Europe/Berlin")
MONDAY_TO_FRIDAY: Final = frozenset(range(5))
EVERY_DAY: Final = frozenset(range(7))


def period(written: str) -> Period:
    """Read `10:00-14:00`."""
    opens, closes = (time.fromisoformat(part) for part in written.split("-"))
    return Period(opens, closes)


def season(first: str, *periods: str) -> Season:
    """Read the first day as `05-01` and periods as `10:00-14:00`."""
    month, day = (int(part) for part in first.split("-"))
    return Season(month, day, tuple(period(written) for written in periods))


def holiday(on: str, zh: str, *, is_estimated: bool = False) -> RegionalHoliday:
    """Make a regional day off with a Chinese name only."""
    return RegionalHoliday(date.fromisoformat(on), Name(zh, {}), is_estimated)


def hours(
    zone: ZoneInfo,
    country: str,
    *seasons: Season,
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY,
    holidays: tuple[RegionalHoliday, ...] = (),
    extra_workdays: frozenset[date] = frozenset(),
) -> Hours:
    """Make a county's hours; quiet time and digest are the sample county's."""
    return Hours(
        zone=zone,
        weekdays=weekdays,
        seasons=seasons,
        quiet=period("22:00-08:00"),
        digest_weekday=0,
        digest_time=time(10, 30),
        country=country,
        holidays=holidays,
        extra_workdays=extra_workdays,
    )


QAPQAL_HOURS: Final = hours(
    SHANGHAI,
    "CN",
    season("05-01", "10:00-14:00", "16:00-20:00"),
    season("10-01", "10:00-14:00", "15:30-19:30"),
    holidays=(
        holiday("2026-03-20", "肉孜节"),
        holiday("2026-05-27", "古尔邦节"),
        holiday("2026-05-28", "古尔邦节"),
        holiday("2026-05-29", "古尔邦节"),
        holiday("2026-06-03", "锡伯族西迁节"),
        holiday("2027-03-10", "肉孜节", is_estimated=True),
        holiday("2027-05-17", "古尔邦节", is_estimated=True),
        holiday("2027-05-24", "锡伯族西迁节", is_estimated=True),
    ),
)
BERLIN_HOURS: Final = hours(BERLIN, "DE", season("01-01", "09:00-12:00", "13:00-17:00"))
NIGHT_HOURS: Final = hours(BERLIN, "DE", season("01-01", "00:00-02:30", "20:00-00:00"), weekdays=EVERY_DAY)

QAPQAL: Final = Calendar.of(QAPQAL_HOURS)
BERLIN_OFFICE: Final = Calendar.of(BERLIN_HOURS)
NIGHT_SHIFT: Final = Calendar.of(NIGHT_HOURS)
"""From 20:00 until 02:30, over midnight, every day but holidays, in a zone that changes its clocks at 02:00 and 03:00."""

CALENDARS: Final = (QAPQAL, BERLIN_OFFICE, NIGHT_SHIFT)


def length(text: str) -> Length:
    """Read a length; short, for tables."""
    return parse_length(text)


def deadline_class(name: str, accept: str, handle: str, *extensions: str, clock: bool = False) -> DeadlineClass:
    """Make a deadline class."""
    given = tuple(length(extension) for extension in extensions)
    return DeadlineClass(ClassId(name), Name(name, {}), length(accept), length(handle), clock, given)


CLASSES: Final = {
    "emergency": deadline_class("emergency", "30min", "2h", clock=True),
    "utility": deadline_class("utility", "2h", "24h", clock=True),
    "enquiry": deadline_class("enquiry", "2h", "1d"),
    "request": deadline_class("request", "2h", "5d", "5d"),
    "complaint": deadline_class("complaint", "2h", "7d", "7d"),
    "complex": deadline_class("complex", "4h", "15d", "15d"),
    "petition": deadline_class("petition", "15cd", "60cd", "30cd"),
}

REMINDERS: Final = ReminderPlan(
    before=(length("50%"), length("1d"), length("4h")),
    repeat_unseen=length("2h"),
    overdue=(
        Escalation(length("0h"), (Role.OFFICER, Role.LEAD)),
        Escalation(length("1d"), (Role.LEAD, Role.SUPERVISOR)),
        Escalation(length("3d"), (Role.SUPERVISOR, Role.ADMIN)),
    ),
    unaccepted=(
        Escalation(length("0h"), (Role.OFFICER, Role.LEAD)),
        Escalation(length("4h"), (Role.LEAD, Role.SUPERVISOR)),
    ),
)


def wall(written: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """Read `2026-11-24 10:30` off a wall in the county and return the UTC instant."""
    return datetime.fromisoformat(written).replace(tzinfo=zone).astimezone(UTC)


def shown(at: datetime, zone: ZoneInfo = SHANGHAI) -> str:
    """Write an instant as `wall` reads it, with seconds only where there are some."""
    local = at.astimezone(zone).replace(tzinfo=None)
    return local.isoformat(" ", "auto" if local.second or local.microsecond else "minutes")
