"""Who may do what is one table, read when the act is carried out."""

from __future__ import annotations

from typing import Final

import msgspec
import pytest

from bot.errors import NotPermitted
from bot.rules.access import PERMITTED, SHARED, Act, require, require_for, require_sight
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.entry import Concerned, UnitAdded
from tests.support.builders import (
    ADMIN,
    FILED,
    LEAD,
    OFFICER,
    SUPERVISION,
    SUPERVISOR,
    TO,
    TRANSFERRED,
    TRANSPORT,
    WATER,
    case_in,
    case_of,
    staff,
)

ABOUT_WATER: Final = case_of(
    msgspec.structs.replace(FILED, is_confidential=True, unit=SUPERVISION), Concerned(about=WATER), TRANSFERRED
)


@pytest.mark.parametrize("act", [act for act in Act if PERMITTED[act]])
def test_nobody_of_the_unit_that_a_case_is_about_reaches_it(act: Act) -> None:
    """In no role of theirs, be it that of a supervisor or of an admin beside it; whoever else may, still may."""
    for role in PERMITTED[act]:
        with pytest.raises(NotPermitted):
            require_for([staff(role, WATER)], act, ABOUT_WATER)
        with pytest.raises(NotPermitted):
            require_for([staff(role, SUPERVISION), staff(Role.OFFICER, WATER)], act, ABOUT_WATER)
        other = staff(role, SUPERVISION)
        assert require_for([other], act, ABOUT_WATER) == other
    with pytest.raises(NotPermitted):
        require_sight([staff(Role.SUPERVISOR, WATER)], ABOUT_WATER)


HANDLES: Final = {
    Act.SEE_CASE,
    Act.SEE_TASKS,
    Act.ACCEPT,
    Act.RESOLVE,
    Act.WRITE,
    Act.ASK,
    Act.NOTE,
    Act.TRANSFER,
    Act.ASK_EXTENSION,
    Act.SHORTEN,
    Act.REASSIGN,
    Act.DO_PART,
    Act.HOLD_MEETING,
    Act.ADD_MILESTONE,
    Act.HANG_LINK,
    Act.SEE_OWN_SIGNS,
}
MAY: Final = {
    Role.OFFICER: HANDLES,
    Role.LEAD: HANDLES | {Act.DECIDE_EXTENSION, Act.ADD_UNIT, Act.SEE_OWN_CARD},
    Role.SUPERVISOR: {
        Act.SEE_CASE,
        Act.NOTE,
        Act.TRIAGE,
        Act.DECIDE_EXTENSION,
        Act.SHORTEN,
        Act.LENGTHEN,
        Act.ADD_UNIT,
        Act.REFUSE,
        Act.MERGE,
        Act.SEE_AUDIT,
        Act.BEGIN_SURVEY,
        Act.PUBLISH_CARDS,
        Act.SEE_DIGEST,
        Act.HANDLE_SIGN,
        Act.CALL_BACK,
        Act.ENTER_CALL,
        Act.HOLD_MEETING,
        Act.HANG_LINK,
    },
    Role.OPERATOR: {Act.CALL_BACK, Act.ENTER_CALL, Act.HOLD_MEETING, Act.HANG_LINK, Act.TRANSLATE},
    Role.TRANSLATOR: {Act.TRANSLATE},
    Role.ADMIN: {
        Act.TRIAGE,
        Act.DECIDE_EXTENSION,
        Act.SEE_DIGEST,
        Act.HANDLE_SIGN,
        Act.LET_ADMIN_IN,
        Act.CALL_BACK,
        Act.HOLD_MEETING,
        Act.HANG_LINK,
        Act.CHANGE_COUNTY,
        Act.SEE_AUDIT,
        Act.BEGIN_SURVEY,
        Act.PUBLISH_CARDS,
        Act.RUN_AGAIN,
    },
}
"""The table once more, by role: an admin sees figures, and of cases only those that no unit has or that a draw fell on."""

CASE: Final = case_in(State.ASSIGNED)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_table_says(role: Role, act: Act) -> None:
    """For each role and act there is one answer, yes or no."""
    someone = staff(role)
    manages = {Role.LEAD: {Act.MANAGE_STAFF, Act.LINK_GROUP}, Role.ADMIN: {Act.MANAGE_STAFF}}.get(role, set())
    visits = set() if role is Role.TRANSLATOR else {Act.VISIT}
    if role in {Role.OFFICER, Role.LEAD, Role.SUPERVISOR, Role.ADMIN}:
        visits |= {Act.SET_MEASURE} if role is Role.OFFICER else {Act.SET_MEASURE, Act.CHANGE_MEASURE}
    if act in MAY[role] | {Act.TAKE_LEAVE, Act.SEE_DUTY} | manages | visits:
        assert require([someone], act) is someone
        assert require_for([someone], act, CASE) is someone
    else:
        with pytest.raises(NotPermitted):
            require([someone], act)
        with pytest.raises(NotPermitted):
            require_for([someone], act, CASE)


def test_every_act_is_decided_by_the_table() -> None:
    """An act that nobody put into the table would be a fault instead of a refusal."""
    assert set(PERMITTED) == set(Act)


@pytest.mark.parametrize("act", Act)
def test_a_resident_may_do_nothing_of_it(act: Act) -> None:
    """Who holds no role is refused whatever they press."""
    with pytest.raises(NotPermitted):
        require((), act)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD])
@pytest.mark.parametrize("act", [Act.SEE_CASE, Act.ACCEPT, Act.RESOLVE])
def test_another_units_case_is_out_of_reach(role: Role, act: Act) -> None:
    """An officer or a lead reaches the cases of their own unit only."""
    with pytest.raises(NotPermitted):
        require_for([staff(role, WATER)], act, CASE)
    with pytest.raises(NotPermitted):
        require_for([staff(role, None)], act, CASE)


def test_a_supervisor_sees_every_units_cases() -> None:
    """Who watches over units is bound to none."""
    assert SUPERVISOR.unit != CASE.unit
    assert require_for([SUPERVISOR], Act.SEE_CASE, CASE) is SUPERVISOR


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD])
@pytest.mark.parametrize("act", sorted(HANDLES))
def test_a_unit_that_works_on_it_too_does_its_part_and_no_more(role: Role, act: Act) -> None:
    """It sees the case, writes, notes and reports its part done; all else is for the unit that has it."""
    case = case_of(*TO[State.ACCEPTED], UnitAdded(unit=WATER))
    if act in SHARED:
        assert require_for([staff(role, WATER)], act, case).unit == WATER
    elif act is not Act.SEE_TASKS:
        with pytest.raises(NotPermitted):
            require_for([staff(role, WATER)], act, case)


def test_an_admin_sees_a_case_only_while_no_unit_has_it() -> None:
    """Whoever may find a unit for a case must be able to read it; once a unit has it, that is over."""
    assert require_sight([ADMIN], case_in(State.TRIAGE)) is ADMIN
    for state in set(State) - {State.TRIAGE}:
        with pytest.raises(NotPermitted):
            require_sight([ADMIN], case_in(state))


def test_of_several_roles_the_first_that_permits_is_used() -> None:
    """The role that an act is entered under is one that may do it, and of those the first taken."""
    assert require([ADMIN, LEAD, OFFICER], Act.ACCEPT) is LEAD
    elsewhere = staff(Role.OFFICER, WATER, "elsewhere")
    assert elsewhere.unit != TRANSPORT
    assert require_for([elsewhere, OFFICER, LEAD], Act.ACCEPT, CASE) is OFFICER


def test_two_roles_do_not_add_up_to_a_third() -> None:
    """Seeing all cases and handling another unit's is not handling this one."""
    with pytest.raises(NotPermitted):
        require_for([SUPERVISOR, staff(Role.LEAD, WATER)], Act.ACCEPT, CASE)
