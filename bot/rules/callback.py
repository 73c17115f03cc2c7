"""Callbacks: which drawn cases wait for somebody outside the unit to ask again, and who that may be.

Invariant: nobody of a unit that had the case, and nobody who stands behind it, enters what a callback found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.errors import IllegalTransition, NotPermitted
from bot.rules.access import Act, require
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.entry import CallbackDrawn, Entry
from bot.rules.identity import PersonId
from bot.rules.staff import Staff


def awaits_callback(case: Case, attempt: int) -> bool:
    """Say whether a drawn attempt at a case still waits: it is the last one, closed, and nobody has been heard about it."""
    return case.state is State.CLOSED and case.now.number == attempt and case.now.called_back is None


def is_inside(roles: Iterable[Staff], case: Case) -> bool:
    """Say whether one of someone's roles is in a unit that has, had or helped with the case, or that it is about."""
    units = {case.unit, case.about, *case.joint, *(attempt.unit for attempt in case.rounds)} - {None}
    return any(staff.unit in units for staff in roles)


def may_call(roles: Collection[Staff], case: Case) -> bool:
    """Say whether someone may be told of a drawn case and call it back."""
    return _caller(roles, case) is not None


def require_caller(roles: Collection[Staff], case: Case, voices: Collection[PersonId]) -> Staff:
    """Return the role in which someone calls a case back.

    Raises:
        NotPermitted: they hold none that permits it, are of a unit that had the case, or stand behind it themselves.
    """
    caller = _caller(roles, case)
    if caller is None or caller.person in voices:
        raise NotPermitted
    return caller


def require_awaited(case: Case, entries: Iterable[Entry], attempt: int) -> None:
    """Make sure that a draw fell on an attempt, and that nobody has been heard about it yet.

    Args:
        entries: the case's, with what the draw wrote.

    Raises:
        IllegalTransition: it was not drawn, was called back already, or the case has moved on since.
    """
    is_drawn = any(isinstance(each.fact, CallbackDrawn) and each.fact.round == attempt for each in entries)
    if not is_drawn or not awaits_callback(case, attempt):
        raise IllegalTransition


def _caller(roles: Collection[Staff], case: Case) -> Staff | None:
    if is_inside(roles, case):
        return None
    # What is confidential is for those who watch over the units; it is read out to nobody else.
    fit = [staff for staff in roles if not case.is_confidential or staff.role is not Role.OPERATOR]
    try:
        return require(fit, Act.CALL_BACK)
    except NotPermitted:
        return None
