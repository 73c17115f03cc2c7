"""What a resident is asked when a moment has come, and what becomes of the answer: fixed meanwhile? still solved? in words?

Invariant: each question names the attempt it is about, so that an answer to an older one is known for that.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber, CategoryId, UnitId
from bot.rules.message.survey import SurveyQuestion, SurveyThanks


class FixedQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that the limit has passed, and ask whether it is fixed meanwhile."""

    case: CaseNumber
    round: int
    category: CategoryId
    unit: UnitId
    due_at: datetime | None


class FixedTaken(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Repeat what somebody said when the limit had passed, and say what follows from it."""

    case: CaseNumber
    unit: UnitId
    solved: Solved


class FollowUpQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask, months after a case was solved, whether it still is.

    Attributes:
        stage: how long after, such as `90cd`.
        closed_at: when that attempt was closed.
    """

    case: CaseNumber
    round: int
    stage: str
    category: CategoryId
    unit: UnitId
    closed_at: datetime | None


class FollowUpTaken(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Thank somebody for whom it is still solved."""

    case: CaseNumber


class CommentWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask somebody who has given a score for words that go with it."""

    case: CaseNumber
    round: int
    unit: UnitId


class CommentTaken(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that the words were passed on, or, where none were, that there need not be any."""

    case: CaseNumber
    unit: UnitId
    is_given: bool


AskingMessage: TypeAlias = (
    FixedQuestion
    | FixedTaken
    | FollowUpQuestion
    | FollowUpTaken
    | CommentWanted
    | CommentTaken
    | SurveyQuestion
    | SurveyThanks
)
