"""Who may call a drawn case back, and which one still waits for it."""

from __future__ import annotations

import msgspec
import pytest

from bot.errors import IllegalTransition, NotPermitted
from bot.rules.callback import awaits_callback, is_inside, may_call, require_awaited, require_caller
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.entry import CLOCK, CallbackDrawn, CalledBack, Entry, Solved, UnitAdded
from bot.rules.staff import Staff
from tests.support.builders import (
    ADMIN,
    FILED,
    LEAD,
    NOW,
    NUMBER,
    OFFICER,
    SUPERVISOR,
    TO,
    WATER,
    again_in,
    case_in,
    case_of,
    closed,
    rated,
    staff,
)

CLOSED = case_in(State.CLOSED)
OPERATOR = staff(Role.OPERATOR, None)
DRAWN = Entry(at=NOW, actor=CLOCK, case=NUMBER, fact=CallbackDrawn(round=1, counted="0" * 64))


@pytest.mark.parametrize("state", State)
def test_only_a_closed_case_waits_for_its_callback(state: State) -> None:
    """What goes on, or came to nothing, is asked about no more."""
    assert awaits_callback(case_in(state), 1) is (state is State.CLOSED)


def test_an_attempt_waits_until_somebody_is_heard_and_no_longer_than_it_is_the_last() -> None:
    """One answer is enough; a later attempt would have to be drawn anew."""
    heard = case_of(*TO[State.CLOSED], CalledBack(round=1, solved=Solved.YES))
    assert not awaits_callback(heard, 1)
    assert not awaits_callback(again_in(State.CLOSED), 1)
    assert awaits_callback(again_in(State.CLOSED), 2)


@pytest.mark.parametrize("caller", [OPERATOR, SUPERVISOR, ADMIN])
def test_someone_outside_the_unit_may_call(caller: Staff) -> None:
    """Operators, supervisors and admins; it is the role that is returned."""
    assert require_caller([caller], CLOSED, ()) is caller


@pytest.mark.parametrize(
    "roles",
    [
        (OFFICER,),
        (LEAD,),
        (staff(Role.OFFICER, WATER),),
        (staff(Role.TRANSLATOR, None),),
        (staff(Role.OPERATOR, FILED.unit),),
        (SUPERVISOR, OFFICER),
        (),
    ],
)
def test_nobody_of_the_unit_may_whatever_else_they_hold(roles: tuple[Staff, ...]) -> None:
    """A supervisor who is an officer of the unit as well is inside it."""
    assert not may_call(roles, CLOSED)
    with pytest.raises(NotPermitted):
        require_caller(roles, CLOSED, ())


def test_a_unit_that_helped_is_inside_too() -> None:
    """It would judge its own part."""
    joint = case_of(*TO[State.ACCEPTED], UnitAdded(unit=WATER), *TO[State.CLOSED][2:])
    assert is_inside([staff(Role.OPERATOR, WATER)], joint)
    assert not is_inside([staff(Role.OPERATOR, WATER)], CLOSED)


def test_nobody_calls_about_a_case_that_they_stand_behind() -> None:
    """They would confirm their own word."""
    with pytest.raises(NotPermitted):
        require_caller([OPERATOR], CLOSED, (OPERATOR.person,))


def test_a_confidential_case_is_not_for_operators() -> None:
    """Those who watch over the units call there."""
    secret = case_of(
        msgspec.structs.replace(FILED, is_confidential=True),
        *TO[State.RESOLVED][1:],
        rated(Solved.YES),
        closed(),
    )
    assert may_call([OPERATOR], CLOSED)
    assert not may_call([OPERATOR], secret)
    assert may_call([SUPERVISOR], secret)


def test_only_what_a_draw_fell_on_is_called_back() -> None:
    """Nobody chooses a case: not another one, not another attempt at it."""
    require_awaited(CLOSED, [DRAWN], 1)
    with pytest.raises(IllegalTransition):
        require_awaited(CLOSED, [], 1)
    with pytest.raises(IllegalTransition):
        require_awaited(again_in(State.CLOSED), [DRAWN], 2)
    with pytest.raises(IllegalTransition):
        require_awaited(again_in(State.CLOSED), [DRAWN], 1)
