"""A residents' meeting (群众议事厅): matters are raised and seconded, and those adopted become cases.

Everybody in a meeting reads what is raised; nobody, not even whoever holds it, sees who raised or seconded it. When a
meeting is over only counts are left of it, and the cases that came of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from bot.errors import NotFound
from bot.rules.county import Kind, Urgency
from bot.rules.identity import CaseNumber, CategoryId, MeetingId, PersonId, StaffId, TownshipId, UnitId

MEETING_PREFIX: Final = "m-"
"""What begins the payload of a link to a meeting, as an invitation's begins with its own."""

LENGTHS: Final = (2, 24, 72, 168)
"""For how many hours a meeting may be opened."""

TIME_TO_SETTLE: Final = timedelta(days=3)
"""How long after its end whoever holds a meeting may still adopt what was raised in it."""

MOST_RAISED: Final = 200
"""Matters of one meeting."""

MOST_EACH: Final = 5
"""Matters that one person may raise in one meeting, so that nobody drowns the others."""

LONGEST_TITLE: Final = 100
LONGEST_MATTER: Final = 1000
"""Characters."""


class Standing(StrEnum):
    """What became of a matter that was raised."""

    OPEN = "open"
    ADOPTED = "adopted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it stands.

    Attributes:
        opener: who holds it.
        unit: theirs, if they have one.
        people: how many have joined.
    """

    id: MeetingId
    title: str
    opener: StaffId
    unit: UnitId | None
    township: TownshipId | None
    opened_at: datetime
    ends_at: datetime
    closed_at: datetime | None = None
    people: int = 0

    def is_open(self, now: datetime) -> bool:
        """Say whether anything can still be raised or seconded."""
        return self.closed_at is None and now < self.ends_at


@dataclass(frozen=True, slots=True)
class RaisedMatter:
    """A matter that somebody raised.

    Attributes:
        number: in the meeting, from 1.
        raiser: None once they are forgotten.
        seconders: in the order in which they seconded it.
        case: what it became, when adopted.
    """

    number: int
    raiser: PersonId | None
    words: str
    kind: Kind
    category: CategoryId
    urgency: Urgency
    seconders: tuple[PersonId, ...] = ()
    standing: Standing = Standing.OPEN
    case: CaseNumber | None = None


@dataclass(frozen=True, slots=True)
class Hall:
    """A meeting with what was raised in it."""

    meeting: Meeting
    matters: tuple[RaisedMatter, ...] = ()

    def matter(self, number: int) -> RaisedMatter:
        """Return one matter; raises NotFound."""
        found = next((each for each in self.matters if each.number == number), None)
        if found is None:
            raise NotFound
        return found


def in_order(matters: Iterable[RaisedMatter]) -> tuple[RaisedMatter, ...]:
    """Put what most people stand behind first, and of equals what was raised first; what is decided comes last."""
    return tuple(sorted(matters, key=lambda each: (each.standing is not Standing.OPEN, -len(each.seconders), each.number)))


def ends_at(opened_at: datetime, hours: int) -> datetime:
    """Return when a meeting ends that is opened for so many hours."""
    return opened_at + timedelta(hours=hours)


# ── What changes in a meeting ────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Opened:
    """A meeting was opened."""

    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Attended:
    """Somebody joined."""

    meeting: MeetingId
    person: PersonId


@dataclass(frozen=True, slots=True)
class Raised:
    """A matter was raised; its words are sealed under its raiser's key."""

    meeting: MeetingId
    matter: RaisedMatter


@dataclass(frozen=True, slots=True)
class Seconded:
    """Somebody stands behind a matter, or no longer does."""

    meeting: MeetingId
    number: int
    person: PersonId
    is_behind: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """A matter was adopted as a case, or declined."""

    meeting: MeetingId
    number: int
    standing: Standing
    case: CaseNumber | None


@dataclass(frozen=True, slots=True)
class Ended:
    """A meeting is over, and so many had joined; who, who raised and who seconded what is forgotten, and what was said."""

    meeting: MeetingId
    at: datetime
    people: int


MeetingChange: TypeAlias = Opened | Attended | Raised | Seconded | Settled | Ended
