"""Somebody uses what was never meant for them: nothing happens, they are told so, and where it matters it is an entry.

It matters where it leads to something real: a button about a case that is none of theirs, a one-time link for a role. The
entry names an official by their role; of anybody else it says "a resident", as of all who are no officials.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.rules.access import may_see
from bot.rules.case import Case
from bot.rules.effect import Effects
from bot.rules.entry import RESIDENT, Entry, InvitationRefused, PressRefused
from bot.rules.identity import PersonId
from bot.rules.rebuff import Rebuffs, one_more
from bot.rules.staff import Invitation, Staff


def rebuff_press(  # noqa: PLR0913 (what is asked and what is known)
    person: PersonId,
    roles: Sequence[Staff],
    case: Case,
    voices: Collection[PersonId],
    before: Rebuffs | None,
    now: datetime,
    *,
    button: str,
) -> Effects:
    """Enter that somebody pressed a button about a case that is none of theirs; nothing where it is.

    Args:
        button: the name of the button's kind.
        before: how often they were refused so far.
    """
    if person in voices or may_see(roles, case):
        return Effects()
    return _entered(person, Entry(at=now, actor=_actor(roles), case=case.number, fact=PressRefused(button=button)), before)


def rebuff_link(
    person: PersonId, roles: Sequence[Staff], invitation: Invitation | None, before: Rebuffs | None, now: datetime
) -> Effects:
    """Enter that somebody opened a one-time link that is good no more, or that nobody made."""
    role, unit = (None, None) if invitation is None else (invitation.role, invitation.unit)
    fact = InvitationRefused(role=role, unit=unit)
    return _entered(person, Entry(at=now, actor=_actor(roles), case=None, fact=fact), before)


def _entered(person: PersonId, entry: Entry, before: Rebuffs | None) -> Effects:
    counted = one_more(person, before, entry.at)
    return Effects() if counted is None else Effects(entries=(entry,), rebuffs=(counted,))


def _actor(roles: Sequence[Staff]) -> str:
    return roles[0].id if roles else RESIDENT
