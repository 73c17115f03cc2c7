"""A case as its entries tell it: where it stands, its rounds, and what the voices behind it said. Frozen values.

A case never changes but by `bot.rules.life.evolve`, which says what may follow what.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from bot.rules.county import Kind, Urgency
from bot.rules.entry import Channel, Closing, Solved, Source
from bot.rules.identity import CaseNumber, CategoryId, ClassId, StaffId, TownshipId, UnitId


class State(StrEnum):
    """Where a case stands (design.md section 5)."""

    TRIAGE = "triage"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    MERGED = "merged"


OPEN: Final = frozenset({State.TRIAGE, State.ASSIGNED, State.ACCEPTED, State.WAITING})
"""States in which a unit still has something to do, and limits run."""


ROUND_THE_CLOCK: Final = ", round the clock"
"""How a rule ends whose limits run day and night (`bot.rules.routing.rule_text`)."""


class Rating(msgspec.Struct, frozen=True, gc=False):
    """One voice's answer in one round; `score` is 1 to 5, or None while not given; `source` is how it came."""

    voice: int
    solved: Solved
    score: int | None
    at: datetime
    source: Source = Source.BOT


class ExtensionWish(msgspec.Struct, frozen=True, gc=False):
    """More time that was asked for and not yet decided: by whom, and until when."""

    by: StaffId
    due_at: datetime


class Round(msgspec.Struct, frozen=True, gc=False):
    """One attempt at a case: from filing or reopening to closing.

    Attributes:
        number: from 1.
        unit: who answers for it; the last one where it was transferred.
        rule: the limits it runs under, as the county file wrote them; None without a deadline.
        accept_due_at, due_at: the limits; met if reached at or before.
        how: why it was closed, once it is.
        pauses: how often the clock stood still for the resident.
        waiting_since, waiting_until: the pause that lasts now, and when it ends by itself.
        extensions: how often more time was granted.
        wish: more time that is asked for now.
        called_back: what someone outside the unit heard when this round was drawn for a callback.
        left: how many voices had left the case by its end; none of them gave an answer in it.
        since: when unit or limits last changed, or a signature fell away; None where they are as they were opened with.
    """

    number: int
    opened_at: datetime
    unit: UnitId
    rule: str | None
    accept_due_at: datetime | None
    due_at: datetime | None
    accepted_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    how: Closing | None = None
    ratings: tuple[Rating, ...] = ()
    pauses: int = 0
    waiting_since: datetime | None = None
    waiting_until: datetime | None = None
    extensions: int = 0
    wish: ExtensionWish | None = None
    called_back: Solved | None = None
    left: int = 0
    since: datetime | None = None

    @property
    def runs_round_the_clock(self) -> bool:
        """Say whether people are told of it at its true moment, day and night."""
        return self.rule is not None and self.rule.endswith(ROUND_THE_CLOCK)


class Case(msgspec.Struct, frozen=True, gc=False):
    """One matter a resident raised, as its entries tell it.

    Attributes:
        version: how many entries made it; a change is valid only on the version it was decided on.
        officer: who is in charge, once accepted.
        rounds: at least one; the last is the current one.
        voices: how many people stand, or stood, behind it; each is known by its number from 1.
        left: which of them stand behind it no longer, by their own wish, in the order in which they left.
        joint: other units that work on it too.
        transfers: how often a unit said that it is not theirs.
        is_final: a supervisor has decided whose it is; no unit transfers it any more.
        urgings, urged_at: how often the unit was urged, and when last.
        person_asked_at: when a voice last asked to be spoken to by a person.
        about: the unit whose officials a confidential case is about; nobody of it sees the case, or is told of it.
        since: when unit, category or deadline class last changed; None where they are as it was filed with.
    """

    number: CaseNumber
    version: int
    state: State
    kind: Kind
    category: CategoryId
    township: TownshipId | None
    unit: UnitId
    channel: Channel
    urgency: Urgency
    deadline_class: ClassId | None
    is_confidential: bool
    filed_at: datetime
    officer: StaffId | None
    rounds: tuple[Round, ...]
    voices: int = 1
    left: tuple[int, ...] = ()
    joint: tuple[UnitId, ...] = ()
    transfers: int = 0
    is_final: bool = False
    urgings: int = 0
    urged_at: datetime | None = None
    person_asked_at: datetime | None = None
    about: UnitId | None = None
    since: datetime | None = None

    @property
    def now(self) -> Round:
        """Return the current round."""
        return self.rounds[-1]

    @property
    def behind(self) -> int:
        """Return how many people stand behind it now."""
        return self.voices - len(self.left)

    @property
    def is_open(self) -> bool:
        """Say whether the unit still has something to do."""
        return self.state in OPEN

    def is_overdue(self, at: datetime) -> bool:
        """Say whether the limit has passed with the case still open."""
        return self.is_open and self.now.due_at is not None and at > self.now.due_at

    def rating_of(self, voice: int) -> Rating | None:
        """Return what a voice answered in the current round."""
        return next((rating for rating in self.now.ratings if rating.voice == voice), None)
