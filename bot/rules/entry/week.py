"""Entries of a week's end: what its figures say of each case, who is drawn to be asked again, and with which seed.

They are made once a week, in the transaction that signs the checkpoint, and assert nothing that does not follow from the
entries before them: `ledger verify` follows each. A public export shows them, so that rates can be computed from it.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, TypeAlias

from bot.rules.entry.fact import Fact
from bot.rules.identity import CategoryId, ClassId, UnitId


class Counted(Fact, frozen=True, kw_only=True):
    """What the figures of a week say of one attempt at a case; None where they do not speak of it.

    Attributes:
        round: which attempt.
        week: the ISO week in county time, such as 2026-W47.
        begins_at, ends_at: its instants, half-open.
        received: the case was filed in it.
        accepted_in_time: its limit for signing fell in the week: was it signed for at that limit or before?
        in_time: its limit fell in the week: was it resolved at the limit or before?
        handled: its limit lay before the week's end, and it was not resolved before the week: was it in the week?
        answered: it was closed in the week: had any voice answered?
        solved: it was closed in the week: did the voices confirm it, and had it not been reopened?
        reopened: it was closed or reopened in the week: was it reopened?
    """

    KIND: ClassVar[str] = "counted"
    VERSION: ClassVar[int] = 1
    round: int
    week: str
    begins_at: datetime
    ends_at: datetime
    unit: UnitId
    category: CategoryId
    deadline_class: ClassId | None
    is_confidential: bool
    received: bool
    accepted_in_time: bool | None
    in_time: bool | None
    handled: bool | None
    answered: bool | None
    solved: bool | None
    reopened: bool | None


class VoiceCounted(Fact, frozen=True, kw_only=True):
    """What the figures of a week say of one voice behind an attempt closed in it.

    Attributes:
        satisfied: whether it gave 4 or 5; None if it gave no score.
    """

    KIND: ClassVar[str] = "voice_counted"
    VERSION: ClassVar[int] = 1
    round: int
    week: str
    unit: UnitId
    is_confidential: bool
    satisfied: bool | None


class WeekCountedAtFirst(Fact, frozen=True, kw_only=True):
    """A week is counted, as it was before what no longer is was kept: from each case as it was when it was counted."""

    KIND: ClassVar[str] = "week_counted"
    VERSION: ClassVar[int] = 1
    week: str
    begins_at: datetime
    ends_at: datetime
    attempts: int
    voices: int


class WeekCounted(Fact, frozen=True, kw_only=True):
    """A week is counted, from each case as it was at the week's end, whatever became of it since.

    Every attempt and voice that its figures speak of has an entry before this one.

    Attributes:
        attempts, voices: how many entries that are.
    """

    KIND: ClassVar[str] = "week_counted"
    VERSION: ClassVar[int] = 2
    week: str
    begins_at: datetime
    ends_at: datetime
    attempts: int
    voices: int


class CallbackDrawn(Fact, frozen=True, kw_only=True):
    """The draw fell on a closed case: somebody outside its unit asks again.

    Attributes:
        round: the attempt that was closed.
        counted: the hash of the entry that counts it as closed, 64 lowercase hex digits; this is what was drawn from.
    """

    KIND: ClassVar[str] = "callback_drawn"
    VERSION: ClassVar[int] = 1
    round: int
    counted: str


class SeedPublished(Fact, frozen=True, kw_only=True):
    """The seed of an earlier draw is told, so that anyone can draw again.

    Attributes:
        since, until: drawn was from the closed cases counted in entries after `since`, up to `until`.
        seed: 64 lowercase hex digits; its SHA-256 stood in the checkpoint over the first `since` entries.
    """

    KIND: ClassVar[str] = "seed_published"
    VERSION: ClassVar[int] = 1
    since: int
    until: int
    seed: str


WeekFact: TypeAlias = Counted | VoiceCounted | WeekCountedAtFirst | WeekCounted | CallbackDrawn | SeedPublished
