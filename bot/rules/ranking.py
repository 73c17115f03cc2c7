"""Which units may be compared, in which order, and which fall short: no unit wins or loses by a handful of cases.

Order is by the lower end of the interval, so that 3 of 3 never stands above 95 of 100.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.rules.figure import UnitFigures
from bot.rules.identity import UnitId

RANKED_BY: Final = "confirmed_solved"
"""What residents say decides a unit's place, not what units say of themselves."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Units of a county in a period; each is in exactly one of these.

    Attributes:
        ranked: with enough closed cases, the best first.
        few: with too few to be compared, most closed cases first.
        none_due: which have cases, but none that was closed or whose limit fell in the period.
        idle: without any case.
    """

    ranked: tuple[UnitFigures, ...]
    few: tuple[UnitFigures, ...]
    none_due: tuple[UnitId, ...]
    idle: tuple[UnitId, ...]


def rank(units: Sequence[UnitFigures], known: Iterable[UnitId], smallest: int) -> Ranking:
    """Sort units into those that can be compared and those that cannot.

    Args:
        known: all units of the county, in its own order.
        smallest: closed cases from which a unit is ranked.
    """
    ranked = [unit for unit in units if _of(unit, RANKED_BY) >= smallest]
    few = [unit for unit in units if not _of(unit, RANKED_BY) >= smallest and _is_judged(unit)]
    busy = [unit for unit in units if not _is_judged(unit) and _has_cases(unit)]
    seen = {unit.unit for unit in (*ranked, *few, *busy)}
    return Ranking(
        ranked=tuple(
            sorted(ranked, key=lambda unit: (-(unit.figures[RANKED_BY].low or 0.0), -_of(unit, RANKED_BY), unit.unit))
        ),
        few=tuple(sorted(few, key=lambda unit: (-_of(unit, RANKED_BY), unit.unit))),
        none_due=tuple(unit.unit for unit in busy),
        idle=tuple(unit for unit in known if unit not in seen),
    )


def under(units: Sequence[UnitFigures], name: str, minimum: Fraction, smallest: int) -> tuple[UnitFigures, ...]:
    """Return the units whose rate is below a minimum, the worst first; one with too few cases is never among them."""
    short = [unit for unit in units if _of(unit, name) >= max(1, smallest) and _rate(unit, name) < minimum]
    return tuple(sorted(short, key=lambda unit: (_rate(unit, name), unit.unit)))


def _rate(unit: UnitFigures, name: str) -> Fraction:
    figure = unit.figures[name]
    return Fraction(figure.n or 0, figure.of or 1)


def _of(unit: UnitFigures, name: str) -> int:
    figure = unit.figures.get(name)
    return 0 if figure is None else figure.of or 0


def _is_judged(unit: UnitFigures) -> bool:
    return any(_of(unit, name) for name in (RANKED_BY, "on_time", "handled"))


def _has_cases(unit: UnitFigures) -> bool:
    received = unit.figures.get("received")
    return bool(received and received.n) or any(_of(unit, name) for name in ("overdue", "accepted_in_time", "reopened"))
