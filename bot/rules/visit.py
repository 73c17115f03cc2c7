"""Field visits (一线工作法): who went where, and how many households and firms they saw.

Invariant: whom they saw stands nowhere; what was heard becomes a case like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.rules.identity import StaffId, TownshipId, UnitId, VisitId

VISIT_ID_BYTES: Final = 6
MOST_SEEN: Final = 999
"""More than anybody sees in a day."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit as it is counted; `unit` is None where the one who went works for none."""

    id: VisitId
    staff: StaffId
    unit: UnitId | None
    township: TownshipId
    households: int
    firms: int
