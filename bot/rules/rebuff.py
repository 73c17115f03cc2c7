"""Refusals that are entries of the ledger: a button or a link that was never meant for whoever used it.

A stale button, a payload of nonsense or a made-up number leads to nobody and is no entry; the person is told, and that is
all. Invariant: one person makes at most MOST such entries in LASTS, so that nobody can fill the ledger with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.rules.identity import PersonId

MOST: Final = 3
LASTS: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rebuffs:
    """How often a person was refused in a way that is entered, and when the first of these was."""

    person: PersonId
    since: datetime
    count: int


def one_more(person: PersonId, before: Rebuffs | None, now: datetime) -> Rebuffs | None:
    """Count one more; None: there were as many as are entered of one person."""
    if before is None or now - before.since >= LASTS:
        return Rebuffs(person, now, 1)
    return Rebuffs(person, before.since, before.count + 1) if before.count < MOST else None
