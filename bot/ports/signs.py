"""Signs, and what a night looks at to find them, as decisions may read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.rules.case import Case
from bot.rules.county import WatchPlan
from bot.rules.identity import CategoryId, SignNumber
from bot.rules.warning_life import Sign
from bot.rules.warning_surge import Cell
from bot.rules.watched import Watched


class SignReader(Protocol):
    """Reads signs; reading never changes anything."""

    async def sign(self, number: SignNumber) -> Sign:
        """Return a sign; raises NotFound."""
        ...

    async def signs(self) -> tuple[Sign, ...]:
        """Return every sign that holds or waits for somebody."""
        ...

    async def sign_count(self) -> int:
        """Count all signs that there ever were."""
        ...

    async def sign_words(self, number: SignNumber) -> Mapping[str, str]:
        """Return what was said about a sign, by slot: note, answer, referral, closing."""
        ...

    async def watch(self, plan: WatchPlan, evidence: frozenset[CategoryId], cut: datetime) -> Watched:
        """Count what a night looks at, up to a moment; `evidence` are the categories that ask for some."""
        ...

    async def watched_weeks(self, cut: datetime) -> int:
        """Return for how many whole weeks the county has counted."""
        ...

    async def cases_in(self, cell: Cell, since: datetime, cut: datetime) -> tuple[Case, ...]:
        """Return the newest cases of a category, in a township or everywhere, filed in a stretch of time."""
        ...
