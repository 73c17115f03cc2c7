"""Leave: who may stand in, what is written and who is told, and to whom the clock turns meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.actions.assignment import officials_of
from bot.actions.remind import recipients
from bot.actions.take_leave import LENGTHS, Wish, deputies_for, end_leave, first_wish, one_away, show_leave, take_leave
from bot.errors import IllegalTransition, NotPermitted, StaleButton
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.effect import Priority
from bot.rules.entry import LeaveEnded, LeaveTaken
from bot.rules.identity import StaffId
from bot.rules.message import ColleagueAway, ColleagueBack, LeaveCard
from bot.rules.staff import Leave
from tests.support.builders import (
    ADMIN,
    EVERYBODY,
    LEAD,
    NOW,
    OFFICER,
    TRANSPORT,
    WATER,
    case_in,
    staff,
)
from tests.support.hours import wall
from tests.support.known import desk

SECOND = staff(Role.OFFICER, name="second")
ELSEWHERE = staff(Role.OFFICER, WATER, "elsewhere")
ALL = (*EVERYBODY, SECOND, ELSEWHERE)
TODAY = date(2026, 11, 24)
WEEK = Wish(TODAY, 7, SECOND.id)
AWAY = replace(OFFICER, leave=Leave(NOW, NOW + timedelta(days=7), SECOND.id))


def test_taking_leave_is_an_entry_and_the_lead_and_the_deputy_are_told() -> None:
    """From now to the midnight after the last day; nobody else hears of it."""
    effects = take_leave(desk(), OFFICER, ALL, WEEK, NOW, pressed=7)
    leave = Leave(NOW, wall("2026-12-01 00:00"), SECOND.id)
    assert effects.leaves == ((OFFICER.id, leave),)
    (entry,) = effects.entries
    assert entry.fact == LeaveTaken(staff=OFFICER.id, begins_at=NOW, ends_at=leave.ends_at, deputy=SECOND.id)
    *told, shown = effects.sends
    assert {(send.to, send.message.is_deputy) for send in told if isinstance(send.message, ColleagueAway)} == {
        (LEAD.person, False),
        (SECOND.person, True),
    }
    assert {send.priority for send in told} == {Priority.NOTICE}
    assert isinstance(shown.message, LeaveCard)
    assert (shown.to, shown.replaces, shown.message.is_taken) == (OFFICER.person, 7, True)


def test_a_leave_ahead_begins_at_midnight_of_the_county() -> None:
    """Until then nothing is different."""
    effects = take_leave(desk(), OFFICER, ALL, replace(WEEK, begins_on=TODAY + timedelta(days=1), days=1), NOW, pressed=None)
    ((_, leave),) = effects.leaves
    assert leave == Leave(wall("2026-11-25 00:00"), wall("2026-11-26 00:00"), SECOND.id)
    ahead = replace(OFFICER, leave=leave)
    assert not ahead.is_away(wall("2026-11-24 23:59:59"))
    assert ahead.is_away(wall("2026-11-25 00:00"))
    assert not ahead.is_away(wall("2026-11-26 00:00"))


@pytest.mark.parametrize(
    "wish",
    [
        replace(WEEK, begins_on=TODAY - timedelta(days=1)),
        replace(WEEK, begins_on=TODAY + timedelta(days=8)),
        replace(WEEK, days=2),
        replace(WEEK, deputy=OFFICER.id),
        replace(WEEK, deputy=ELSEWHERE.id),
        replace(WEEK, deputy=StaffId("s-nobody")),
        replace(WEEK, deputy=None),
    ],
    ids=[
        "yesterday",
        "far ahead",
        "no such length",
        "oneself",
        "of another unit",
        "nobody known",
        "none though there is one",
    ],
)
def test_what_no_button_offers_is_refused(wish: Wish) -> None:
    """A button made up by somebody, or of another day, takes nothing."""
    for follow in (take_leave, show_leave):
        with pytest.raises(StaleButton):
            follow(desk(), OFFICER, ALL, wish, NOW, pressed=None)


def test_a_leave_is_taken_once_and_ended_once() -> None:
    """A button pressed again says that things have moved on."""
    with pytest.raises(IllegalTransition):
        take_leave(desk(), AWAY, ALL, WEEK, NOW, pressed=None)
    effects = end_leave(AWAY, ALL, NOW, pressed=7)
    assert [entry.fact for entry in effects.entries] == [LeaveEnded(staff=OFFICER.id)]
    assert effects.leaves == ((OFFICER.id, None),)
    assert {send.to for send in effects.sends} == {LEAD.person, SECOND.person, OFFICER.person}
    assert all(isinstance(send.message, ColleagueBack) for send in effects.sends)
    with pytest.raises(IllegalTransition):
        end_leave(OFFICER, ALL, NOW, pressed=None)


def test_the_deputy_is_told_in_stead_of_whoever_is_away() -> None:
    """As the officer in charge; without a deputy the unit's other officers, and with nobody the lead."""
    case = case_in(State.ACCEPTED)
    assert case.officer == OFFICER.id
    others = tuple(each for each in ALL if each is not OFFICER)
    assert recipients(case, (Role.OFFICER,), (*others, AWAY), NOW) == ((Role.OFFICER, SECOND),)
    assert recipients(case, (Role.OFFICER,), (*others, AWAY), NOW + timedelta(days=7)) == ((Role.OFFICER, AWAY),)
    alone = replace(OFFICER, leave=Leave(NOW, NOW + timedelta(days=7), None))
    assert recipients(case, (Role.OFFICER,), (*EVERYBODY[:-1], alone), NOW) == ((Role.LEAD, LEAD),)
    both = replace(SECOND, leave=AWAY.leave)
    assert recipients(case, (Role.OFFICER,), (*EVERYBODY[:-1], AWAY, both), NOW) == ((Role.LEAD, LEAD),)


def test_new_cases_go_to_those_who_are_here() -> None:
    """Whoever is away is not told of them."""
    assert officials_of(TRANSPORT, (LEAD, AWAY, SECOND), NOW) == (SECOND,)
    assert officials_of(TRANSPORT, (LEAD, AWAY), NOW) == (LEAD,)


def test_only_colleagues_who_are_here_can_stand_in() -> None:
    """Of the same unit; admins for admins; nobody for themselves."""
    assert set(deputies_for(OFFICER, ALL, NOW)) == {LEAD.id, SECOND.id}
    assert deputies_for(SECOND, (SECOND, AWAY, ADMIN), NOW) == ()
    other = staff(Role.ADMIN, None, "other admin")
    assert deputies_for(ADMIN, (*ALL, other), NOW) == (other.id,)


def test_what_is_offered_first_can_be_taken() -> None:
    """The first card can be confirmed as it is, also by somebody who is alone."""
    for everyone in (ALL, (OFFICER,)):
        wish = first_wish(desk(), OFFICER, everyone, NOW)
        assert wish.days in LENGTHS
        assert take_leave(desk(), OFFICER, everyone, wish, NOW, pressed=None).leaves


def test_residents_take_no_leave() -> None:
    """Only whoever holds a role does; in a unit before any other."""
    with pytest.raises(NotPermitted):
        one_away((), ALL)
    assert one_away((ADMIN, OFFICER), (ADMIN, AWAY)) is AWAY
