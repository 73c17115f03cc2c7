"""Another county file comes into force without a restart: shown first, put in force by an admin, told to who watches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from bot.ports import Proposal
from bot.rules.access import WATCHING, Act, require
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import CountyChanged, Entry
from bot.rules.fault import Mistake
from bot.rules.message import CountyProposed, CountyRefused, CountyTaken, Remark, Said
from bot.rules.staff import Staff

SHOWN: Final = 30
"""Differences and mistakes in one message; the total stands beside them."""


def propose_county(roles: Sequence[Staff], proposal: Proposal, pressed: int | None = None) -> Effects:
    """Show what the file would change.

    Raises:
        NotPermitted: they are no admin.
    """
    person = require(roles, Act.CHANGE_COUNTY).person
    if not proposal.differences:
        return Effects(sends=(Send(person, Said(Remark.COUNTY_UNCHANGED), replaces=pressed),))
    shown = CountyProposed(
        digest=proposal.digest,
        in_force=proposal.in_force,
        differences=proposal.differences[:SHOWN],
        total=len(proposal.differences),
    )
    return Effects(sends=(Send(person, shown, replaces=pressed),))


def refuse_county(roles: Sequence[Staff], mistakes: Sequence[Mistake], pressed: int | None = None) -> Effects:
    """Say what is wrong with the file; what is in force stays.

    Raises:
        NotPermitted: they are no admin.
    """
    person = require(roles, Act.CHANGE_COUNTY).person
    refused = CountyRefused(mistakes=tuple(mistakes[:SHOWN]), total=len(mistakes))
    return Effects(sends=(Send(person, refused, replaces=pressed),))


def take_county(
    roles: Sequence[Staff], proposal: Proposal, staff: Iterable[Staff], now: datetime, pressed: int | None
) -> Effects:
    """Put the file in force, and tell everybody who watches over the county who did and what it changes.

    Raises:
        NotPermitted: they are no admin.
    """
    admin = require(roles, Act.CHANGE_COUNTY)
    total = len(proposal.differences)
    taken = CountyTaken(digest=proposal.digest, by=admin.id, differences=proposal.differences[:SHOWN], total=total)
    others = dict.fromkeys(each.person for each in staff if each.role in WATCHING and each.is_reachable)
    others.pop(admin.person, None)
    entry = Entry(at=now, actor=admin.id, case=None, fact=CountyChanged(file=proposal.digest, changes=total))
    return Effects(
        entries=(entry,),
        county=proposal.text,
        sends=(Send(admin.person, taken, replaces=pressed), *(Send(each, taken, Priority.NOTICE) for each in others)),
    )
