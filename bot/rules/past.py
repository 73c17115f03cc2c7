"""How a case was: whose it was, and by when, before that changed; so that an old week's figures stay what they were.

Invariant: of any instant since filing exactly one value is known, the present one or one that is past (design.md section 8).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from bot.rules.case import Case, Round
from bot.rules.identity import CategoryId, ClassId, UnitId


class PastCase(NamedTuple):
    """What a case was after `since`, up to and with `until`, when that changed: aware UTC instants."""

    since: datetime
    until: datetime
    unit: UnitId
    category: CategoryId
    deadline_class: ClassId | None


class PastRound(NamedTuple):
    """What an attempt was after `since`, up to and with `until`; it was not resolved by then.

    Attributes:
        round, opened_at: which attempt.
        accepted_at: when it had been signed for, by `until`.
    """

    round: int
    opened_at: datetime
    since: datetime
    until: datetime
    unit: UnitId
    accept_due_at: datetime | None
    due_at: datetime | None
    accepted_at: datetime | None


class Past(NamedTuple):
    """Everything that a case no longer is, oldest first."""

    cases: tuple[PastCase, ...] = ()
    rounds: tuple[PastRound, ...] = ()


NOTHING_PAST: Final = Past()
"""Of what is as it was from the beginning."""


def dated(before: Case, after: Case, at: datetime) -> Case:
    """Say of a case after one more entry since when it is what it is, where that has changed.

    A clock that was set back makes nothing older than what it follows.
    """
    was, now = before.rounds[-1], after.rounds[-1]
    changed = after
    if before.unit != after.unit or before.category != after.category or before.deadline_class != after.deadline_class:
        changed = replace(changed, since=_later(at, before.since, before.filed_at))
    if was is not now and was.number == now.number and _is_other(was, now):
        attempt = replace(now, since=_later(at, was.since, was.opened_at))
        changed = replace(changed, rounds=(*changed.rounds[:-1], attempt))
    return changed


def _is_other(before: Round, after: Round) -> bool:
    return (
        before.unit != after.unit
        or before.accept_due_at != after.accept_due_at
        or before.due_at != after.due_at
        or (before.accepted_at is not None and after.accepted_at is None)
    )


def _later(at: datetime, since: datetime | None, begun_at: datetime) -> datetime | None:
    """Return the later one; None is the beginning."""
    return at if at > (since or begun_at) else since


def left_behind(before: Case, after: Case) -> Past:
    """Return what one entry made past; what lasted for no time is left out."""
    was, now = before.rounds[-1], after.rounds[-1]
    if after.since is before.since and now.since is was.since:
        return NOTHING_PAST  # as nearly always
    cases: tuple[PastCase, ...] = ()
    rounds: tuple[PastRound, ...] = ()
    if after.since is not None and after.since != before.since:
        began_at = before.since or before.filed_at
        cases = (PastCase(began_at, after.since, before.unit, before.category, before.deadline_class),)
    if was.number == now.number and now.since is not None and now.since != was.since:
        limits = was.unit, was.accept_due_at, was.due_at, was.accepted_at
        rounds = (PastRound(was.number, was.opened_at, was.since or was.opened_at, now.since, *limits),)
    return Past(cases, rounds)


def rewound(case: Case, pasts: Iterable[Past], at: datetime) -> Case:
    """Return a case with unit, category, class, limits and signature as they were before an instant; all else stays."""
    was = together(pasts)
    changed = case
    for each in was.cases:
        if each.since < at <= each.until:
            changed = replace(changed, unit=each.unit, category=each.category, deadline_class=each.deadline_class)
    attempts = {each.round: each for each in was.rounds if each.since < at <= each.until}
    rounds = [_rewound(attempt, attempts.get(attempt.number)) for attempt in case.rounds]
    return replace(changed, rounds=tuple(rounds)) if attempts else changed


def _rewound(attempt: Round, was: PastRound | None) -> Round:
    if was is None:
        return attempt
    return replace(attempt, unit=was.unit, accept_due_at=was.accept_due_at, due_at=was.due_at, accepted_at=was.accepted_at)


def together(pasts: Iterable[Past]) -> Past:
    """Put what several entries made past into one."""
    known = tuple(pasts)
    return Past(
        tuple(each for past in known for each in past.cases),
        tuple(each for past in known for each in past.rounds),
    )
