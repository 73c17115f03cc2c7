"""Where a conversation stands: one row a person, advanced only by effects, so that a restart changes nothing."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.county import Kind, Urgency
from bot.rules.handling import Step
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId
from bot.rules.message import Picking


class Idle(msgspec.Struct, frozen=True, tag=True):
    """Nothing is going on; the next message begins a draft."""


class Drafting(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A draft card is open.

    Attributes:
        words: all that was written so far; empty while the words are still asked for.
        is_guessed: the category was guessed and not yet changed by hand.
        begun_by: the place in the inbox of the update that began it, which tells one draft of a person from the next.
    """

    words: str
    kind: Kind
    category: CategoryId
    township: TownshipId | None
    urgency: Urgency
    is_guessed: bool
    picking: Picking = Picking.NOTHING
    begun_by: int = 0


class Resolving(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """An officer was asked what was done about a case."""

    case: CaseNumber


class Answering(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A resident is about to answer what the unit asked; `pause` is which question of the round, from 1."""

    case: CaseNumber
    round: int
    pause: int


class Adding(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A resident is about to add words to a case of theirs."""

    case: CaseNumber


class Writing(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """An official was asked for the words that a step with a case needs.

    Attributes:
        choice: what was chosen for the step before: a unit, a class, a colleague, an article.
    """

    case: CaseNumber
    step: Step
    choice: str | None = None


class Assigning(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A unit is being found for a case; `words` go with the decision."""

    case: CaseNumber
    unit: UnitId | None
    category: CategoryId
    is_final: bool
    words: str


ResidentDialog: TypeAlias = Idle | Drafting | Answering | Adding
OfficialDialog: TypeAlias = Resolving | Writing | Assigning

Dialog: TypeAlias = ResidentDialog | OfficialDialog
