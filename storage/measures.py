"""Proposals from field visits and the measures that became of them: as a commit writes them, and as decisions read them.

Invariant: a proposal changes only on the version that was decided on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from bot.errors import NotFound
from bot.rules.identity import ProposalNumber, StaffId, TownshipId, UnitId, VisitId
from bot.rules.measure import Proposal, Standing
from bot.rules.visit import Visit
from storage.engine import Parameters, Row, typed
from storage.ledger_reader import LedgerReader
from storage.rows import stamp

if TYPE_CHECKING:  # only annotations name them, and whoever only reads starts without
    from bot.rules.effect import Effects
    from storage.batch import Batch


def put_proposals(batch: Batch, effects: Effects) -> None:
    """Write proposals as they are after their new entries."""
    for change in effects.proposals:
        if change.before is None:
            batch.add("proposal_insert", proposal_row(change.after))
        else:
            row = {**proposal_row(change.after), "before": change.before.version}
            batch.add("proposal_update", {name: row[name] for name in row.keys() - _NEVER_CHANGED})


_NEVER_CHANGED = frozenset({"unit", "township", "noted_at"})


def proposal_row(proposal: Proposal) -> Parameters:
    """Write a proposal's row."""
    return {
        "number": proposal.number,
        "version": proposal.version,
        "unit": proposal.unit,
        "township": proposal.township,
        "due_unit": proposal.due_unit,
        "noted_at": stamp(proposal.noted_at),
        "measured_at": _moment(proposal.measured_at),
        "due_at": _moment(proposal.due_at),
        "ended_at": _moment(proposal.ended_at),
        "is_open": int(proposal.is_open),
        "is_done": int(proposal.standing is Standing.DONE),
        "body": msgspec.json.encode(proposal).decode(),
    }


def _moment(at: datetime | None) -> int | None:
    return None if at is None else stamp(at)


class MeasureReader(LedgerReader):
    """Reads field visits, what was proposed on them, and what became of it."""

    async def visit(self, id_: VisitId) -> Visit:
        """Return a field visit; raises NotFound."""
        async with self._engine.glancing() as session:
            rows = await session.rows("visit_get", {"id": id_})
        if not rows:
            raise NotFound
        (columns,) = typed(rows, tuple[VisitId, StaffId, UnitId | None, TownshipId, int, int])
        return Visit(*columns)

    async def proposal(self, number: ProposalNumber) -> Proposal:
        """Return a proposal; raises NotFound."""
        async with self._engine.glancing() as session:
            rows = await session.rows("proposal_get", {"number": number})
        if not rows:
            raise NotFound
        return _read(rows)[0]

    async def proposals(self) -> tuple[Proposal, ...]:
        """Return every proposal that waits for somebody."""
        async with self._engine.reading() as session:
            return _read(await session.rows("proposals_open", {}))

    async def proposal_count(self) -> int:
        """Count all proposals that there ever were."""
        async with self._engine.glancing() as session:
            ((count,),) = typed(await session.rows("proposal_count", {}), tuple[int])
        return count


def _read(rows: Sequence[Row]) -> tuple[Proposal, ...]:
    return tuple(msgspec.json.decode(body, type=Proposal) for (body,) in typed(rows, tuple[str]))
