"""The scorecard: what a unit's figures are worth in the points that the county file gives them.

Invariant: points follow from the digest's figures of the same period alone, so whoever has those can reckon them again. What
no figure measures yet earns nothing, costs nothing, and says so.

A good indicator earns its points times the rate; one that counts, a point each, at most its points. A bad one costs a
point a case, at most its points. A rate of which no case can speak is left out of what could be earned; a unit with too few
closed cases has a card, but no place among the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

import msgspec

from bot.rules.county import County, Indicator, Satisfaction
from bot.rules.figure import Digest, Figure, UnitFigures
from bot.rules.identity import CaseNumber, UnitId

MEASURED: Final[Mapping[str, str]] = {
    "on_time_rate": "on_time",
    "confirmed_solved_rate": "confirmed_solved",
    "accepted_on_time_rate": "accepted_in_time",
    "field_visits": "visits",
    "overdue_cases": "overdue",
    "reopened_cases": "reopened",
    "false_closures": "false_closures",
    "followup_still_solved_rate": "still_solved",
}
"""Which figure of the digest each measure of the county file takes; what stands in neither is not measured yet."""

MANUAL: Final = "manual"
"""The measure of an indicator whose points are given by hand."""
COUNTS: Final = frozenset({"visits"})
"""Figures that are no rate: each one counts."""

SATISFACTION: Final[Mapping[Satisfaction, str]] = {
    Satisfaction.AMONG_ANSWERS: "satisfied_among_answers",
    Satisfaction.LOWEST_CASE: "satisfied_lowest_case",
}
"""Which figure the county's official satisfaction is."""


class Traced(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt at a case behind a line of a card: what it adds to the figure, and to what that is out of."""

    case: CaseNumber
    round: int
    n: int
    of: int


def figure_of(indicator: Indicator, county: County) -> str | None:
    """Name the figure of the digest that an indicator takes; None where it takes none."""
    if indicator.measure == "satisfaction_rate":
        return SATISFACTION[county.digest.satisfaction]
    return MEASURED.get(indicator.measure)


class CardLine(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator of a unit.

    Attributes:
        full: the points of the county file.
        n, of: what was counted; `of` is None for a count of cases; both None where nothing measures it yet.
        tenths: what it earns, or costs, in tenths of a point; None where no case can speak of it.
        is_manual: points are given by hand; `n` is how many, None for none.
    """

    indicator: str
    is_positive: bool
    full: int
    n: int | None = None
    of: int | None = None
    tenths: int | None = None
    is_manual: bool = False


class UnitCard(msgspec.Struct, frozen=True, kw_only=True):
    """All indicators of a unit in a period.

    Attributes:
        closed: cases closed, by which a unit is compared with others or not.
    """

    unit: UnitId
    closed: int
    lines: tuple[CardLine, ...]

    @property
    def tenths(self) -> int:
        """Return what is earned less what is lost, in tenths of a point."""
        return sum((line.tenths or 0) if line.is_positive else -(line.tenths or 0) for line in self.lines)

    @property
    def possible(self) -> int:
        """Return the points that could be earned: of the good indicators of which a case can speak."""
        return sum(line.full for line in self.lines if line.is_positive and line.tenths is not None)

    @property
    def share(self) -> Fraction:
        """Return the part of what could be earned, by which units are compared."""
        return Fraction(self.tenths, 10 * self.possible) if self.possible else Fraction(0)


def cards_of(digest: Digest, county: County) -> tuple[UnitCard, ...]:
    """Reckon every unit's card: those that can be compared, best first, then the others, most closed cases first."""
    cards = [card_of(unit, county) for unit in digest.units if unit.unit in county.units]
    smallest = county.privacy.smallest_ranked
    ranked = [card for card in cards if card.closed >= smallest]
    few = [card for card in cards if card.closed < smallest]
    return (
        *sorted(ranked, key=lambda card: (-card.share, card.unit)),
        *sorted(few, key=lambda card: (-card.closed, card.unit)),
    )


def card_of(unit: UnitFigures, county: County) -> UnitCard:
    """Reckon one unit's card."""
    closed = unit.figures.get("confirmed_solved", Figure(n=0)).of or 0
    lines = tuple(_line(each, unit.figures, county) for each in county.indicators)
    return UnitCard(unit=unit.unit, closed=closed, lines=lines)


def empty_card(unit: UnitId, county: County) -> UnitCard:
    """Return the card of a unit that had no case."""
    return card_of(UnitFigures(unit=unit, figures={}), county)


def unmeasured(lines: Sequence[CardLine]) -> tuple[CardLine, ...]:
    """Return the indicators that nothing measures yet."""
    return tuple(line for line in lines if line.n is None and not line.is_manual)


def written(card: UnitCard) -> str:
    """Write a card's lines for the ledger: indicator, full points, what was counted of how many, tenths; - for none."""
    return " ".join(
        ":".join((line.indicator, str(line.full), _whole(line.n), _whole(line.of), _whole(line.tenths)))
        for line in card.lines
    )


def read_lines(text: str, card: UnitCard) -> tuple[CardLine, ...]:
    """Read back what `written` wrote; which indicators are good ones, and which are given by hand, the card says.

    Raises:
        ValueError: it was not written so.
    """
    known = {line.indicator: line for line in card.lines}
    found = []
    for part in text.split():
        indicator, full, n, of, tenths = part.split(":")
        line = known.get(indicator, CardLine(indicator=indicator, is_positive=True, full=int(full)))
        found.append(msgspec.structs.replace(line, full=int(full), n=_number(n), of=_number(of), tenths=_number(tenths)))
    return tuple(found)


def _whole(value: int | None) -> str:
    return "-" if value is None else str(value)


def _number(text: str) -> int | None:
    return None if text == "-" else int(text)


def _line(indicator: Indicator, figures: Mapping[str, Figure], county: County) -> CardLine:
    name = figure_of(indicator, county)
    line = CardLine(
        indicator=indicator.id,
        is_positive=indicator.is_positive,
        full=indicator.points,
        is_manual=indicator.measure == MANUAL,
    )
    if name is None:
        return line
    figure = figures.get(name, Figure(n=0, of=None if name in COUNTS else 0))
    n, of = figure.n or 0, figure.of or 0
    if indicator.is_positive and figure.of is None:
        return msgspec.structs.replace(line, n=n, tenths=10 * min(n, indicator.points))
    if not indicator.is_positive:
        return msgspec.structs.replace(line, n=n, tenths=10 * min(n, indicator.points))
    earned = None if of == 0 else _half_up(Fraction(10 * indicator.points * n, of))
    return msgspec.structs.replace(line, n=n, of=of, tenths=earned)


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
