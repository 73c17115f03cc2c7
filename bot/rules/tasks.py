"""Which open cases someone wants to see: filters over what their units work on, a page at a time.

Invariant: what runs out first stands on top, whatever is filtered; what has no limit comes last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from bot.rules.access import PERMITTED, Act
from bot.rules.case import Case, State
from bot.rules.identity import StaffId, UnitId
from bot.rules.staff import Staff

PAGE: Final = 8
"""Cases in one list: as many as a phone shows with their buttons."""


class Only(StrEnum):
    """A filter of the task list; the values stand on buttons, so they are short."""

    UNIT = "u"  # all that one's units work on
    MINE = "m"  # in whose charge one is
    UNACCEPTED = "a"
    OVERDUE = "o"
    WAITING = "w"  # for the resident
    JOINT = "j"  # several units work on it


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """A page of the open cases that some units work on.

    Attributes:
        staff: whose charge MINE means.
        at: what is past its limit then is overdue.
        page: from 0.
    """

    units: frozenset[UnitId]
    staff: frozenset[StaffId]
    only: Only
    at: datetime
    page: int = 0
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class TaskPage:
    """What was found: a page of it, and how many there are by every filter."""

    cases: tuple[Case, ...]
    counts: Mapping[Only, int]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the newest, how many in all, and whether everything was looked through."""

    cases: tuple[Case, ...]
    total: int
    is_complete: bool


def query_of(roles: Iterable[Staff], only: Only, at: datetime, page: int = 0) -> TaskQuery:
    """Ask for what someone works on, in all their roles."""
    handling = [each for each in roles if each.role in PERMITTED[Act.SEE_TASKS] and each.unit is not None]
    return TaskQuery(
        units=frozenset(each.unit for each in handling if each.unit is not None),
        staff=frozenset(each.id for each in handling),
        only=only,
        at=at,
        page=page,
    )


def to_accept(cases: Iterable[Case], units: frozenset[UnitId]) -> tuple[Case, ...]:
    """Return those of shown cases that wait to be signed for by one's own units."""
    return tuple(case for case in cases if case.state is State.ASSIGNED and case.unit in units)


def fingerprint(cases: Iterable[Case]) -> str:
    """Tell a list of cases from any other, and from itself once one of them has moved on; eight hex digits for a button."""
    return sha256(" ".join(f"{case.number}/{case.version}" for case in cases).encode()).hexdigest()[:8]
