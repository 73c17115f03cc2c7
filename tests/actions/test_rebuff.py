"""What was never meant for somebody is entered where it leads to something real, and says of nobody who they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.actions.rebuff import rebuff_link, rebuff_press
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.effect import Effects
from bot.rules.entry import RESIDENT, Entry, InvitationRefused, PressRefused
from bot.rules.rebuff import MOST, Rebuffs
from bot.rules.staff import Invitation, Staff
from tests.support.builders import (
    LEAD,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    TRANSPORT,
    WATER,
    case_in,
    staff,
)

CASE = case_in(State.ASSIGNED)
OUTSIDE = staff(Role.OFFICER, WATER, "outside")


@pytest.mark.parametrize(("roles", "actor"), [((), RESIDENT), ((OUTSIDE,), OUTSIDE.id)], ids=["resident", "official"])
def test_a_button_of_others_is_an_entry_beside_the_case(roles: tuple[Staff, ...], actor: str) -> None:
    """By role, or as a resident; the case stays as it is."""
    effects = rebuff_press(NEIGHBOUR, roles, CASE, (RESIDENT_PERSON,), None, NOW, button="AcceptCase")
    entry = Entry(at=NOW, actor=actor, case=NUMBER, fact=PressRefused(button="AcceptCase"))
    assert effects == Effects(entries=(entry,), rebuffs=(Rebuffs(NEIGHBOUR, NOW, 1),))


def test_whoever_has_to_do_with_the_case_makes_no_entry() -> None:
    """A button that comes too late, or asks for another role, is only refused."""
    assert rebuff_press(RESIDENT_PERSON, (), CASE, (RESIDENT_PERSON,), None, NOW, button="AcceptCase") == Effects()
    assert rebuff_press(OFFICER.person, (OFFICER,), CASE, (), None, NOW, button="Take") == Effects()


def test_a_link_that_is_not_good_is_an_entry_of_the_house() -> None:
    """With what it was made for, where anybody made it."""
    made = Invitation("d" * 32, Role.LEAD, TRANSPORT, None, NOW - timedelta(days=1), is_used=True)
    used = rebuff_link(NEIGHBOUR, (), made, None, NOW)
    assert [each.fact for each in used.entries] == [InvitationRefused(role=Role.LEAD, unit=TRANSPORT)]
    unknown = rebuff_link(LEAD.person, (LEAD,), None, None, NOW)
    assert [(each.actor, each.fact) for each in unknown.entries] == [(LEAD.id, InvitationRefused(role=None, unit=None))]


def test_nobody_fills_the_ledger_with_them() -> None:
    """After so many in a day there is nothing."""
    often = Rebuffs(NEIGHBOUR, NOW, MOST)
    assert rebuff_press(NEIGHBOUR, (), CASE, (), often, NOW, button="AcceptCase") == Effects()
    assert rebuff_link(NEIGHBOUR, (), None, often, NOW) == Effects()
