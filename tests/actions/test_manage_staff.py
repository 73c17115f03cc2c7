"""Who may look after whom, what is written when somebody is invited or goes, and where their cases go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

import msgspec
import pytest

from bot.actions.join_staff import digest_of
from bot.actions.manage_staff import end_staff, hand_on, invite, list_staff, manager_of, show_member
from bot.errors import IllegalTransition, NotPermitted, StaleButton
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.dialog import Drafting, FilePart
from bot.rules.effect import Priority
from bot.rules.entry import Channel, Reassigned, StaffEnded
from bot.rules.file import Media
from bot.rules.identity import FileId, UnitId
from bot.rules.message import (
    CasesHandedOn,
    InvitationLink,
    Remark,
    RoleEnded,
    RoleMenu,
    Said,
    StaffCard,
    StaffGone,
    StaffList,
)
from bot.rules.staff import Staff, invited
from handlers.callback import EndStaff, encode
from handlers.conversations import open_conversations
from tests.handlers.test_moved_on import BOT, taken_from
from tests.support.builders import (
    ADMIN,
    EVERYBODY,
    LEAD,
    NOW,
    OFFICER,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    case_in,
    draft,
    sender,
    staff,
)
from tests.support.known import Known, desk

SECOND = staff(Role.OFFICER, name="second")
ELSEWHERE = staff(Role.OFFICER, WATER, "elsewhere")
OTHER_ADMIN = staff(Role.ADMIN, None, "other admin")
ALL = (*EVERYBODY, SECOND, ELSEWHERE)


@pytest.mark.parametrize(
    ("who", "unit", "may"),
    [
        (LEAD, TRANSPORT, True),
        (LEAD, WATER, False),
        (LEAD, None, False),
        (ADMIN, TRANSPORT, True),
        (ADMIN, None, True),
        (OFFICER, TRANSPORT, False),
        (SUPERVISOR, TRANSPORT, False),
    ],
    ids=lambda value: getattr(value, "id", str(value)),
)
def test_leads_look_after_their_own_unit_and_admins_after_all(who: Staff, unit: UnitId | None, may: bool) -> None:  # noqa: FBT001 (a table's column)
    """Everybody else, and a lead elsewhere, is refused, whatever they press."""
    if may:
        assert manager_of((who,), unit) is who
        return
    with pytest.raises(NotPermitted):
        manager_of((who,), unit)
    with pytest.raises(NotPermitted):
        list_staff((who,), unit, (), (), NOW, pressed=None)
    with pytest.raises(NotPermitted):
        invite(desk(), (who,), Role.OFFICER, unit, "minsheng_bot", NOW)
    member = staff(Role.OFFICER, unit, "somebody")
    with pytest.raises(NotPermitted):
        end_staff((who,), member, ((), 0), ALL, NOW, pressed=None)
    with pytest.raises(NotPermitted):
        show_member((who,), member, 0, ALL, NOW, is_sure=False, pressed=None)
    with pytest.raises(NotPermitted):
        hand_on((who,), member, SECOND.id, (), ALL, NOW)


def test_an_invitation_is_an_entry_and_its_secret_is_nowhere_but_in_the_link() -> None:
    """Good for 48 hours; the store gets the hash alone."""
    effects = invite(desk(), (LEAD,), Role.OFFICER, TRANSPORT, "minsheng_bot", NOW)
    (send,) = effects.sends
    assert isinstance(send.message, InvitationLink)
    payload = send.message.link.removeprefix("https://t.me/minsheng_bot?start=")
    (invitation,) = effects.invited
    assert invitation.digest == digest_of(payload)
    assert invitation.expires_at == NOW + timedelta(hours=48)
    assert [entry.fact for entry in effects.entries] == [invited(invitation)]
    assert len(payload) >= 24
    assert send.to == LEAD.person


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.OFFICER])
def test_a_lead_invites_officers_only(role: Role) -> None:
    """More than that is an admin's, also by a button made up."""
    with pytest.raises(NotPermitted):
        invite(desk(), (LEAD,), role, TRANSPORT, "minsheng_bot", NOW)


def test_nobody_is_invited_to_a_unit_that_does_not_exist() -> None:
    """The county file may have changed since the button was drawn."""
    with pytest.raises(StaleButton):
        invite(desk(), (ADMIN,), Role.OFFICER, UnitId("nowhere"), "minsheng_bot", NOW)


def test_an_ended_role_is_an_entry_and_the_lead_sees_what_needs_somebody() -> None:
    """The one concerned hears of it and loses the commands; who could take over stands under it."""
    case = case_in(State.ACCEPTED)
    effects = end_staff((ADMIN,), OFFICER, ((case,), 1), ALL, NOW, pressed=7)
    assert [entry.fact for entry in effects.entries] == [StaffEnded(staff=OFFICER.id)]
    assert effects.entries[0].actor == ADMIN.id
    assert effects.left == (OFFICER.id,)
    gone = {send.to: send.message for send in effects.sends if isinstance(send.message, StaffGone)}
    assert set(gone) == {ADMIN.person, LEAD.person}
    for message in gone.values():
        assert isinstance(message, StaffGone)
        assert [line.case for line in message.cases] == [case.number]
        assert set(message.heirs) == {LEAD.id, SECOND.id}
        assert message.leads == (LEAD.id,)
    own = [send.message for send in effects.sends if send.to == OFFICER.person]
    assert own == [RoleEnded(role=Role.OFFICER, unit=TRANSPORT), RoleMenu(roles=())]


def test_the_last_admin_stays() -> None:
    """With another one they may go; a lead cannot end a lead."""
    with pytest.raises(IllegalTransition):
        end_staff((ADMIN,), ADMIN, ((), 0), ALL, NOW, pressed=None)
    assert end_staff((ADMIN,), ADMIN, ((), 0), (*ALL, OTHER_ADMIN), NOW, pressed=None).left == (ADMIN.id,)
    with pytest.raises(NotPermitted):
        end_staff((LEAD,), LEAD, ((), 0), ALL, NOW, pressed=None)


def test_cases_are_handed_on_together() -> None:
    """Each with its own entry; only what the one before had in charge, and only to a colleague who is here."""
    case = case_in(State.ACCEPTED)
    foreign = msgspec.structs.replace(case, officer=SECOND.id)
    effects = hand_on((LEAD,), OFFICER, SECOND.id, (case, foreign), ALL, NOW)
    (change,) = effects.cases
    assert change.after.officer == SECOND.id
    assert [entry.fact for entry in change.entries] == [Reassigned(staff=SECOND.id)]
    assert {send.to for send in effects.sends} == {LEAD.person, SECOND.person}
    assert all(isinstance(send.message, CasesHandedOn) for send in effects.sends)
    for to in (OFFICER.id, ELSEWHERE.id):
        with pytest.raises(StaleButton):
            hand_on((LEAD,), OFFICER, to, (case,), ALL, NOW)
    with pytest.raises(StaleButton):
        hand_on((LEAD,), OFFICER, SECOND.id, (), ALL, NOW)


def test_a_list_says_who_is_away_and_who_cannot_be_reached() -> None:
    """And what the reader can do from there."""
    gone = replace(SECOND, is_reachable=False)
    (send,) = list_staff((LEAD,), TRANSPORT, ((OFFICER, 2), (gone, 0)), (), NOW, pressed=None).sends
    assert isinstance(send.message, StaffList)
    assert [(line.staff, line.cases, line.is_reachable) for line in send.message.lines] == [
        (OFFICER.id, 2, True),
        (gone.id, 0, False),
    ]
    assert send.message.invites == (Role.OFFICER,)
    (send,) = show_member((LEAD,), OFFICER, 2, ALL, NOW, is_sure=False, pressed=None).sends
    assert isinstance(send.message, StaffCard)
    assert send.message.may_end
    assert set(send.message.heirs) == {LEAD.id, SECOND.id}
    assert send.message.leads == (LEAD.id,)


CALLED: Final = msgspec.structs.replace(
    draft(), channel=Channel.HOTLINE, parts=(FilePart(3, FileId("f-1"), Media.PHOTO),), words="我是三村的，他打我"
)
OPERATING: Final = staff(Role.OPERATOR, None, "operator")
ALSO: Final = replace(staff(Role.SUPERVISOR, None, "also"), person=OPERATING.person)


@pytest.mark.parametrize("card", [7, None])
def test_what_somebody_wrote_down_for_a_caller_goes_with_the_role(card: int | None) -> None:
    """Its words and files are erased, also from their chat, and they are told."""
    effects = end_staff((ADMIN,), OPERATING, ((), 0), (*ALL, OPERATING), NOW, writing=(CALLED, card), pressed=9)
    assert effects.ended == (OPERATING.person,)
    assert [drop.file for drop in effects.dropped] == ["f-1"]
    (told,) = [each for each in effects.sends if each.message == Said(Remark.ENTRY_TAKEN_BACK)]
    assert (told.to, told.replaces) == (OPERATING.person, card)
    assert (told.priority is Priority.ANSWER) == (card is not None)


@pytest.mark.parametrize(
    ("writing", "others"),
    [(None, ()), (draft(), ()), (CALLED, (ALSO,))],
    ids=["nothing", "a report of their own", "for a caller, and they are a supervisor, too"],
)
def test_what_is_theirs_to_go_on_with_stays(writing: Drafting | None, others: tuple[Staff, ...]) -> None:
    """Their own report is any resident's, and another role may let them enter calls."""
    effects = end_staff((ADMIN,), OPERATING, ((), 0), (*ALL, OPERATING, *others), NOW, writing=(writing, 7), pressed=9)
    assert (effects.ended, effects.dropped) == ((), ())
    assert Said(Remark.ENTRY_TAKEN_BACK) not in [each.message for each in effects.sends]


async def test_the_draft_is_looked_for_where_the_role_is_ended() -> None:
    """By the button that an admin presses, not only in what it does."""
    known = Known(staff=[*ALL, OPERATING], dialogs={OPERATING.person: CALLED})
    taken = taken_from({"data": encode(EndStaff(OPERATING.id))}, sender(ADMIN.person, ADMIN))
    effects = await open_conversations(desk(known), BOT).decide(taken, NOW)
    assert (effects.ended, effects.left) == ((OPERATING.person,), (OPERATING.id,))
