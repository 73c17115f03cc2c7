"""What must still come of a case as it is now: of all that is planned, only what no honest house can lack.

What is planned goes in the commit that does it, or in one after which it no longer counts; so what a case waits for is
either planned or done. Which notes there are is the county file's to say, and it may have been another one when they were
planned; that there is one at all before a limit and one after it is not. Invariant: nothing is asked for here that hangs on
the time it is now, on who holds a role, or on a file that is not in the ledger.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.rules.case import Case, Round, State
from bot.rules.due import CloseUnrated, Due, EndPause, due_of_case
from bot.rules.reminder import BEFORE, WORTH_REMINDING

OVERDUE: Final = "overdue:"
UNACCEPTED: Final = "unaccepted:"
TRIAGE: Final = "triage:"
"""How the stages begin that come after a limit: for resolving, for signing, for finding a unit."""


class Lack(StrEnum):
    """What would never come of a case."""

    END_OF_PAUSE = "due/pause"
    RATING = "due/rating"
    UNIT = "due/triage"
    SIGNATURE = "due/unaccepted"
    REMINDER = "due/before"
    ESCALATION = "due/overdue"


def lack_of(case: Case, planned: Collection[str], told_at: datetime | None, given_back_at: datetime | None) -> Lack | None:
    """Return what a case waits for that is neither planned nor done; None where nothing is known to be.

    Args:
        planned: the keys of what is planned of it.
        told_at: when officials were last told of a limit of the attempt that goes on; None: not yet.
        given_back_at: when a unit last gave it back.
    """
    attempt = case.now
    begun = f"{case.number}/{attempt.number}/"
    stages = {key.removeprefix(begun) for key in planned if key.startswith(begun)}
    match case.state:
        case State.WAITING:
            return None if _end_of_pause(case).key in planned else Lack.END_OF_PAUSE
        case State.RESOLVED:
            return None if _closing(case).key in planned else Lack.RATING
        case State.TRIAGE if not (_begins(stages, TRIAGE) or _is_told(told_at, given_back_at)):
            return Lack.UNIT
        case State.TRIAGE | State.ASSIGNED | State.ACCEPTED:
            return _of_limits(attempt, stages, told_at, is_signed=case.state is not State.ASSIGNED)
        case _:
            return None


def _of_limits(attempt: Round, stages: Collection[str], told_at: datetime | None, *, is_signed: bool) -> Lack | None:
    """Look at the limits of an attempt, as far as they lay ahead when they were last set: notes about those were planned.

    Reminders whose moments passed unseen are told as one, under the last of their stages: so any that was told counts. A
    clock that was late to end a pause leaves none before a limit that passed meanwhile.
    """
    due_at, since = attempt.due_at, attempt.since or attempt.opened_at
    if due_at is None:
        return None
    is_worth_it = due_at - since >= WORTH_REMINDING and not attempt.pauses
    if is_worth_it and told_at is None and not _begins(stages, BEFORE):
        return Lack.REMINDER
    if not is_signed and _is_missed(attempt.accept_due_at, since, told_at) and not _begins(stages, UNACCEPTED):
        return Lack.SIGNATURE
    return Lack.ESCALATION if _is_missed(due_at, since, told_at) and not _begins(stages, OVERDUE) else None


def _is_missed(limit_at: datetime | None, since: datetime, told_at: datetime | None) -> bool:
    """Say whether there is a limit that lay ahead when it was set, and nobody was told that it has passed."""
    return limit_at is not None and limit_at > since and not _is_told(told_at, limit_at)


def _begins(stages: Collection[str], beginning: str) -> bool:
    return any(stage.startswith(beginning) for stage in stages)


def _is_told(told_at: datetime | None, since: datetime | None) -> bool:
    return told_at is not None and since is not None and told_at >= since


def _end_of_pause(case: Case) -> Due:
    until = case.now.waiting_until or case.now.opened_at
    return due_of_case(until, EndPause(case=case.number, round=case.now.number, pause=case.now.pauses))


def _closing(case: Case) -> Due:
    return due_of_case(case.now.resolved_at or case.now.opened_at, CloseUnrated(case=case.number, round=case.now.number))
