"""Field visits, what was proposed on them, and what became of it, as decisions may read them."""

from __future__ import annotations

from typing import Protocol

from bot.rules.identity import ProposalNumber, VisitId
from bot.rules.measure import Proposal
from bot.rules.visit import Visit


class MeasureReader(Protocol):
    """Reads proposals and measures; reading never changes anything."""

    async def visit(self, id_: VisitId) -> Visit:
        """Return a field visit; raises NotFound."""
        ...

    async def proposal(self, number: ProposalNumber) -> Proposal:
        """Return a proposal; raises NotFound."""
        ...

    async def proposals(self) -> tuple[Proposal, ...]:
        """Return every proposal that waits for somebody, measures with them."""
        ...

    async def proposal_count(self) -> int:
        """Count all proposals that there ever were."""
        ...
