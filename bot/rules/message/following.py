"""What a resident reads when they follow a case of their own: its page, and what becomes of what they do with it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

import msgspec

from bot.rules.county import Role
from bot.rules.entry import Look, Solved
from bot.rules.following import Deed
from bot.rules.handling import Stock
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.message.line import CaseLine


class PageStep(StrEnum):
    """What happened to a case, as the one behind it reads it."""

    FILED = "filed"
    ACCEPTED = "accepted"
    TRANSFERRED = "transferred"
    ASSIGNED = "assigned"
    ASKED = "asked"
    ANSWERED = "answered"
    EXPIRED = "expired"  # the time for an answer
    DROPPED = "dropped"  # the question
    EXTENDED = "extended"
    RECLASSIFIED = "reclassified"
    UNIT_ADDED = "unit_added"
    WROTE = "wrote"  # the unit, meanwhile
    EVIDENCE = "evidence"  # the unit added a file
    RESOLVED = "resolved"
    JUDGED = "judged"  # by the reader
    CALLED_BACK = "called_back"
    REOPENED = "reopened"
    CLOSED = "closed"
    JOINED = "joined"  # one more person stands behind it
    JOINED_BY_READER = "joined_by_reader"
    ADDED = "added"  # by the reader
    URGED = "urged"
    PERSON_ASKED = "person_asked"
    WITHDRAWN = "withdrawn"
    FIXED_SAID = "fixed_said"  # by the reader, asked when the limit had passed
    FOLLOWED_UP = "followed_up"  # the reader, asked again after months
    COMMENTED = "commented"  # by the reader
    REFUSED = "refused"
    MERGED = "merged"
    LOOKED = "looked"  # somebody opened what can lead to a person
    IDENTITY_SHOWN = "identity_shown"
    ERASED = "erased"


class PageLine(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a case.

    Attributes:
        role, unit: who did it, if an official did.
        until: the limit, or the end of a pause, that it set.
        words: what was said with it; `stock` instead where it was said from stock.
        translation: the words in the reader's language, where an official wrote them and a translator put them into it.
        look, solved, score, into: what a look was at, what the reader judged, 1 to 5, as which case it goes on.
    """

    at: datetime
    step: PageStep
    role: Role | None = None
    unit: UnitId | None = None
    until: datetime | None = None
    words: str | None = None
    translation: str | None = None
    stock: Stock | None = None
    look: Look | None = None
    solved: Solved | None = None
    score: int | None = None
    into: CaseNumber | None = None


PAGE_ANCHOR: Final = "page/"
"""What begins the name of the page of a case, so that it can be shown anew where it stands; its number follows."""


class CasePage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show a case to somebody behind it: where it stands, what happened, what they can do.

    Attributes:
        words: what was filed; empty once it was erased.
        steps: oldest first.
        left_out: how many older steps are not among them.
    """

    line: CaseLine
    words: str
    steps: tuple[PageLine, ...]
    left_out: int
    deeds: tuple[Deed, ...]


class AdditionWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask for what is to be added, which is the next message."""

    case: CaseNumber


class AdditionTaken(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that the words stand with the case now, and that the unit was told."""

    case: CaseNumber
    unit: UnitId


class UrgeTaken(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that the unit was urged, and when it can be urged again."""

    case: CaseNumber
    unit: UnitId
    due_at: datetime | None


class PersonPromised(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that whoever answers for the unit was asked to write."""

    case: CaseNumber
    unit: UnitId


class WithdrawalWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask whether the case shall really be taken back."""

    case: CaseNumber


class CaseWithdrawn(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that the case was taken back."""

    case: CaseNumber


class LeavingWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask whether the case shall really be left to the others behind it; `is_filer`: whoever is asked filed it."""

    case: CaseNumber
    is_filer: bool


class CaseLeft(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Say that the reader left the case to the others; `can_return`: it is not over, so that they may come back."""

    case: CaseNumber
    can_return: bool


FollowingMessage: TypeAlias = (
    CasePage
    | AdditionWanted
    | AdditionTaken
    | UrgeTaken
    | PersonPromised
    | WithdrawalWanted
    | CaseWithdrawn
    | LeavingWanted
    | CaseLeft
)
