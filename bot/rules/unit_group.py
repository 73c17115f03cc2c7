"""Work groups of units: chats of several people that read how much there is to do, and never a word of what it is.

Invariant: a group is linked by a code that a lead was given, once, and is told nothing but counts and case numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.rules.identity import PersonId, StaffId, UnitId

CODE_LIFE: Final = timedelta(hours=48)
"""How long a code can be used, like any one-time link."""


@dataclass(frozen=True, slots=True)
class GroupCode:
    """A one-time code that links a group to a unit; only its hash is kept.

    Attributes:
        digest: of the code, 32 hex digits.
        by: the lead whom it was given to.
    """

    digest: str
    unit: UnitId
    by: StaffId
    expires_at: datetime
    is_used: bool = False

    def is_valid(self, now: datetime) -> bool:
        """Say whether it can still be used."""
        return not self.is_used and now < self.expires_at


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """A group that is linked to a unit; `person` is the chat itself."""

    person: PersonId
    unit: UnitId
    is_reachable: bool
