"""Officials: who they are to the program, and how an invitation makes one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.rules.county import Role
from bot.rules.entry import Invited
from bot.rules.identity import Language, PersonId, StaffId, TownshipId, UnitId

INVITATION_LIFE: Final = timedelta(hours=48)
"""How long a one-time link can be used (design.md section 9)."""


HOLDER_HOLE: Final = "?"
"""Stands in a new official's entry for what binds them to their person and chat, which only the commit can hash."""


@dataclass(frozen=True, slots=True)
class Leave:
    """When an official is away, the end not counted, and who is told in their stead; None: whoever comes next."""

    begins_at: datetime
    ends_at: datetime
    deputy: StaffId | None


@dataclass(frozen=True, slots=True)
class Shift:
    """When an official is on duty, the end not counted."""

    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Staff:
    """An active official.

    Attributes:
        person: the chat they are reached in; never shown and never in the ledger.
        unit: whom they work for; None for an admin.
        is_reachable: False once Telegram said that the chat is blocked or gone.
        leave: the last one that they took, over or not; None also where nobody asked for it.
        language: of a translator, the one that they translate; None: every one.
        shifts: when they are on duty, in order; old ones are left out.
    """

    id: StaffId
    person: PersonId
    role: Role
    unit: UnitId | None
    township: TownshipId | None
    is_reachable: bool
    leave: Leave | None = None
    language: Language | None = None
    shifts: tuple[Shift, ...] = ()

    def is_on_duty(self, now: datetime) -> bool:
        """Say whether they are on duty."""
        return any(shift.begins_at <= now < shift.ends_at for shift in self.shifts)

    def is_away(self, now: datetime) -> bool:
        """Say whether they are on leave."""
        return self.leave is not None and self.leave.begins_at <= now < self.leave.ends_at

    def is_here(self, now: datetime) -> bool:
        """Say whether they can be told something now."""
        return self.is_reachable and not self.is_away(now)


def acting(meant: Staff, staff: Iterable[Staff], now: datetime) -> Staff | None:
    """Return who is told what is meant for somebody: they themselves, or their deputy; None: neither is here."""
    if not meant.is_away(now):
        return meant if meant.is_reachable else None
    deputy = meant.leave.deputy if meant.leave is not None else None
    return next((each for each in staff if each.id == deputy and each.is_here(now)), None)


def outside(about: UnitId | None, staff: Iterable[Staff]) -> tuple[Staff, ...]:
    """Return who may be told of a case: everybody but the people of the unit that it is about, in whatever role."""
    known = tuple(staff)
    if about is None:
        return known
    inside = {each.person for each in known if each.unit == about}
    return tuple(each for each in known if each.person not in inside)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link for a role.

    Attributes:
        digest: of its secret (`bot.actions.join_staff.digest_of`), 32 hex digits.
        asked_by: who opened a link for a further admin and waits for an admin's word.
        language: for a translator, the one that they will translate; None: every one.
    """

    digest: str
    role: Role
    unit: UnitId | None
    township: TownshipId | None
    expires_at: datetime
    is_used: bool
    asked_by: PersonId | None = None
    language: Language | None = None

    def is_valid(self, now: datetime) -> bool:
        """Say whether it can still be used."""
        return not self.is_used and now < self.expires_at


def invited(invitation: Invitation) -> Invited:
    """Say of an invitation what the ledger keeps."""
    return Invited(
        role=invitation.role,
        unit=invitation.unit,
        township=invitation.township,
        language=invitation.language,
        link=invitation.digest,
        expires_at=invitation.expires_at.replace(microsecond=0),
    )
