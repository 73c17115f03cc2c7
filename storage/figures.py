"""Counting for the digest: each named query once, over the period and all those it stands beside, in one consistent view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from bot.rules.books import own_appraised, works_by_unit
from bot.rules.breakdown import Filed, breakdown_of
from bot.rules.chain import instant, read
from bot.rules.checkpoint import shown
from bot.rules.digest import TREND, Scope, compose, cut_of
from bot.rules.figure import Breakdown, Digest
from bot.rules.identity import UnitId
from bot.rules.period import Period
from bot.rules.tally import (
    Appraised,
    Callbacks,
    Closings,
    Counted,
    HandlingTimes,
    Limits,
    LooksBack,
    Measures,
    Received,
    Reopenings,
    Signs,
    Standing,
    Translating,
    Visits,
    Works,
)
from bot.rules.warned import Known, signs_by_unit, standings, warnings_of, within
from storage.books import lasting_counted, projects_counted, surveys_over
from storage.engine import Parameters, Row, Session, typed
from storage.rows import read_ledger_row, stamp
from storage.signing import newest_checkpoint, unsigned

Counts = TypeVar("Counts", bound=tuple[object, ...])


class Beside(NamedTuple):
    """What is folded from entries of a period, and not counted by SQL, by unit."""

    signs: Mapping[UnitId, Signs]
    works: Mapping[UnitId, Works]
    appraised: Mapping[UnitId, Appraised]


async def digest(session: Session, period: Period, scope: Scope, now: datetime, *, is_brief: bool) -> Digest:
    """Compute the figures of a period and of those before it; of the one before alone where it is to be brief."""
    earlier = period.earlier(1 if is_brief else TREND[period.stretch])
    signs = await _signs(session, (period, *earlier), scope, now)
    projects = await projects_counted(session, _wanted((period, *earlier), scope, now), 1 + len(earlier))
    surveys = await surveys_over(session, [cut_of(each, now) for each in (period, *earlier)], scope)
    beside = [
        Beside(
            signs=signs_by_unit(*of_signs),
            works=works_by_unit(scope.own_projects, of_projects),
            appraised=own_appraised(survey, scope.unit),
        )
        for of_signs, of_projects, survey in zip(signs, projects, surveys, strict=True)
    ]
    counted, *before = await _counted(session, (period, *earlier), scope, now, beside)
    breakdown = await _breakdown(session, (period, earlier[0]), scope, now)
    kept = await newest_checkpoint(session)
    return compose(
        period=period,
        scope=scope,
        tally=counted.whole(),
        earlier=((each, of_each.whole()) for each, of_each in zip(earlier, before, strict=True)),
        by_unit=counted.by_unit(),
        breakdown=breakdown,
        checkpoint=shown(await unsigned(session, scope.county)),
        signed=None if kept is None else kept.text,
        warnings=warnings_of(*signs[0]),
        projects=projects[0],
        survey=surveys[0],
    )


def listed(periods: Sequence[Period], now: datetime) -> str:
    """Write periods as the queries read them: 80 characters each."""
    ends = [cut_of(period, now) for period in periods]
    return "".join(
        f"{stamp(period.begins_at):020d}{stamp(end):020d}{instant(end)}{instant(period.begins_at)}"
        for period, end in zip(periods, ends, strict=True)
    )


async def _counted(
    session: Session, periods: Sequence[Period], scope: Scope, now: datetime, beside: Sequence[Beside]
) -> Sequence[Counted]:
    wanted = _wanted(periods, scope, now)
    received = _by_unit(await session.rows("digest_received", wanted), Received)
    accept_limits = _by_unit(await session.rows("digest_accept_limits", wanted), Limits)
    limits = _by_unit(await session.rows("digest_limits", wanted), Limits)
    standing = _by_unit(await session.rows("digest_standing", wanted), Standing)
    closings = _by_unit(await session.rows("digest_closings", wanted), Closings)
    reopenings = _by_unit(await session.rows("digest_reopenings", wanted), Reopenings)
    looks_back = _by_unit(await session.rows("digest_follow_ups", wanted), LooksBack)
    visits = _by_unit(await session.rows("digest_visits", wanted), Visits)
    callbacks = _by_unit(await session.rows("digest_callbacks", wanted), Callbacks)
    measures = _by_unit(await session.rows("digest_measures", wanted), Measures)
    translating = _by_unit(await session.rows("digest_translations", wanted), Translating)
    lasting = await lasting_counted(session, wanted)
    times = _by_scope(await session.rows("digest_handling_times", wanted))
    return [
        Counted(
            received=received[place],
            accept_limits=accept_limits[place],
            limits=limits[place],
            standing=standing[place],
            closings=closings[place],
            reopenings=reopenings[place],
            handling_times=times[place],
            visits=visits[place],
            measures=measures[place],
            looks_back=looks_back[place],
            callbacks=callbacks[place],
            lasting=lasting[place],
            translating=translating[place],
            signs=beside[place].signs,
            works=beside[place].works,
            appraised=beside[place].appraised,
        )
        for place in range(len(periods))
    ]


async def _signs(session: Session, periods: Sequence[Period], scope: Scope, now: datetime) -> Sequence[tuple[Known, Known]]:
    """Say how all signs were at the beginning of each period, and those of the scope at its end.

    What another unit was to answer for then is not new because it is this one's now.
    """
    spans = [(period.begins_at, cut_of(period, now)) for period in periods]
    rows = await session.rows("sign_entries", {"before": instant(max(end for _, end in spans))})
    moments = (moment for span in spans for moment in span)
    known = standings((read(read_ledger_row(row)) for row in rows), moments)
    return [(known[begin], within(known[end], scope.unit, scope.township)) for begin, end in spans]


async def _breakdown(session: Session, periods: Sequence[Period], scope: Scope, now: datetime) -> Breakdown:
    """Count what the cases received are about in a period and the one before it."""
    counted: dict[str, dict[str | None, list[int]]] = {}
    rows = await session.rows("digest_breakdown", _wanted(periods, scope, now))
    for place, what, which, cases in typed(rows, tuple[int, str, str | None, int]):
        counted.setdefault(what, {}).setdefault(which, [0] * len(periods))[place] = cases
    return breakdown_of({what: {which: Filed(*counts) for which, counts in of.items()} for what, of in counted.items()})


def _wanted(periods: Sequence[Period], scope: Scope, now: datetime) -> Parameters:
    return {"periods": listed(periods, now), "unit": scope.unit, "township": scope.township}


def _by_unit(rows: Sequence[Row], kind: type[Counts]) -> Mapping[int, Mapping[UnitId, Counts]]:
    """Sort rows by the place of their period, then by unit."""
    found: dict[int, dict[UnitId, Counts]] = defaultdict(dict)
    places = typed([row[:2] for row in rows], tuple[int, UnitId])
    for (place, unit), counts in zip(places, typed([row[2:] for row in rows], kind), strict=True):
        found[place][unit] = counts
    return found


def _by_scope(rows: Sequence[Row]) -> Mapping[int, Mapping[UnitId | None, HandlingTimes]]:
    found: dict[int, dict[UnitId | None, HandlingTimes]] = defaultdict(dict)
    for place, unit, measured, median, p90 in typed(rows, tuple[int, UnitId | None, int, int | None, int | None]):
        found[place][unit] = HandlingTimes(measured, median, p90)
    return found
