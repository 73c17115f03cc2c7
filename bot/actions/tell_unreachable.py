"""An official cannot be written to any more: those who answer for the unit hear of it, else the admins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.rules.county import Role
from bot.rules.effect import Effects, Priority, Send
from bot.rules.identity import PersonId
from bot.rules.message import StaffUnreachable
from bot.rules.staff import Staff


def tell_unreachable(person: PersonId, staff: Sequence[Staff]) -> Effects:
    """Tell about each role of a person who blocked the bot or is gone; nothing of a resident, or of one who is back."""
    lost = [each for each in staff if each.person == person and not each.is_reachable]
    return Effects(
        sends=tuple(
            Send(reader, StaffUnreachable(role=each.role, unit=each.unit), Priority.NOTICE)
            for each in lost
            for reader in _readers(each, staff)
        )
    )


def _readers(lost: Staff, staff: Sequence[Staff]) -> Iterable[PersonId]:
    """Return the leads of the unit who can be reached, else the admins; nobody twice."""
    others = [each for each in staff if each.is_reachable and each.person != lost.person]
    leads = [each.person for each in others if each.role is Role.LEAD and each.unit == lost.unit and lost.unit is not None]
    return dict.fromkeys(leads or (each.person for each in others if each.role is Role.ADMIN))
