"""Digests to print: of a week without anything, of a usual one, and of one in which everything is as full as it can be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from random import Random

from bot.rules.books import ProjectTally
from bot.rules.breakdown import Filed, breakdown_of
from bot.rules.county import Kind
from bot.rules.digest import TREND, Scope, compose, scope_of
from bot.rules.entry import Channel
from bot.rules.figure import Digest
from bot.rules.identity import UnitId
from bot.rules.period import parse_period
from bot.rules.survey import Counted, Question, Survey
from bot.rules.tally import (
    Appraised,
    Closings,
    HandlingTimes,
    Lasting,
    Limits,
    Received,
    Reopenings,
    Signs,
    Standing,
    Tally,
    Translating,
    Visits,
    Works,
)
from bot.rules.warning import Grade, SignKind
from locales.catalogue import load_catalogues
from locales.wording import Wording
from tests.locales.samples_sign import sign
from tests.support.builders import county

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
"""Tuesday noon of the week after the one that is printed."""

SIGNED = f"qapqal.example/ledger\n20481\n{'A' * 43}=\n\n\u2014 qapqal.example/ledger {'B' * 92}\n"
WARNINGS = tuple(
    sign(kind, grade)
    for grade in reversed(Grade)
    for kind in (SignKind.BEHIND, SignKind.SURGE, SignKind.PLACE, SignKind.OLD, SignKind.URGED, SignKind.SILENT)
)
SURVEYED = Survey(
    "2026-10",
    90,
    40,
    {unit: {question: Counted(9, 2, 1) for question in Question} for unit in list(county().units)[:3]},
)
DAY = 86_400_000_000


@cache
def wording() -> Wording:
    """Return the sample county's wording."""
    return Wording(county(), load_catalogues(county().languages))


def tally(cases: int, share: float = 0.75) -> Tally:
    """Make what a scope with so many cases counts; of those closed a share is solved."""
    if cases == 0:
        return Tally()
    closed = cases * 4 // 5
    answered = closed * 4 // 5
    solved, scores = int(answered * share), answered * 9 // 10
    return Tally(
        received=Received(cases),
        accept_limits=Limits(cases, cases * 19 // 20, 1),
        limits=Limits(cases * 9 // 10, cases * 8 // 10, 2),
        standing=Standing(cases, cases * 17 // 20, 3, cases * 2 // 5, 1, cases // 12, cases // 40),
        closings=Closings(closed, solved, answered, closed + 2, scores, scores * 4 // 5),
        reopenings=Reopenings(cases // 10, 2),
        signs=Signs(8, near=3, behind=3, overdue=2, warnings_begun=2, warnings_ended=1, signals=2, signals_begun=1),
        lasting=Lasting(cases // 10, cases // 11, cases // 30, cases // 40),
        works=Works(3, cases, cases * 4 // 5, 2, 1, cases // 3, cases // 4, 0, cases // 8, cases // 9, 3),
        appraised=Appraised(cases * 2 // 3, cases, 8),
        translating=Translating(cases // 4, cases // 5, cases // 20, cases // 40),
        visits=Visits(cases // 9, cases // 3, cases // 30),
        handling_times=HandlingTimes(closed, 2 * DAY + DAY // 24, 6 * DAY),
    )


def digest(
    cases: int = 820, units: Iterable[tuple[UnitId, int]] | None = None, period: str = "2026-W47", scope: Scope | None = None
) -> Digest:
    """Make a digest of so many cases; by default every unit of the county has enough to be ranked."""
    random = Random(cases)
    week = parse_period(period, county().hours.zone)
    by_unit = {unit: tally(count) for unit, count in (units or [(unit, 90) for unit in county().units])}

    def split(ids: Iterable[str | None]) -> dict[str | None, Filed]:
        return {each: Filed(random.randint(1, 99), random.randint(0, 99)) for each in ids} if cases else {}

    return compose(
        period=week,
        scope=scope or scope_of(county()),
        tally=tally(cases),
        earlier=[(each, tally(random.randint(cases // 2, cases))) for each in week.earlier(TREND[week.stretch])],
        by_unit=by_unit,
        breakdown=breakdown_of(
            {
                "category": split(county().categories),
                "township": split([*county().townships, None]),
                "channel": split(Channel),
                "kind": split(Kind),
            }
        ),
        checkpoint=f"20481:{'9d1e' * 16}",
        signed=SIGNED,
        warnings=WARNINGS if cases else (),
        projects={
            each.id: ProjectTally(1, 9, 7, 5 * (n % 2), 4 * (n % 2), photos=3) for n, each in enumerate(county().projects)
        },
        survey=SURVEYED if cases else None,
    )


def few() -> Digest:
    """Make a digest in which some units have cases enough, some too few, some none due and some none at all."""
    counts = (90, 60, 30, 9, 3)
    return digest(units=list(zip(county().units, counts, strict=False)))


def nothing() -> Digest:
    """Make the digest of a week without anything."""
    return digest(0, units=[(next(iter(county().units)), 0)])
