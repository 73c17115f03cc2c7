"""What is told about proposals from field visits and the measures that become of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from bot.rules.identity import ProposalNumber, StaffId, UnitId
from bot.rules.measure import MeasureStep, Proposal


class MeasureNews(StrEnum):
    """Why a proposal is shown."""

    SHOWN = "shown"
    NOTED = "noted"
    GIVEN = "given"  # to whoever sees to it from now on
    SET = "set"
    CHANGED = "changed"
    SOON = "soon"
    LATE = "late"
    DONE = "done"
    DROPPED = "dropped"


class MeasureCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show a proposal, with the measure that it is by now.

    Attributes:
        words, reason, closing: what was written, why it was changed last, how it ended; None: not, or erased.
        owner_unit, owner: as in the proposal, the owner by the end of their id.
        steps: what the reader can do.
    """

    proposal: Proposal
    news: MeasureNews
    words: str | None
    reason: str | None = None
    closing: str | None = None
    steps: tuple[MeasureStep, ...] = ()


class Owner(msgspec.Struct, frozen=True):
    """Somebody who can see to a measure; `is_lead` and a unit where that names them better than their id."""

    staff: StaffId
    unit: UnitId | None
    is_reader: bool
    is_lead: bool


class MeasureChoice(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Choose who sees to a measure, and by when.

    Attributes:
        owner, due_at: what is chosen so far.
        today: the county's day, as an ordinal; `due_on`: the chosen one.
        options: who can be chosen.
        is_change: it is a measure already; why it changes is asked for next.
        is_fixed: its date has passed, and stays.
    """

    number: ProposalNumber
    words: str | None
    owner: Owner | None
    due_at: datetime
    due_on: int
    today: int
    options: tuple[Owner, ...]
    is_change: bool = False
    is_fixed: bool = False


class MeasureWordsWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask for the words of a step; of a proposal that is being written down, `step` and `number` are None."""

    number: ProposalNumber | None
    step: MeasureStep | None


class MeasureLine(msgspec.Struct, frozen=True):
    """One proposal in a list."""

    proposal: Proposal
    words: str | None
    is_late: bool


class MeasureList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List what is open of proposals and measures; `page` from 0, `total` on all pages."""

    lines: tuple[MeasureLine, ...]
    page: int
    total: int
    late: int


MeasureMessage: TypeAlias = MeasureCard | MeasureChoice | MeasureWordsWanted | MeasureList
