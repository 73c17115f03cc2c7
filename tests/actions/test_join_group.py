"""A unit's work group: who links it, what it is told, and that nothing anybody wrote is among it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from bot.actions.join_group import (
    CODE_PREFIX,
    heard_in_group,
    link_group,
    offer_code,
    refuse_code,
    tell_group,
    tell_late,
    unlink_groups,
)
from bot.actions.join_staff import digest_of
from bot.errors import NotPermitted
from bot.rules.case import State
from bot.rules.dialog import Idle, InGroup
from bot.rules.effect import Priority
from bot.rules.entry import GroupLinked, GroupsUnlinked
from bot.rules.identity import CaseNumber, PersonId
from bot.rules.message import GroupJoined, GroupLink, GroupNotice, GroupWelcome, Remark, ReminderLine, Said
from bot.rules.staff import Staff
from bot.rules.tasks import Only, TaskPage
from bot.rules.unit_group import CODE_LIFE, GroupCode, UnitGroup
from tests.support.builders import (
    ADMIN,
    CONDUCT,
    DUE_AT,
    EVERYBODY,
    LEAD,
    NOW,
    NUMBER,
    OFFICER,
    ROADS,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    case_in,
    county,
)
from tests.support.known import desk

GROUP = PersonId("p-group")
CODE = GroupCode("0" * 32, TRANSPORT, LEAD.id, NOW + CODE_LIFE)
OURS = UnitGroup(GROUP, TRANSPORT, is_reachable=True)
LATE = ReminderLine(
    case=NUMBER, stage="overdue:0h", category=ROADS, township=None, unit=TRANSPORT, limit_at=DUE_AT, is_late=True
)


def test_a_lead_is_given_a_code_of_which_only_the_hash_is_kept() -> None:
    """As a link that puts the bot into a group, and as a line to write there; how many are linked is said."""
    elsewhere = UnitGroup(PersonId("p-else"), WATER, is_reachable=True)
    effects = offer_code(desk(), (LEAD,), (OURS, elsewhere), "minsheng_bot", NOW)
    (send,) = effects.sends
    assert isinstance(send.message, GroupLink)
    payload = send.message.command.removeprefix("/group ")
    assert payload.startswith(CODE_PREFIX)
    assert send.message.link == f"https://t.me/minsheng_bot?startgroup={payload}"
    assert effects.group_codes == (GroupCode(digest_of(payload), TRANSPORT, LEAD.id, NOW + CODE_LIFE),)
    assert send.message.groups == 1


@pytest.mark.parametrize("who", [OFFICER, SUPERVISOR, ADMIN])
def test_only_a_lead_links_groups(who: Staff) -> None:
    """Nor does anybody else end it."""
    with pytest.raises(NotPermitted):
        offer_code(desk(), (who,), (), "minsheng_bot", NOW)
    with pytest.raises(NotPermitted):
        unlink_groups((who,), pressed=None, now=NOW)


def test_a_code_links_the_group_it_is_written_in() -> None:
    """With an entry in the lead's name; the group hears what will come, the lead that it was done."""
    effects = link_group(GROUP, CODE, (), EVERYBODY, NOW)
    assert (effects.group_linked, effects.dialog) == (CODE.digest, InGroup())
    (entry,) = effects.entries
    assert (entry.actor, entry.fact) == (LEAD.id, GroupLinked(unit=TRANSPORT))
    welcome, joined = effects.sends
    assert (welcome.to, welcome.message) == (GROUP, GroupWelcome(unit=TRANSPORT))
    assert (joined.to, joined.message, joined.priority) == (
        LEAD.person,
        GroupJoined(unit=TRANSPORT, groups=1),
        Priority.NOTICE,
    )


@pytest.mark.parametrize(
    ("code", "staff"),
    [
        (replace(CODE, is_used=True), EVERYBODY),
        (replace(CODE, expires_at=NOW), EVERYBODY),
        (CODE, (OFFICER, ADMIN)),  # the lead is gone
        (CODE, (replace(LEAD, unit=WATER),)),
    ],
)
def test_a_code_that_is_used_old_or_of_nobody_links_nothing(code: GroupCode, staff: tuple[Staff, ...]) -> None:
    """The group is told so."""
    with pytest.raises(NotPermitted):
        link_group(GROUP, code, (), staff, NOW)
    assert [send.message for send in refuse_code(GROUP).sends] == [Said(Remark.INVITATION_INVALID)]


def test_a_lead_ends_it_for_all_groups() -> None:
    """With an entry."""
    effects = unlink_groups((LEAD,), pressed=7, now=NOW)
    assert effects.groups_unlinked == (TRANSPORT,)
    assert [entry.fact for entry in effects.entries] == [GroupsUnlinked(unit=TRANSPORT)]
    (send,) = effects.sends
    assert (send.message, send.replaces) == (GroupJoined(unit=TRANSPORT, groups=0), 7)


def test_what_is_said_in_a_group_is_answered_once_and_not_taken() -> None:
    """With where to write instead."""
    first = heard_in_group(GROUP, Idle())
    assert (first.dialog, [send.message for send in first.sends]) == (InGroup(), [Said(Remark.PRIVATE_ONLY)])
    assert heard_in_group(GROUP, InGroup()).sends == ()


def test_a_group_reads_counts_and_numbers() -> None:
    """Of a case about an official not even its number, and nothing where nothing is open or nobody reads."""
    late, secret = (
        case_in(State.ACCEPTED),
        msgspec.structs.replace(case_in(State.ACCEPTED), number=CaseNumber("CB-2026-000009")),
    )
    page = TaskPage(
        (late, msgspec.structs.replace(secret, is_confidential=True)),
        {Only.UNIT: 9, Only.UNACCEPTED: 2, Only.OVERDUE: 2, Only.MINE: 4},
    )
    (send,) = tell_group(OURS, page).sends
    counts = ((Only.UNIT, 9), (Only.UNACCEPTED, 2), (Only.OVERDUE, 2))
    assert (send.to, send.message) == (GROUP, GroupNotice(unit=TRANSPORT, counts=counts, late=(late.number,)))
    assert tell_group(replace(OURS, is_reachable=False), page).sends == ()
    assert tell_group(OURS, TaskPage((), {})).sends == ()


def test_a_group_hears_which_cases_have_become_late() -> None:
    """Its own unit's, once each; not what is still in time, nor what is about an official."""
    others = (
        msgspec.structs.replace(LATE, case=CaseNumber("CB-2026-000007"), is_late=False),
        msgspec.structs.replace(LATE, case=CaseNumber("CB-2026-000008"), category=CONDUCT),
        msgspec.structs.replace(LATE, case=CaseNumber("CB-2026-000009"), unit=WATER),
    )
    (send,) = tell_late(county(), (OURS,), (LATE, LATE, *others)).sends
    assert (send.to, send.message) == (GROUP, GroupNotice(unit=TRANSPORT, counts=(), late=(NUMBER,)))
    assert send.priority is Priority.NOTICE
    assert tell_late(county(), (replace(OURS, is_reachable=False),), (LATE,)).sends == ()


def test_a_code_lasts_two_days() -> None:
    """Like any one-time link."""
    assert CODE.is_valid(NOW + CODE_LIFE - timedelta(seconds=1))
    assert not CODE.is_valid(NOW + CODE_LIFE)
