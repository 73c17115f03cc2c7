"""Buttons with which leads and admins say who is on duty."""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class ShowDuty(msgspec.Struct, frozen=True, array_like=True, tag="yl"):
    """Show who is on duty for a unit; empty: for the county."""

    unit: str


class ChooseShift(msgspec.Struct, frozen=True, array_like=True, tag="yc"):
    """Choose a shift: who, the first day as Python counts days, how many; and enter it."""

    staff: str
    begins_on: int
    days: int
    is_final: bool


class DropShift(msgspec.Struct, frozen=True, array_like=True, tag="yd"):
    """Take somebody off duty; `begins_at` in seconds since 1970."""

    staff: str
    begins_at: int


DutyButton: TypeAlias = ShowDuty | ChooseShift | DropShift
