"""When officials are told about a limit: before it while something can still be done, after it to those above.

Invariant: what is told before a limit lies strictly between assignment and limit; what is told after it never lies before
it. In classes that follow office hours both lie inside them: moved earlier before the limit, later after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, assert_never

from bot.rules.calendar import Calendar
from bot.rules.county import DeadlineClass, Escalation, ReminderPlan, Role, TranslationPlan
from bot.rules.deadline import Deadline, limit, months_later
from bot.rules.length import Length, Span, parse_length

WORTH_REMINDING: Final = timedelta(minutes=30)
"""A deadline with at least so much real time to run has a reminder before it, whatever the county's plan."""

TRIAGE_LIMIT: Final = parse_length("2h")
"""How long a case may be without a unit: working time, or real time in classes that run round the clock."""

TRIAGE_STAGES: Final = (
    (parse_length("1h"), (Role.SUPERVISOR,)),
    (TRIAGE_LIMIT, (Role.SUPERVISOR, Role.ADMIN)),
    (parse_length("4h"), (Role.ADMIN,)),
)
"""Who is told, so long after a unit gave a case back: at half time, at the limit, and once more after it."""

TOGETHER: Final = timedelta(minutes=5)
"""Reminders about texts that fall this near to each other are one: a matter is often told in several messages."""

BEFORE: Final = "before:"
"""Beginning of the stages that lie before a limit."""

TRANSLATION: Final = "translation:"
"""Beginning of the stages that are about a translation."""

_WHOLE: Final = 100
_HALF: Final = 50
_SECOND: Final = timedelta(seconds=1)
_DAY: Final = timedelta(days=1)
_HALF_WAY: Final = "before:50%"


@dataclass(frozen=True, slots=True)
class Moment:
    """When to tell, and whom.

    Attributes:
        at: aware UTC instant.
        stage: `before:`, `overdue:` or `unaccepted:` and the length as the county wrote it.
        to: in which function, the nearest first; before a limit the officer in charge alone.
    """

    at: datetime
    stage: str
    to: tuple[Role, ...]


def plan_for(
    deadline_class: DeadlineClass,
    assigned_at: datetime,
    deadline: Deadline,
    plan: ReminderPlan,
    calendar: Calendar,
) -> tuple[Moment, ...]:
    """Return every moment at which somebody is told about a newly assigned case, unless it moves on before; by time."""
    clock = deadline_class.runs_round_the_clock
    before = schedule_before(assigned_at, deadline.handle_at, plan, calendar, round_the_clock=clock)
    unaccepted = escalations("unaccepted", deadline.accept_at, plan.unaccepted, calendar, round_the_clock=clock)
    overdue = escalations("overdue", deadline.handle_at, plan.overdue, calendar, round_the_clock=clock)
    return tuple(sorted((*before, *unaccepted, *overdue), key=lambda moment: moment.at))


def plan_again(  # noqa: PLR0913 (what a limit hangs on)
    opened_at: datetime,
    limits: tuple[datetime | None, datetime],
    told: tuple[datetime, datetime | None],
    now: datetime,
    plan: ReminderPlan,
    calendar: Calendar,
    *,
    round_the_clock: bool,
) -> tuple[Moment, ...]:
    """Return every moment that is still to come of a case whose limits have changed; by time.

    Moments before the limit are counted as if it had always been this one; where none of them is left, and the same people
    were not told of the same limit already, one is made half-way from now. What nobody was told of while the clock stood
    still, or in the second in which it stopped, about a limit that had passed before, is told as soon as the office is open:
    once, to everybody whom any of it was for.

    Args:
        opened_at: when the case was assigned, as the first plan had it.
        limits: for signing, None once it is signed for; and for resolving.
        told: up to when everything due was told, or is still the clock's to tell; and of which limit for resolving, None
            where others have the case now.
    """
    (accept_at, handle_at), (told_until, told_of), clock = limits, told, round_the_clock
    whole = schedule_before(opened_at, handle_at, plan, calendar, round_the_clock=clock)
    before = tuple(moment for moment in whole if moment.at > now)
    is_told = told_of == handle_at and any(moment.at <= told_until for moment in whole)
    if not before and handle_at > now and not is_told:
        nothing = replace(plan, before=())
        before = schedule_before(now, handle_at, nothing, calendar, round_the_clock=clock)
    after = escalations("overdue", handle_at, plan.overdue, calendar, round_the_clock=clock)
    if accept_at is not None:
        after += escalations("unaccepted", accept_at, plan.unaccepted, calendar, round_the_clock=clock)
    missed = [moment for moment in after if told_until < moment.at <= now]
    ahead = [*before, *(moment for moment in after if moment.at > now)]
    if missed:
        last = max(missed, key=lambda moment: moment.at)
        to = tuple(dict.fromkeys(role for moment in missed for role in moment.to))
        ahead.append(replace(last, at=now if clock else calendar.next_opening(now), to=to))
    return tuple(sorted(ahead, key=lambda moment: moment.at))


def plan_triage(since: datetime, calendar: Calendar, *, round_the_clock: bool) -> tuple[datetime, tuple[Moment, ...]]:
    """Return until when a case that a unit gave back has one again, and who is told about that limit; by time."""
    limit_at = limit(since, TRIAGE_LIMIT, calendar, round_the_clock=round_the_clock)
    count_on = _on_in_real_time if round_the_clock else _on_in_office_hours
    moments = (Moment(count_on(since, length, calendar), f"triage:{length.text}", to) for length, to in TRIAGE_STAGES)
    return limit_at, tuple(moments)


def plan_translation(
    asked_at: datetime, plan: TranslationPlan, calendar: Calendar, *, round_the_clock: bool
) -> tuple[datetime, tuple[Moment, ...]]:
    """Return until when a text is translated, and who is told about that limit; by time."""
    limit_at = limit(asked_at, plan.urgent if round_the_clock else plan.limit, calendar, round_the_clock=round_the_clock)
    count_back = _back_in_real_time if round_the_clock else _back_in_office_hours
    counted = (
        Moment(count_back(asked_at, limit_at, length, calendar), f"before:{length.text}", (Role.TRANSLATOR,))
        for length in plan.before
    )
    before = _together(moment for moment in counted if asked_at < moment.at < limit_at)
    after = escalations("overdue", limit_at, plan.overdue, calendar, round_the_clock=round_the_clock)
    if not round_the_clock:
        before = tuple(_sooner(each, asked_at) for each in before)
        after = tuple(_later(each) for each in after)
    told = (replace(each, stage=f"{TRANSLATION}{each.stage}") for each in (*before, *after))
    return limit_at, tuple(sorted(told, key=lambda moment: moment.at))


def _later(moment: Moment) -> Moment:
    """Move a moment on to five full minutes: what somebody wrote in several messages is reminded of in one."""
    beyond = _beyond(moment)
    return replace(moment, at=moment.at - beyond + TOGETHER) if beyond else moment


def _sooner(moment: Moment, begun_at: datetime) -> Moment:
    """Move a moment back to five full minutes, unless that would be before it all began."""
    moved = moment.at - _beyond(moment)
    return replace(moment, at=moved) if moved > begun_at else moment


def _beyond(moment: Moment) -> timedelta:
    return timedelta(seconds=moment.at.timestamp() % TOGETHER.total_seconds())


def repeat_at(
    told_at: datetime, limit_at: datetime, silence: Length, calendar: Calendar, *, round_the_clock: bool
) -> datetime:
    """Return when a reminder that nobody answers is repeated to somebody else: after so much silence, and before the limit.

    Where the silence would reach the limit it is cut to half of what is left.
    """
    count_on = _on_in_real_time if round_the_clock else _on_in_office_hours
    at = count_on(told_at, silence, calendar)
    return at if at < limit_at else _half_way(told_at, limit_at, calendar, round_the_clock=round_the_clock)


def schedule_before(
    assigned_at: datetime,
    due_at: datetime,
    plan: ReminderPlan,
    calendar: Calendar,
    *,
    round_the_clock: bool,
) -> tuple[Moment, ...]:
    """Return the reminders ahead of a deadline, by time.

    A percentage is a share of the (working or real) time between assignment and deadline, counted back from the deadline.
    What falls at or before the assignment is left out. Moments that fall together are one and carry the stage that the
    plan lists last. Where nothing is left and the deadline is worth it, one reminder is made half-way.
    """
    count_back = _back_in_real_time if round_the_clock else _back_in_office_hours
    counted = (
        Moment(count_back(assigned_at, due_at, length, calendar), f"before:{length.text}", (Role.OFFICER,))
        for length in plan.before
    )
    moments = _together(moment for moment in counted if assigned_at < moment.at < due_at)
    if moments or due_at - assigned_at < WORTH_REMINDING:
        return moments
    half_way_at = _half_way(assigned_at, due_at, calendar, round_the_clock=round_the_clock)
    return (Moment(half_way_at, _HALF_WAY, (Role.OFFICER,)),)


def escalations(
    name: Literal["overdue", "unaccepted"],
    limit_at: datetime,
    steps: tuple[Escalation, ...],
    calendar: Calendar,
    *,
    round_the_clock: bool,
) -> tuple[Moment, ...]:
    """Return what is told once a limit has passed, by time.

    `after` counts from the limit in the class's own time. Steps that fall together are one: it carries the stage listed
    last and goes to everyone whom any of them names.
    """
    count_on = _on_in_real_time if round_the_clock else _on_in_office_hours
    return _together(
        Moment(count_on(limit_at, step.after, calendar), f"{name}:{step.after.text}", step.to) for step in steps
    )


def _together(moments: Iterable[Moment]) -> tuple[Moment, ...]:
    """Make one of the moments at the same instant, and put all in order."""
    by_instant: dict[datetime, Moment] = {}
    for moment in moments:
        earlier = by_instant.get(moment.at)
        roles = moment.to if earlier is None else tuple(dict.fromkeys((*earlier.to, *moment.to)))
        by_instant[moment.at] = Moment(moment.at, moment.stage, roles)
    return tuple(by_instant[at] for at in sorted(by_instant))


def _back_in_real_time(assigned_at: datetime, due_at: datetime, length: Length, calendar: Calendar) -> datetime:
    if length.span is Span.PERCENT:
        return due_at - _share(due_at - assigned_at, length.amount)
    return _in_real_time(due_at, length, calendar, direction=-1)


def _on_in_real_time(limit_at: datetime, length: Length, calendar: Calendar) -> datetime:
    return _in_real_time(limit_at, length, calendar, direction=1)


def _in_real_time(at: datetime, length: Length, calendar: Calendar, *, direction: Literal[1, -1]) -> datetime:
    """Count as clocks that run day and night do; a working day is 24 hours there."""
    match length.span:
        case Span.RUNNING:
            return at + direction * timedelta(seconds=length.amount)
        case Span.WORKING_DAYS | Span.CALENDAR_DAYS:
            return at + direction * length.amount * _DAY
        case Span.CALENDAR_MONTHS:
            return _same_wall_time(at, calendar, months=direction * length.amount)
        case Span.PERCENT:
            raise ValueError(f"{length.text} after a limit: a percentage needs a whole")
        case _:
            assert_never(length.span)


def _back_in_office_hours(assigned_at: datetime, due_at: datetime, length: Length, calendar: Calendar) -> datetime:
    """Count back from a deadline in working time, then further back until the office is open."""
    match length.span:
        case Span.RUNNING:
            at = calendar.subtract_running(due_at, timedelta(seconds=length.amount))
        case Span.WORKING_DAYS:
            at = calendar.subtract_working_days(due_at, length.amount)
        case Span.CALENDAR_DAYS:
            at = _same_wall_time(due_at, calendar, days=-length.amount)
        case Span.CALENDAR_MONTHS:
            at = _same_wall_time(due_at, calendar, months=-length.amount)
        case Span.PERCENT:
            at = calendar.subtract_running(due_at, _share(calendar.running_between(assigned_at, due_at), length.amount))
        case _:
            assert_never(length.span)
    return calendar.latest_open(at)


def _on_in_office_hours(limit_at: datetime, length: Length, calendar: Calendar) -> datetime:
    """Count on from a limit in working time, then further on until the office is open."""
    match length.span:
        case Span.RUNNING:
            at = calendar.add_running(limit_at, timedelta(seconds=length.amount))
        case Span.WORKING_DAYS:
            at = calendar.add_working_days(limit_at, length.amount)
        case Span.CALENDAR_DAYS:
            at = _same_wall_time(limit_at, calendar, days=length.amount)
        case Span.CALENDAR_MONTHS:
            at = _same_wall_time(limit_at, calendar, months=length.amount)
        case Span.PERCENT:
            raise ValueError(f"{length.text} after a limit: a percentage needs a whole")
        case _:
            assert_never(length.span)
    return calendar.next_opening(at)


def _half_way(assigned_at: datetime, due_at: datetime, calendar: Calendar, *, round_the_clock: bool) -> datetime:
    """Return an instant strictly between, in office hours if there are any; what `50%` means, made to fit."""
    if not round_the_clock:
        half = _share(calendar.running_between(assigned_at, due_at), _HALF)
        for at in (calendar.latest_open(calendar.subtract_running(due_at, half)), calendar.latest_open(due_at)):
            if assigned_at < at < due_at:
                return at
    return assigned_at + _share(due_at - assigned_at, _HALF)


def _share(whole: timedelta, percent: int) -> timedelta:
    """Return so many percent of a length of time in whole seconds, as the clock decides by those."""
    return whole * percent // _WHOLE // _SECOND * _SECOND


def _same_wall_time(at: datetime, calendar: Calendar, *, days: int = 0, months: int = 0) -> datetime:
    local = at.astimezone(calendar.zone)
    on = months_later(local.date(), months) + days * _DAY
    return datetime.combine(on, local.time(), calendar.zone).astimezone(UTC)
