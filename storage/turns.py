"""In which turns updates are tried that were being handled when the program ended, since one of them may have ended it.

They come apart from all the rest: some together at first, then one by one, so that whatever does it is found out and no
other is taken for it; and the rest waits for none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from storage.engine import Row

TURNS: Final = 4

TOGETHER: Final = 10
"""How many of those that were in hand once when the program ended are tried together; after that each is tried alone."""


def in_turn(rows: Sequence[Row], turn: int) -> Sequence[Row]:
    """Return those rows of the inbox whose turn it is, out of those that could be handled.

    Mostly it is the turn of what was tried least, and now and then of the oldest: where the program ends again and
    again, what was tried more often would wait for as long as there is something new that was tried less.

    Args:
        rows: as `inbox_take` returns them, oldest first.
        turn: one more each time.
    """
    tried = [row for row in rows if row[4]]
    rest = [row for row in rows if not row[4]]
    if not tried or (rest and turn % 2):
        return rest
    by = 0 if turn % TURNS == 0 else 4  # the place in the inbox, or how often it was tried
    first = min(tried, key=lambda row: int(row[by] or 0))
    return [row for row in tried if row[4] == 1][:TOGETHER] if first[4] == 1 else [first]
