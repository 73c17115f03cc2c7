"""Counting for the digest: the named queries over one period and scope, in one consistent view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from bot.rules.chain import instant
from bot.rules.digest import (
    Closings,
    Counted,
    HandlingTimes,
    Limits,
    Received,
    Reopenings,
    Scope,
    Standing,
    compose,
    cut_of,
)
from bot.rules.figure import Digest
from bot.rules.identity import UnitId
from bot.rules.period import Period
from storage.engine import Parameters, Row, Session
from storage.rows import stamp

Counts = TypeVar("Counts")


async def digest(session: Session, period: Period, scope: Scope, now: datetime) -> Digest:
    """Compute the figures of a period and of the one before it."""
    counted = await _counted(session, period, scope, now)
    before = await _counted(session, period.previous(), scope, now)
    (head,) = await session.rows("ledger_head", {})
    end = bytes(head[1]).hex()  # type: ignore[arg-type]  # a BLOB column
    return compose(
        period=period,
        scope=scope,
        tally=counted.whole(),
        tally_before=before.whole(),
        by_unit=counted.by_unit(),
        checkpoint=f"{head[0]!s}:{end}",
    )


async def _counted(session: Session, period: Period, scope: Scope, now: datetime) -> Counted:
    ends_at = cut_of(period, now)
    wanted: Parameters = {
        "begins_at": stamp(period.begins_at),
        "ends_at": stamp(ends_at),
        "ends_at_text": instant(ends_at),
        "unit": scope.unit,
        "township": scope.township,
    }
    return Counted(
        received=_by_unit(await session.rows("digest_received", wanted), Received),
        accept_limits=_by_unit(await session.rows("digest_accept_limits", wanted), Limits),
        limits=_by_unit(await session.rows("digest_limits", wanted), Limits),
        standing=_by_unit(await session.rows("digest_standing", wanted), Standing),
        closings=_by_unit(await session.rows("digest_closings", wanted), Closings),
        reopenings=_by_unit(await session.rows("digest_reopenings", wanted), Reopenings),
        handling_times=_by_scope(await session.rows("digest_handling_times", wanted)),
    )


def _by_unit(rows: Sequence[Row], kind: Callable[..., Counts]) -> Mapping[UnitId, Counts]:
    return {UnitId(str(unit)): kind(*counts) for unit, *counts in rows}


def _by_scope(rows: Sequence[Row]) -> Mapping[UnitId | None, HandlingTimes]:
    return {
        UnitId(str(unit)) if unit is not None else None: HandlingTimes(*counts)  # type: ignore[arg-type]  # STRICT columns
        for unit, *counts in rows
    }
