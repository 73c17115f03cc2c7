"""Working time reckoned once more, by hand as it were: three years minute by minute, open or shut, from lists of days.

It shares nothing with `bot.rules.calendar`: no holiday package, no time zones (the county's clock never changes), no periods
as instants. Days off and make-up days are copied from the State Council's yearly notices for 2024, 2025 and 2026
(国务院办公厅关于部分节假日安排的通知), with weekends where a notice names them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Final

FIRST_ON, LAST_ON = date(2024, 1, 1), date(2026, 12, 31)

OFF: Final = (
    # 2024: 元旦, 春节, 清明, 劳动节, 端午, 中秋, 国庆
    *("2024-01-01/2024-01-01", "2024-02-10/2024-02-17", "2024-04-04/2024-04-06", "2024-05-01/2024-05-05"),
    *("2024-06-10/2024-06-10", "2024-09-15/2024-09-17", "2024-10-01/2024-10-07"),
    # 2025: 中秋 falls into 国庆
    *("2025-01-01/2025-01-01", "2025-01-28/2025-02-04", "2025-04-04/2025-04-06", "2025-05-01/2025-05-05"),
    *("2025-05-31/2025-06-02", "2025-10-01/2025-10-08"),
    # 2026
    *("2026-01-01/2026-01-03", "2026-02-15/2026-02-23", "2026-04-04/2026-04-06", "2026-05-01/2026-05-05"),
    *("2026-06-19/2026-06-21", "2026-09-25/2026-09-27", "2026-10-01/2026-10-07"),
)
MADE_UP: Final = (
    *("2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12"),
    *("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
    *("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
)
REGIONAL: Final = (
    # What a county of the region gives: 肉孜节, 古尔邦节 (2024, 2025, 2026), 锡伯族西迁节 (2026)
    *("2024-04-10", "2024-06-17", "2024-06-18", "2024-06-19"),
    *("2025-03-31", "2025-06-06", "2025-06-09", "2025-06-10"),
    *("2026-03-20", "2026-05-27", "2026-05-28", "2026-05-29", "2026-06-03"),
)

MINUTES: Final = 24 * 60
SATURDAY: Final = 5


def _dates(written: str) -> list[date]:
    first, last = (date.fromisoformat(part) for part in written.split("/"))
    return [first + timedelta(days=day) for day in range((last - first).days + 1)]


class Minutes:
    """Every minute of three years, open or shut. Instants are naive, as on a wall in the county, to the second."""

    def __init__(self) -> None:
        off = {on for written in OFF for on in _dates(written)} | {date.fromisoformat(on) for on in REGIONAL}
        made_up = {date.fromisoformat(on) for on in MADE_UP}
        self.days = _dates(f"{FIRST_ON}/{LAST_ON}")
        self.worked = [on in made_up or (on.weekday() < SATURDAY and on not in off) for on in self.days]
        shut, summer, winter = bytes(MINUTES), _day("10:00-14:00", "16:00-20:00"), _day("10:00-14:00", "15:30-19:30")
        line = bytearray()
        for on, is_worked in zip(self.days, self.worked, strict=True):
            line += (summer if date(on.year, 5, 1) <= on < date(on.year, 10, 1) else winter) if is_worked else shut
        self.open = bytes(line)
        self.before = [0, *accumulate(self.open)]
        """Open minutes before each minute."""

    def is_open(self, at: datetime) -> bool:
        """Say whether the office is open."""
        return bool(self.open[self._minute(at)])

    def since_first(self, at: datetime) -> int:
        """Count the open seconds before an instant."""
        minute = self._minute(at)
        return self.before[minute] * 60 + (at.second if self.open[minute] else 0)

    def running(self, at: datetime, seconds: int) -> datetime | None:
        """Step through open minutes until so many seconds have passed; None beyond the last day."""
        wanted = self.since_first(at) + seconds
        if wanted > self.before[-1] * 60:
            return None
        minute = bisect_left(self.before, -(-wanted // 60)) - 1  # the open minute in which the last second passes
        return self._instant(minute) + timedelta(seconds=wanted - self.before[minute] * 60)

    def back(self, at: datetime, seconds: int) -> datetime | None:
        """Step back through open minutes; the latest instant from which so many seconds pass; None before the first day."""
        wanted = self.since_first(at) - seconds
        if wanted < 0:
            return None
        minute = bisect_right(self.before, wanted // 60) - 1
        return self._instant(minute) + timedelta(seconds=wanted - self.before[minute] * 60)

    def working_days(self, at: datetime, number: int) -> datetime | None:
        """Return the same place in the N-th worked day after the one that the start falls in; None beyond the last."""
        minute = self._minute(at)
        while minute < len(self.open) and not self.open[minute]:
            minute += 1
        if minute == len(self.open):
            return None
        day = minute // MINUTES
        place = self.since_first(max(at, self._instant(minute))) - self.before[day * MINUTES] * 60
        for _ in range(number):
            day += 1
            while day < len(self.days) and not self.worked[day]:
                day += 1
            if day >= len(self.days):
                return None
        first, behind = day * MINUTES, (day + 1) * MINUTES
        whole = (self.before[behind] - self.before[first]) * 60
        if place >= whole:
            return self._closing(day)
        minute = bisect_right(self.before, self.before[first] + place // 60) - 1
        return self._instant(minute) + timedelta(seconds=place % 60)

    def calendar_days(self, at: datetime, number: int) -> datetime | None:
        """Return the close of the last of so many days, the first not counted; of the next worked day if it is none."""
        return self._close_on(at.date() + timedelta(days=number))

    def months(self, at: datetime, number: int) -> datetime | None:
        """Return the close of the day of the same number so many months on, else of the month's last."""
        year, month = at.year + (at.month - 1 + number) // 12, (at.month - 1 + number) % 12 + 1
        return self._close_on(date(year, month, min(at.day, monthrange(year, month)[1])))

    def _close_on(self, on: date) -> datetime | None:
        day = (on - FIRST_ON).days
        while day < len(self.days) and not self.worked[day]:
            day += 1
        return self._closing(day) if day < len(self.days) else None

    def _closing(self, day: int) -> datetime:
        return self._instant(self.open.rindex(1, day * MINUTES, (day + 1) * MINUTES) + 1)

    def _minute(self, at: datetime) -> int:
        return (at.date() - FIRST_ON).days * MINUTES + at.hour * 60 + at.minute

    def _instant(self, minute: int) -> datetime:
        return datetime.combine(FIRST_ON, time()) + timedelta(minutes=minute)


def _day(*periods: str) -> bytes:
    line = bytearray(MINUTES)
    for written in periods:
        opens, closes = (int(part[:2]) * 60 + int(part[3:]) for part in written.split("-"))
        line[opens:closes] = bytes([1]) * (closes - opens)
    return bytes(line)
