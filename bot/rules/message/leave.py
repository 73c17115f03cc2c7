"""What is told about leave: to whoever goes, to their lead, to their deputy.

Invariant: nobody is named; an official is a staff id, a role and a unit.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

import msgspec

from bot.rules.county import Role
from bot.rules.identity import StaffId, UnitId


class LeaveCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Let an official choose when they are away and who is told in their stead, or show the leave that they have.

    Attributes:
        today: the day on which it is shown, from which the choices count.
        begins_at, last_at: an instant on the first and on the last day.
        options: colleagues who could be the deputy, in the order of the buttons.
        is_taken: there is nothing to choose; it can be ended.
        staff: whose leave it is; None in letters of earlier versions.
    """

    begins_on: date
    days: int
    today: date
    begins_at: datetime
    last_at: datetime
    deputy: StaffId | None
    options: tuple[StaffId, ...]
    is_taken: bool
    staff: StaffId | None = None


class ColleagueAway(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell a lead that an official is away, and the deputy that they stand in; the instants as in LeaveCard."""

    staff: StaffId
    role: Role
    unit: UnitId | None
    begins_at: datetime
    last_at: datetime
    deputy: StaffId | None
    is_deputy: bool


class ColleagueBack(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell that an official is back from leave, also themselves."""

    staff: StaffId
    role: Role
    unit: UnitId | None


LeaveMessage: TypeAlias = LeaveCard | ColleagueAway | ColleagueBack
