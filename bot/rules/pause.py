"""What waiting for a resident, and more time, do to a limit: the clock stands still, visibly, within limits, and runs again.

Invariant: a limit never comes earlier than it was, and a pause gives back no more than it took.
"""

from __future__ import annotations

from datetime import datetime

from bot.errors import IllegalTransition
from bot.rules.calendar import Calendar
from bot.rules.case import Round
from bot.rules.county import DeadlineClass, PausePlan
from bot.rules.deadline import limit
from bot.rules.length import Length, Span


def pause_until(attempt: Round, plan: PausePlan, at: datetime, calendar: Calendar) -> datetime:
    """Return when a pause that begins at `at` ends by itself.

    Raises:
        IllegalTransition: the round has had as many pauses as it may have.
    """
    if attempt.pauses >= plan.times:
        raise IllegalTransition
    return limit(at, plan.longest, calendar, round_the_clock=False)


def due_after_pause(
    due_at: datetime | None,
    began_at: datetime,
    ended_at: datetime,
    calendar: Calendar,
    deadline_class: DeadlineClass | None,
) -> datetime | None:
    """Return a limit moved on by a pause: what was left when it began is left when it ends.

    What is left is working time; real time in classes that run round the clock; whole calendar days in classes that count
    those, with the close of a working day as the limit. A limit that had passed when the pause began stays passed.

    Args:
        due_at: the limit before the pause; None stays None.
        began_at, ended_at: aware UTC, in order.
    """
    if due_at is None or due_at <= began_at:
        return due_at
    if deadline_class is not None and deadline_class.runs_round_the_clock:
        return due_at + (ended_at - began_at)
    if deadline_class is not None and deadline_class.handle.span in {Span.CALENDAR_DAYS, Span.CALENDAR_MONTHS}:
        paused = (calendar.local_date(ended_at) - calendar.local_date(began_at)).days
        length = Length(f"{paused}cd", Span.CALENDAR_DAYS, paused)
        return max(due_at, limit(due_at, length, calendar, round_the_clock=False))
    return max(due_at, calendar.add_running(ended_at, calendar.running_between(began_at, due_at)))


def extended(
    attempt: Round, deadline_class: DeadlineClass | None, at: datetime, calendar: Calendar
) -> tuple[Length, datetime]:
    """Return the next extension that a round may still ask for, and the limit it would then have.

    Raises:
        IllegalTransition: there is no limit, it has passed, a wish is open already, or no extension is left.
    """
    if deadline_class is None or attempt.due_at is None or at > attempt.due_at or attempt.wish is not None:
        raise IllegalTransition
    if attempt.extensions >= len(deadline_class.extensions):
        raise IllegalTransition
    length = deadline_class.extensions[attempt.extensions]
    return length, limit(attempt.due_at, length, calendar, round_the_clock=deadline_class.runs_round_the_clock)
