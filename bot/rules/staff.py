"""Officials: who they are to the program, and how an invitation makes one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.rules.county import Role
from bot.rules.identity import PersonId, StaffId, TownshipId, UnitId

INVITATION_LIFE: Final = timedelta(hours=48)
"""How long a one-time link can be used (design.md section 9)."""


@dataclass(frozen=True, slots=True)
class Staff:
    """An active official.

    Attributes:
        person: the chat they are reached in; never shown and never in the ledger.
        unit: whom they work for; None for an admin.
        is_reachable: False once Telegram said that the chat is blocked or gone.
    """

    id: StaffId
    person: PersonId
    role: Role
    unit: UnitId | None
    township: TownshipId | None
    is_reachable: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link for a role.

    Attributes:
        digest: of its secret (`bot.actions.join_staff.digest_of`), 32 hex digits.
        asked_by: who opened a link for a further admin and waits for an admin's word.
    """

    digest: str
    role: Role
    unit: UnitId | None
    township: TownshipId | None
    expires_at: datetime
    is_used: bool
    asked_by: PersonId | None = None

    def is_valid(self, now: datetime) -> bool:
        """Say whether it can still be used."""
        return not self.is_used and now < self.expires_at
