"""The national calendar of 2024, 2025 and 2026: limits counted by hand, and ten thousand counted by another calculator.

The county is the sample county with the days of 肉孜节 and 古尔邦节 of all three years. Winter 10:00-14:00 and 15:30-19:30;
from 1 May to 30 September 10:00-14:00 and 16:00-20:00.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

import pytest

from bot.rules.calendar import Calendar
from bot.rules.deadline import limit
from bot.rules.length import Length, Span
from tests.support.hours import QAPQAL_HOURS, SHANGHAI, holiday, length, shown, wall
from tests.support.minutes import LAST_ON, REGIONAL, Minutes

COUNTY = Calendar.of(replace(QAPQAL_HOURS, holidays=tuple(holiday(on, "节") for on in REGIONAL)))
CASES = 10_000

HAND = [
    # ── 2024 ──
    # 春节: Sun 4 February made up (1), Mon 5 to Thu 8 (5).
    ("2024-02-02 11:00", "5d", "2024-02-08 11:00"),
    # Fri 9, the eve, is worked (1); 10-17 off; Sun 18 made up (2).
    ("2024-02-08 17:00", "2d", "2024-02-18 17:00"),
    # Filed within the holiday: Sunday the 18th opens at 10:00.
    ("2024-02-12 09:00", "2h", "2024-02-18 12:00"),
    # 清明: one hour until 19:30; Thu 4 to Sat 6 off; Sun 7 made up, three hours.
    ("2024-04-03 18:30", "4h", "2024-04-07 13:00"),
    # 肉孜节 on Wednesday the 10th.
    ("2024-04-09 17:00", "1d", "2024-04-11 17:00"),
    # 劳动节: Sun 28 April (1), Mon 29 (2), Tue 30 (3); 1-5 May off; Mon 6 (4), five hours are 17:00 in summer.
    ("2024-04-26 16:30", "3d", "2024-04-30 16:30"),
    ("2024-04-26 16:30", "4d", "2024-05-06 17:00"),
    # The make-up Saturday of 11 May.
    ("2024-05-10 12:00", "1d", "2024-05-11 12:00"),
    ("2024-05-10 19:00", "2h", "2024-05-11 11:00"),
    # 端午 on Monday 10 June: two hours until 20:00, one on Tuesday.
    ("2024-06-07 18:00", "3h", "2024-06-11 11:00"),
    # 古尔邦节, Mon 17 to Wed 19 June: Thu 20 (1), Fri 21 (2).
    ("2024-06-14 11:00", "2d", "2024-06-21 11:00"),
    ("2024-06-14 19:30", "1h", "2024-06-20 10:30"),
    # 中秋: Sat 14 September made up (1), 15-17 off, Wed 18 (2), Thu 19 (3).
    ("2024-09-13 10:30", "3d", "2024-09-19 10:30"),
    # 国庆: Sun 29 (1), Mon 30 (2); 1-7 October off; Tue 8 (3), where seven hours are 18:30 in winter.
    ("2024-09-27 19:00", "2d", "2024-09-30 19:00"),
    ("2024-09-27 19:00", "3d", "2024-10-08 18:30"),
    # The make-up Saturday of 12 October: an hour and a half on each day.
    ("2024-10-11 18:00", "3h", "2024-10-12 11:30"),
    # 18 September + 15 is 3 October: the close of Tuesday the 8th.
    ("2024-09-18 10:00", "15cd", "2024-10-08 19:30"),
    # ── 2025 ──
    # 元旦 on a Wednesday, alone.
    ("2024-12-31 18:30", "2h", "2025-01-02 11:00"),
    # 春节: Sun 26 January (1), Mon 27 (2), 28 January to 4 February off, Wed 5 (3).
    ("2025-01-24 11:00", "3d", "2025-02-05 11:00"),
    # The make-up Saturday of 8 February.
    ("2025-02-06 12:00", "2d", "2025-02-08 12:00"),
    # A month from 29 December is 29 January, within 春节.
    ("2024-12-29 12:00", "1mo", "2025-02-05 19:30"),
    # 肉孜节 on Monday 31 March: half an hour on Friday, half on Tuesday.
    ("2025-03-28 19:00", "1h", "2025-04-01 10:30"),
    # 清明 from Friday.
    ("2025-04-03 11:00", "1d", "2025-04-07 11:00"),
    # 劳动节: Sun 27 April (1), 28 29 30 (4), Tue 6 May (5).
    ("2025-04-25 12:00", "5d", "2025-05-06 12:00"),
    # 端午 on Monday 2 June.
    ("2025-05-30 17:00", "1d", "2025-06-03 17:00"),
    # 古尔邦节, Friday 6 to Tuesday 10 June: Wed 11 (1), Thu 12 (2).
    ("2025-06-05 11:00", "2d", "2025-06-12 11:00"),
    # 国庆 and 中秋: Sun 28 September (1), 29 (2), 30 (3), off until 8 October, Thu 9 (4); 7.5 hours are 19:00 in winter.
    ("2025-09-26 19:30", "3d", "2025-09-30 19:30"),
    ("2025-09-26 19:30", "4d", "2025-10-09 19:00"),
    # Thursday, Friday and the make-up Saturday of 11 October: eight hours each.
    ("2025-10-09 10:00", "24h", "2025-10-11 19:30"),
    # 4 August + 60 is 3 October: Thursday the 9th.
    ("2025-08-04 12:00", "60cd", "2025-10-09 19:30"),
    # ── 2026 ──
    # 元旦 until Saturday the 3rd; Sunday the 4th is made up.
    ("2025-12-31 18:00", "3h", "2026-01-04 11:30"),
    # 春节: Sat 14 February (1), 15-23 off, Tue 24 (2), Wed 25 (3).
    ("2026-02-13 11:00", "3d", "2026-02-25 11:00"),
    # The make-up Saturday of 28 February.
    ("2026-02-27 19:00", "1h", "2026-02-28 10:30"),
    # 肉孜节 on Friday 20 March.
    ("2026-03-19 17:00", "1d", "2026-03-23 17:00"),
    # The make-up Saturday of 9 May.
    ("2026-05-08 19:00", "2h", "2026-05-09 11:00"),
    # 古尔邦节 Wed 27 to Fri 29 May; Mon 1 June (1), Tue 2 (2), 西迁节, Thu 4 (3).
    ("2026-05-26 11:00", "3d", "2026-06-04 11:00"),
    # 国庆: Sun 20 September (1) 21-24 (5), 中秋, 28 29 30 (8), 8 October (9), 9 (10), Sat 10 made up (11).
    ("2026-09-18 11:00", "11d", "2026-10-10 11:00"),
]


@cache
def minutes() -> Minutes:
    """Lay out three years, once."""
    return Minutes()


def on_the_wall(at: datetime) -> datetime:
    """Read an instant off a wall in the county."""
    return at.astimezone(SHANGHAI).replace(tzinfo=None)


def by_minutes(start: datetime, span: Length) -> datetime | None:
    """Count a limit with the other calculator; None where it ends beyond what that knows."""
    match span.span:
        case Span.RUNNING:
            return minutes().running(start, span.amount)
        case Span.WORKING_DAYS:
            return minutes().working_days(start, span.amount)
        case Span.CALENDAR_DAYS:
            return minutes().calendar_days(start, span.amount)
        case _:
            return minutes().months(start, span.amount)


@pytest.mark.parametrize(("start", "text", "end"), HAND)
def test_a_limit_of_three_years_by_hand(start: str, text: str, end: str) -> None:
    """As a clerk would count it with the notices of the State Council and of the region at hand; both calculators agree."""
    assert shown(limit(wall(start), length(text), COUNTY, round_the_clock=False)) == end
    assert by_minutes(datetime.fromisoformat(start), length(text)) == datetime.fromisoformat(end)


def test_the_same_days_are_worked_as_the_notices_say() -> None:
    """Each of 1,096 days."""
    lists = minutes()
    assert [COUNTY.is_working_day(on) for on in lists.days] == lists.worked
    assert Counter(on.year for on, worked in zip(lists.days, lists.worked, strict=True) if worked) == {
        2024: 247,
        2025: 244,
        2026: 243,
    }
    assert not COUNTY.is_estimated_between(lists.days[0], lists.days[-1])
    assert COUNTY.is_estimated(LAST_ON + timedelta(days=1))


def test_ten_thousand_limits_are_what_another_calculator_finds() -> None:
    """Any start to the second, any length that a county file may have; and the way back, and the time between."""
    dice = Random(20241231)
    compared: Counter[str] = Counter()
    while compared.total() < CASES:
        start = datetime(2024, 1, 2) + timedelta(seconds=dice.randrange(1060 * 86400))  # noqa: DTZ001 (on a wall)
        start_at = start.replace(tzinfo=SHANGHAI).astimezone(wall("2024-01-01 00:00").tzinfo)
        unit = dice.choice(("min", "h", "d", "cd", "mo"))
        span = length(f"{dice.randrange(1, {'min': 600, 'h': 90, 'd': 30, 'cd': 90, 'mo': 13}[unit])}{unit}")
        expected = by_minutes(start, span)
        if expected is None:
            continue
        found_at = limit(start_at, span, COUNTY, round_the_clock=False)
        assert on_the_wall(found_at) == expected, (start, span.text)
        compared[unit] += 1
        passed = minutes().since_first(expected) - minutes().since_first(start)
        assert COUNTY.running_between(start_at, found_at) == timedelta(seconds=passed), (start, span.text)
        back = minutes().back(start, span.amount) if span.span is Span.RUNNING else None
        if back is not None:
            assert on_the_wall(COUNTY.subtract_running(start_at, timedelta(seconds=span.amount))) == back, (start, span.text)
    assert min(compared.values()) > CASES // 10


def test_the_other_calculator_notices_a_day_that_is_missing() -> None:
    """A calendar that forgets one make-up Saturday is found out."""
    forgetful = replace(QAPQAL_HOURS, holidays=(*COUNTY_HOLIDAYS, holiday("2025-10-11", "忘了")))
    calendar = Calendar.of(forgetful)
    worked = [calendar.is_working_day(on) for on in minutes().days]
    assert [on for on, one, other in zip(minutes().days, worked, minutes().worked, strict=True) if one != other] == [
        date(2025, 10, 11)
    ]


COUNTY_HOLIDAYS = tuple(holiday(on, "节") for on in REGIONAL)
