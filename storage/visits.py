"""Field visits as a commit writes them: a row each, made of its entry, to be counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.rules.entry import Entry, Visited
from storage.engine import Parameters
from storage.rows import stamp

if TYPE_CHECKING:  # only annotations name them, and whoever only reads starts without
    from storage.batch import Batch

VISIT_COLUMNS: Final = ("id", "staff", "unit", "township", "households", "firms", "at")


def visit_row(entry: Entry, fact: Visited) -> Parameters:
    """Write the row of a visit."""
    return {
        "id": fact.visit,
        "staff": entry.actor,
        "unit": fact.unit,
        "township": fact.township,
        "households": fact.households,
        "firms": fact.firms,
        "at": stamp(entry.at),
    }


def put_visit(batch: Batch, entry: Entry) -> None:
    """Write down the visit that an entry is about, if it is about one."""
    if isinstance(entry.fact, Visited):
        batch.add("visit_put", visit_row(entry, entry.fact))
