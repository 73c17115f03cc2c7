"""What a night looks at, counted by the store and judged by the rules; every count is up to the same midnight.

Weeks and days are counted back from it: place 0 is the last seven days, or the last day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.rules.calendar import Calendar
from bot.rules.case import Case
from bot.rules.entry import Channel
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.signal import Done
from bot.rules.warning_place import Placed
from bot.rules.warning_surge import SILENT_DAYS, Cell
from bot.rules.warning_texts import Waiting
from bot.rules.warning_unit import Limits


@dataclass(frozen=True, slots=True)
class Watched:
    """What was counted for one night.

    Attributes:
        history: for how many whole weeks the county has counted.
        cells: cases by category, township and week.
        limits: limits by unit and week.
        channels: cases by channel and day.
        overdue: overdue cases by unit, the longest overdue first.
        suspects: open cases that are old, urged or transferred enough to look at.
        placed: cases of the last time with what they say of their place.
        resolved: attempts that each unit resolved, by the days that signals look back.
        late, fast, comebacks: of these, at the last moment, within minutes of signing, reopened since.
        bare, lengthened, extended, own: resolved without evidence, lengthened, extended more than once, rated by the rated.
        texts: what waits to be translated, and how late it is.
        answers: what was answered to whom, as keyed hashes of the even form; short ones are left out.
    """

    history: int
    cells: Mapping[Cell, Sequence[int]]
    limits: Mapping[UnitId, Sequence[Limits]]
    channels: Mapping[Channel, Sequence[int]]
    overdue: Mapping[UnitId, Sequence[Case]]
    suspects: Sequence[Case]
    placed: Sequence[Placed]
    resolved: Mapping[int, Mapping[UnitId, int]]
    late: Sequence[Done]
    fast: Sequence[Done]
    comebacks: Sequence[Done]
    bare: Sequence[tuple[UnitId, CaseNumber]]
    lengthened: Sequence[tuple[UnitId, CaseNumber]]
    extended: Sequence[tuple[UnitId, CaseNumber]]
    own: Sequence[tuple[UnitId, CaseNumber]]
    texts: Waiting
    answers: Sequence[tuple[Done, bytes]]


def silent_windows(daily: Sequence[int], last_on: date, calendar: Calendar, history_days: int) -> list[list[int]]:
    """Put a channel's days into windows that can be compared: of like length, on like days, with as many working days.

    Args:
        daily: by day, `last_on` first.
        history_days: how many of them the county has counted.
    """
    found = []
    for days in SILENT_DAYS:
        working = _working(last_on, days, calendar)
        window = [sum(daily[:days])]
        found.append(
            window
            + [
                sum(daily[start : start + days])
                for start in range(7, min(history_days, len(daily)) - days + 1, 7)
                if _working(last_on - timedelta(days=start), days, calendar) == working
            ]
        )
    return found


def _working(last_on: date, days: int, calendar: Calendar) -> int:
    return sum(calendar.is_working_day(last_on - timedelta(days=back)) for back in range(days))
