"""What is due of one case's limits at a moment: who is told now, and what follows when none of them does anything about it.

Invariant: nobody is told the same of the same limit twice, whatever becomes of the case meanwhile; only silence repeats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.actions.remind import Reminding, limit_of, remind, true_now
from bot.actions.repeat_reminder import is_unanswered, repetition
from bot.ports import Desk
from bot.rules.case import Case
from bot.rules.due import Due, RemindStaff
from bot.rules.duty import is_time_for_duty
from bot.rules.entry import Entry, ReminderDecided, ReminderTold
from bot.rules.identity import PersonId, StaffId
from bot.rules.life import evolve, is_of_life
from bot.rules.staff import Staff


def remind_case(
    desk: Desk,
    case: Case,
    missed: Iterable[tuple[datetime, RemindStaff]],
    entries: Sequence[Entry],
    staff: Sequence[Staff],
    now: datetime,
) -> tuple[tuple[Reminding, ...], tuple[Due, ...]]:
    """Decide who is told of a case, and plan what follows their silence.

    Args:
        missed: what of the case's round is due and not told, each with its moment.
        entries: of the case, oldest first.
        staff: who may be told of it at all.
    """
    told: list[Reminding] = []
    planned: list[Due] = []
    by_duty = is_time_for_duty(desk.calendar, now)
    for task in true_now(case, [each for each in missed if is_unanswered(each[1], entries)]):
        before = told_before(case, task, entries, staff)
        of_it = remind(case, task, staff, now, told=before, is_time_for_duty=by_duty)
        told += of_it
        planned += repetition(desk, case, task, now) if of_it else ()
    return tuple(told), tuple(planned)


def told_before(case: Case, task: RemindStaff, entries: Iterable[Entry], staff: Iterable[Staff]) -> frozenset[PersonId]:
    """Return who was told this stage of a limit as it is now: of one that has moved since they were told of another.

    A case that two units give back is half-way to its limit twice without a unit: those who watch hear of it once.
    """
    limit = limit_of(case, task.stage)
    life: Case | None = None
    found: set[StaffId | None] = set()
    for entry in entries:
        match entry.fact:
            case ReminderDecided(round=task.round, stage=task.stage, staff=of) if life is not None:
                if limit_of(life, task.stage) == limit:
                    found.add(of)
            case ReminderTold(round=task.round, stage=task.stage, staff=of, was_told=False):
                found.discard(of)
            case _ if is_of_life(entry):
                life = evolve(life, entry)
            case _:
                pass
    return frozenset(each.person for each in staff if each.id in found)
