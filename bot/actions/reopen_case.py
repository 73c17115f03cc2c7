"""A case goes on under a new deadline: because it was judged so, or because the resident says that it is not over."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.actions.assignment import limits_from, officials_of
from bot.actions.file_case import notices
from bot.actions.stake import Stake
from bot.errors import IllegalTransition
from bot.ports import Desk
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.effect import CaseChange, Effects, Priority, Send
from bot.rules.entry import RESIDENT, Entry, Reopened, ReopenReason
from bot.rules.following import may_reopen
from bot.rules.life import evolve
from bot.rules.message import CaseReopened, ReopenNotice

HIGHER: Final = 3
"""From the third attempt on, that is when reopened twice, the admins hear of it too (design.md section 5)."""


def reopen_case(desk: Desk, stake: Stake, now: datetime) -> Effects:
    """Have a closed case worked on again.

    Raises:
        IllegalTransition: it is not closed, or was closed too long ago.
    """
    if not may_reopen(stake.case, desk.county.rating, desk.calendar, now):
        raise IllegalTransition
    return reopening(desk, stake, (stake.case, ()), ReopenReason.RESIDENT, now)


def reopening(
    desk: Desk, stake: Stake, so_far: tuple[Case, tuple[Entry, ...]], reason: ReopenReason, now: datetime
) -> Effects:
    """Begin another attempt: new limits; the unit, the supervisors and all voices told; `so_far` was decided just before."""
    current, entries = so_far
    number = current.now.number + 1
    deadline_class = desk.county.classes.get(current.deadline_class) if current.deadline_class else None
    limits = limits_from(desk.county, desk.calendar, deadline_class, now, (current.number, number))
    fact = Reopened(round=number, reason=reason, rule=limits.rule, accept_due_at=limits.accept_due_at, due_at=limits.due_at)
    entry = Entry(at=now, actor=RESIDENT, case=current.number, fact=fact)
    again = evolve(current, entry)
    goes_on = CaseReopened(case=again.number, unit=again.unit, due_at=limits.due_at)
    told = ReopenNotice(case=again.number, unit=again.unit, round=number, due_at=limits.due_at)
    watching = {Role.SUPERVISOR, Role.ADMIN} if number >= HIGHER else {Role.SUPERVISOR}
    watchers = dict.fromkeys(each.person for each in stake.staff if each.role in watching and each.is_reachable)
    return Effects(
        cases=(CaseChange(stake.case, again, (*entries, entry)),),
        cancelled=(f"{again.number}/{number - 1}/",),
        planned=limits.reminders,
        sends=(
            stake.in_place(goes_on),
            *(Send(person, goes_on, Priority.NOTICE) for person in stake.others),
            *notices(desk.county, again, stake.words, officials_of(again.unit, stake.staff, now), now),
            *(Send(person, told, Priority.NOTICE) for person in watchers),
        ),
    )
