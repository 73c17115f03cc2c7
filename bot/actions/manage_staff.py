"""Leads and admins look after who works here: invite, revoke at once, hand on what somebody had in charge.

Invariant: a lead reaches the officers of their own unit and nobody else; the last admin stays.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.actions.draft import drops_of
from bot.actions.join_staff import INVITATION_PREFIX, digest_of
from bot.actions.lines import case_line
from bot.actions.matter import changed
from bot.errors import IllegalTransition, NotPermitted, StaleButton
from bot.ports import Desk
from bot.rules.access import HANDLING, PERMITTED, Act, require
from bot.rules.caller import ENTERING
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.dialog import Drafting
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import Entry, Reassigned, StaffEnded
from bot.rules.identity import Language, PersonId, StaffId, UnitId
from bot.rules.message import (
    CasesHandedOn,
    InvitationLink,
    Remark,
    RoleEnded,
    RoleMenu,
    Said,
    StaffCard,
    StaffGone,
    StaffLine,
    StaffList,
)
from bot.rules.staff import INVITATION_LIFE, Invitation, Staff, invited

SECRET_BYTES: Final = 18
HALF_A_DAY: Final = timedelta(hours=12)

UNITLESS: Final = (Role.SUPERVISOR, Role.OPERATOR, Role.TRANSLATOR, Role.ADMIN)
"""What an admin may invite somebody to be who works for no unit."""


def manager_of(roles: Sequence[Staff], unit: UnitId | None) -> Staff:
    """Return the role in which somebody looks after those of a unit, or of none: an admin's, else the unit's lead's.

    Raises:
        NotPermitted: they hold none that does.
    """
    admins = tuple(each for each in roles if each.role is Role.ADMIN)
    leads = tuple(each for each in roles if each.role is Role.LEAD and each.unit == unit and unit is not None)
    return require(admins or leads, Act.MANAGE_STAFF)


def invitable(manager: Staff, unit: UnitId | None) -> tuple[Role, ...]:
    """Return what somebody may invite to: a lead officers only."""
    if manager.role is Role.LEAD:
        return (Role.OFFICER,)
    return UNITLESS if unit is None else (Role.OFFICER, Role.LEAD)


def list_staff(
    roles: Sequence[Staff],
    unit: UnitId | None,
    members: Iterable[tuple[Staff, int]],
    units: tuple[UnitId, ...],
    now: datetime,
    *,
    pressed: int | None,
) -> Effects:
    """Show who works for a unit.

    Args:
        members: each with how many open cases they have in charge.
        units: where else the reader may look.
    """
    manager = manager_of(roles, unit)
    lines = tuple(_line(each, cases, now) for each, cases in members)
    shown = StaffList(unit=unit, lines=lines, units=units, invites=invitable(manager, unit))
    return Effects(sends=(Send(manager.person, shown, replaces=pressed),))


def show_member(  # noqa: PLR0913 (what is asked and what is known)
    roles: Sequence[Staff],
    member: Staff,
    cases: int,
    staff: Sequence[Staff],
    now: datetime,
    *,
    is_sure: bool,
    pressed: int | None,
) -> Effects:
    """Show one of them, with what can be done; `is_sure` asks once more before the role ends."""
    manager = manager_of(roles, member.unit)
    heirs = heirs_of(member, staff, now) if cases else ()
    card = StaffCard(
        line=_line(member, cases, now),
        unit=member.unit,
        may_end=_may_end(manager, member, staff),
        is_sure=is_sure,
        heirs=tuple(each.id for each in heirs),
        leads=leads_among(heirs),
    )
    return Effects(sends=(Send(manager.person, card, replaces=pressed),))


def heirs_of(member: Staff, staff: Iterable[Staff], now: datetime) -> tuple[Staff, ...]:
    """Return who could take over somebody's cases: colleagues of the unit who are here."""
    return tuple(
        each
        for each in staff
        if each.unit == member.unit and each.role in HANDLING and each.id != member.id and each.is_here(now)
    )


def leads_among(colleagues: Iterable[Staff]) -> tuple[StaffId, ...]:
    """Return which colleagues answer for their unit."""
    return tuple(each.id for each in colleagues if each.role is Role.LEAD)


def invite(  # noqa: PLR0913, PLR0917 (what is asked and what is known)
    desk: Desk,
    roles: Sequence[Staff],
    role: Role,
    unit: UnitId | None,
    bot: str,
    now: datetime,
    language: Language | None = None,
) -> Effects:
    """Make a one-time link; only its hash is kept.

    Args:
        bot: the bot's name on the network.
        language: which one a translator translates; None: every one.

    Raises:
        NotPermitted: it is not theirs to give.
        StaleButton: the county has no such unit, or no such language.
    """
    manager = manager_of(roles, unit)
    if role not in invitable(manager, unit):
        raise NotPermitted
    if language is not None and (role is not Role.TRANSLATOR or language not in desk.county.languages):
        raise StaleButton
    if unit is not None and unit not in desk.county.units:
        raise StaleButton
    payload = INVITATION_PREFIX + urlsafe_b64encode(desk.randomness.bytes(SECRET_BYTES)).decode()
    expires_at = now + INVITATION_LIFE
    invitation = Invitation(digest_of(payload), role, unit, None, expires_at, is_used=False, language=language)
    entry = Entry(at=now, actor=manager.id, case=None, fact=invited(invitation))
    link = InvitationLink(role=role, unit=unit, link=f"https://t.me/{bot}?start={payload}", expires_at=expires_at)
    return Effects(entries=(entry,), invited=(invitation,), sends=(Send(manager.person, link),))


def end_staff(  # noqa: PLR0913 (what is asked and what is known)
    roles: Sequence[Staff],
    member: Staff,
    cases: tuple[tuple[Case, ...], int],
    staff: Sequence[Staff],
    now: datetime,
    *,
    writing: tuple[Drafting | None, int | None] = (None, None),
    pressed: int | None,
) -> Effects:
    """End somebody's role: from the next tap on they can do nothing in it. Their cases go on, and the leads see which.

    What they were writing down for somebody else goes with the role that let them.

    Args:
        cases: those they had in charge, and how many there are.
        writing: what they have begun to write, and Telegram's number of its card.

    Raises:
        NotPermitted: it is not theirs to end.
        IllegalTransition: it is the last admin.
    """
    manager = manager_of(roles, member.unit)
    if member.role is Role.ADMIN and not any(each.role is Role.ADMIN and each.id != member.id for each in staff):
        raise IllegalTransition
    if not _may_end(manager, member, staff):
        raise NotPermitted
    shown, total = cases
    heirs = heirs_of(member, staff, now) if total else ()
    gone = StaffGone(
        staff=member.id,
        role=member.role,
        unit=member.unit,
        cases=tuple(case_line(case, now) for case in shown),
        total=total,
        heirs=tuple(each.id for each in heirs),
        leads=leads_among(heirs),
    )
    leads = _leads_of(member.unit, staff)
    left = tuple(each.role for each in staff if each.person == member.person and each.id != member.id)
    return Effects(
        entries=(Entry(at=now, actor=manager.id, case=None, fact=StaffEnded(staff=member.id)),),
        left=(member.id,),
        sends=(
            Send(manager.person, gone, replaces=pressed),
            *(Send(person, gone, Priority.NOTICE) for person in sorted(leads - {manager.person, member.person})),
            Send(member.person, RoleEnded(role=member.role, unit=member.unit), Priority.NOTICE),
            Send(member.person, RoleMenu(roles=left), Priority.NOTICE),
        ),
    ) + _taken_back(member, writing, [each for each in staff if each.person == member.person and each.id != member.id])


def _leads_of(unit: UnitId | None, staff: Iterable[Staff]) -> set[PersonId]:
    """Return who answers for a unit and can be told."""
    leads = (each for each in staff if each.role is Role.LEAD and each.unit == unit and unit is not None)
    return {each.person for each in leads if each.is_reachable}


def _taken_back(member: Staff, writing: tuple[Drafting | None, int | None], others: Iterable[Staff]) -> Effects:
    """Erase what somebody writes down for another person and can enter in none of their other roles; its card says so."""
    draft, card = writing
    if draft is None or not draft.is_for_another:
        return Effects()
    act = ENTERING.get(draft.channel)
    if act is not None and any(each.role in PERMITTED[act] for each in others):
        return Effects()
    priority = Priority.NOTICE if card is None else Priority.ANSWER
    said = Send(member.person, Said(Remark.ENTRY_TAKEN_BACK), priority, replaces=card)
    return Effects(ended=(member.person,), dropped=drops_of(member.person, draft), sends=(said,))


def hand_on(
    roles: Sequence[Staff], before: Staff, to: StaffId, cases: Sequence[Case], staff: Sequence[Staff], now: datetime
) -> Effects:
    """Put a colleague in charge of all that somebody had in charge.

    Raises:
        StaleButton: there is nothing to hand on, or the colleague is no longer there.
    """
    manager = manager_of(roles, before.unit)
    heir = next((each for each in heirs_of(before, staff, now) if each.id == to), None)
    held = [case for case in cases if case.officer == before.id and case.unit == before.unit]
    if heir is None or not held:
        raise StaleButton
    changes = tuple(changed(case, manager.id, (Reassigned(staff=to),), now) for case in held)
    told = CasesHandedOn(staff=to, cases=tuple(case_line(change.after, now) for change in changes))
    readers = dict.fromkeys((manager.person, heir.person))
    sends = tuple(Send(each, told, Priority.ANSWER if each == manager.person else Priority.NOTICE) for each in readers)
    return Effects(cases=changes, sends=sends)


def _may_end(manager: Staff, member: Staff, staff: Iterable[Staff]) -> bool:
    if manager.role is Role.LEAD:
        return member.role is Role.OFFICER and member.unit == manager.unit
    others = any(each.role is Role.ADMIN and each.id != member.id for each in staff)
    return member.role is not Role.ADMIN or others


def _line(member: Staff, cases: int, now: datetime) -> StaffLine:
    away = member.leave if member.is_away(now) else None
    return StaffLine(
        staff=member.id,
        role=member.role,
        is_reachable=member.is_reachable,
        away_until=None if away is None else away.ends_at - HALF_A_DAY,
        cases=cases,
    )
