"""The life of a scorecard, folded from its entries: shown, objected to, answered, given points by hand, published.

Invariant: what is published is what the unit was shown, after its time to object, with every objection answered and every
point given by hand confirmed by a second person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec

from bot.rules.entry import (
    CardFact,
    CardObjected,
    CardPublished,
    CardShown,
    Entry,
    ObjectionAnswered,
    PointsDecided,
    PointsGiven,
)
from bot.rules.identity import StaffId, UnitId
from bot.rules.scorecard import UnitCard, read_lines, written


@dataclass(frozen=True, slots=True)
class Points:
    """Points given by hand; `is_confirmed` is None until a second person has decided."""

    points: int
    words: str
    by: StaffId
    is_confirmed: bool | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a card stands.

    Attributes:
        version: how many entries made it.
        shown: the lines that the unit was shown last.
        until: how long it can object to them.
        objection, answer: commitments to the words of the last objection, and of the answer to it.
        given: points given by hand, by indicator; the last of each.
    """

    version: int = 0
    shown: str | None = None
    until: datetime | None = None
    objection: str | None = None
    answer: str | None = None
    given: Mapping[str, Points] = field(default_factory=dict)
    published: CardPublished | None = None

    @property
    def is_answered(self) -> bool:
        """Say whether no objection waits for an answer."""
        return self.objection is None or self.answer is not None

    @property
    def waiting(self) -> tuple[str, ...]:
        """Return the indicators whose points wait for a second person."""
        return tuple(name for name, each in self.given.items() if each.is_confirmed is None)

    def may_object(self, now: datetime) -> bool:
        """Say whether the unit can object now; one objection waits for its answer before the next."""
        return self.published is None and self.until is not None and now < self.until and self.is_answered

    def may_be_shown(self, card: UnitCard) -> bool:
        """Say whether there is something that the unit has not been shown, and nothing of it waits."""
        return self.published is None and not self.waiting and self.shown != written(self.counted(card))

    def is_changed(self, card: UnitCard) -> bool:
        """Say whether the unit was shown another card than this one, and is to be shown it anew."""
        return self.published is None and self.shown is not None and self.shown != written(self.counted(card))

    def may_be_published(self, card: UnitCard, now: datetime) -> bool:
        """Say whether the unit was shown exactly this card, has had its time, and an answer."""
        is_shown = self.shown == written(self.counted(card)) and self.until is not None and self.until <= now
        return self.published is None and is_shown and self.is_answered and not self.waiting

    def counted(self, card: UnitCard) -> UnitCard:
        """Return a card with the points that were given by hand and confirmed; once it is published, as it was then."""
        if self.published is not None:
            return msgspec.structs.replace(card, lines=read_lines(self.published.lines, card))
        lines = tuple(
            msgspec.structs.replace(line, n=given.points, tenths=10 * given.points)
            if (given := self.given.get(line.indicator)) is not None and given.is_confirmed
            else line
            for line in card.lines
        )
        return msgspec.structs.replace(card, lines=lines)


NOT_YET = Standing()


def turn_of_card(period: str, unit: UnitId) -> str:
    """Name what only one may decide on at a time."""
    return f"card/{period}/{unit}"


def standings(entries: Iterable[Entry], period: str) -> Mapping[UnitId, Standing]:
    """Fold the entries about the cards of a period, oldest first."""
    found: dict[UnitId, Standing] = {}
    for entry in entries:
        fact = entry.fact
        if isinstance(fact, CardFact) and fact.period == period:
            found[fact.unit] = after(found.get(fact.unit, NOT_YET), entry)
    return found


def after(before: Standing, entry: Entry) -> Standing:
    """Return where a card stands after one more entry about it."""
    standing, actor, fact = replace(before, version=before.version + 1), entry.actor, entry.fact
    match fact:
        case CardShown(lines=lines, until=until):
            return replace(standing, shown=lines, until=until)
        case CardObjected(words=words):
            return replace(standing, objection=words, answer=None)
        case ObjectionAnswered(words=words):
            return replace(standing, answer=words)
        case PointsGiven(indicator=indicator, points=points, words=words):
            return replace(standing, given={**standing.given, indicator: Points(points, words, StaffId(actor))})
        case PointsDecided(indicator=indicator, is_confirmed=is_confirmed):
            decided = replace(standing.given[indicator], is_confirmed=is_confirmed)
            return replace(standing, given={**standing.given, indicator: decided})
        case CardPublished():
            return replace(standing, published=fact)
        case _:
            raise AssertionError("an entry about no card")
