"""Which duties (值班) a county keeps, as its file says; what they are is in `bot.rules.duty`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final

from bot.rules.identity import UnitId


@dataclass(frozen=True, slots=True)
class DutyPlan:
    """For whom somebody is always on duty.

    Attributes:
        units: each has somebody of its own on duty, or the county has; else it is reported beforehand.
        is_for_county: somebody is always on duty for all units.
        change: local time at which one shift ends and the next begins.
        silence: after so long without an answer others are told, too; real time.
    """

    units: tuple[UnitId, ...] = ()
    is_for_county: bool = False
    change: time = time(10)
    silence: timedelta = timedelta(minutes=15)


NO_DUTY: Final = DutyPlan()
"""What a county keeps that says nothing of it."""
