"""Someone opens an invitation and holds a role from now on; what waited for such a one is shown to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from bot.actions.lines import task_list
from bot.errors import NotPermitted
from bot.ports import Desk, Sender
from bot.rules.access import HANDLING
from bot.rules.case import Case
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import Entry, Invited, Joined
from bot.rules.identity import StaffId
from bot.rules.message import StaffJoined, StaffWelcome
from bot.rules.staff import Invitation, Staff

STAFF_ID_BYTES = 6
INVITATION_PREFIX = "j-"
"""What the payload of an invitation link begins with."""


def digest_of(payload: str) -> str:
    """Hash the secret of a link, 64 hex digits; only this is kept."""
    return sha256(payload.encode()).hexdigest()


def join_staff(
    desk: Desk,
    sender: Sender,
    invitation: Invitation,
    waiting: tuple[tuple[Case, ...], int],
    admins: Iterable[Staff],
    now: datetime,
) -> Effects:
    """Use an invitation.

    Args:
        waiting: the unit's open cases and how many there are.

    Raises:
        NotPermitted: the link was used or is too old.
    """
    if not invitation.is_valid(now):
        raise NotPermitted
    staff = Staff(
        id=StaffId(f"s-{desk.randomness.bytes(STAFF_ID_BYTES).hex()}"),
        person=sender.person,
        role=invitation.role,
        unit=invitation.unit,
        township=invitation.township,
        is_reachable=True,
    )
    fact = Joined(staff=staff.id, role=staff.role, unit=staff.unit, township=staff.township)
    told = StaffJoined(role=staff.role, unit=staff.unit)
    return Effects(
        entries=(Entry(at=now, actor=staff.id, case=None, fact=fact),),
        joined=(staff,),
        invitation_used=invitation.digest,
        sends=(
            Send(sender.person, StaffWelcome(role=staff.role, unit=staff.unit)),
            *_waiting(staff, waiting, now),
            *(Send(each.person, told, Priority.NOTICE) for each in admins if each.person != sender.person),
        ),
    )


def _waiting(staff: Staff, waiting: tuple[tuple[Case, ...], int], now: datetime) -> tuple[Send, ...]:
    cases, total = waiting
    if staff.role not in HANDLING or not cases:
        return ()
    return (Send(staff.person, task_list(cases, total, now)),)


__all__ = ["INVITATION_PREFIX", "Invited", "digest_of", "join_staff"]
