"""Made-up years of limits that units meet and miss: each unit at a rate of its own, some weeks worse than others.

Invariant: a year is its seed's alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Final

from bench.years import poisson
from bot.rules.identity import UnitId
from bot.rules.warning_surge import LONGEST_HISTORY
from bot.rules.warning_unit import WEEKS, Limits, slipping

UNITS: Final = 17
PROMISED: Final = 0.9
BEGIN: Final = LONGEST_HISTORY + WEEKS
YEAR: Final = 52
SLIPPED: Final = 0.3
"""The share of limits that a unit misses once it falls behind."""


def limits_of(seed: int, slips: Mapping[UnitId, int]) -> Mapping[UnitId, list[Limits]]:
    """Make up limits by unit and week, oldest first.

    Args:
        slips: the week in which a unit falls behind, for eight weeks.
    """
    random = Random(seed)  # noqa: S311 (made-up data)
    units: dict[UnitId, list[Limits]] = {}
    for place in range(UNITS):
        unit, mean, usual = UnitId(f"u{place}"), 2 + 40 / (place + 1), random.uniform(0.02, 0.07)
        weeks = []
        for week in range(BEGIN + YEAR):
            begins = slips.get(unit)
            share = SLIPPED if begins is not None and begins <= week < begins + 2 * WEEKS else usual
            share = random.betavariate(share * 40, (1 - share) * 40)
            fell = poisson(random, mean)
            weeks.append(Limits(fell, sum(random.random() >= share for _ in range(fell))))
        units[unit] = weeks
    return units


def told(units: Mapping[UnitId, Sequence[Limits]]) -> list[tuple[int, UnitId]]:
    """Return what is told week after week: when, and which unit fell behind."""
    held: frozenset[UnitId] = frozenset()
    found = []
    for week in range(BEGIN, BEGIN + YEAR):
        seen = {unit: list(reversed(weeks[: week + 1])) for unit, weeks in units.items()}
        now = frozenset(slipping(seen, PROMISED, held))
        found += [(week, unit) for unit in sorted(now - held)]
        held = now
    return found
