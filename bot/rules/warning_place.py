"""The same place again and again: reports of one category and township that say nearly the same, or lie side by side.

Which reports are alike is the rule by which a like case is offered to whoever writes (`bot.rules.likeness`). Invariant: a
place keeps its name from night to night, though its first case is long out of sight by now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from bot.rules.case import Case
from bot.rules.county import WatchPlan
from bot.rules.identity import CaseNumber, CategoryId, TownshipId
from bot.rules.likeness import Report, are_alike
from bot.rules.place import distance_km
from bot.rules.warning import Found, Grade, SignKind, Subject, named

DAYS: Final = 90
"""So far back the same place is looked for."""

NEAR_KM: Final = 0.1
"""Nearer than this two places on the map are one."""

COMPARED: Final = 300
"""Cases of one category and township that are compared, the newest: more take too long, and mean a surge."""


class Placed(NamedTuple):
    """What a case says of its place.

    Attributes:
        words: as filed.
        at: latitude and longitude in degrees, where they were given.
    """

    case: Case
    words: str
    at: tuple[float, float] | None = None


def same_places(reports: Iterable[Placed], least: int) -> tuple[tuple[Placed, ...], ...]:
    """Put reports about one place together, at least so many, each oldest first; the biggest heaps first.

    Confidential cases are left out: who compares them could learn whom they are about.
    """
    cells: dict[tuple[CategoryId, TownshipId], list[Placed]] = defaultdict(list)
    for report in reports:
        if report.case.township is not None and not report.case.is_confidential:
            cells[report.case.category, report.case.township].append(report)
    heaps: list[tuple[Placed, ...]] = []
    for cell in cells.values():
        if len(cell) >= least:
            heaps += _heaps(sorted(cell, key=lambda each: each.case.filed_at)[-COMPARED:], least)
    return tuple(sorted(heaps, key=lambda heap: (-len(heap), heap[0].case.number)))


def _heaps(cell: Sequence[Placed], least: int) -> list[tuple[Placed, ...]]:
    """Gather around whichever has most like it, then around whichever of the rest has, and so on."""
    said = [Report.of(each.words) for each in cell]
    like: dict[int, set[int]] = {place: {place} for place in range(len(cell))}
    for one in range(len(cell)):
        for other in range(one):
            if _is_near(cell[one].at, cell[other].at) or are_alike(said[one], said[other]):
                like[one].add(other)
                like[other].add(one)
    heaps = []
    while like:
        middle = max(like, key=lambda place: (len(like[place]), -place))
        gathered = like[middle]
        if len(gathered) < least:
            break
        heaps.append(tuple(cell[place] for place in sorted(gathered)))
        like = {place: others - gathered for place, others in like.items() if place not in gathered}
    return heaps


def _is_near(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    return one is not None and other is not None and distance_km(*one, *other) <= NEAR_KM


def repeated_places(
    reports: Iterable[Placed], plan: WatchPlan, now: datetime, held: Mapping[CaseNumber, Subject]
) -> tuple[Found, ...]:
    """Find the places about which residents write again and again.

    Args:
        held: the subjects of such signs that still hold, by the cases behind them.
    """
    found: list[Found] = []
    taken: set[Subject] = set()
    for heap in same_places(reports, plan.repeats):
        cases = [each.case for each in heap]
        subject = next((held[case.number] for case in cases if case.number in held and held[case.number] not in taken), None)
        first = cases[0]
        subject = subject or Subject(category=first.category, township=first.township, case=first.number)
        taken.add(subject)
        found.append(
            Found(
                kind=SignKind.PLACE,
                subject=subject,
                grade=_grade(cases, now),
                unit=cases[-1].unit,
                n=len(cases),
                days=DAYS,
                cases=named(tuple(case.number for case in reversed(cases))),
            )
        )
    return tuple(found)


def _grade(cases: Collection[Case], now: datetime) -> Grade:
    """Grade a place: yellow where it was called resolved and somebody wrote again, red where a case of it is overdue."""
    if any(case.is_overdue(now) for case in cases):
        return Grade.OVERDUE
    resolved = [case.rounds[0].resolved_at for case in cases if case.rounds[0].resolved_at is not None]
    last = max(case.filed_at for case in cases)
    return Grade.BEHIND if any(at < last for at in resolved) else Grade.NEAR
