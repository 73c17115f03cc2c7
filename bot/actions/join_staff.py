"""Someone opens an invitation and holds a role from now on; what waited for such a one is shown to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from bot.actions.lines import task_list
from bot.errors import NotPermitted
from bot.ports import Desk
from bot.rules.access import HANDLING, Act, require
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import Entry, Joined
from bot.rules.identity import PersonId, StaffId
from bot.rules.message import AdminWanted, Remark, RoleMenu, Said, StaffJoined, StaffWelcome
from bot.rules.staff import HOLDER_HOLE, Invitation, Staff

STAFF_ID_BYTES = 6
INVITATION_PREFIX = "j-"
"""What the payload of an invitation link begins with."""


def digest_of(payload: str) -> str:
    """Hash the secret of a link: the first 32 hex digits of its SHA-256, short enough for a button; only this is kept."""
    return sha256(payload.encode()).hexdigest()[:32]


def join_staff(  # noqa: PLR0913, PLR0917 (what is asked and what is known)
    desk: Desk,
    person: PersonId,
    invitation: Invitation,
    waiting: tuple[tuple[Case, ...], int],
    admins: Iterable[Staff],
    now: datetime,
    held: Iterable[Role] = (),
) -> Effects:
    """Use an invitation. A further admin comes in only by another admin's word, which is asked for.

    Args:
        waiting: the unit's open cases and how many there are.
        held: the roles that they have already, for the menu of commands.

    Raises:
        NotPermitted: the link was used or is too old.
    """
    if not invitation.is_valid(now):
        raise NotPermitted
    others = tuple(each for each in admins if each.person != person)
    if invitation.role is Role.ADMIN and others:
        return _ask_admins(person, invitation, others)
    menu = RoleMenu(roles=tuple(dict.fromkeys((*held, invitation.role))))
    return _take(desk, person, invitation, waiting, others, now) + Effects(sends=(Send(person, menu),))


def let_admin_in(
    desk: Desk,
    roles: Iterable[Staff],
    invitation: Invitation,
    admins: Iterable[Staff],
    now: datetime,
    *,
    pressed: int | None,
) -> Effects:
    """Let someone who opened a link for an admin become one, on another admin's word.

    Raises:
        NotPermitted: the one who answers is no admin, is the one who asked, or the link is no longer good.
    """
    admin, person = _answering(roles, invitation, now)
    told = Send(admin.person, StaffJoined(role=Role.ADMIN, unit=None), replaces=pressed)
    others = tuple(each for each in admins if each.person not in {person, admin.person})
    taken = _take(desk, person, invitation, ((), 0), others, now, confirmed_by=admin.id)
    menu = Send(person, RoleMenu(roles=(Role.ADMIN,)), Priority.NOTICE)
    return Effects(sends=(told,)) + taken + Effects(sends=(menu,))


def keep_admin_out(roles: Iterable[Staff], invitation: Invitation, now: datetime, *, pressed: int | None) -> Effects:
    """Refuse someone who opened a link for an admin; the link is used up.

    Raises:
        NotPermitted: the one who answers is no admin, is the one who asked, or the link is no longer good.
    """
    admin, person = _answering(roles, invitation, now)
    return Effects(
        invitation_used=invitation.digest,
        sends=(
            Send(admin.person, Said(Remark.ADMIN_REFUSED), replaces=pressed),
            Send(person, Said(Remark.INVITATION_INVALID), Priority.NOTICE),
        ),
    )


def _answering(roles: Iterable[Staff], invitation: Invitation, now: datetime) -> tuple[Staff, PersonId]:
    admin = require(roles, Act.LET_ADMIN_IN)
    if not invitation.is_valid(now) or invitation.asked_by is None or invitation.asked_by == admin.person:
        raise NotPermitted
    return admin, invitation.asked_by


def _ask_admins(person: PersonId, invitation: Invitation, admins: Iterable[Staff]) -> Effects:
    wanted = AdminWanted(invitation=invitation.digest)
    return Effects(
        invitation_asked=invitation.digest,
        sends=(
            Send(person, Said(Remark.ADMIN_ASKED)),
            *(Send(each.person, wanted, Priority.NOTICE) for each in admins),
        ),
    )


def _take(  # noqa: PLR0913 (what is asked and what is known)
    desk: Desk,
    person: PersonId,
    invitation: Invitation,
    waiting: tuple[tuple[Case, ...], int],
    others: Iterable[Staff],
    now: datetime,
    *,
    confirmed_by: StaffId | None = None,
) -> Effects:
    staff = Staff(
        id=StaffId(f"s-{desk.randomness.bytes(STAFF_ID_BYTES).hex()}"),
        person=person,
        role=invitation.role,
        unit=invitation.unit,
        township=invitation.township,
        is_reachable=True,
        language=invitation.language,
    )
    fact = Joined(
        staff=staff.id,
        role=staff.role,
        unit=staff.unit,
        township=staff.township,
        language=staff.language,
        confirmed_by=confirmed_by,
        link=invitation.digest,
        holder=HOLDER_HOLE,
        chat=HOLDER_HOLE,
    )
    told = StaffJoined(role=staff.role, unit=staff.unit)
    return Effects(
        entries=(Entry(at=now, actor=staff.id, case=None, fact=fact),),
        joined=(staff,),
        invitation_used=invitation.digest,
        sends=(
            Send(person, StaffWelcome(role=staff.role, unit=staff.unit, sign=staff.id)),
            *_waiting(staff, waiting, now),
            *(Send(each.person, told, Priority.NOTICE) for each in others),
        ),
    )


def _waiting(staff: Staff, waiting: tuple[tuple[Case, ...], int], now: datetime) -> tuple[Send, ...]:
    cases, total = waiting
    if staff.role not in HANDLING or not cases:
        return ()
    return (Send(staff.person, task_list(cases, total, now)),)
