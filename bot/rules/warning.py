"""Signs that something is about to go wrong: what is watched for, how grave it is, and what a look at the ledger found.

A sign is a *warning* (numbers rise, a unit falls behind) or an *integrity signal* (figures that look made up). Neither is a
verdict: each says what was counted, beside what is usual, and which cases stand behind it. Invariant: a sign of the same
subject has the same key every night, so that what goes on is told once.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final

import msgspec

from bot.rules.entry.fact import Channel
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId


class SignKind(StrEnum):
    """What is watched for; the values are part of the ledger's format."""

    SURGE = "surge"  # numbers rise in a category and township
    PLACE = "place"  # the same place again and again
    BEHIND = "behind"  # a unit misses more of its limits than it used to, or than the county lets it
    OLD = "old"  # cases of a unit that have been open for long
    URGED = "urged"  # a case that residents urge again and again
    TRANSFERRED = "transferred"  # a case that no unit wants
    SILENT = "silent"  # a channel by which nothing comes any more
    TRANSLATORS = "translators"  # words that wait for their translation
    BULK = "bulk"  # resolved together, at the last moment
    FAST = "fast"  # resolved within minutes
    BARE = "bare"  # resolved without the evidence that the category asks for
    COMEBACK = "comeback"  # resolved, then reopened
    LENGTHENED = "lengthened"  # the class changed to a longer one
    EXTENDED = "extended"  # extension after extension
    OWN_RATING = "own_rating"  # ratings by those who are rated
    COPIED = "copied"  # the same answer to different cases


SIGNALS: Final = frozenset(
    {
        SignKind.BULK,
        SignKind.FAST,
        SignKind.BARE,
        SignKind.COMEBACK,
        SignKind.LENGTHENED,
        SignKind.EXTENDED,
        SignKind.OWN_RATING,
        SignKind.COPIED,
    }
)
"""The integrity signals; all others are warnings."""


class Grade(IntEnum):
    """How far things have come; a county paints each in a colour of its own (三色督办单)."""

    NEAR = 1
    BEHIND = 2
    OVERDUE = 3


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What a sign is about; what does not apply is None."""

    unit: UnitId | None = None
    category: CategoryId | None = None
    township: TownshipId | None = None
    channel: Channel | None = None
    case: CaseNumber | None = None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What one look found about a subject.

    Attributes:
        unit: who is to answer for it, None where no unit is or may be.
        n, of: what was counted, and out of how many; `of` is None where there is no whole.
        usual: what would be usual beside `n`, in tenths; None where nothing is.
        days: the length of time that was looked at.
        cases: those behind it, the most telling first.
    """

    kind: SignKind
    subject: Subject
    grade: Grade
    unit: UnitId | None
    n: int
    days: int
    of: int | None = None
    usual: int | None = None
    cases: tuple[CaseNumber, ...] = ()

    @property
    def key(self) -> str:
        """Return what makes it the same sign the next night."""
        return key_of(self.kind, self.subject)


def key_of(kind: SignKind, subject: Subject) -> str:
    """Name a sign by what it is about, such as `surge//roads/qapqal//`; the ledger holds it."""
    parts = (subject.unit, subject.category, subject.township, subject.channel, subject.case)
    return "/".join((kind.value, *(part or "" for part in parts)))


def kind_and_subject(key: str) -> tuple[SignKind, Subject]:
    """Read what `key_of` wrote."""
    kind, unit, category, township, channel, case = key.split("/")
    subject = Subject(
        unit=UnitId(unit) if unit else None,
        category=CategoryId(category) if category else None,
        township=TownshipId(township) if township else None,
        channel=Channel(channel) if channel else None,
        case=CaseNumber(case) if case else None,
    )
    return SignKind(kind), subject


EVERYWHERE: Final = TownshipId("*")
"""Stands in the place of a township for all of them."""

BEHIND_A_SIGN: Final = 20
"""How many cases are named behind one sign; what was counted is told in full."""


def named(cases: tuple[CaseNumber, ...]) -> tuple[CaseNumber, ...]:
    """Name the cases behind a sign, at most so many."""
    return cases[:BEHIND_A_SIGN]
