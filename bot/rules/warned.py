"""What a digest says of warnings and integrity signals: how many stand at a period's end, began and ended in it, and which.

Warnings stand with their reasons; of signals a digest has counts alone, as their evidence is for those who watch over the
county to open one by one. Invariant: what stood at a period's beginning, with what began and without what ended in it, is
what stands at its end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeAlias

from bot.rules.entry import Entry, SignFact
from bot.rules.identity import SignNumber, TownshipId, UnitId
from bot.rules.tally import OF_NO_UNIT, Signs
from bot.rules.warning_life import Sign, evolve

Known: TypeAlias = Mapping[SignNumber, Sign]
"""Every sign that there was at a moment, as it was then."""


def standings(entries: Iterable[Entry], moments: Iterable[datetime]) -> Mapping[datetime, Known]:
    """Fold the entries about signs, and say how all were before each moment.

    Args:
        entries: in the order of the ledger, which is that of their moments.
    """
    ordered = sorted(set(moments))
    found: dict[datetime, Known] = {}
    now: dict[SignNumber, Sign] = {}
    for entry in entries:
        if not isinstance(entry.fact, SignFact):
            continue
        for moment in ordered[len(found) : bisect_right(ordered, entry.at)]:
            found[moment] = dict(now)
        now[entry.fact.sign] = evolve(now.get(entry.fact.sign), entry)
    return found | dict.fromkeys(ordered[len(found) :], now)


def within(standing: Known, unit: UnitId | None, township: TownshipId | None) -> Known:
    """Keep the signs of a scope: those that a unit is to answer for, those about a township."""
    return {
        number: sign
        for number, sign in standing.items()
        if unit in {None, sign.unit} and township in {None, sign.subject.township}
    }


def signs_by_unit(before: Known, after: Known) -> Mapping[UnitId, Signs]:
    """Count what stood, began and ended between two moments, by the unit that is to answer at the later one."""
    counts: dict[UnitId, Counter[str]] = defaultdict(Counter)
    for number, sign in after.items():
        stood = (was := before.get(number)) is not None and was.is_open
        counted = counts[sign.unit or OF_NO_UNIT]
        what = "signals" if sign.is_signal else "warnings"
        counted[what] += sign.is_open
        counted[f"{what}_begun"] += not stood and (was is None or sign.is_open)
        counted[f"{what}_ended"] += not sign.is_open and (stood or was is None)
        if sign.is_open and not sign.is_signal:
            counted[sign.grade.name.lower()] += 1
    rows = {unit: Signs(**counted) for unit, counted in counts.items()}
    return {unit: row for unit, row in rows.items() if any(row)}


def warnings_of(before: Known, after: Known) -> tuple[Sign, ...]:
    """Return the warnings that stand, the gravest and newest first, and after them those that ended meanwhile."""
    told = [sign for sign in after.values() if not sign.is_signal]
    standing = [sign for sign in told if sign.is_open]
    ended = [sign for sign in told if not sign.is_open and ((was := before.get(sign.number)) is None or was.is_open)]
    return (*sorted(standing, key=_pressing), *sorted(ended, key=_pressing))


def _pressing(sign: Sign) -> tuple[int, float, str]:
    return -sign.grade, -sign.raised_at.timestamp(), sign.number
