"""What those who work on cases are told, with all that is needed to act."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.rules.case import State
from bot.rules.county import Kind, Role
from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId
from bot.rules.message.line import CaseLine


class TaskNotice(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give an official all that is needed to act on a case.

    Attributes:
        words: what the resident wrote.
        round: above 1, the case was reopened.
        is_mine: the reader is in charge.
    """

    case: CaseNumber
    state: State
    kind: Kind
    category: CategoryId
    township: TownshipId | None
    unit: UnitId
    words: str
    filed_at: datetime
    accept_due_at: datetime | None
    due_at: datetime | None
    round: int
    is_mine: bool


class TaskList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List the open cases of someone's units, what runs out first on top."""

    cases: tuple[CaseLine, ...]
    total: int


class ResolveQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask the officer what was done, in words."""

    case: CaseNumber


class TaskResolved(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Confirm to the officer that the case is resolved and the resident asked."""

    case: CaseNumber


class TaskRated(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the officer what the resident answered."""

    case: CaseNumber
    solved: Solved
    score: int | None


class ReopenNotice(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell a supervisor that a resident says a case is not solved."""

    case: CaseNumber
    unit: UnitId
    round: int
    due_at: datetime | None


class ReminderLine(msgspec.Struct, frozen=True, kw_only=True):
    """One case in a reminder.

    Attributes:
        stage: which moment, such as `before:1d`, `overdue:0h`, `unaccepted:4h`.
        limit_at: the limit that the stage is about.
        is_late: the limit has passed at the moment of telling.
    """

    case: CaseNumber
    stage: str
    category: CategoryId
    township: TownshipId | None
    unit: UnitId
    limit_at: datetime
    is_late: bool


class ReminderNotice(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Remind an official of limits: all that fall together, one message."""

    lines: tuple[ReminderLine, ...]


class StaffWelcome(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell someone which role they now hold."""

    role: Role
    unit: UnitId | None


OfficialMessage: TypeAlias = (
    TaskNotice | TaskList | ResolveQuestion | TaskResolved | TaskRated | ReopenNotice | ReminderNotice | StaffWelcome
)
