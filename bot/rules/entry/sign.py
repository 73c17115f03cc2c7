"""Entries about signs: warnings and integrity signals, from the night that finds one to the person who closes it.

They belong to no case, though cases stand behind a sign; those are named by their numbers, one after the other.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, TypeAlias

from bot.rules.entry.fact import Fact
from bot.rules.identity import SignNumber, UnitId


class SignRaised(Fact, frozen=True, kw_only=True):
    """The clock found a sign.

    Attributes:
        subject: what it is about (`bot.rules.warning.key_of`).
        unit: who is to answer for it, if anyone is.
        grade: 1 to 3, as `bot.rules.warning.Grade`.
        n, of, usual, days: what was counted, out of how many, what would be usual in tenths, and over how many days.
        cases: the numbers of those behind it, with spaces between.
    """

    KIND: ClassVar[str] = "sign_raised"
    VERSION: ClassVar[int] = 1
    sign: SignNumber
    subject: str
    unit: UnitId | None
    grade: int
    n: int
    of: int | None
    usual: int | None
    days: int
    cases: str


class SignGraded(Fact, frozen=True, kw_only=True):
    """The clock found a sign graver or less grave than before; fields as in SignRaised."""

    KIND: ClassVar[str] = "sign_graded"
    VERSION: ClassVar[int] = 1
    sign: SignNumber
    unit: UnitId | None
    grade: int
    n: int
    of: int | None
    usual: int | None
    days: int
    cases: str


class SignOver(Fact, frozen=True, kw_only=True):
    """The clock found a sign no more."""

    KIND: ClassVar[str] = "sign_over"
    VERSION: ClassVar[int] = 1
    sign: SignNumber


class SignAsked(Fact, frozen=True, kw_only=True):
    """A supervision note (督办单) went to a unit, which is to answer by a limit; `words` commits to what was added to it."""

    KIND: ClassVar[str] = "sign_asked"
    VERSION: ClassVar[int] = 1
    sign: SignNumber
    unit: UnitId
    answer_by: datetime
    words: str | None


class SignAnswered(Fact, frozen=True, kw_only=True):
    """The unit answered; `words` is a salted commitment to what it said."""

    KIND: ClassVar[str] = "sign_answered"
    VERSION: ClassVar[int] = 1
    sign: SignNumber
    words: str


class SignReferred(Fact, frozen=True, kw_only=True):
    """A signal was referred to another body of the county file, with its evidence (转办)."""

    KIND: ClassVar[str] = "sign_referred"
    VERSION: ClassVar[int] = 1
    sign: SignNumber
    body: str
    words: str


class SignClosed(Fact, frozen=True, kw_only=True):
    """Whoever watches over the county closed it; `words` commits to why."""

    KIND: ClassVar[str] = "sign_closed"
    VERSION: ClassVar[int] = 1
    sign: SignNumber
    words: str


SignFact: TypeAlias = SignRaised | SignGraded | SignOver | SignAsked | SignAnswered | SignReferred | SignClosed
