"""What a resident is told and asked about their own cases."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.message.line import CaseLine


class MyCases(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List a resident's own cases, newest first; `total` may exceed what is listed."""

    cases: tuple[CaseLine, ...]
    total: int


class CaseAccepted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the resident that the unit has signed for the case."""

    case: CaseNumber
    unit: UnitId
    due_at: datetime | None


class RatingQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask the resident whether it is solved; `answer` is what the unit says it did.

    Attributes:
        is_repeated: it was asked before, so it is said to be the reminder.
    """

    case: CaseNumber
    round: int
    unit: UnitId
    answer: str
    is_repeated: bool


class ScoreQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask how satisfied the resident is, 1 to 5."""

    case: CaseNumber
    round: int
    solved: Solved


class PartlyQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask whether a partly solved case should go on or rest."""

    case: CaseNumber
    round: int


class RatingThanks(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Thank for an answer and repeat it."""

    case: CaseNumber
    solved: Solved
    score: int | None


class CaseReopened(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the resident that the case goes on, and until when."""

    case: CaseNumber
    unit: UnitId
    due_at: datetime | None


class CaseClosedUnrated(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the resident that the question was closed without their answer."""

    case: CaseNumber


ResidentMessage: TypeAlias = (
    MyCases
    | CaseAccepted
    | RatingQuestion
    | ScoreQuestion
    | PartlyQuestion
    | RatingThanks
    | CaseReopened
    | CaseClosedUnrated
)
