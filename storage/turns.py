"""In which turns updates are tried that were being handled when the program ended, since one of them may have ended it.

They come apart from all the rest: some together at first, then one by one, so that whatever does it is found out and no
other is taken for it; and the rest waits for none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from bot.rules.identity import Language, PersonId, TownshipId
from bot.rules.message import Hearing

TURNS: Final = 4

TOGETHER: Final = 10
"""How many of those that were in hand once when the program ended are tried together; after that each is tried alone."""


class TakenColumns(NamedTuple):
    """The columns of `inbox_take`: an update, and of its sender what is known."""

    seq: int
    update_id: int
    body: bytes
    received_at: int
    attempts: int
    chat_key: bytes
    person: PersonId | None
    language: Language | None
    township: TownshipId | None
    master_version: int | None
    wrapped: bytes | None
    state: bytes | None
    hearing: Hearing | None
    beside: int | None


def in_turn(rows: Sequence[TakenColumns], turn: int) -> Sequence[TakenColumns]:
    """Return those rows of the inbox whose turn it is, out of those that could be handled.

    Mostly it is the turn of what was tried least, and now and then of the oldest: where the program ends again and
    again, what was tried more often would wait for as long as there is something new that was tried less.

    Args:
        rows: as `inbox_take` finds them, oldest first.
        turn: one more each time.
    """
    tried = [row for row in rows if row.attempts]
    rest = [row for row in rows if not row.attempts]
    if not tried or (rest and turn % 2):
        return rest
    first = min(tried, key=attrgetter("seq" if turn % TURNS == 0 else "attempts"))
    return [row for row in tried if row.attempts == 1][:TOGETHER] if first.attempts == 1 else [first]
