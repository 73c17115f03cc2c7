"""Entries about a unit's scorecard in a period: shown to the unit, objected to, given points by hand, published.

Words are salted commitments; who wrote them is a staff id. Together they are the whole life of a card.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, TypeAlias

from bot.rules.entry.fact import Fact
from bot.rules.identity import StaffId, UnitId


class CardShown(Fact, frozen=True, kw_only=True):
    """The unit was shown its card.

    Attributes:
        lines: every indicator with what it is made of and worth, as `bot.rules.scorecard.written` writes it.
        until: how long the unit can object.
    """

    KIND: ClassVar[str] = "card_shown"
    VERSION: ClassVar[int] = 1
    period: str
    unit: UnitId
    lines: str
    until: datetime


class CardObjected(Fact, frozen=True, kw_only=True):
    """The unit says what is wrong with its card."""

    KIND: ClassVar[str] = "card_objected"
    VERSION: ClassVar[int] = 1
    period: str
    unit: UnitId
    words: str


class ObjectionAnswered(Fact, frozen=True, kw_only=True):
    """Whoever watches over the county answered an objection."""

    KIND: ClassVar[str] = "objection_answered"
    VERSION: ClassVar[int] = 1
    period: str
    unit: UnitId
    words: str


class PointsGiven(Fact, frozen=True, kw_only=True):
    """Somebody gave points by hand, for a reason; they count once somebody else has confirmed them."""

    KIND: ClassVar[str] = "points_given"
    VERSION: ClassVar[int] = 1
    period: str
    unit: UnitId
    indicator: str
    points: int
    words: str


class PointsDecided(Fact, frozen=True, kw_only=True):
    """A second person confirmed points given by hand, or did not."""

    KIND: ClassVar[str] = "points_decided"
    VERSION: ClassVar[int] = 1
    period: str
    unit: UnitId
    indicator: str
    given_by: StaffId
    is_confirmed: bool


class CardPublished(Fact, frozen=True, kw_only=True):
    """The card stands from now on, as the unit was shown it; points in tenths."""

    KIND: ClassVar[str] = "card_published"
    VERSION: ClassVar[int] = 1
    period: str
    unit: UnitId
    lines: str
    tenths: int
    possible: int


CardFact: TypeAlias = CardShown | CardObjected | ObjectionAnswered | PointsGiven | PointsDecided | CardPublished
