"""What a voice can do with its case beside judging it, and until when; read when buttons are drawn and when they act.

Invariant: a deed is offered if and only if it would be done at that moment.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from bot.rules.calendar import Calendar
from bot.rules.case import OPEN, Case, State
from bot.rules.county import RatingPlan
from bot.rules.deadline import limit
from bot.rules.length import Length


class Deed(StrEnum):
    """What can be done; the values stand on buttons, so they are short."""

    ADD = "ad"  # words
    URGE = "ur"
    ASK_PERSON = "pe"
    WITHDRAW = "wi"
    LEAVE = "le"  # to those who stand behind it too
    REOPEN = "ro"
    JUDGE_AGAIN = "ja"  # change one's mind about a closed case


def deeds(case: Case, voice: int, plan: RatingPlan, calendar: Calendar, now: datetime) -> tuple[Deed, ...]:
    """Return what a voice can do with a case now, the most usual first; nothing once it has left."""
    if voice in case.left:
        return ()
    able = {
        Deed.ADD: _is_alive(case),
        Deed.URGE: may_urge(case, calendar, now),
        Deed.ASK_PERSON: may_ask_for_person(case, calendar, now),
        Deed.JUDGE_AGAIN: may_judge_again(case, voice, plan, calendar, now),
        Deed.REOPEN: may_reopen(case, plan, calendar, now),
        Deed.WITHDRAW: may_withdraw(case),
        Deed.LEAVE: may_leave(case, voice),
    }
    return tuple(deed for deed, is_able in able.items() if is_able)


def may_urge(case: Case, calendar: Calendar, now: datetime) -> bool:
    """Say whether the unit can be urged: it is its turn, and nobody has urged it this working day."""
    return case.state in OPEN - {State.WAITING} and not _is_same_day(case.urged_at, calendar, now)


def may_ask_for_person(case: Case, calendar: Calendar, now: datetime) -> bool:
    """Say whether a person can be asked for: the case is not over, and nobody has asked this working day."""
    return _is_alive(case) and not _is_same_day(case.person_asked_at, calendar, now)


def may_withdraw(case: Case) -> bool:
    """Say whether the case can be taken back: it is not over, and nobody else stands behind it."""
    return _is_alive(case) and case.behind == 1


def may_leave(case: Case, voice: int) -> bool:
    """Say whether a voice can leave a case to the others: it is not over, and no answer of theirs counts in it yet."""
    return _is_alive(case) and case.behind > 1 and voice not in case.left and case.rating_of(voice) is None


def may_return(case: Case) -> bool:
    """Say whether a voice that left can stand behind the case again: it is not over."""
    return _is_alive(case)


def may_reopen(case: Case, plan: RatingPlan, calendar: Calendar, now: datetime) -> bool:
    """Say whether a closed case can go on, by the county's `reopen_within`."""
    return case.state is State.CLOSED and _is_within(case, plan.reopen_within, calendar, now)


def may_judge_again(case: Case, voice: int, plan: RatingPlan, calendar: Calendar, now: datetime) -> bool:
    """Say whether a voice can change its answer about a closed case, by the county's `change_within`."""
    return (
        case.state is State.CLOSED
        and case.rating_of(voice) is not None
        and _is_within(case, plan.change_within, calendar, now)
    )


def may_still_judge(case: Case, voice: int, plan: RatingPlan, calendar: Calendar, now: datetime) -> bool:
    """Say whether a voice can give its first answer about a case that another one's answer has closed."""
    return (
        case.state is State.CLOSED
        and bool(case.now.ratings)
        and case.rating_of(voice) is None
        and voice <= case.voices
        and voice not in case.left
        and _is_within(case, plan.change_within, calendar, now)
    )


def _is_alive(case: Case) -> bool:
    return case.is_open or case.state is State.RESOLVED


def _is_within(case: Case, length: Length, calendar: Calendar, now: datetime) -> bool:
    closed_at = case.now.closed_at
    return closed_at is not None and now <= limit(closed_at, length, calendar, round_the_clock=False)


def _is_same_day(before: datetime | None, calendar: Calendar, now: datetime) -> bool:
    return before is not None and _working_day(before, calendar) == _working_day(now, calendar)


def _working_day(at: datetime, calendar: Calendar) -> date:
    """Return the working day that an instant belongs to; a day off belongs to the next one."""
    on = calendar.local_date(at)
    return on if calendar.is_working_day(on) else calendar.next_working_day(on)
