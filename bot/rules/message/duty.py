"""What is told about duty: who is woken at night and on days off."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

import msgspec

from bot.rules.county import Role
from bot.rules.identity import StaffId, UnitId


class ShiftLine(msgspec.Struct, frozen=True, kw_only=True):
    """One shift in a list."""

    staff: StaffId
    role: Role
    begins_at: datetime
    ends_at: datetime


class DutyCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show who is on duty for a unit, None: for the county; whoever looks after its staff chooses here.

    Attributes:
        lines: what is still to come, the next first.
        gap: the first stretch in which nobody is on duty when the offices are shut next.
        chosen, begins_on, days: what is chosen so far; `begins_at` and `ends_at` what it makes.
        options: who can be on duty, in the order of the buttons; none where the reader only looks.
        posts: what else the reader may look at, by unit; empty: the county.
    """

    unit: UnitId | None
    lines: tuple[ShiftLine, ...]
    gap: tuple[datetime, datetime] | None
    chosen: StaffId | None
    begins_on: date
    days: int
    today: date
    begins_at: datetime
    ends_at: datetime
    options: tuple[StaffId, ...]
    posts: tuple[str, ...] = ()


class DutyChanged(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell an official that they are on duty, or no longer (`is_off`)."""

    unit: UnitId | None
    begins_at: datetime
    ends_at: datetime
    is_off: bool


class DutyGap(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell leads and admins beforehand that nobody will be on duty, for a unit or the county, between two instants."""

    unit: UnitId | None
    begins_at: datetime
    ends_at: datetime


DutyMessage: TypeAlias = DutyCard | DutyChanged | DutyGap
