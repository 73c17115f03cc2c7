"""What the figures of a week say of each case: once in SQL for all of them, and here for one from its entries.

The definitions are those of `bot.rules.digest`; adding up what stands here gives the digest's figures, to the last digit.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from bot.rules.case import Case, Round
from bot.rules.entry import CLOCK, Counted, Entry, Solved, VoiceCounted, WeekCounted
from bot.rules.identity import CaseNumber, CategoryId, ClassId, UnitId
from bot.rules.period import Period

ORDER_BYTES: Final = 16


class Facts(NamedTuple):
    """The yes/no facts of `Counted`; None where the week's figures do not speak of the attempt."""

    received: bool = False
    accepted_in_time: bool | None = None
    in_time: bool | None = None
    handled: bool | None = None
    answered: bool | None = None
    solved: bool | None = None
    reopened: bool | None = None


NOTHING: Final = Facts()
"""The week's figures do not speak of the attempt at all."""


class AttemptOfWeek(NamedTuple):
    """A row of `week_attempts`."""

    case: CaseNumber
    round: int
    unit: UnitId
    category: CategoryId
    deadline_class: ClassId | None
    is_confidential: bool
    facts: Facts


class VoiceOfWeek(NamedTuple):
    """One of the people that a row of `week_voices` counts; `place` only tells them apart."""

    case: CaseNumber
    round: int
    place: int
    unit: UnitId
    is_confidential: bool
    satisfied: bool | None


@dataclass(frozen=True, slots=True)
class Week:
    """A week that is over, and everything that its figures speak of."""

    period: Period
    attempts: Sequence[AttemptOfWeek]
    voices: Sequence[VoiceOfWeek]


def week_entries(week: Week, order: bytes, now: datetime) -> tuple[Entry, ...]:
    """Write a week into the ledger.

    Args:
        order: random bytes that decide in which order the entries stand, so that it says nothing about cases or units.
    """
    period = week.period
    counted = [
        Entry(
            at=now,
            actor=CLOCK,
            case=each.case,
            fact=Counted(
                round=each.round,
                week=period.text,
                begins_at=period.begins_at,
                ends_at=period.ends_at,
                unit=each.unit,
                category=each.category,
                deadline_class=each.deadline_class,
                is_confidential=each.is_confidential,
                **each.facts._asdict(),
            ),
        )
        for each in sorted(week.attempts, key=lambda each: _place(order, f"{each.case}/{each.round}"))
    ]
    asked = [
        Entry(
            at=now,
            actor=CLOCK,
            case=each.case,
            fact=VoiceCounted(
                round=each.round,
                week=period.text,
                unit=each.unit,
                is_confidential=each.is_confidential,
                satisfied=each.satisfied,
            ),
        )
        for each in sorted(week.voices, key=lambda each: _place(order, f"{each.case}/{each.round}/{each.place}"))
    ]
    end = WeekCounted(
        week=period.text,
        begins_at=period.begins_at,
        ends_at=period.ends_at,
        attempts=len(counted),
        voices=len(asked),
    )
    return (*counted, *asked, Entry(at=now, actor=CLOCK, case=None, fact=end))


def _place(order: bytes, name: str) -> bytes:
    return hmac.digest(order, name.encode(), "sha256")


class Answer(NamedTuple):
    """What a voice said at some moment."""

    voice: int
    solved: Solved
    at: datetime


class Heard(NamedTuple):
    """What somebody outside the unit heard of an attempt, and when."""

    round: int
    solved: Solved
    at: datetime


class Ends(NamedTuple):
    """When a case was withdrawn, refused or merged, and what callbacks heard, in order: no table says when."""

    gone_at: datetime | None = None
    heard: tuple[Heard, ...] = ()

    def confirmed(self, attempt: Round, ends_at: datetime) -> bool:
        """Say whether somebody outside the unit had heard by then that the attempt solved it."""
        heard = [each.solved for each in self.heard if each.round == attempt.number and each.at < ends_at]
        return heard[-1:] == [Solved.YES]


NOT_ENDED: Final = Ends()
"""Neither has happened."""


def facts_of(
    case: Case,
    attempt: Round,
    answers: Iterable[Answer],
    ends: Ends,
    within: tuple[datetime, datetime],
) -> Facts:
    """Say what a week's figures say of an attempt.

    Args:
        case: as it was at the week's end (`bot.rules.past.rewound`), or later, which changes nothing else.
        answers: everything that any voice said about this attempt.
        ends: what else happened to the case.
        within: the week's beginning and end.
    """
    begins_at, ends_at = within

    def falls(at: datetime | None) -> bool:
        return at is not None and begins_at <= at < ends_at

    received = attempt.number == 1 and falls(case.filed_at)
    if ends.gone_at is not None and ends.gone_at < ends_at:
        return Facts(received)
    again = next((each.opened_at for each in case.rounds if each.number == attempt.number + 1), None)
    last = _last(answers, ends_at)
    is_closed = falls(attempt.closed_at)
    is_confirmed = set(last.values()) == {Solved.YES} or (not last and ends.confirmed(attempt, ends_at))
    return Facts(
        received=received,
        accepted_in_time=_by(attempt.accepted_at, attempt.accept_due_at) if falls(attempt.accept_due_at) else None,
        in_time=_by(attempt.resolved_at, attempt.due_at) if falls(attempt.due_at) else None,
        handled=_by(attempt.resolved_at, ends_at, is_before=True) if _was_due(attempt, within) else None,
        answered=bool(last) if is_closed else None,
        solved=is_confirmed and not (again is not None and again < ends_at) if is_closed else None,
        reopened=True if falls(again) else False if is_closed else None,
    )


def _by(done_at: datetime | None, limit: datetime | None, *, is_before: bool = False) -> bool:
    if done_at is None or limit is None:
        return False
    return done_at < limit if is_before else done_at <= limit


def _was_due(attempt: Round, within: tuple[datetime, datetime]) -> bool:
    begins_at, ends_at = within
    is_due = attempt.due_at is not None and attempt.due_at < ends_at and attempt.opened_at < ends_at
    was_unresolved = attempt.resolved_at >= begins_at if attempt.resolved_at is not None else attempt.closed_at is None
    return is_due and was_unresolved


def _last(answers: Iterable[Answer], ends_at: datetime) -> Mapping[int, Solved]:
    """Return what each voice had said last before the end."""
    return {answer.voice: answer.solved for answer in sorted(answers, key=lambda each: each.at) if answer.at < ends_at}
