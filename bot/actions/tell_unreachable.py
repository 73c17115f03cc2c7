"""An official cannot be written to any more: the unit's leads hear of it, else the admins, and can hand the cases on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.actions.manage_staff import heirs_of, leads_among
from bot.rules.county import Role
from bot.rules.effect import Effects, Priority, Send
from bot.rules.identity import PersonId, StaffId
from bot.rules.message import StaffUnreachable
from bot.rules.staff import Staff


def lost_roles(person: PersonId, staff: Iterable[Staff]) -> tuple[Staff, ...]:
    """Return each role of a person who blocked the bot or is gone; none of a resident, or of one who is back."""
    return tuple(each for each in staff if each.person == person and not each.is_reachable)


def tell_unreachable(lost: Iterable[Staff], held: Mapping[StaffId, int], staff: Sequence[Staff], now: datetime) -> Effects:
    """Tell about each role that nobody can be reached in.

    Args:
        held: how many open cases each has in charge.
    """
    return Effects(
        sends=tuple(
            Send(reader, _told(each, held.get(each.id, 0), staff, now), Priority.NOTICE)
            for each in lost
            for reader in _readers(each, staff)
        )
    )


def _told(lost: Staff, cases: int, staff: Sequence[Staff], now: datetime) -> StaffUnreachable:
    heirs = heirs_of(lost, staff, now) if cases else ()
    return StaffUnreachable(
        role=lost.role,
        unit=lost.unit,
        staff=lost.id,
        cases=cases,
        heirs=tuple(each.id for each in heirs),
        leads=leads_among(heirs),
    )


def _readers(lost: Staff, staff: Sequence[Staff]) -> Iterable[PersonId]:
    """Return the leads of the unit who can be reached, else the admins; nobody twice."""
    others = [each for each in staff if each.is_reachable and each.person != lost.person]
    leads = [each.person for each in others if each.role is Role.LEAD and each.unit == lost.unit and lost.unit is not None]
    return dict.fromkeys(leads or (each.person for each in others if each.role is Role.ADMIN))
