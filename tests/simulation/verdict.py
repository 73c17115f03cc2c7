"""What a case's entries say beside what people were told of it: was each limit told before it, and known above after it?

The moments are reckoned here from the sample county's plan, the working hours apart, which have tests of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.rules.calendar import Calendar
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.entry import Entry, ReminderDecided, ReminderTold
from bot.rules.identity import PersonId
from bot.rules.life import evolve, is_of_life
from bot.rules.staff import Staff
from tests.simulation.witness import ROUND_THE_CLOCK, RUNNING, Telling

WORTH: Final = timedelta(minutes=30)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

EARLY: Final = {"1d": DAY, "4h": 4 * HOUR}
"""How long before a limit somebody is told of it, by the sample county's plan; half-way hangs on more than the limit."""

OVERDUE: Final = ((0, (Role.OFFICER, Role.LEAD)), (1, (Role.LEAD, Role.SUPERVISOR)), (3, (Role.SUPERVISOR, Role.ADMIN)))
"""So many days after a limit, and who knows of it then: the sample county's."""

UNSIGNED: Final = ((0, (Role.OFFICER, Role.LEAD)), (4, (Role.LEAD, Role.SUPERVISOR)))
"""So many hours after the limit for signing."""

LADDER: Final = (Role.OFFICER, Role.LEAD, Role.SUPERVISOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A limit while it ran: set at one moment, and until another the case was open and the limit this one."""

    case: Case
    set_at: datetime
    limit_at: datetime
    ended_at: datetime


@dataclass
class Figures:
    """How much of each was there."""

    limits: int = 0
    passed: int = 0
    reminded: int = 0
    resolved_before_any: int = 0
    escalations: int = 0
    moments: int = 0


def judge(
    case_entries: Sequence[Entry], tellings: Sequence[Telling], calendar: Calendar, end_at: datetime, figures: Figures
) -> Iterator[str]:
    """Yield what is wrong with how one case was told; add to the figures."""
    life = list(_life(case_entries))
    for stretch in _stretches(life, end_at, lambda case: case.now.due_at if case.state in RUNNING else None):
        figures.limits += 1
        yield from _before(stretch, tellings, figures)
        yield from _each_moment(stretch, tellings, calendar, figures)
        if stretch.ended_at > stretch.limit_at:
            figures.passed += 1
            yield from _after(stretch, "overdue", OVERDUE, tellings, calendar, life, figures)
    unsigned = _stretches(life, end_at, lambda case: case.now.accept_due_at if case.state is State.ASSIGNED else None)
    for stretch in unsigned:
        if stretch.ended_at > stretch.limit_at:
            yield from _after(stretch, "unaccepted", UNSIGNED, tellings, calendar, life, figures)
    yield from _two_entries_each(case_entries)


def _life(entries: Iterable[Entry]) -> Iterator[tuple[datetime, Case]]:
    case: Case | None = None
    for entry in entries:
        if is_of_life(entry):
            case = evolve(case, entry)
            yield entry.at, case


def _stretches(life: Sequence[tuple[datetime, Case]], end_at: datetime, limit_of: object) -> Iterator[Stretch]:
    """Yield every limit with how long it stood; a unit that changes meanwhile ends it not."""
    assert callable(limit_of)
    begun: tuple[datetime, datetime, Case] | None = None
    for at, case in (*life, (end_at, None)):
        limit_at = limit_of(case) if case is not None else None
        if begun is not None and (limit_at != begun[1] or case is None or case.now.number != begun[2].now.number):
            yield Stretch(begun[2], begun[0], begun[1], at)
            begun = None
        if begun is None and limit_at is not None and case is not None:
            begun = (at, limit_at, case)


def _before(stretch: Stretch, tellings: Sequence[Telling], figures: Figures) -> Iterator[str]:
    """Each limit that came has a reminder before it, if there was half an hour for one."""
    told = [
        each
        for each in tellings
        if each.limit_at == stretch.limit_at and stretch.set_at < each.at < stretch.limit_at and not each.is_lost
    ]
    if told:
        figures.reminded += 1
    elif stretch.ended_at > stretch.limit_at and stretch.limit_at - stretch.set_at >= WORTH:
        yield f"unreminded: {stretch.case.number} {stretch.case.deadline_class} {stretch.set_at} -> {stretch.limit_at}"
    elif stretch.ended_at <= stretch.limit_at:
        figures.resolved_before_any += 1


def _each_moment(stretch: Stretch, tellings: Sequence[Telling], calendar: Calendar, figures: Figures) -> Iterator[str]:
    """At each moment that the plan counts back from a limit somebody is told of it, be it that they cannot be reached.

    A moment at or before the one at which the limit was set is left out; so is one that the case did not live to see.
    """
    limit_at, clock = stretch.limit_at, stretch.case.deadline_class in ROUND_THE_CLOCK
    for name, count_back in EARLY.items():
        at = limit_at - count_back if clock else calendar.latest_open(_earlier(limit_at, count_back, calendar))
        if not stretch.set_at < at < min(limit_at, stretch.ended_at):
            continue
        figures.moments += 1
        if not any(each.limit_at == limit_at and each.at == at for each in tellings):
            yield f"unreminded: {stretch.case.number} {stretch.case.deadline_class} {name} before {limit_at}, at {at}"


def _earlier(limit_at: datetime, length: timedelta, calendar: Calendar) -> datetime:
    return calendar.subtract_working_days(limit_at, 1) if length == DAY else calendar.subtract_running(limit_at, length)


def _after(  # noqa: PLR0913, PLR0917 (what is known of one limit)
    stretch: Stretch,
    name: str,
    steps: Sequence[tuple[int, tuple[Role, ...]]],
    tellings: Sequence[Telling],
    calendar: Calendar,
    life: Sequence[tuple[datetime, Case]],
    figures: Figures,
) -> Iterator[str]:
    """By each moment of the plan whoever it names knows of it, or whoever stands for them."""
    late = [each for each in tellings if each.limit_at == stretch.limit_at and each.stage.startswith(name)]
    clock = stretch.case.deadline_class in ROUND_THE_CLOCK
    for number, roles in steps:
        at = _moment(stretch.limit_at, number, calendar, days=name == "overdue", clock=clock)
        if at >= stretch.ended_at or at < stretch.set_at:
            continue
        by_then = [each for each in late if each.at <= at]
        cases = _about(life, at)
        for role in roles:
            figures.escalations += 1
            if not by_then:
                case = cases[-1]
                yield f"unknown: {case.number} {case.deadline_class} {name} +{number} at {at}: nobody was told"
                break
            if not any(_known(role, case, by_then) for case in cases):
                yield f"unknown: {stretch.case.number} {name} +{number} at {at}: not to {role} of {cases[-1].unit}"


def _about(life: Sequence[tuple[datetime, Case]], at: datetime) -> Sequence[Case]:
    """Return a case as it was in a second: before and after each thing done in it; the clock comes anywhere."""
    before = [case for since, case in life if since < at]
    return (*before[-1:], *(case for since, case in life if since == at))


def _moment(limit_at: datetime, number: int, calendar: Calendar, *, days: bool, clock: bool) -> datetime:
    if clock:
        return limit_at + number * (DAY if days else HOUR)
    counted = calendar.add_working_days(limit_at, number) if days else calendar.add_running(limit_at, number * HOUR)
    return calendar.next_opening(counted) if number else calendar.next_opening(limit_at)


def _known(role: Role, case: Case, told: Sequence[Telling]) -> bool:
    """Say whether somebody in a function, or who stands for them, was told; or tried, and then whoever is above."""
    if case.state is State.TRIAGE and role in {Role.OFFICER, Role.LEAD}:
        role = Role.SUPERVISOR
    staff, at = told[-1].staff, told[-1].at
    for step in LADDER[LADDER.index(role) :]:
        meant = _standing(step, case, staff, at)
        if any(each.person in meant and not each.is_lost for each in told):
            return True
        if meant and not any(each.person in meant and each.is_lost for each in told):
            return False
    return True  # there is nobody in the county


def _standing(role: Role, case: Case, staff: Sequence[Staff], at: datetime) -> set[PersonId]:
    """Return who holds a function for a case and is here, and the deputies of those who are not, where they are."""
    match role:
        case Role.OFFICER:
            own = [each for each in staff if each.id == case.officer]
            own = own or [each for each in staff if each.role is role and each.unit == case.unit]
        case Role.LEAD:
            own = [each for each in staff if each.role is role and each.unit == case.unit]
        case _:
            own = [each for each in staff if each.role is role]
    found: set[PersonId] = set()
    for each in own:
        if each.leave is None or not _is_away(each, at):
            found.add(each.person)
        else:
            found |= {other.person for other in staff if other.id == each.leave.deputy and not _is_away(other, at)}
    return found


def _is_away(who: Staff, at: datetime) -> bool:
    return who.leave is not None and who.leave.begins_at <= at < who.leave.ends_at


def _two_entries_each(entries: Iterable[Entry]) -> Iterator[str]:
    """Whatever the clock decided, delivery said what became of it."""
    decided: list[tuple[int, str, object]] = []
    for entry in entries:
        match entry.fact:
            case ReminderDecided(round=number, stage=stage, staff=staff) if staff is not None:
                decided.append((number, stage, staff))
            case ReminderTold(round=number, stage=stage, staff=staff):
                if (number, stage, staff) in decided:
                    decided.remove((number, stage, staff))
                else:
                    yield f"entries: {entry.case} {stage} was told and not decided"
            case _:
                pass
    yield from (f"entries: {stage} of round {number} was decided and not told" for number, stage, _ in decided)
