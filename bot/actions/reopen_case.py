"""A case goes on under a new deadline: because it was judged so, or because the resident says that it is not over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.actions.assignment import first_told, limits_from
from bot.actions.file_case import notices
from bot.actions.matter import changed
from bot.actions.stake import Stake
from bot.errors import IllegalTransition
from bot.ports import Desk
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import RESIDENT, Reopened, ReopenReason
from bot.rules.following import may_reopen
from bot.rules.identity import StaffId
from bot.rules.message import CaseReopened, ReopenNotice
from bot.rules.staff import Staff
from bot.rules.translation import Legible

HIGHER: Final = 3
"""From the third attempt on, that is when reopened twice, the admins hear of it too (design.md section 5)."""


@dataclass(frozen=True, slots=True)
class Again:
    """What another attempt at a case begins with.

    Attributes:
        actor: whose word it is that it goes on.
        words: what was filed, for the notice to the unit.
        staff: every active official.
    """

    case: Case
    actor: StaffId | str
    reason: ReopenReason
    words: str | Legible
    staff: tuple[Staff, ...]


def reopen_case(desk: Desk, stake: Stake, now: datetime) -> Effects:
    """Have a closed case worked on again.

    Raises:
        IllegalTransition: it is not closed, or was closed too long ago.
    """
    if not may_reopen(stake.case, desk.county.rating, desk.calendar, now):
        raise IllegalTransition
    return reopening(desk, stake, ReopenReason.RESIDENT, now)


def reopening(desk: Desk, stake: Stake, reason: ReopenReason, now: datetime) -> Effects:
    """Have a case go on at a resident's word, and tell all its voices."""
    again = Again(stake.case, RESIDENT, reason, stake.legible, stake.staff)
    told, effects = go_on_again(desk, again, now)
    voices = (stake.in_place(told), *(Send(person, told, Priority.NOTICE) for person in stake.others))
    return Effects(sends=voices) + effects


def go_on_again(desk: Desk, again: Again, now: datetime) -> tuple[CaseReopened, Effects]:
    """Begin another attempt: new limits, the unit and the supervisors told; return what its voices are to be told, too."""
    case, number = again.case, again.case.now.number + 1
    deadline_class = desk.county.classes.get(case.deadline_class) if case.deadline_class else None
    limits = limits_from(desk.county, desk.calendar, deadline_class, now, (case.number, number))
    fact = Reopened(
        round=number, reason=again.reason, rule=limits.rule, accept_due_at=limits.accept_due_at, due_at=limits.due_at
    )
    change = changed(case, again.actor, (fact,), now)
    after = change.after
    told, followed = first_told(desk, after, again.staff, now)
    notice = ReopenNotice(case=after.number, unit=after.unit, round=number, due_at=limits.due_at)
    watching = {Role.SUPERVISOR, Role.ADMIN} if number >= HIGHER else {Role.SUPERVISOR}
    watchers = dict.fromkeys(each.person for each in again.staff if each.role in watching and each.is_reachable)
    return CaseReopened(case=after.number, unit=after.unit, due_at=limits.due_at), Effects(
        cases=(change,),
        cancelled=(f"{after.number}/{number - 1}/",),
        planned=(*limits.reminders, *followed),
        sends=(
            *notices(desk.county, after, again.words, told, now),
            *(Send(person, notice, Priority.NOTICE) for person in watchers),
        ),
    )
