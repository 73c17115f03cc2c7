"""Giving a case to a unit, for the first time or again: its limits, what the clock does about them, who hears of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from bot.ports import Desk
from bot.rules.calendar import Calendar
from bot.rules.case import Case, State
from bot.rules.county import County, DeadlineClass, Period, ReminderPlan, Role
from bot.rules.courtesy import Courtesy
from bot.rules.deadline import deadline_for
from bot.rules.due import AskFixed, Due, RemindStaff, due_of_case
from bot.rules.duty import UNSEEN, is_time_for_duty, woken
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.reminder import BEFORE, Moment, plan_again, plan_for
from bot.rules.routing import rule_text
from bot.rules.staff import Staff

OF_THE_LIMIT: Final = ("before:", "overdue:", "repeat:", "fixed")
"""How the stages begin that hang on the limit for resolving. What hangs on signing stays: it may be due this very second."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a case runs under from an instant on; all empty without a deadline class.

    Attributes:
        reminders: what waits for its moment: reminders, and the question to the resident when the limit passes.
    """

    rule: str | None
    accept_due_at: datetime | None
    due_at: datetime | None
    reminders: tuple[Due, ...]


def limits_from(
    county: County,
    calendar: Calendar,
    deadline_class: DeadlineClass | None,
    at: datetime,
    attempt: tuple[CaseNumber, int],
) -> Limits:
    """Compute the limits of an attempt (case and round) assigned at an instant, and plan its reminders."""
    if deadline_class is None:
        return Limits(None, None, None, ())
    return _limits(deadline_class, county.reminders, county.hours.quiet, calendar, at, attempt)


@lru_cache(maxsize=256)
def _limits(
    deadline_class: DeadlineClass,
    plan: ReminderPlan,
    quiet: Period,
    calendar: Calendar,
    at: datetime,
    attempt: tuple[CaseNumber, int],
) -> Limits:
    """Compute and plan once, however many file in one second, by all that it depends on: what is filed has no number yet."""
    case, round_number = attempt
    deadline = deadline_for(deadline_class, at, calendar)
    reminders = _planned(case, round_number, plan_for(deadline_class, at, deadline, plan, calendar))
    asked = _asked(Courtesy(quiet, calendar), attempt, deadline.handle_at)
    return Limits(rule_text(deadline_class), deadline.accept_at, deadline.handle_at, (*reminders, asked))


def replanned(
    desk: Desk, case: Case, told: tuple[datetime, datetime | None], now: datetime, stood_since: datetime | None = None
) -> tuple[Due, ...]:
    """Plan the reminders of an open case whose limits have changed; those of a limit that is gone are cancelled beside it.

    What hangs on a limit that stays is not: some of it may be due this very second, and is the clock's to tell by what the
    case is then. Planned again it is there once.

    Args:
        told: up to when everything due was told, or is still the clock's to tell; and of which limit for resolving, None
            where others have the case now.
        stood_since: when the clock stopped that runs again now; None where it did not stand.
    """
    current = case.now
    if current.due_at is None:
        return ()
    accept_at = current.accept_due_at if case.state is State.ASSIGNED else None
    limits = (accept_at, current.due_at)
    clock = current.runs_round_the_clock  # by its own rule: the county file may have another class of that name by now
    plan, calendar = desk.county.reminders, desk.calendar
    moments = plan_again(current.opened_at, limits, told, now, plan, calendar, round_the_clock=clock)
    planned = _planned(case.number, current.number, moments)
    courtesy = Courtesy(desk.county.hours.quiet, desk.calendar)
    asked = _asked(courtesy, (case.number, current.number), current.due_at)
    is_ahead = asked.at > now if stood_since is None else asked.at >= stood_since
    return (*planned, asked) if is_ahead else planned


def _asked(courtesy: Courtesy, attempt: tuple[CaseNumber, int], due_at: datetime) -> Due:
    """Plan the question whether it is fixed meanwhile: when the limit passes, or when people are up again."""
    case, round_number = attempt
    return due_of_case(courtesy.waking(due_at), AskFixed(case=case, round=round_number))


def _planned(case: CaseNumber, attempt: int, moments: Sequence[Moment]) -> tuple[Due, ...]:
    """Write moments down as due things; the last one before the limit is repeated if nobody answers it."""
    last = max((moment.at for moment in moments if moment.stage.startswith(BEFORE)), default=None)
    return tuple(
        due_of_case(
            moment.at,
            RemindStaff(
                case=case,
                round=attempt,
                stage=moment.stage,
                to=moment.to,
                is_last=moment.at == last and moment.stage.startswith(BEFORE),
            ),
        )
        for moment in moments
    )


def first_told(desk: Desk, case: Case, staff: Iterable[Staff], now: datetime) -> tuple[tuple[Staff, ...], tuple[Due, ...]]:
    """Choose who hears of a case that its unit has now, and plan what follows their silence.

    At night and on days off what cannot wait goes to whoever is on duty; after the county's `silence` the unit's others hear
    of it, too, unless somebody has signed for it.
    """
    everyone = tuple(staff)
    if case.now.runs_round_the_clock and is_time_for_duty(desk.calendar, now):
        on_duty = woken(case.unit, everyone, now)
        if on_duty:
            task = RemindStaff(
                case=case.number, round=case.now.number, stage=UNSEEN, to=(Role.OFFICER, Role.LEAD), since=now
            )
            return on_duty, (due_of_case(now + desk.county.duty.silence, task),)
    return officials_of(case.unit, everyone, now), ()


def officials_of(unit: UnitId, staff: Iterable[Staff], now: datetime) -> tuple[Staff, ...]:
    """Choose who hears of a unit's new case: its officers who are here, else its leads, else the admins."""
    everyone = [each for each in staff if each.is_here(now)]
    for role in (Role.OFFICER, Role.LEAD):
        found = tuple(each for each in everyone if each.role is role and each.unit == unit)
        if found:
            return found
    return tuple(each for each in everyone if each.role is Role.ADMIN)
