"""Who hears of an official who cannot be written to any more."""

from __future__ import annotations

from dataclasses import replace

from bot.actions.tell_unreachable import tell_unreachable
from bot.rules.county import Role
from bot.rules.effect import NOTHING, Effects, Priority, Send
from bot.rules.identity import PersonId
from bot.rules.message import StaffUnreachable
from tests.support.builders import TRANSPORT, WATER, staff

LOST = staff(Role.OFFICER, name="lost", is_reachable=False)
LEAD = staff(Role.LEAD, name="lead")
OTHER_LEAD = staff(Role.LEAD, WATER, name="other")
ADMIN = staff(Role.ADMIN, None, name="admin")
TOLD = StaffUnreachable(role=Role.OFFICER, unit=TRANSPORT)


def told(*readers: PersonId) -> Effects:
    """What these people are told."""
    return Effects(sends=tuple(Send(reader, TOLD, Priority.NOTICE) for reader in readers))


def test_the_lead_of_the_unit_is_told() -> None:
    """Not that of another, and not the admins."""
    assert tell_unreachable(LOST.person, [LOST, LEAD, OTHER_LEAD, ADMIN]) == told(LEAD.person)


def test_without_a_lead_who_can_be_reached_the_admins_are() -> None:
    """Somebody must know."""
    gone = replace(LEAD, is_reachable=False)
    assert tell_unreachable(LOST.person, [LOST, gone, OTHER_LEAD, ADMIN]) == told(ADMIN.person)


def test_a_lead_who_is_lost_is_told_of_to_the_admins() -> None:
    """They hold no message for themselves."""
    gone = replace(LEAD, is_reachable=False)
    (send,) = tell_unreachable(gone.person, [gone, ADMIN]).sends
    assert (send.to, send.message) == (ADMIN.person, StaffUnreachable(role=Role.LEAD, unit=TRANSPORT))


def test_nothing_is_said_of_residents_and_of_whoever_is_back() -> None:
    """It concerns nobody."""
    assert tell_unreachable(PersonId("p-resident"), [LEAD, ADMIN]) == NOTHING
    assert tell_unreachable(LOST.person, [replace(LOST, is_reachable=True), LEAD, ADMIN]) == NOTHING
