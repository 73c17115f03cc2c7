"""Everybody who can be reached has one menu, for all that they hold."""

from __future__ import annotations

from dataclasses import replace

from bot.actions.hang_menus import hang_menus
from bot.rules.effect import NOTHING, Priority, Send
from bot.rules.message import RoleMenu
from tests.support.builders import ADMIN, LEAD, OFFICER


def test_each_person_gets_one_menu_for_all_that_they_hold() -> None:
    """In the order in which they took it; a role held twice, in two units, counts once."""
    also_lead = replace(LEAD, person=OFFICER.person)
    again = replace(OFFICER, id=ADMIN.id, unit=None)
    effects = hang_menus((OFFICER, ADMIN, also_lead, again))
    assert effects.sends == (
        Send(OFFICER.person, RoleMenu(roles=(OFFICER.role, LEAD.role)), Priority.NOTICE),
        Send(ADMIN.person, RoleMenu(roles=(ADMIN.role,)), Priority.NOTICE),
    )


def test_who_cannot_be_reached_gets_none() -> None:
    """Nothing is tried in vain."""
    assert hang_menus((replace(OFFICER, is_reachable=False),)) == NOTHING
