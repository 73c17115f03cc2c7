"""Whether what must still come of cases, and the next digest, is planned in `due`, or an entry says that it was done.

The rest of `due` cannot be known from entries: which notes a county sends is in its file, and who is told in the roll.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from bot.rules.ahead import lack_of
from bot.rules.case import OPEN, State
from bot.rules.reminder import TRANSLATION
from storage.derived_table import Mismatch
from storage.engine import Parameters, Session
from storage.projection import Projection
from storage.rows import moment

WATCHED: Final = OPEN | {State.RESOLVED}
"""States in which something must still come."""

NO_DIGEST: Final = "due/digest"
"""Instead of a table: a week was counted, and the next digest is not planned."""


async def unplanned(session: Session, cases: Parameters, expected: Mapping[str, Projection]) -> list[Mismatch]:
    """Look at a range of cases; of each its entries made what is expected."""
    alive = [(number, each) for number, each in expected.items() if each.case is not None and each.case.state in WATCHED]
    if not alive:
        return []
    planned: dict[str, set[str]] = defaultdict(set)
    for (key,) in await session.rows("planned_of_cases", cases):
        planned[str(key).partition("/")[0]].add(str(key))
    found = []
    for number, each in alive:
        if each.case is None:
            continue
        told_at = _told_at(each, each.case.now.number)
        lack = lack_of(each.case, planned[number], None if told_at is None else moment(told_at), each.given_back_at)
        if lack is not None:
            found.append(Mismatch(number, each.last_seq, lack))
    return found


def _told_at(projection: Projection, attempt: int) -> int | None:
    """Return when officials were last told of a limit of an attempt, nobody being there to be told counting as well."""
    told = (
        int(row["at"] or 0)
        for (number, stage, _), row in projection.reminders.items()
        if number == attempt and not stage.startswith(TRANSLATION)
    )
    return max(told, default=None)


async def without_digest(session: Session, counted: int | None) -> list[Mismatch]:
    """Look for the next digest: the commit that counts a week plans it.

    Args:
        counted: the last entry that ends a week; None: no week was ever counted.
    """
    if counted is None or await session.rows("planned_digest", {}):
        return []
    return [Mismatch("", counted, NO_DIGEST)]
