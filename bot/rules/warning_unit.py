"""Units that fall behind, and single cases that should not be as they are: old, urged again and again, wanted by no unit.

A unit's share of missed limits in the last four weeks is held against its own last year (Fisher's exact test) and against
what the county promises (a binomial); both hold for few cases. The rest is counting, by what the county file calls too much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.rules.case import Case, Round, State
from bot.rules.county import WatchPlan
from bot.rules.identity import UnitId
from bot.rules.warning import Found, Grade, SignKind, Subject, named
from bot.rules.warning_chance import believed, chance_among, chance_below
from bot.rules.warning_surge import LEAST_HISTORY, LONGEST_HISTORY, STILL_UNUSUAL

WEEKS: Final = 4
"""The weeks that are held against those before."""

FALSE_SHARE: Final = 0.01
"""Of the units that a night says have fallen behind, this share may not have."""

FEWEST_MISSED: Final = 3
"""A unit that missed fewer limits than these has not fallen behind, whatever the chance."""

LONG_OVERDUE: Final = 3
"""Past so many times its limit a case is long overdue (design.md section 7)."""

_DAY: Final = timedelta(days=1)


class Limits(NamedTuple):
    """Limits of a unit in a week: how many fell, and how many of them were met."""

    fell: int = 0
    met: int = 0


class Slip(NamedTuple):
    """A unit that misses more limits than it used to, or than it may.

    Attributes:
        missed, of: in the last four weeks.
        usual: how many it would have missed of these at the rate of its past; None without a past.
        is_below: fewer are met than the county promises.
    """

    missed: int
    of: int
    usual: float | None
    is_below: bool


def slipping(
    weeks: Mapping[UnitId, Sequence[Limits]],
    promised: float,
    held: Collection[UnitId] = (),
    share: float = FALSE_SHARE,
) -> Mapping[UnitId, Slip]:
    """Find the units that fall behind.

    Args:
        weeks: limits by unit and week, the last seven days first.
        promised: the share of limits that the county wants met.
        held: which had fallen behind the night before.
    """
    worse: dict[UnitId, float] = {}
    below: dict[UnitId, float] = {}
    slips: dict[UnitId, Slip] = {}
    for unit, limits in weeks.items():
        now, past = _sum(limits[:WEEKS]), _sum(limits[WEEKS : WEEKS + LONGEST_HISTORY])
        missed, missed_before = now.fell - now.met, past.fell - past.met
        if missed < FEWEST_MISSED:
            continue
        has_past = sum(1 for each in limits[WEEKS:] if each.fell) >= LEAST_HISTORY
        whole, marked = now.fell + past.fell, missed + missed_before
        worse[unit] = chance_among(missed, now.fell, marked, whole) if has_past else 1.0
        below[unit] = chance_below(now.met, now.fell, promised)
        usual = missed_before / past.fell * now.fell if has_past else None
        slips[unit] = Slip(missed, now.fell, usual, is_below=False)
    told, short = believed(worse, share), believed(below, share)
    found = {}
    for unit, slip in slips.items():
        goes_on = unit in held and min(worse[unit], below[unit]) <= STILL_UNUSUAL
        if unit in told or unit in short or goes_on:
            found[unit] = slip._replace(is_below=unit in short or (goes_on and below[unit] <= STILL_UNUSUAL))
    return found


def _sum(limits: Iterable[Limits]) -> Limits:
    weeks = tuple(limits)
    return Limits(sum(each.fell for each in weeks), sum(each.met for each in weeks))


def units_behind(slips: Mapping[UnitId, Slip], late: Mapping[UnitId, Sequence[Case]]) -> tuple[Found, ...]:
    """Say of each unit that falls behind how far: red where cases of it are overdue now.

    Args:
        late: its overdue cases, the longest overdue first.
    """
    found = []
    for unit, slip in slips.items():
        overdue = late.get(unit, ())
        grade = Grade.BEHIND if slip.is_below else Grade.NEAR
        found.append(
            Found(
                kind=SignKind.BEHIND,
                subject=Subject(unit=unit),
                grade=Grade.OVERDUE if len(overdue) >= FEWEST_MISSED else grade,
                unit=unit,
                n=slip.missed,
                of=slip.of,
                usual=None if slip.usual is None else round(slip.usual * 10),
                days=WEEKS * 7,
                cases=named(tuple(case.number for case in overdue)),
            )
        )
    return tuple(found)


def old_cases(cases: Iterable[Case], plan: WatchPlan, now: datetime) -> tuple[Found, ...]:
    """Find the units with cases that have been open for long; one sign a unit, as grave as its gravest case."""
    oldest: dict[UnitId, list[tuple[Grade, Case]]] = defaultdict(list)
    for case in cases:
        if case.is_open and (grade := _age(case, plan, now)) is not None:
            oldest[case.unit].append((grade, case))
    found = []
    for unit, graded in oldest.items():
        graded.sort(key=lambda each: (-each[0], each[1].filed_at, each[1].number))
        numbers = named(tuple(case.number for _, case in graded))
        grade, days = graded[0][0], max((now - case.filed_at) // _DAY for _, case in graded)
        found.append(
            Found(
                kind=SignKind.OLD,
                subject=Subject(unit=unit),
                grade=grade,
                unit=unit,
                n=len(graded),
                days=days,
                cases=numbers,
            )
        )
    return tuple(found)


def _age(case: Case, plan: WatchPlan, now: datetime) -> Grade | None:
    if is_long_overdue(case.now, now):
        return Grade.OVERDUE
    age = (now - case.filed_at) // _DAY
    if age >= plan.very_old_days:
        return Grade.BEHIND
    return Grade.NEAR if age >= plan.old_days else None


def is_long_overdue(attempt: Round, now: datetime) -> bool:
    """Say whether an open attempt is past three times its limit."""
    return attempt.due_at is not None and now > attempt.opened_at + LONG_OVERDUE * (attempt.due_at - attempt.opened_at)


def urged_cases(cases: Iterable[Case], plan: WatchPlan, now: datetime) -> tuple[Found, ...]:
    """Find open cases that were urged again and again."""
    found = []
    for case in cases:
        if case.is_open and case.urgings >= plan.urgings:
            grade = Grade.BEHIND if case.urgings >= 2 * plan.urgings else Grade.NEAR
            found.append(_of_case(SignKind.URGED, case, _late(case, grade, now), case.urgings, now))
    return tuple(found)


def transferred_cases(cases: Iterable[Case], plan: WatchPlan, now: datetime) -> tuple[Found, ...]:
    """Find open cases that units gave back again and again; while none has one, no unit answers for it."""
    found = []
    for case in cases:
        if case.is_open and case.transfers >= plan.transfers:
            grade = Grade.BEHIND if case.transfers > plan.transfers else Grade.NEAR
            found.append(_of_case(SignKind.TRANSFERRED, case, _late(case, grade, now), case.transfers, now))
    return tuple(found)


def _late(case: Case, grade: Grade, now: datetime) -> Grade:
    return Grade.OVERDUE if case.is_overdue(now) else grade


def _of_case(kind: SignKind, case: Case, grade: Grade, count: int, now: datetime) -> Found:
    return Found(
        kind=kind,
        subject=Subject(case=case.number),
        grade=grade,
        unit=None if case.state is State.TRIAGE else case.unit,
        n=count,
        days=(now - case.filed_at) // _DAY,
        cases=(case.number,),
    )
