"""The life of a sign: raised by a night, put before a unit, answered, referred, closed by a person; a fold of its entries.

Two truths that are never merged: whether it still *holds*, which the nights decide, and where it *stands*, which people do.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from bot.errors import IllegalTransition
from bot.rules.entry import Entry
from bot.rules.entry.sign import (
    SignAnswered,
    SignAsked,
    SignClosed,
    SignFact,
    SignGraded,
    SignOver,
    SignRaised,
    SignReferred,
)
from bot.rules.identity import CaseNumber, SignNumber, UnitId
from bot.rules.warning import SIGNALS, Found, Grade, SignKind, Subject, kind_and_subject

SERIES: Final = "YJ"
"""What the numbers of signs begin with (预警)."""

NOTE: Final = "note"
"""The slots of what was said about a sign, the last of each: added to its note, answered, written elsewhere, its end."""

ANSWER: Final = "answer"
REFERRAL: Final = "referral"
CLOSING: Final = "closing"


class Standing(StrEnum):
    """Where a sign stands with people."""

    TOLD = "told"
    ASKED = "asked"  # its unit is to answer
    ANSWERED = "answered"
    CLOSED = "closed"


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """A warning or an integrity signal, as its entries tell it.

    Attributes:
        version: how many entries made it; a change is valid only on the version it was decided on.
        grade, peak: how grave it was found last, and at worst.
        n, of, usual, days, cases: as in `bot.rules.warning.Found`, when it was graded last.
        raised_at, over_at: since when it has held, and since when no more; None while it holds.
        asked_at, answer_by: since when and until when its unit is to answer.
        body: to whom it was referred.
    """

    number: SignNumber
    version: int
    kind: SignKind
    subject: Subject
    unit: UnitId | None
    grade: Grade
    peak: Grade
    n: int
    days: int
    raised_at: datetime
    graded_at: datetime
    of: int | None = None
    usual: int | None = None
    cases: tuple[CaseNumber, ...] = ()
    standing: Standing = Standing.TOLD
    over_at: datetime | None = None
    asked_at: datetime | None = None
    answer_by: datetime | None = None
    body: str | None = None
    closed_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Say whether the last night still found it."""
        return self.over_at is None

    @property
    def is_signal(self) -> bool:
        """Say whether it is an integrity signal."""
        return self.kind in SIGNALS

    @property
    def for_unit(self) -> tuple[CaseNumber, ...]:
        """Return the cases that its unit is told: of ratings by its own people none, as each would show who filed it."""
        return () if self.kind is SignKind.OWN_RATING else self.cases

    @property
    def is_open(self) -> bool:
        """Say whether it waits for somebody: it holds, or its unit owes or gave an answer, and nobody closed it."""
        return self.standing is not Standing.CLOSED and (self.holds or self.standing is not Standing.TOLD)


def number_of(year: int, place: int) -> SignNumber:
    """Number the n-th sign of all."""
    return SignNumber(f"{SERIES}-{year}-{place:05d}")


def raised(number: SignNumber, found: Found) -> SignRaised:
    """Say that a sign was found."""
    return SignRaised(
        sign=number,
        subject=found.key,
        unit=found.unit,
        grade=found.grade.value,
        n=found.n,
        of=found.of,
        usual=found.usual,
        days=found.days,
        cases=" ".join(found.cases),
    )


def graded(number: SignNumber, found: Found) -> SignGraded:
    """Say that a sign is graver, or less grave, than before."""
    return SignGraded(
        sign=number,
        unit=found.unit,
        grade=found.grade.value,
        n=found.n,
        of=found.of,
        usual=found.usual,
        days=found.days,
        cases=" ".join(found.cases),
    )


def evolve(sign: Sign | None, entry: Entry) -> Sign:
    """Bring a sign on by an entry.

    Raises:
        IllegalTransition: the entry does not follow from what the sign was.
    """
    fact = entry.fact
    if isinstance(fact, SignRaised):
        if sign is not None:
            raise IllegalTransition
        return _begun(fact, entry.at)
    if sign is None or not isinstance(fact, SignFact):
        raise IllegalTransition
    after = _followed(sign, fact, entry.at)
    return msgspec.structs.replace(after, version=sign.version + 1)


def fold(entries: Iterable[Entry]) -> Sign | None:
    """Make a sign of all its entries."""
    sign: Sign | None = None
    for entry in entries:
        sign = evolve(sign, entry)
    return sign


def _begun(fact: SignRaised, at: datetime) -> Sign:
    kind, subject = kind_and_subject(fact.subject)
    grade = Grade(fact.grade)
    return Sign(
        number=fact.sign,
        version=1,
        kind=kind,
        subject=subject,
        unit=fact.unit,
        grade=grade,
        peak=grade,
        n=fact.n,
        of=fact.of,
        usual=fact.usual,
        days=fact.days,
        cases=_numbers(fact.cases),
        raised_at=at,
        graded_at=at,
    )


def _numbers(cases: str) -> tuple[CaseNumber, ...]:
    return tuple(CaseNumber(number) for number in cases.split())


def _followed(sign: Sign, fact: SignFact, at: datetime) -> Sign:
    put = msgspec.structs.replace
    is_closed = sign.standing is Standing.CLOSED
    match fact:
        case SignGraded():
            return _graded(sign, fact, at)
        case SignOver() if sign.holds:
            return put(sign, over_at=at)
        case SignAsked() if not is_closed:
            return put(sign, standing=Standing.ASKED, unit=fact.unit, asked_at=at, answer_by=fact.answer_by)
        case SignAnswered() if sign.standing is Standing.ASKED:
            return put(sign, standing=Standing.ANSWERED)
        case SignReferred() if sign.is_signal and not is_closed:
            return put(sign, body=fact.body)
        case SignClosed() if not is_closed:
            return put(sign, standing=Standing.CLOSED, closed_at=at)
        case _:
            raise IllegalTransition


def _graded(sign: Sign, fact: SignGraded, at: datetime) -> Sign:
    """Grade a sign anew; one that was closed and is graver than ever stands before people again."""
    if not sign.holds:
        raise IllegalTransition
    grade = Grade(fact.grade)
    is_back = sign.standing is Standing.CLOSED and grade > sign.peak
    return msgspec.structs.replace(
        sign,
        grade=grade,
        peak=max(sign.peak, grade),
        unit=sign.unit if sign.standing is Standing.ASKED else fact.unit,
        n=fact.n,
        of=fact.of,
        usual=fact.usual,
        days=fact.days,
        cases=_numbers(fact.cases),
        graded_at=at,
        standing=Standing.TOLD if is_back else sign.standing,
        closed_at=None if is_back else sign.closed_at,
    )
