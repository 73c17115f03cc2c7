"""A lead links a work group to their unit, or takes it off again; and what the group is told.

Invariant: no word of a case, no name and no place goes into a group; whoever else is in it reads numbers.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from bot.actions.join_staff import digest_of
from bot.errors import NotPermitted
from bot.ports import Desk
from bot.rules.access import Act, require
from bot.rules.county import County
from bot.rules.dialog import Dialog, InGroup
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import Entry, GroupLinked, GroupsUnlinked
from bot.rules.identity import CaseNumber, PersonId, UnitId
from bot.rules.message import GroupJoined, GroupLink, GroupNotice, GroupWelcome, Remark, ReminderLine, Said
from bot.rules.staff import Staff
from bot.rules.tasks import Only, TaskPage
from bot.rules.unit_group import CODE_LIFE, GroupCode, UnitGroup

CODE_PREFIX: Final = "g-"
CODE_BYTES: Final = 12
SHOWN: Final = 10


def offer_code(desk: Desk, roles: Sequence[Staff], groups: Iterable[UnitGroup], bot: str, now: datetime) -> Effects:
    """Give a lead a one-time code for a group of their unit.

    Args:
        bot: the bot's name on the network.

    Raises:
        NotPermitted: they lead no unit.
    """
    lead = _lead(roles)
    payload = CODE_PREFIX + urlsafe_b64encode(desk.randomness.bytes(CODE_BYTES)).decode()
    code = GroupCode(digest_of(payload), _unit(lead), lead.id, now + CODE_LIFE)
    linked = sum(group.unit == code.unit for group in groups)
    link = GroupLink(
        unit=code.unit,
        link=f"https://t.me/{bot}?startgroup={payload}",
        command=f"/group {payload}",
        expires_at=code.expires_at,
        groups=linked,
    )
    return Effects(group_codes=(code,), sends=(Send(lead.person, link),))


def link_group(
    person: PersonId, code: GroupCode, groups: Iterable[UnitGroup], staff: Iterable[Staff], now: datetime
) -> Effects:
    """Link a group by a code that somebody wrote in it; the lead who was given the code is told.

    Raises:
        NotPermitted: the code was used, is too old, or its lead leads the unit no more.
    """
    lead = next((each for each in staff if each.id == code.by and each.unit == code.unit), None)
    if not code.is_valid(now) or lead is None:
        raise NotPermitted
    others = {group.person for group in groups if group.unit == code.unit} - {person}
    joined = GroupJoined(unit=code.unit, groups=len(others) + 1)
    return Effects(
        entries=(Entry(at=now, actor=lead.id, case=None, fact=GroupLinked(unit=code.unit)),),
        group_linked=code.digest,
        dialog=InGroup(),
        sends=(Send(person, GroupWelcome(unit=code.unit)), Send(lead.person, joined, Priority.NOTICE)),
    )


def unlink_groups(roles: Sequence[Staff], *, pressed: int | None, now: datetime) -> Effects:
    """Take all groups off a lead's unit; they are told nothing more.

    Raises:
        NotPermitted: they lead no unit.
    """
    lead = _lead(roles)
    unit = _unit(lead)
    return Effects(
        entries=(Entry(at=now, actor=lead.id, case=None, fact=GroupsUnlinked(unit=unit)),),
        groups_unlinked=(unit,),
        sends=(Send(lead.person, GroupJoined(unit=unit, groups=0), replaces=pressed),),
    )


def heard_in_group(person: PersonId, dialog: Dialog) -> Effects:
    """Say once that people write in private, and take nothing."""
    if isinstance(dialog, InGroup):
        return Effects()
    return Effects(dialog=InGroup(), sends=(Send(person, Said(Remark.PRIVATE_ONLY)),))


def refuse_code(person: PersonId) -> Effects:
    """Say that a code is not, or no longer, good."""
    return Effects(dialog=InGroup(), sends=(Send(person, Said(Remark.INVITATION_INVALID)),))


def tell_group(group: UnitGroup, page: TaskPage) -> Effects:
    """Tell a group in the morning how its unit stands, and which cases are late; nothing where there is nothing.

    Args:
        page: the first of the unit's cases that are past their limit, and how many there are by filter.
    """
    if not group.is_reachable or not page.counts.get(Only.UNIT):
        return Effects()
    message = GroupNotice(
        unit=group.unit,
        counts=tuple((only, page.counts.get(only, 0)) for only in (Only.UNIT, Only.UNACCEPTED, Only.OVERDUE)),
        late=tuple(case.number for case in page.cases if not case.is_confidential)[:SHOWN],
    )
    return Effects(sends=(Send(group.person, message, Priority.NOTICE),))


def tell_late(county: County, groups: Iterable[UnitGroup], lines: Iterable[ReminderLine]) -> Effects:
    """Tell groups the numbers of cases that have become late, as their units' officials are told."""
    late: dict[UnitId, dict[CaseNumber, None]] = {}
    for line in lines:
        category = county.categories.get(line.category)
        if line.is_late and category is not None and not category.is_confidential:
            late.setdefault(line.unit, {})[line.case] = None
    return Effects(
        sends=tuple(
            Send(
                group.person, GroupNotice(unit=group.unit, counts=(), late=tuple(late[group.unit])[:SHOWN]), Priority.NOTICE
            )
            for group in groups
            if group.is_reachable and group.unit in late
        )
    )


def _lead(roles: Sequence[Staff]) -> Staff:
    return require(roles, Act.LINK_GROUP)


def _unit(lead: Staff) -> UnitId:
    if lead.unit is None:
        raise NotPermitted
    return lead.unit
