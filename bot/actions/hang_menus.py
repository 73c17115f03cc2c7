"""Officials get the menu of commands for what they hold: also those who came before there was one, or before it changed."""

from __future__ import annotations

from collections.abc import Iterable

from bot.rules.county import Role
from bot.rules.effect import Effects, Priority, Send
from bot.rules.identity import PersonId
from bot.rules.message import RoleMenu
from bot.rules.staff import Staff


def hang_menus(staff: Iterable[Staff]) -> Effects:
    """Hang out everybody's menu who can be reached; nothing is written in their chats."""
    held: dict[PersonId, dict[Role, None]] = {}
    for each in staff:
        if each.is_reachable:
            held.setdefault(each.person, {})[each.role] = None
    return Effects(
        sends=tuple(Send(person, RoleMenu(roles=tuple(roles)), Priority.NOTICE) for person, roles in held.items())
    )
