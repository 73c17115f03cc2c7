"""What a verification finds in tables, and in which words the first of it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.rules.ahead import Lack
from storage.derived import OF_CASES
from storage.derived_table import Mismatch
from storage.planned import NO_DIGEST
from storage.sealed import FORGED, LEFT, LOST, MISSED, UNKNOWN, UNLISTED
from storage.unsealing import ALTERED
from storage.unsealing_house import SPOILT
from storage.unsealing_people import ELSEWHERE


@dataclass(frozen=True, slots=True)
class Found:
    """What tables hold otherwise than their entries say.

    Attributes:
        first: whose last entry is the earliest; what no entry is about comes behind all others.
        count: how much there is in all.
    """

    first: Mismatch | None = None
    count: int = 0

    def and_these(self, others: Sequence[Mismatch]) -> Found:
        """Add what was found elsewhere."""
        known = others if self.first is None else (self.first, *others)
        return Found(min(known, key=_place, default=None), self.count + len(others))


def _place(found: Mismatch) -> tuple[bool, int, str, str]:
    return found.seq is None, found.seq or 0, found.table, found.subject


OF_NO_TABLE: Final = {
    LOST: "sealed words of {} are lost, and no entry says that they were erased",
    LEFT: "an entry says that the words of {} were erased, and some are still there",
    UNLISTED: "the list of erasures lacks what was erased of {}: an older backup would bring it back",
    FORGED: "the list of erasures names {}, of which no entry says so: it would be erased",
    ALTERED: "words or a file of {} are not what was entered, or open no more",
    ELSEWHERE: "what is meant for {} goes to another chat than theirs, or to none",
    SPOILT: "the sealed seed of the draw to which the checkpoint of {} entries binds is another, or opens no more",
    Lack.END_OF_PAUSE: "{} waits for its resident, and nothing is planned any more that ends it",
    Lack.RATING: "{} waits to be rated, and nothing is planned any more that closes it",
    Lack.UNIT: "no unit has {}, and no reminder of that is planned any more, nor was one told",
    Lack.SIGNATURE: "{} is not signed for, and no note after the limit for that is planned any more, nor was one told",
    Lack.REMINDER: "{} is open, and no reminder before its limit is planned any more, nor was one told",
    Lack.ESCALATION: "{} is open, and no note after its limit is planned any more, nor was one told",
    NO_DIGEST: "the next digest is not planned any more{}",
    UNKNOWN: "somebody stands behind {} whom no entry knows, or who is said to have left",
    MISSED: "somebody who stands behind {} is not there, or counts as one who left, and no entry says that they went",
}
"""How it is said of a subject what is wrong beside the rows that entries determine."""


def told(first: Mismatch, count: int) -> str:
    """Say what is wrong first, and how much there is in all."""
    more = f", and {count - 1} more" if count > 1 else ""
    if first.table in OF_NO_TABLE:
        return OF_NO_TABLE[first.table].format(first.subject) + more
    if first.seq is None:
        what, done = ("case ", "filed") if first.table in OF_CASES else ("", "made")
        return f"the table {first.table} has {what}{first.subject!r}, which no entry {done}{more}"
    return f"the table {first.table} does not agree with the entries of {first.subject}{more}"
