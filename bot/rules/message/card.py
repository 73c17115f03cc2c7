"""Scorecards as messages, with where each stands and what its reader can do about it now."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from bot.rules.identity import UnitId
from bot.rules.scorecard import Traced, UnitCard


class CardAct(StrEnum):
    """What can be done about a card; the values are short, as they travel in buttons."""

    #: Show the cards of a period to the units.
    SHOW = "s"
    #: Say what is wrong with one's own.
    OBJECT = "o"
    #: Answer that.
    ANSWER = "a"
    #: Give points by hand.
    GIVE = "g"
    #: Publish the cards of a period.
    PUBLISH = "p"


class GivenPoints(msgspec.Struct, frozen=True, kw_only=True):
    """Points given by hand; `is_confirmed` is None until a second person has decided."""

    indicator: str
    points: int
    reason: str
    is_confirmed: bool | None


class CardStanding(msgspec.Struct, frozen=True, kw_only=True):
    """Where a card stands.

    Attributes:
        until: how long the unit can object; None before it was shown the card.
        is_changed: the card is no longer the one that the unit was shown.
        objection, answer: what the unit said, and what was answered.
        may: what the reader can do now.
        waiting: indicators whose points the reader can confirm.
    """

    until: datetime | None = None
    is_published: bool = False
    objection: str | None = None
    answer: str | None = None
    given: tuple[GivenPoints, ...] = ()
    may: tuple[CardAct, ...] = ()
    waiting: tuple[str, ...] = ()
    is_changed: bool = False


class CardsPage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Every unit's scorecard in a period.

    Attributes:
        period: 2026-W47, 2026-11, 2026-Q4 or 2026.
        begins_at, ends_at: aware UTC instants, half-open.
        is_last: no later period of this length has begun.
        may: what the reader can do with all of them now.
        is_published: these are the cards that stand, for every unit to see.
        is_settled: every card of the period is published.
        until: how long units that were shown theirs can still object; None where none can.
        changed: units whose card is no longer the one that they were shown, as figures, points or the county file changed.
        unconfirmed: units whose points by hand wait for a second person, so that they are not shown their card yet.
    """

    period: str
    begins_at: datetime
    ends_at: datetime
    cards: tuple[UnitCard, ...]
    is_last: bool = False
    may: tuple[CardAct, ...] = ()
    is_published: bool = False
    is_settled: bool = False
    until: datetime | None = None
    changed: tuple[UnitId, ...] = ()
    unconfirmed: tuple[UnitId, ...] = ()


class CardPage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """One unit's scorecard in a period.

    Attributes:
        is_alone: whoever reads it sees no other unit's.
        standing: None in a period that is not over.
        appraisal: how many answers of those served were good, of how many; None where the survey has no result.
    """

    period: str
    begins_at: datetime
    ends_at: datetime
    card: UnitCard
    is_alone: bool = False
    is_last: bool = False
    standing: CardStanding | None = None
    appraisal: tuple[int, int] | None = None


class CardWordsWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask for the words of an objection, of an answer, or why points are given."""

    unit: UnitId
    act: CardAct
    indicator: str | None = None
    points: int | None = None


class PointsChoice(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Let somebody choose for which indicator they give points by hand, then how many."""

    period: str
    unit: UnitId
    indicators: tuple[str, ...]
    indicator: str | None = None
    full: int = 0


class TracePage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show the cases behind a line of a card, those that count against it first.

    Attributes:
        lines: on this page, from 0; `total` is of all pages.
    """

    period: str
    unit: UnitId
    indicator: str
    lines: tuple[Traced, ...]
    total: int
    page: int = 0


CardMessage: TypeAlias = TracePage | CardsPage | CardPage | CardWordsWanted | PointsChoice
