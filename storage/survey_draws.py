"""The draws of surveys done again, from the ledger and the case tables alone.

Invariant: nothing here needs a key; whom nobody could write to is not known here, so an order is told and no person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import LedgerBroken
from bot.rules.chain import read
from bot.rules.entry import Entry, SurveyBegun
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.period import Period, parse_period
from bot.rules.survey import SEED_BYTES, Served, drawn, pledge_of, pledges
from storage.engine import Session, typed
from storage.rows import read_ledger_row, stamp

ENDS_LAST: Final = ZoneInfo("Etc/GMT+12")
"""Where a day ends last on earth: what comes after a period's end there does so in every county."""


@dataclass(frozen=True, slots=True)
class SurveyDraw:
    """A survey's draw.

    Attributes:
        seq: the entry that tells the seed.
        pledge, pledged_at: what the ledger binds to, and since when; None where it binds to nothing.
        is_kept: the seed that was told is the one that was pledged.
        closed: how many cases were closed in the period, by unit.
        order: of each unit the cases that come first, in the order of the draw.
    """

    seq: int
    period: str
    begun_at: datetime
    asked: int
    seed: str
    pledge: str | None
    pledged_at: datetime | None
    is_kept: bool
    closed: Mapping[UnitId, int]
    order: Mapping[UnitId, Sequence[CaseNumber]]


async def survey_draws(session: Session, zone: ZoneInfo) -> Sequence[SurveyDraw]:
    """Draw again for every survey that was begun, the newest first.

    Raises:
        LedgerBroken: an entry cannot be read, or holds no seed.
    """
    known: list[Entry] = []
    found: list[SurveyDraw] = []
    for row in map(read_ledger_row, await session.rows("survey_entries", {})):
        entry = read(row)
        if isinstance(entry.fact, SurveyBegun):
            try:
                seed, period = bytes.fromhex(entry.fact.seed), parse_period(entry.fact.period, zone)
            except ValueError as error:
                raise LedgerBroken(row.seq, "what is told of a survey is no seed or no period") from error
            if len(seed) != SEED_BYTES:
                raise LedgerBroken(row.seq, "what is told of a survey is not a seed")
            found.append(await _drawn(session, row.seq, entry, entry.fact, period, known))
        known.append(entry)
    return found[::-1]


async def compare_surveys(session: Session) -> None:
    """Hold every seed that a survey told against the pledge that binds to it.

    Raises:
        LedgerBroken: a seed is another than was pledged, or nothing before binds to it, or only from after the period's end.
    """
    for draw in reversed(await survey_draws(session, ENDS_LAST)):
        if draw.pledge is None or draw.pledged_at is None:
            raise LedgerBroken(draw.seq, f"no entry before it binds to the seed of the survey about {draw.period}")
        if not draw.is_kept:
            raise LedgerBroken(draw.seq, f"the seed is not the one that was pledged for the survey about {draw.period}")
        if draw.pledged_at >= parse_period(draw.period, ENDS_LAST).ends_at:
            raise LedgerBroken(draw.seq, f"the seed of the survey about {draw.period} was pledged when that had ended")


async def _drawn(
    session: Session, seq: int, entry: Entry, fact: SurveyBegun, period: Period, before: Sequence[Entry]
) -> SurveyDraw:
    seed = bytes.fromhex(fact.seed)
    rows = await session.rows("survey_closed", {"begins_at": stamp(period.begins_at), "ends_at": stamp(period.ends_at)})
    served = [Served(number, unit, ()) for number, unit in typed(rows, tuple[CaseNumber, UnitId])]
    closed: dict[UnitId, int] = {}
    order: dict[UnitId, list[CaseNumber]] = {}
    for each in served:
        closed[each.unit] = closed.get(each.unit, 0) + 1
    for each in drawn(seed, served):
        order.setdefault(each.unit, []).append(each.case)
    pledge, pledged_at = pledges(before).get(fact.period, (None, None))
    return SurveyDraw(
        seq=seq,
        period=fact.period,
        begun_at=entry.at,
        asked=fact.asked,
        seed=fact.seed,
        pledge=pledge,
        pledged_at=pledged_at,
        is_kept=pledge == pledge_of(seed),
        closed=closed,
        order=order,
    )
