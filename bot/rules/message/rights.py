"""What people are told about their own data: what becomes of it, all of it as a file, and that it is erased."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.entry import Look, Solved
from bot.rules.erasure import Forgetting
from bot.rules.file import Media
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId


class PrivacyPage(msgspec.Struct, frozen=True, tag=True):
    """Say in plain words what becomes of what somebody writes, and what they can do about it."""


class ForgetQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask what shall be forgotten; nothing is erased before an answer.

    Attributes:
        cases: how many cases are tied to whoever asks.
        open: how many of them have not ended.
    """

    cases: int
    open: int


class Forgotten(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell what was forgotten.

    Attributes:
        shared: how many of the cases go on because others stand behind them too.
        is_official: whoever asked works here, so that their chat stays known.
    """

    how: Forgetting
    shared: int
    is_official: bool


class TaskWithdrawn(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell an official that the resident has taken a case back."""

    case: CaseNumber


class Spoken(StrEnum):
    """What words of a case are, to somebody who stands behind it."""

    WROTE = "wrote"  # their own
    ASKED = "asked"  # by the unit, that is waited for
    RESOLVED = "resolved"  # what the unit says was done
    TOLD = "told"  # by the unit or a supervisor, meanwhile
    TRANSLATED = "translated"  # the words above, or what was said in a voice message


class OwnWords(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a case, and when they were said; a translation stands at the moment of its original."""

    text: str
    at: datetime
    spoken: Spoken


class OwnGiven(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody gave besides words.

    Attributes:
        name: what they call themselves; like the phone number given for that matter alone.
        place: degrees, north then east, with a comma.
        files: as what each was sent, in order.
    """

    name: str | None = None
    phone: str | None = None
    place: str | None = None
    files: tuple[Media, ...] = ()


class OwnRating(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody answered."""

    at: datetime
    solved: Solved
    score: int | None


class OwnLook(msgspec.Struct, frozen=True, kw_only=True):
    """Who opened what, by role and unit; both are None where whoever it was is not known any more."""

    at: datetime
    role: Role | None
    unit: UnitId | None
    what: Look


class OwnCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case that is tied to somebody; words only where they are that person's own, or an answer.

    Attributes:
        has_left: they left it to the others behind it.
    """

    case: CaseNumber
    filed_at: datetime
    state: State
    unit: UnitId
    category: CategoryId
    township: TownshipId | None
    words: tuple[OwnWords, ...]
    given: OwnGiven
    ratings: tuple[OwnRating, ...]
    looks: tuple[OwnLook, ...]
    has_left: bool = False


class OwnRole(msgspec.Struct, frozen=True, kw_only=True):
    """A role that somebody holds."""

    role: Role
    unit: UnitId | None


class OwnData(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give somebody everything that is kept about them, as a file.

    Attributes:
        township: the last one they used.
        draft: the words of a draft that is not sent yet; None when there is none.
        raised: what they raised in meetings that are not over.
        draft_given: what is in that draft besides words.
    """

    at: datetime
    known_since: datetime | None
    township: TownshipId | None
    roles: tuple[OwnRole, ...]
    draft: str | None
    cases: tuple[OwnCase, ...]
    draft_given: OwnGiven = OwnGiven()
    raised: tuple[str, ...] = ()


RightsMessage: TypeAlias = PrivacyPage | ForgetQuestion | Forgotten | TaskWithdrawn | OwnData
