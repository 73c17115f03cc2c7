"""One case as a line of a list, the same for residents and officials."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.rules.case import State
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId


class CaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """One case in a list."""

    case: CaseNumber
    state: State
    category: CategoryId
    township: TownshipId | None
    unit: UnitId
    due_at: datetime | None
    is_overdue: bool
