"""What follows a reminder that nobody answers: it is repeated to the deputy, then to the lead; and saying that it was seen.

Any act of an official on the case after the reminder answers it, and so does the button under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.actions.lines import case_line
from bot.errors import StaleButton
from bot.ports import Desk
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.due import REPEAT_DEPUTY, REPEAT_LEAD, Due, RemindStaff, due_of_case
from bot.rules.effect import Effects, Send
from bot.rules.entry import CLOCK, RESIDENT, SYSTEM, Added, Entry, ReminderSeen, Urged
from bot.rules.message import RemindersSeen
from bot.rules.reminder import repeat_at
from bot.rules.staff import Staff

NOBODY_HERE = frozenset({CLOCK, RESIDENT, SYSTEM})
"""Actors whose entries answer no reminder."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that somebody was sent: of which case, and what that case's entries say."""

    case: Case
    round: int
    stage: str
    entries: tuple[Entry, ...]


def is_unanswered(task: RemindStaff, entries: Iterable[Entry]) -> bool:
    """Say whether no official has done anything about the case since the reminder that this one repeats."""
    since = task.since
    return since is None or not any(entry.at >= since and _is_an_act(entry) for entry in entries)


def _is_an_act(entry: Entry) -> bool:
    """Say whether an official did something about the case; what a caller says, and an operator enters, is not that."""
    return entry.actor not in NOBODY_HERE and not isinstance(entry.fact, Added | Urged)


def repetition(desk: Desk, case: Case, task: RemindStaff, now: datetime) -> tuple[Due, ...]:
    """Plan what follows a reminder told now: after the last before the limit the deputy, after the deputy the lead."""
    limit_at = case.now.due_at
    if limit_at is None or limit_at <= now or case.state is State.TRIAGE:
        return ()
    if task.is_last:
        stage, to = REPEAT_DEPUTY, Role.OFFICER
    elif task.stage == REPEAT_DEPUTY:
        stage, to = REPEAT_LEAD, Role.LEAD
    else:
        return ()
    silence, clock = desk.county.reminders.repeat_unseen, case.now.runs_round_the_clock
    at = repeat_at(now, limit_at, silence, desk.calendar, round_the_clock=clock)
    since = task.since or now
    return (due_of_case(at, RemindStaff(case=case.number, round=task.round, stage=stage, to=(to,), since=since)),)


def see_reminders(roles: Sequence[Staff], reminded: Iterable[Reminded], now: datetime, *, pressed: int | None) -> Effects:
    """Write down that somebody has seen their reminders of one moment; what is written already is not written again.

    Raises:
        StaleButton: there is none of theirs.
    """
    found = tuple(reminded)
    if not found:
        raise StaleButton
    own = {each.id for each in roles}
    entries = tuple(
        Entry(at=now, actor=roles[0].id, case=each.case.number, fact=ReminderSeen(round=each.round, stage=each.stage))
        for each in found
        if not any(
            entry.actor in own and entry.fact == ReminderSeen(round=each.round, stage=each.stage) for entry in each.entries
        )
    )
    cases = {each.case.number: each.case for each in found}
    seen = RemindersSeen(cases=tuple(case_line(case, now) for case in cases.values()))
    return Effects(entries=entries, sends=(Send(roles[0].person, seen, replaces=pressed),))
