"""Field visits as a commit writes them: a row each beside its entry, to be counted."""

from __future__ import annotations

from datetime import datetime

from bot.rules.effect import Effects
from storage.batch import Batch
from storage.rows import stamp


def put_visits(batch: Batch, effects: Effects, now: datetime) -> None:
    """Write down the visits of a decision."""
    for visit in effects.visits:
        batch.add(
            "visit_put",
            {
                "id": visit.id,
                "staff": visit.staff,
                "unit": visit.unit,
                "township": visit.township,
                "households": visit.households,
                "firms": visit.firms,
                "at": stamp(now),
            },
        )
