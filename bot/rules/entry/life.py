"""Entries that make up a case's life: `bot.rules.case` folds them, and says which may follow which.

Limits are carried as instants, decided when the entry was: a ledger is read without the county file it was written under.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, TypeAlias

from bot.rules.county import Kind, Urgency
from bot.rules.entry.fact import Channel, Closing, Fact, ReopenReason, Resuming, Solved, Source
from bot.rules.identity import CaseNumber, CategoryId, ClassId, StaffId, TownshipId, UnitId


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


class Concerned(Fact, frozen=True, kw_only=True):
    """A confidential matter is about officials of this unit: nobody of it sees the case, or is told of it."""

    KIND: ClassVar[str] = "concerned"
    VERSION: ClassVar[int] = 1
    about: UnitId


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


class RatedAtFirst(Fact, frozen=True, kw_only=True):
    """A voice answered, as it was entered before an answer could come by telephone: each was a tap of the voice's own."""

    KIND: ClassVar[str] = "rated"
    VERSION: ClassVar[int] = 1
    source: ClassVar[Source] = Source.BOT
    round: int
    voice: int
    solved: Solved
    score: int | None


class Rated(Fact, frozen=True, kw_only=True):
    """A voice answered; an answer replaces the same voice's earlier one of the same round.

    Attributes:
        round: which attempt at the case is meant, from 1.
        voice: who answers, as the n-th voice of this case; 1 is the filer.
        score: satisfaction 1 to 5, or None until it is given.
        source: by telephone it was heard, and entered, by the actor.
    """

    KIND: ClassVar[str] = "rated"
    VERSION: ClassVar[int] = 2
    round: int
    voice: int
    solved: Solved
    score: int | None
    source: Source = Source.BOT


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


class Transferred(Fact, frozen=True, kw_only=True):
    """The unit says that the case is not theirs; `reason` is a salted commitment to why, in words."""

    KIND: ClassVar[str] = "transferred"
    VERSION: ClassVar[int] = 1
    unit: UnitId
    reason: str


class Assigned(Fact, frozen=True, kw_only=True):
    """A supervisor gave the case to a unit; the limit for resolving goes on, the new unit gets one for signing.

    Attributes:
        category: what the case is about from now on.
        reason: salted commitment to why, in words; None where none was given.
        is_final: it stays there: the unit's wish to transfer was decided.
    """

    KIND: ClassVar[str] = "assigned"
    VERSION: ClassVar[int] = 1
    unit: UnitId
    category: CategoryId
    accept_due_at: datetime | None
    reason: str | None
    is_final: bool


class Asked(Fact, frozen=True, kw_only=True):
    """The unit asked the resident something, and the clock stands still until they answer, at most until `until`.

    Attributes:
        question: salted commitment to its words.
        due_at: the limit if the pause lasts as long as it may; an answer that comes earlier brings it back.
    """

    KIND: ClassVar[str] = "asked"
    VERSION: ClassVar[int] = 1
    question: str
    until: datetime
    due_at: datetime | None


class Resumed(Fact, frozen=True, kw_only=True):
    """A pause ended and the clock runs again; `words` is a salted commitment to what the resident answered."""

    KIND: ClassVar[str] = "resumed"
    VERSION: ClassVar[int] = 1
    because: Resuming
    due_at: datetime | None
    words: str | None


class ExtensionAsked(Fact, frozen=True, kw_only=True):
    """The actor asks for more time: `length` as the county file writes it, until `due_at`; `reason` is a commitment."""

    KIND: ClassVar[str] = "extension_asked"
    VERSION: ClassVar[int] = 1
    length: str
    due_at: datetime
    reason: str


class ExtensionGranted(Fact, frozen=True, kw_only=True):
    """Someone other than the asker granted it; the limit is `due_at` from now on."""

    KIND: ClassVar[str] = "extension_granted"
    VERSION: ClassVar[int] = 1
    due_at: datetime


class ExtensionDenied(Fact, frozen=True, kw_only=True):
    """Someone other than the asker denied it; `reason` is a salted commitment to why, None where none was given."""

    KIND: ClassVar[str] = "extension_denied"
    VERSION: ClassVar[int] = 1
    reason: str | None


class Reclassified(Fact, frozen=True, kw_only=True):
    """The case runs under another deadline class; `is_longer` makes it an integrity signal, for a supervisor only."""

    KIND: ClassVar[str] = "reclassified"
    VERSION: ClassVar[int] = 1
    deadline_class: ClassId | None
    rule: str | None
    accept_due_at: datetime | None
    due_at: datetime | None
    is_longer: bool
    reason: str | None


class Reassigned(Fact, frozen=True, kw_only=True):
    """Another official of the unit is in charge from now on: handed over, or given by the lead."""

    KIND: ClassVar[str] = "reassigned"
    VERSION: ClassVar[int] = 1
    staff: StaffId


class UnitAdded(Fact, frozen=True, kw_only=True):
    """Another unit works on the case too; the one in charge stays the lead unit (首接负责)."""

    KIND: ClassVar[str] = "unit_added"
    VERSION: ClassVar[int] = 1
    unit: UnitId


class UnitReleased(Fact, frozen=True, kw_only=True):
    """A unit that worked on the case too has done its part."""

    KIND: ClassVar[str] = "unit_released"
    VERSION: ClassVar[int] = 1
    unit: UnitId


class Refused(Fact, frozen=True, kw_only=True):
    """A supervisor refused the case by law; `law` names the article, `reason` is a salted commitment to the words."""

    KIND: ClassVar[str] = "refused"
    VERSION: ClassVar[int] = 1
    law: str
    reason: str


class Merged(Fact, frozen=True, kw_only=True):
    """The case goes on as another one, which its voices have joined."""

    KIND: ClassVar[str] = "merged"
    VERSION: ClassVar[int] = 1
    into: CaseNumber


class VoiceAdded(Fact, frozen=True, kw_only=True):
    """One more person stands behind the case, as its `voice`-th."""

    KIND: ClassVar[str] = "voice_added"
    VERSION: ClassVar[int] = 1
    voice: int


class VoiceLeft(Fact, frozen=True, kw_only=True):
    """A voice stands behind the case no longer, which goes on with the others; it is told and asked nothing more."""

    KIND: ClassVar[str] = "voice_left"
    VERSION: ClassVar[int] = 1
    voice: int


class VoiceReturned(Fact, frozen=True, kw_only=True):
    """A voice that left by telephone stands behind the case again, as the same one: it has no chat to join with anew."""

    KIND: ClassVar[str] = "voice_returned"
    VERSION: ClassVar[int] = 1
    voice: int


class Added(Fact, frozen=True, kw_only=True):
    """A voice added to the case; `words` is a salted commitment to what, None where it was files only."""

    KIND: ClassVar[str] = "added"
    VERSION: ClassVar[int] = 1
    voice: int
    words: str | None


class Urged(Fact, frozen=True, kw_only=True):
    """A voice urged the unit to get on."""

    KIND: ClassVar[str] = "urged"
    VERSION: ClassVar[int] = 1
    voice: int


class PersonAsked(Fact, frozen=True, kw_only=True):
    """A voice asked to be spoken to by a person: the unit's lead answers."""

    KIND: ClassVar[str] = "person_asked"
    VERSION: ClassVar[int] = 1
    voice: int


class CalledBack(Fact, frozen=True, kw_only=True):
    """Someone outside the unit asked whether a round of the case, drawn at random, solved it."""

    KIND: ClassVar[str] = "called_back"
    VERSION: ClassVar[int] = 1
    round: int
    solved: Solved


CaseFact: TypeAlias = (
    Filed
    | Accepted
    | Resolved
    | RatedAtFirst
    | Rated
    | Reopened
    | Closed
    | Withdrawn
    | Transferred
    | Assigned
    | Asked
    | Resumed
    | ExtensionAsked
    | ExtensionGranted
    | ExtensionDenied
    | Reclassified
    | Reassigned
    | UnitAdded
    | UnitReleased
    | Refused
    | Merged
    | VoiceAdded
    | VoiceLeft
    | VoiceReturned
    | Added
    | Urged
    | PersonAsked
    | CalledBack
    | Concerned
)
