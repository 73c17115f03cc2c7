"""Someone opens an invitation and holds a role from now on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from bot.actions.join_staff import digest_of, join_staff, keep_admin_out, let_admin_in
from bot.errors import NotPermitted
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import Entry, Joined
from bot.rules.identity import PersonId, StaffId
from bot.rules.message import AdminWanted, Remark, RoleMenu, Said, StaffJoined, StaffWelcome, TaskList
from bot.rules.staff import HOLDER_HOLE, INVITATION_LIFE, Invitation, Staff
from tests.support.builders import (
    ADMIN,
    NOW,
    NUMBER,
    QIONGBOLA,
    TRANSPORT,
    case_in,
    staff,
)
from tests.support.known import desk

PERSON = PersonId("p-new")
DRAWN = StaffId("s-000000000001")
LINK = Invitation(digest_of("j-secret"), Role.OFFICER, TRANSPORT, QIONGBOLA, NOW + INVITATION_LIFE, is_used=False)
WAITING: tuple[tuple[Case, ...], int] = ((case_in(State.ASSIGNED),), 12)


def joining(
    invitation: Invitation = LINK,
    waiting: tuple[tuple[Case, ...], int] = ((), 0),
    admins: tuple[Staff, ...] = (ADMIN,),
) -> Effects:
    """Open a link."""
    return join_staff(desk(), PERSON, invitation, waiting, admins, NOW)


def test_the_ledger_says_who_holds_what_but_not_which_person() -> None:
    """The entry names a staff id drawn at random, by which the person cannot be found."""
    effects = joining()
    fact = Joined(
        staff=DRAWN,
        role=Role.OFFICER,
        unit=TRANSPORT,
        township=QIONGBOLA,
        language=None,
        confirmed_by=None,
        link=LINK.digest,
        holder=HOLDER_HOLE,
        chat=HOLDER_HOLE,
    )
    assert effects.entries == (Entry(at=NOW, actor=DRAWN, case=None, fact=fact),)
    assert effects.joined == (Staff(DRAWN, PERSON, Role.OFFICER, TRANSPORT, QIONGBOLA, is_reachable=True),)
    assert PERSON not in repr(effects.entries)


def test_the_link_is_used_up() -> None:
    """The commit marks the invitation that was opened."""
    assert joining().invitation_used == LINK.digest


def test_the_person_is_welcomed_and_the_admins_are_told() -> None:
    """Nobody takes a role unnoticed."""
    second = staff(Role.ADMIN, None, "second")
    told = StaffJoined(role=Role.OFFICER, unit=TRANSPORT)
    assert joining(admins=(ADMIN, second)).sends == (
        Send(PERSON, StaffWelcome(role=Role.OFFICER, unit=TRANSPORT, sign=DRAWN)),
        Send(ADMIN.person, told, Priority.NOTICE),
        Send(second.person, told, Priority.NOTICE),
        Send(PERSON, RoleMenu(roles=(Role.OFFICER,))),
    )


def test_the_menu_of_commands_shows_all_that_is_held() -> None:
    """Whoever takes a second role keeps the commands of the first."""
    effects = join_staff(desk(), PERSON, LINK, ((), 0), (ADMIN,), NOW, (Role.LEAD, Role.OFFICER))
    assert effects.sends[-1].message == RoleMenu(roles=(Role.LEAD, Role.OFFICER))


def test_an_admin_who_joins_is_not_told_about_themselves() -> None:
    """Who takes a second role knows it from the welcome."""
    told = [send.message for send in joining(admins=(replace(ADMIN, person=PERSON),)).sends]
    assert told == [StaffWelcome(role=Role.OFFICER, unit=TRANSPORT, sign=DRAWN), RoleMenu(roles=(Role.OFFICER,))]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD])
def test_what_waited_for_the_unit_is_shown_at_once(role: Role) -> None:
    """Cases that nobody was there for do not stay unseen."""
    sends = joining(replace(LINK, role=role), WAITING).sends
    listed = sends[1].message
    assert sends[1].to == PERSON
    assert isinstance(listed, TaskList)
    assert ([line.case for line in listed.cases], listed.total) == ([NUMBER], 12)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICER, Role.LEAD}])
def test_others_are_shown_no_cases(role: Role) -> None:
    """A list of tasks is for who handles them."""
    sends = joining(replace(LINK, role=role), WAITING).sends
    assert not any(isinstance(send.message, TaskList) for send in sends)


def test_an_empty_list_is_not_sent() -> None:
    """Nothing to do is said by saying nothing."""
    assert not any(isinstance(send.message, TaskList) for send in joining().sends)


@pytest.mark.parametrize(
    "invitation",
    [
        replace(LINK, is_used=True),
        replace(LINK, expires_at=NOW),
        replace(LINK, expires_at=NOW - timedelta(days=1)),
        replace(LINK, is_used=True, expires_at=NOW),
    ],
    ids=["used", "expires now", "expired", "both"],
)
def test_a_link_works_once_and_for_two_days(invitation: Invitation) -> None:
    """Used or too old, it gives nothing, and nobody hears of it."""
    with pytest.raises(NotPermitted):
        joining(invitation)


def test_the_last_second_of_a_link_still_counts() -> None:
    """Until the instant it expires it is good."""
    assert joining(replace(LINK, expires_at=NOW + timedelta(seconds=1))).joined != ()


def test_only_a_hash_of_the_secret_is_kept() -> None:
    """Who reads the database cannot open anybody's link."""
    assert LINK.digest == sha256(b"j-secret").hexdigest()[:32]


ADMIN_LINK = Invitation(digest_of("j-admin"), Role.ADMIN, None, None, NOW + INVITATION_LIFE, is_used=False)
ASKED = replace(ADMIN_LINK, asked_by=PERSON)


def test_the_first_admin_needs_nobodys_word() -> None:
    """In a county without an admin, the link of the command line is enough."""
    assert joining(ADMIN_LINK, admins=()).joined[0].role is Role.ADMIN


def test_a_further_admin_waits_for_an_admins_word() -> None:
    """Opening the link changes nothing but that the admins are asked, and the one who opened it is told so."""
    effects = joining(ADMIN_LINK)
    assert (effects.joined, effects.entries, effects.invitation_used) == ((), (), None)
    assert effects.invitation_asked == ADMIN_LINK.digest
    assert effects.sends == (
        Send(PERSON, Said(Remark.ADMIN_ASKED)),
        Send(ADMIN.person, AdminWanted(invitation=ADMIN_LINK.digest), Priority.NOTICE),
    )


def test_an_admin_lets_another_in() -> None:
    """The ledger says on whose word."""
    effects = let_admin_in(desk(), [ADMIN], ASKED, [ADMIN], NOW, pressed=7)
    (entry,) = effects.entries
    assert isinstance(entry.fact, Joined)
    assert (entry.fact.role, entry.fact.confirmed_by) == (Role.ADMIN, ADMIN.id)
    assert effects.joined[0].person == PERSON
    assert effects.invitation_used == ADMIN_LINK.digest
    assert effects.sends[0] == Send(ADMIN.person, StaffJoined(role=Role.ADMIN, unit=None), replaces=7)


def test_every_other_admin_hears_who_was_let_in() -> None:
    """Whoever said yes reads it where they pressed, the new one is welcomed, and only the others get a notice."""
    others = (staff(Role.ADMIN, None, "second"), staff(Role.ADMIN, None, "third"))
    themselves = replace(ADMIN, person=PERSON)
    effects = let_admin_in(desk(), [ADMIN], ASKED, [others[0], ADMIN, themselves, others[1]], NOW, pressed=7)
    told = StaffJoined(role=Role.ADMIN, unit=None)
    assert effects.sends == (
        Send(ADMIN.person, told, replaces=7),
        Send(PERSON, StaffWelcome(role=Role.ADMIN, unit=None, sign=DRAWN)),
        *(Send(each.person, told, Priority.NOTICE) for each in others),
        Send(PERSON, RoleMenu(roles=(Role.ADMIN,)), Priority.NOTICE),
    )


def test_an_admin_keeps_another_out() -> None:
    """The link is used up, nobody joins, and the one who asked hears no more than that it is not valid."""
    effects = keep_admin_out([ADMIN], ASKED, NOW, pressed=7)
    assert (effects.joined, effects.entries, effects.invitation_used) == ((), (), ADMIN_LINK.digest)
    assert Send(PERSON, Said(Remark.INVITATION_INVALID), Priority.NOTICE) in effects.sends


@pytest.mark.parametrize(
    ("roles", "invitation", "now"),
    [
        pytest.param((), ASKED, NOW, id="a resident"),
        pytest.param((replace(ADMIN, role=Role.SUPERVISOR),), ASKED, NOW, id="a supervisor"),
        pytest.param((ADMIN,), ADMIN_LINK, NOW, id="nobody has asked"),
        pytest.param((ADMIN,), replace(ASKED, asked_by=ADMIN.person), NOW, id="the one who asked"),
        pytest.param((ADMIN,), replace(ASKED, is_used=True), NOW, id="answered already"),
        pytest.param((ADMIN,), ASKED, NOW + INVITATION_LIFE, id="too late"),
    ],
)
def test_nobody_else_lets_an_admin_in(roles: tuple[Staff, ...], invitation: Invitation, now: datetime) -> None:
    """A forged, late or repeated button, or one's own, does nothing."""
    with pytest.raises(NotPermitted):
        let_admin_in(desk(), roles, invitation, [ADMIN], now, pressed=None)
    with pytest.raises(NotPermitted):
        keep_admin_out(roles, invitation, now, pressed=None)
