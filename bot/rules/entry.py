"""The kinds of ledger entries: what was decided, by whom, when, as plain facts.

No personal word, name, Telegram id, phone number or place finer than a township is ever in an entry. A kind never changes
once it is in a ledger: a new need is a new class with the next VERSION, and the old class stays so that it can be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, TypeAlias

import msgspec

from bot.rules.county import Kind, Role, Urgency
from bot.rules.identity import CaseNumber, CategoryId, ClassId, StaffId, TownshipId, UnitId


class Channel(StrEnum):
    """The way a matter came in."""

    BOT = "bot"
    HOTLINE = "hotline"
    COUNTER = "counter"
    MEETING = "meeting"
    VISIT = "visit"


class Solved(StrEnum):
    """A resident's answer to "is it solved?"."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Closing(StrEnum):
    """Why a case was closed."""

    RATED = "rated"
    UNRATED = "unrated"
    LEFT = "left"  # partly solved, and the resident let it rest


class ReopenReason(StrEnum):
    """What made a case go on."""

    RATED_NO = "rated_no"
    RATED_PARTLY = "rated_partly"
    RESIDENT = "resident"


class Fact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of every entry kind; field names are part of the ledger's format."""

    KIND: ClassVar[str]
    VERSION: ClassVar[int]


class Filed(Fact, frozen=True, kw_only=True):
    """A matter was filed and assigned.

    Attributes:
        rule: the limits it was filed under, as the county file wrote them ("accept 2h, handle 7d").
        words: salted commitment to the resident's words, 64 lowercase hex digits; the words lie in the vault.
    """

    KIND: ClassVar[str] = "filed"
    VERSION: ClassVar[int] = 1
    kind: Kind
    category: CategoryId
    township: TownshipId | None
    unit: UnitId
    channel: Channel
    urgency: Urgency
    deadline_class: ClassId | None
    rule: str | None
    accept_due_at: datetime | None
    due_at: datetime | None
    is_confidential: bool
    words: str


class Accepted(Fact, frozen=True, kw_only=True):
    """The unit signed for the case; the actor is in charge from now on."""

    KIND: ClassVar[str] = "accepted"
    VERSION: ClassVar[int] = 1
    unit: UnitId


class Resolved(Fact, frozen=True, kw_only=True):
    """The unit says that it is done; `answer` is a salted commitment to what was done, in words."""

    KIND: ClassVar[str] = "resolved"
    VERSION: ClassVar[int] = 1
    unit: UnitId
    answer: str


class Rated(Fact, frozen=True, kw_only=True):
    """A voice answered; an answer replaces the same voice's earlier one of the same round.

    Attributes:
        round: which attempt at the case is meant, from 1.
        voice: who answers, as the n-th voice of this case; 1 is the filer.
        score: satisfaction 1 to 5, or None until it is given.
    """

    KIND: ClassVar[str] = "rated"
    VERSION: ClassVar[int] = 1
    round: int
    voice: int
    solved: Solved
    score: int | None


class Reopened(Fact, frozen=True, kw_only=True):
    """The case goes on, under a new deadline."""

    KIND: ClassVar[str] = "reopened"
    VERSION: ClassVar[int] = 1
    round: int
    reason: ReopenReason
    rule: str | None
    accept_due_at: datetime | None
    due_at: datetime | None


class Closed(Fact, frozen=True, kw_only=True):
    """Nothing more is asked of anyone."""

    KIND: ClassVar[str] = "closed"
    VERSION: ClassVar[int] = 1
    round: int
    how: Closing


class Withdrawn(Fact, frozen=True, kw_only=True):
    """The resident took it back."""

    KIND: ClassVar[str] = "withdrawn"
    VERSION: ClassVar[int] = 1


class ReminderDecided(Fact, frozen=True, kw_only=True):
    """The clock decided to tell someone about a limit.

    Attributes:
        stage: which moment, such as `before:1d` or `overdue:0h`.
        role: in which function they are told.
        staff: who is told; None when the county has nobody to tell.
    """

    KIND: ClassVar[str] = "reminder_decided"
    VERSION: ClassVar[int] = 1
    round: int
    stage: str
    role: Role
    staff: StaffId | None


class ReminderTold(Fact, frozen=True, kw_only=True):
    """Delivery reports whether a decided reminder reached Telegram."""

    KIND: ClassVar[str] = "reminder_told"
    VERSION: ClassVar[int] = 1
    round: int
    stage: str
    staff: StaffId | None
    was_told: bool


class Invited(Fact, frozen=True, kw_only=True):
    """A one-time link for a role was made; its secret is nowhere in the ledger."""

    KIND: ClassVar[str] = "invited"
    VERSION: ClassVar[int] = 1
    role: Role
    unit: UnitId | None
    township: TownshipId | None


class Joined(Fact, frozen=True, kw_only=True):
    """Someone opened an invitation and holds the role from now on.

    Attributes:
        confirmed_by: the admin who let a further admin in; None for every other role and for the first admin.
    """

    KIND: ClassVar[str] = "joined"
    VERSION: ClassVar[int] = 1
    staff: StaffId
    role: Role
    unit: UnitId | None
    township: TownshipId | None
    confirmed_by: StaffId | None


class Restored(Fact, frozen=True, kw_only=True):
    """A backup took the place of the database: what was entered after it is gone, and the gap is shown.

    Attributes:
        entries: how many entries the backup held.
        skipped: how many case numbers of each series are left out, as they may have been given out since.
    """

    KIND: ClassVar[str] = "restored"
    VERSION: ClassVar[int] = 1
    entries: int
    skipped: int


CaseFact: TypeAlias = Filed | Accepted | Resolved | Rated | Reopened | Closed | Withdrawn
ReminderFact: TypeAlias = ReminderDecided | ReminderTold
AnyFact: TypeAlias = CaseFact | ReminderFact | Invited | Joined | Restored

KINDS: Final[Mapping[tuple[str, int], type[AnyFact]]] = {
    (fact.KIND, fact.VERSION): fact
    for fact in (
        Filed,
        Accepted,
        Resolved,
        Rated,
        Reopened,
        Closed,
        Withdrawn,
        ReminderDecided,
        ReminderTold,
        Invited,
        Joined,
        Restored,
    )
}
"""Every kind and version that any ledger may hold."""

RESIDENT: Final = "resident"
CLOCK: Final = "clock"
SYSTEM: Final = "system"
"""Actors that are not a staff id."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the ledger before it has a place in it.

    Attributes:
        at: aware UTC instant, whole seconds.
        actor: a staff id, or `resident`, `clock`, `system`.
        case: the case it is about, if any.
    """

    at: datetime
    actor: str
    case: CaseNumber | None
    fact: AnyFact
