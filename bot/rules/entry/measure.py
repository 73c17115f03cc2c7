"""Entries about what officials bring home from field visits: proposals, and the measures that become of them.

Words are commitments; a proposal names the visit on which it was heard, never who said it.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, TypeAlias

from bot.rules.entry.fact import Fact
from bot.rules.identity import ProposalNumber, StaffId, TownshipId, UnitId, VisitId


class ProposalNoted(Fact, frozen=True, kw_only=True):
    """The actor wrote a research note or a suggestion down after a field visit.

    Attributes:
        unit: whom the actor works for; None: for no unit.
        words: commitment to what was written.
    """

    KIND: ClassVar[str] = "proposal_noted"
    VERSION: ClassVar[int] = 1
    proposal: ProposalNumber
    visit: VisitId
    unit: UnitId | None
    township: TownshipId
    words: str


class MeasureSet(Fact, frozen=True, kw_only=True):
    """A proposal became a measure, or its owner or date changed.

    Attributes:
        staff: who is to see to it; `unit`: whom they work for.
        due_at: by when, the close of office hours of a day.
        words: commitment to why it changed; None for a new measure.
    """

    KIND: ClassVar[str] = "measure_set"
    VERSION: ClassVar[int] = 1
    proposal: ProposalNumber
    staff: StaffId
    unit: UnitId | None
    due_at: datetime
    words: str | None


class MeasureDone(Fact, frozen=True, kw_only=True):
    """A measure was carried out; `words` is a commitment to what was done."""

    KIND: ClassVar[str] = "measure_done"
    VERSION: ClassVar[int] = 1
    proposal: ProposalNumber
    words: str


class ProposalDropped(Fact, frozen=True, kw_only=True):
    """Nothing comes of a proposal, or no longer of a measure; `words` is a commitment to the reason."""

    KIND: ClassVar[str] = "proposal_dropped"
    VERSION: ClassVar[int] = 1
    proposal: ProposalNumber
    words: str


MeasureFact: TypeAlias = ProposalNoted | MeasureSet | MeasureDone | ProposalDropped
