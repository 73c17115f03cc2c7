"""Who hears of an official who cannot be written to any more."""

from __future__ import annotations

from dataclasses import replace

from bot.actions.tell_unreachable import lost_roles, tell_unreachable
from bot.rules.county import Role
from bot.rules.effect import NOTHING, Effects, Priority, Send
from bot.rules.identity import PersonId
from bot.rules.message import StaffUnreachable
from tests.support.builders import NOW, TRANSPORT, WATER, staff

LOST = staff(Role.OFFICER, name="lost", is_reachable=False)
LEAD = staff(Role.LEAD, name="lead")
OTHER_LEAD = staff(Role.LEAD, WATER, name="other")
ADMIN = staff(Role.ADMIN, None, name="admin")
TOLD = StaffUnreachable(role=Role.OFFICER, unit=TRANSPORT, staff=LOST.id)


def told(*readers: PersonId) -> Effects:
    """What these people are told."""
    return Effects(sends=tuple(Send(reader, TOLD, Priority.NOTICE) for reader in readers))


def test_the_lead_of_the_unit_is_told() -> None:
    """Not that of another, and not the admins."""
    assert tell_unreachable([LOST], {}, [LOST, LEAD, OTHER_LEAD, ADMIN], NOW) == told(LEAD.person)


def test_without_a_lead_who_can_be_reached_the_admins_are() -> None:
    """Somebody must know."""
    gone = replace(LEAD, is_reachable=False)
    assert tell_unreachable([LOST], {}, [LOST, gone, OTHER_LEAD, ADMIN], NOW) == told(ADMIN.person)


def test_a_lead_who_is_lost_is_told_of_to_the_admins() -> None:
    """They hold no message for themselves."""
    gone = replace(LEAD, is_reachable=False)
    (send,) = tell_unreachable([gone], {}, [gone, ADMIN], NOW).sends
    assert (send.to, send.message) == (ADMIN.person, StaffUnreachable(role=Role.LEAD, unit=TRANSPORT, staff=gone.id))


def test_their_cases_can_be_handed_to_colleagues_who_are_here() -> None:
    """Officers and leads of the unit, and nobody where there is nothing to hand on."""
    second, gone = staff(Role.OFFICER, name="second"), staff(Role.OFFICER, name="gone", is_reachable=False)
    everyone = [LOST, LEAD, second, gone, OTHER_LEAD, ADMIN]
    (send,) = tell_unreachable([LOST], {LOST.id: 3}, everyone, NOW).sends
    assert isinstance(send.message, StaffUnreachable)
    assert (send.message.cases, send.message.heirs) == (3, (LEAD.id, second.id))
    assert send.message.leads == (LEAD.id,)


def test_nothing_is_said_of_residents_and_of_whoever_is_back() -> None:
    """It concerns nobody."""
    assert lost_roles(PersonId("p-resident"), [LEAD, ADMIN]) == ()
    assert lost_roles(LOST.person, [replace(LOST, is_reachable=True), LEAD, ADMIN]) == ()
    assert tell_unreachable([], {}, [LEAD, ADMIN], NOW) == NOTHING
